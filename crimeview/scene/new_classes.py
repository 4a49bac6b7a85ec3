"""Things of a class that a camera has never shown, or never in that part of its picture.

How many such are to be expected is told by how many there were in all that was learned, each held
against the rest: a detector that errs often, or a camera that sees something new every hour,
raises fewer alarms for it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from crimeview.core.alarm_rate import TWO_AN_HOUR
from crimeview.core.novelty import CLASS_REASONS, ClassSeen, Mark, Reason
from crimeview.scene.cells import Floats
from crimeview.scene.class_counts import NEEDED, ClassCounts, place_of
from crimeview.scene.things import BLOCK, Seen, Thing

_LEAST = 3  # looks of one thing that are new
# Looks apart from the occasion that must be known: half a minute of the camera, and a minute of the
# class elsewhere before it is said that it was never here.
_KNOWN, _KNOWN_ELSEWHERE = 60, 120
# Shares of looks: with a class as often in those apart from the occasion it is known though it came
# only once; what is there so often in all of them is usual, and what is so often near a place.
_OFTEN, _ALWAYS, _OFTEN_AT = 0.05, 0.25, 0.02
_MOST = 7200  # sightings of an occasion that are kept: what is told of an hour is enough
# Occasions in the hours before anything is known: of a class, and of a class at a place. Places are
# new to a camera for long, so that half an hour must pass until one is worth an alarm.
_PRIOR, _PRIOR_HOURS = (0.5, 3.0), 1.0


@dataclass(frozen=True, slots=True)
class NewSeen:
    """A look at something new: its time (s) and mark, and its calibrated score."""

    time: float
    mark: Mark
    score: float


@dataclass(slots=True)
class _Occasion:
    """A class that comes for the first time, as long as it is not away for long."""

    last: int
    seen: dict[int, list[Seen]]  # by thing
    count: int = 0

    @property
    def looks(self) -> list[int]:
        return [each.look for seen in self.seen.values() for each in seen]


class ClassJudge:
    """Finds what is new in a recording by all that its camera has learned."""

    def __init__(self, known: ClassCounts, *, names: tuple[str, ...], own: bool) -> None:
        """`own`: what is known was learned from this recording as well."""
        self._names = names
        self._known = known.of(names)
        self._own = 1.0 if own else 0.0
        looked = self._known.looked
        self._seldom = self._known.came - self._own < NEEDED
        self._seldom &= self._known.seen <= _ALWAYS * looked
        self._seldom_at = self._known.came_at - self._own < 1
        self._seldom_at &= self._known.seen_at <= _OFTEN_AT * looked[:, None, None]
        self._occasions: dict[tuple[int, int], list[_Occasion]] = {}

    def take(self, things: Iterable[Thing]) -> None:
        """Take the things of a block."""
        for thing in things:
            number = 0 if self._seldom[thing.kind] else 1
            for seen in thing.seen:
                if number == 0 or self._seldom_at[(thing.kind, *place_of(seen))]:
                    self._note(number, thing, seen)

    def odd(self) -> Floats:
        """How many new occasions there are of each reason, (2,)."""
        counts = [len(self._told(number)) for number in range(len(CLASS_REASONS))]
        return np.array(counts, np.float32)

    def result(self) -> list[NewSeen]:
        """What is new, in order of time."""
        found = []
        for number, reason in enumerate(CLASS_REASONS):
            told = self._told(number)
            score = self._score(number, len(told))
            for kind, occasion in told:
                found += self._marked(reason, kind, occasion, score)
        return sorted(found, key=lambda new: (new.time, -new.score))

    def _note(self, number: int, thing: Thing, seen: Seen) -> None:
        occasions = self._occasions.setdefault((number, thing.kind), [])
        if not occasions or seen.look - occasions[-1].last > BLOCK:
            occasions.append(_Occasion(last=seen.look, seen={}))
        occasion = occasions[-1]
        occasion.last = max(occasion.last, seen.look)
        if occasion.count >= _MOST:
            return
        occasion.count += 1
        occasion.seen.setdefault(thing.id, []).append(seen)

    def _told(self, number: int) -> list[tuple[int, _Occasion]]:
        """The occasions of a reason that are long enough, beside enough that is known."""
        told = []
        for (own, kind), occasions in self._occasions.items():
            for occasion in occasions if own == number else []:
                sure = {n: s for n, s in occasion.seen.items() if len(s) >= _LEAST}
                sure_occasion = replace(occasion, seen=sure)
                if sure and self._knows_enough(number, kind, sure_occasion):
                    told.append((kind, sure_occasion))
        return told

    def _knows_enough(self, number: int, kind: int, occasion: _Occasion) -> bool:
        looks = occasion.looks
        length = (occasion.last - min(looks) + 1) * self._own
        seen = float(self._known.seen[kind]) - len(set(looks)) * self._own
        apart = float(self._known.looked[kind]) - length
        if number == 0:
            return apart >= _KNOWN and seen < _OFTEN * apart
        return seen >= _KNOWN_ELSEWHERE and apart >= _KNOWN_ELSEWHERE

    def _score(self, number: int, told: int) -> float:
        """By how often such an occasion is to be expected, apart from the one that is judged."""
        others = float(self._known.odd[number]) + (0 if self._own else told)
        hours = float(self._known.looks) / LOOKS_AN_HOUR
        per_hour = (max(0.0, others - 1) + _PRIOR[number]) / (hours + _PRIOR_HOURS)
        return TWO_AN_HOUR / (TWO_AN_HOUR + per_hour)

    def _marked(
        self, reason: Reason, kind: int, occasion: _Occasion, score: float
    ) -> list[NewSeen]:
        looks = len(set(occasion.looks))
        own = looks * self._own
        known = self._known
        marked = []
        for seen in (each for row in occasion.seen.values() for each in row):
            before = 0.0
            if reason is Reason.NEW_CLASS:
                before = max(0.0, float(known.seen[kind]) - own)
            left, top, right, bottom = seen.box
            mark = Mark(
                reason=reason,
                number=before,
                left=left,
                top=top,
                right=right,
                bottom=bottom,
                seen=ClassSeen(self._names[kind], round(float(known.looked[kind]) - own)),
            )
            marked.append(NewSeen(seen.time, mark, score))
        return marked


LOOKS_AN_HOUR = 7200.0  # two a second


def scores_at(times: NDArray[np.float64], new: Sequence[NewSeen], *, hold: float) -> Floats:
    """The score of what is new at each of the times (n, 2): what was seen stays for `hold` s."""
    scores = np.zeros(len(times), np.float32)
    begins = times[:, 0]
    for each in new:
        first, stop = np.searchsorted(begins, (each.time - hold / 2, each.time + hold))
        np.maximum(scores[first:stop], np.float32(each.score), out=scores[first:stop])
    return scores
