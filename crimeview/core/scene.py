"""What a camera has learned, and from what."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class Lesson(Enum):
    """As what a span of a recording was learned."""

    QUIET = "quiet"  # the recording's own quiet time, chosen by the program
    SPAN = "span"  # a person said that this span is usual
    NORMAL = "normal"  # a person said of a segment that this is normal here


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """A named group of recordings of one place from one view, whose usual is learned together.

    `version` grows with everything that is learned or forgotten; `grid` are rows and columns of
    the cells of its picture.
    """

    id: int
    name: str
    version: int
    grid: tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtLesson:
    """That the camera of a recording learns from a span (s) of it; `id` is the lesson's."""

    id: int
    recording_id: int
    kind: Lesson
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingCamera:
    """Which camera a recording is of, by their ids."""

    recording_id: int
    camera_id: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraName:
    """What a camera is called; `camera_id` is the camera's."""

    camera_id: int
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraChoice:
    """A camera that a recording may be of.

    `fits` is whether their pictures have the same shape, and `alike` whether what stands still in
    them looks the same; `own` marks the camera that it is of.
    """

    camera: Camera
    folder: Path
    recordings: int
    own: bool
    fits: bool
    alike: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferenceChoice:
    """A recording that a camera may learn from; see `CameraChoice`.

    `camera` is its name where it is of another one.
    """

    recording_id: int
    path: Path
    seconds: float
    camera: str | None
    alike: bool


@dataclass(frozen=True, slots=True, eq=False)
class UsualPicture:
    """Of each cell (rows, columns): how often something moves there, which way and how fast.

    `presence` is a share of the time, NaN where that is hardly ever; `across` and `down` are the
    main direction (of length one, NaN where there is none), `speed` the median in shares of the
    picture's longer side a second. `seconds` is how much was learned from, by `camera`.
    """

    camera: Camera
    seconds: float
    presence: NDArray[np.float32]
    across: NDArray[np.float32]
    down: NDArray[np.float32]
    speed: NDArray[np.float32]
