"""Watching cameras while something happens: what is told of them, as frozen values.

All times are wall time, seconds since 1970 (UTC), unless a name says otherwise: a camera has no
beginning to count from.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Protocol, TypeAlias, runtime_checkable

import numpy as np
from numpy.typing import NDArray

from crimeview.core.region import Point
from crimeview.core.track import TrackKind

_SLOWED = 1.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """A part of a camera's picture that is scored by itself, beside the whole picture.

    `points` are x and y of its corners as shares (0 to 1) of the picture's width and height.
    """

    name: str
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A camera to be watched, or a file played as one. Made from text by `core.address.camera_of`.

    `address` can be shown and logged: passwords in it are masked. `secret` is the address as it is
    opened, where that differs. A file is `looped` when it is to begin anew at its end.
    """

    name: str
    address: str
    secret: str | None = field(default=None, repr=False)
    looped: bool = False
    zones: tuple[Zone, ...] = ()

    @property
    def opened(self) -> str:
        """The address with its password: never to be shown, logged or stored in a file."""
        return self.secret or self.address

    @property
    def plain(self) -> "Camera":
        """The same without its secret, which nobody needs who does not open it."""
        return replace(self, secret=None)


class CameraState(Enum):
    """How it is with a camera."""

    CONNECTING = "connecting"  # for the first time; nothing was received yet
    LIVE = "live"
    STILL = "still"  # pictures come, but the same one for seconds: it hangs, or is covered
    LOST = "lost"  # nothing comes; it is tried again
    ENDED = "ended"  # the file played as a camera is over


@dataclass(frozen=True, slots=True, kw_only=True)
class WallCamera:
    """A camera of a case as edits change it, `place` being its place among the others.

    The `camera` is without its secret: where it `has_secret`, the keyring keeps it.
    """

    place: int
    camera: Camera
    has_secret: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraHealth:
    """How it is with a camera, told every few seconds and at every change of its state.

    `frame_rate` and `kilobits` (a second) are what came over the last seconds, `analyzed` is how
    many clips a second were looked at. `delay` is seconds from a picture's coming to its being
    scored, `lag` what of it was spent before decoding; `drops` counts pictures that were left out
    because there was too much to do, `skipped` clips; `losses` how often the camera was lost.
    `message` is a sentence on why it is not live, or None. Sizes are 0 until they are known.
    """

    camera: str
    time: float
    state: CameraState
    since: float
    frame_rate: float = 0.0
    kilobits: float = 0.0
    analyzed: float = 0.0
    delay: float = 0.0
    lag: float = 0.0
    drops: int = 0
    skipped: int = 0
    losses: int = 0
    width: int = 0
    height: int = 0
    codec: str = ""
    message: str | None = None

    @property
    def left_out(self) -> int:
        """How many pictures and clips were not looked at."""
        return self.drops + self.skipped


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveScore:
    """A score of what a camera showed from `start` to `end`; `told` is when it was known.

    `zone` names the zone that was scored, empty for the whole picture. `threshold` is the model's
    own, `known` how many seconds of the camera the score is held against: what is usual for it is
    known after some minutes.
    """

    camera: str
    kind: TrackKind
    start: float
    end: float
    score: float
    threshold: float
    known: float
    told: float
    zone: str = ""

    @property
    def time(self) -> float:
        """The moment that the score is for."""
        return (self.start + self.end) / 2

    @property
    def delay(self) -> float:
        """Seconds from the end of what was scored to the score."""
        return self.told - self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveAlarm:
    """An alarm. It is told when it begins (`end` None) and again, with the same id, when it ends.

    `rule` names what raised it, `sentence` says it in words. Where `recorded` is set, and clips are
    recorded at all, what the camera shows around it is kept.
    """

    id: str
    camera: str
    rule: str
    start: float
    end: float | None
    peak: float
    peak_time: float
    kind: TrackKind | None = None
    zone: str = ""
    sentence: str = ""
    recorded: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedClip:
    """What a camera showed around an alarm, as a file: from a keyframe before `start` on.

    `start` and `end` are when its first and last pictures came. `recording_id` is its number in the
    case, None without a case.
    """

    camera: str
    alarms: tuple[str, ...]
    path: Path
    start: float
    end: float
    sha256: str
    size: int
    recording_id: int | None = None


@dataclass(frozen=True, slots=True)
class LostClip:
    """That a clip could not be kept, and why in a sentence."""

    camera: str
    alarms: tuple[str, ...]
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotScored:
    """That something that is wanted of a camera is not scored, and why in a sentence.

    Or that it is, but should not be trusted.
    """

    camera: str
    kind: TrackKind
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """What this computer can do of what is asked for, as measured a moment ago.

    Each camera is looked at every `every` seconds (`nth` clip of the encoder's own step); `load` is
    the share of the cores that takes, `decoding` and `analyzing` its parts; the networks' own
    helping threads are not in it. Scoring takes `slowed` times as long as the processor works on
    it: other programs have the rest, or the network's engine waits for threads of its own.
    `left_out` is how many pictures and clips there was no time for in the last seconds. `enough`
    says whether the encoder's own rate is kept, and nothing is left out. People are followed on
    `followed` cameras, the first of those on which they should be.
    """

    cameras: int
    cores: int
    nth: int
    every: float
    load: float
    decoding: float
    analyzing: float
    enough: bool
    followed: int = 0
    slowed: float = 1.0
    left_out: int = 0

    @property
    def is_slowed(self) -> bool:
        """Whether scoring waits so long that it is worth saying."""
        return self.slowed >= _SLOWED


@dataclass(frozen=True, slots=True, eq=False)
class LivePicture:
    """A camera's newest picture, (height, width, 4) uint8 BGRA, as QImage's RGB32 wants it.

    `number` counts the camera's pictures, so that nobody shows one twice.
    """

    camera: str
    number: int
    time: float
    pixels: NDArray[np.uint8]


LiveEvent: TypeAlias = (
    CameraHealth | LiveScore | LiveAlarm | SavedClip | LostClip | Capacity | NotScored
)


class Judge(Protocol):
    """What makes alarms of scores; called by one thread, in order of time for each camera."""

    def take(self, event: LiveScore | CameraHealth) -> Sequence[LiveAlarm]:
        """The alarms that begin or end with this."""


@runtime_checkable
class PatientJudge(Judge, Protocol):
    """A judge that waits for how long a score stays high."""

    @property
    def longest_wait(self) -> float:
        """Seconds after its beginning at which an alarm is known at the latest."""
