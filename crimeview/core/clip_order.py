"""How what cameras show around alarms is kept, and which of it is deleted again."""

from collections.abc import Container, Sequence
from dataclasses import dataclass

from crimeview.core.watching import SavedClip

_DAY = 86_400.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipOrder:
    """How what cameras show around alarms is kept.

    `pre` and `post` are seconds before an alarm's beginning and after its end, `longest` seconds
    that a clip may last, `memory` bytes that a camera's packets may take. Clips are deleted after
    `days`, the oldest first where all of them are over `most` bytes (None: never).
    """

    pre: float = 10.0
    post: float = 10.0
    longest: float = 300.0
    memory: int = 64_000_000
    days: float | None = 30.0
    most: int | None = 20_000_000_000


def expired(
    clips: Sequence[SavedClip], order: ClipOrder, *, now: float, kept: Container[int]
) -> list[SavedClip]:
    """Which of the clips, the oldest first, are to be deleted.

    Those of recordings that are `kept` (their ids) are not, and count all the same.
    """
    total = sum(clip.size for clip in clips)
    gone = []
    for clip in clips:
        old = order.days is not None and clip.end < now - order.days * _DAY
        large = order.most is not None and total > order.most
        if (old or large) and clip.recording_id not in kept:
            gone.append(clip)
            total -= clip.size
    return gone
