"""How closely each part of a recording was looked at, and why."""

from dataclasses import dataclass
from enum import Enum, IntEnum

import numpy as np
from numpy.typing import NDArray

from crimeview.core.spans import Spans

CELLS = (90, 160)  # rows and columns of the small pictures that keyframes are compared by


class Look(IntEnum):
    """How a clip was looked at."""

    ANALYZED = 0  # by the network
    SKIPPED_BY_KEYFRAMES = 1  # not decoded: nothing moved from keyframe to keyframe
    SKIPPED_BY_PICTURES = 2  # decoded, but nothing moves in its pictures
    AUDITED_STILL = 3  # to be skipped by keyframes, decoded for the audit: nothing moves in it
    AUDITED_MOVING = 4  # the same, but something moves: analyzed by the network


class Refusal(Enum):
    """Why all of a recording was decoded."""

    SMALL_PICTURES = "small pictures"  # decoding them all takes no longer
    FEW_KEYFRAMES = "few keyframes"
    LONG_GOPS = "long gops"  # too much could happen between two keyframes
    IRREGULAR_GOPS = "irregular gops"
    NO_TIME_STAMPS = "no time stamps"  # or such that jump, repeat or do not fit the pictures
    BUSY = "busy"  # too little could be skipped
    NOISY = "noisy"  # small movers would drown in the camera's noise


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What of a recording is decoded.

    `kept` are the spans (s) that are, None being all for the reason that `refusal` gives; `audited`
    those among them that would have been skipped. `spacing` is the longest time (s) from one
    keyframe to the next. `clock`, bool (90, 160), marks where the picture shows a running clock,
    as it is stored, not turned.
    """

    kept: Spans | None
    audited: Spans
    refusal: Refusal | None
    spacing: float
    clock: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class SkipReport:
    """How much of a recording was looked at how closely, in clips.

    `refusal` and `spacing` are those of the `Gate`.
    """

    clips: int
    by_keyframes: int
    by_pictures: int
    audited: int
    audited_moving: int
    refusal: Refusal | None
    spacing: float

    @property
    def skipped(self) -> float:
        """The share of the clips that no network has seen."""
        return (self.still_keyframes + self.by_pictures) / max(1, self.clips)

    @property
    def still_keyframes(self) -> int:
        """Clips that keyframes called still, less those in which the audit found movement."""
        return self.by_keyframes + self.audited - self.audited_moving
