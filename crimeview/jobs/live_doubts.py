"""What is wanted of a camera and not scored, or not to be trusted: told once each time."""

from collections.abc import Iterator
from enum import Enum

from crimeview.core.track import TrackKind
from crimeview.core.watching import NotScored
from crimeview.jobs.live_novelty import NoveltyTrack


class Unseen(Enum):
    """Why no clip is made of a camera whose pictures come."""

    TOO_SLOW = "too slow"  # too many of them are left out
    TOO_FEW = "too few"  # they come too far apart


class Doubts:
    """Remembers what was told of one camera."""

    def __init__(self, camera: str, novelty: NoveltyTrack | None) -> None:
        self._camera, self._novelty = camera, novelty
        self._told: set[str] = set()

    def told(self, *, crowded: bool, unseen: Unseen | None) -> Iterator[NotScored]:
        """What is to be told newly; `crowded`: people should be followed, and there is no room.

        `unseen` is why of the pictures that come no clip is made.
        """
        holding = dict(self._holding(crowded=crowded, unseen=unseen))
        for sentence, kind in holding.items():
            if sentence not in self._told:
                yield NotScored(camera=self._camera, kind=kind, message=sentence)
        self._told = set(holding)

    def _holding(self, *, crowded: bool, unseen: Unseen | None) -> Iterator[tuple[str, TrackKind]]:
        name, novelty = self._camera, self._novelty
        if unseen is not None:
            yield _UNSEEN[unseen].format(name=name), TrackKind.CLIP_SCORES
        if crowded:
            yield _CROWDED.format(name=name), TrackKind.THEFT
        if novelty is not None and novelty.fits is False:
            yield _MISSHAPEN.format(name=name), TrackKind.NOVELTY
        elif novelty is not None and novelty.strange:
            yield _STRANGE.format(name=name), TrackKind.NOVELTY


_TOO_SLOW = (
    "Events are not scored on “{name}”: this computer is too slow to decode it, and too much is "
    "left out; watch a smaller stream of it, or fewer cameras."
)
_TOO_FEW = (
    "Events are not scored on “{name}”: its pictures come too far apart; let it send two a second "
    "at least."
)
_UNSEEN = {Unseen.TOO_SLOW: _TOO_SLOW, Unseen.TOO_FEW: _TOO_FEW}
_CROWDED = (
    "People are not followed on “{name}”: this computer has no room for it beside what it watches "
    "already."
)
_MISSHAPEN = (
    "Novelty is not scored on “{name}”: its picture has another shape than what was learned; "
    "analyze recordings of this stream."
)
_STRANGE = (
    "“{name}” does not look as it did when it was learned (it was turned, the light is another, or "
    "it is another camera): its novelty may raise false alarms."
)


def unknown_scene(camera: str) -> NotScored:
    """That nothing was learned of a camera whose novelty is wanted."""
    return NotScored(
        camera=camera,
        kind=TrackKind.NOVELTY,
        message=f"Novelty is not scored on “{camera}”: nothing was learned of a camera of that "
        "name. Analyze recordings of it, and give what was learned this name: crimeview cameras "
        "rename.",
    )
