"""Clips: how a model wants frames sampled, and a run of frames sampled that way."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Color = Literal["rgb", "gray"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSpec:
    """How a model wants its clips.

    `frames` sampled frames a clip, taken `rate` times a second of the recording's clock (the frame
    on screen at each tick) or every frame where `rate` is None; clips start `step` sampled frames
    apart. Each frame is squashed to `resize` (height, width) and center-cropped to `crop`.
    """

    frames: int
    rate: float | None
    step: int
    resize: tuple[int, int]
    crop: tuple[int, int]
    color: Color

    @property
    def channels(self) -> int:
        return 3 if self.color == "rgb" else 1

    def key(self) -> str:
        """A text that is equal exactly where the settings are equal."""
        return (
            f"frames={self.frames} rate={self.rate} step={self.step} "
            f"resize={self.resize[0]}x{self.resize[1]} crop={self.crop[0]}x{self.crop[1]} "
            f"color={self.color}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipCursor:
    """Where a clip iterator stands, so that it can go on in another process.

    `origin` is the time (s) of the first frame of the present unbroken run of frames, `index` the
    number of the next clip in that run, `last_frame` the time (s) of the newest source frame
    already reported by a clip (-inf before the first).
    """

    origin: float
    index: int
    last_frame: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Clip:
    """A run of sampled frames.

    `start` and `end` are seconds on the recording's clock, `frames` uint8 (T, height, width,
    channels). `frame_times` (m, 2) are start and end seconds of the source frames first reported by
    this clip: over all clips of a recording each source frame occurs once, in order. `pictures` is
    how many source frames `frames` were sampled from. `cursor` is where to go on after this clip.
    Where `decoded` is not set, not every frame of the clip was decoded, and `frames` is the last
    one decoded before, standing still.
    """

    start: float
    end: float
    frames: NDArray[np.uint8]
    frame_times: NDArray[np.float64]
    pictures: int
    cursor: ClipCursor
    decoded: bool
