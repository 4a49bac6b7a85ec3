"""Which scorers found a segment."""

from collections.abc import Iterable
from enum import Flag, auto
from functools import reduce
from operator import or_

from crimeview.core.track import TrackKind


class FoundBy(Flag):
    """Which scorers found a segment: any of them together, or none where a person marked it."""

    NOTHING = 0
    EVENTS = auto()  # the network's scores, trained on events
    VIOLENCE = auto()  # the probability that a frame shows violence
    THEFT = auto()  # how like a staged theft somebody moves
    NOVELTY = auto()  # what is usual for the camera, learned without labels

    @property
    def words(self) -> tuple[str, ...]:
        """One for each scorer, as they are stored, queried and exported."""
        return tuple(str(scorer.name).lower() for scorer in self)

    @classmethod
    def of_words(cls, words: Iterable[str]) -> "FoundBy":
        """Those scorers together; raises KeyError for a word that is none of theirs."""
        return reduce(or_, (cls[word.upper()] for word in words), cls.NOTHING)

    @property
    def track(self) -> TrackKind:
        """Whose scores a segment has: the first scorer's; a person's has the network's."""
        return next((_TRACKS[scorer] for scorer in self), TrackKind.FRAME_SCORES)


_TRACKS = {
    FoundBy.EVENTS: TrackKind.FRAME_SCORES,
    FoundBy.VIOLENCE: TrackKind.VIOLENCE,
    FoundBy.THEFT: TrackKind.THEFT,
    FoundBy.NOVELTY: TrackKind.NOVELTY,
}
