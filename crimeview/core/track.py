"""Numbers over time: features and scores on the recording's clock."""

from dataclasses import dataclass
from enum import Enum

import numpy as np
from numpy.typing import NDArray


class TrackKind(Enum):
    """What a track's rows are."""

    FEATURES = "features"  # (n, d) per clip
    CLIP_SCORES = "clip scores"  # (n,) per clip, 0 to 1
    FRAME_SCORES = "frame scores"  # (n,) per source frame, 0 to 1
    BAG_SCORES = "bag scores"  # (n,) per segment of the recording as a bag, 0 to 1
    VIOLENCE = "violence"  # (n,) per sampled frame, 0 to 1: the probability that it shows violence
    THEFT = "theft"  # (n,) per sampled frame, 0 to 1: how like a staged theft somebody moves
    NOVELTY = "novelty"  # (n,) per moment, 0 to 1: how unlike what is usual for the camera
    MOTION = "motion"  # (n,) per moment, 0 to 1: the share of the picture that moves


@dataclass(frozen=True, slots=True)
class Track:
    """`times` (n, 2) float64: start and end seconds of each row; `values` (n,) or (n, d)."""

    kind: TrackKind
    times: NDArray[np.float64]
    values: NDArray[np.floating]

    def __post_init__(self) -> None:
        if self.times.ndim != 2 or self.times.shape[1] != 2 or len(self.times) != len(self.values):
            raise ValueError(
                f"track rows do not match: times {self.times.shape}, values {self.values.shape}"
            )


def frame_scores(clips: Track, frame_times: NDArray[np.float64]) -> NDArray[np.float32]:
    """Give every frame a score: clip scores interpolated linearly between clip centers.

    `clips` holds (n,) clip scores, `frame_times` is (m, 2); the result is (m,) float32. Before the
    first and after the last clip center the nearest score holds. Time is the recording's clock, so
    a variable frame rate needs no special case.
    """
    if len(clips.times) == 0:
        return np.zeros(len(frame_times), np.float32)
    centers = clips.times.mean(axis=1)
    scores = np.interp(frame_times.mean(axis=1), centers, clips.values)
    return np.asarray(scores, np.float32)
