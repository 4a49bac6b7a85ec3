"""What a sequence classifier sees of a person: landmarks, frame by frame, relative to the person.

Where the person is in the picture and how large is left out: on staged clips that alone tells which
act is played.
"""

import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes
from crimeview.core.people import LANDMARKS
from crimeview.core.sequence import LandmarkChoice, SequenceSpec

_FACE = 11  # the first landmarks are of the face
_SIZE = 2.0  # positions are in half heights of the person: about -1 to 1


def landmark_numbers(choice: LandmarkChoice) -> range:
    """Which of BlazePose's landmarks are meant."""
    return range(_FACE if choice == "body" else 0, LANDMARKS)


def numbers_a_frame(choice: LandmarkChoice) -> int:
    """x, y and visibility of each landmark, and whether they were found."""
    return 3 * len(landmark_numbers(choice)) + 1


def sequence_features(
    landmarks: NDArray[np.float32], boxes: Boxes, *, aspect: float, spec: SequenceSpec
) -> NDArray[np.float32]:
    """(frames, d) of a person's landmarks (frames, 33, 3) and boxes (frames, 4).

    Both are in shares of the picture, which is `aspect` times as wide as it is high, and NaN in
    frames in which the person was not found. The last column says whether they were; without them
    the others are 0, or where the spec says “repeat”, those of the frame before.
    """
    chosen = landmarks[:, list(landmark_numbers(spec.landmarks))]
    stretch = np.array([aspect, 1.0], np.float32)
    centers = (boxes[:, :2] + boxes[:, 2:]) / 2
    heights = np.maximum(boxes[:, 3] - boxes[:, 1], np.float32(1e-6))
    places = (chosen[:, :, :2] - centers[:, None]) * stretch / heights[:, None, None]
    values = np.concatenate([places * np.float32(_SIZE), chosen[:, :, 2:]], axis=2)
    flat = values.reshape(len(landmarks), -1)
    found = np.isfinite(flat).all(axis=1)
    if spec.missing == "repeat":
        flat, found = _repeated(flat, found)
    flat = np.where(found[:, None], flat, 0)
    return np.concatenate([flat, found[:, None]], axis=1).astype(np.float32)


def _repeated(
    values: NDArray[np.float32], found: NDArray[np.bool_]
) -> tuple[NDArray[np.float32], NDArray[np.bool_]]:
    """The values with the last ones found in the place of missing ones, and which there are now."""
    last = np.maximum.accumulate(np.where(found, np.arange(len(found)), -1))
    return values[np.maximum(last, 0)], last >= 0


def window_starts(frames: int, *, length: int, step: int) -> list[int]:
    """Where windows begin in a sequence of so many frames; one shorter than a window has one."""
    return list(range(0, max(1, frames - length + 1), step))


def windows(features: NDArray[np.float32], spec: SequenceSpec) -> NDArray[np.float32]:
    """(windows, spec.frames, d) of features (frames, d); a short sequence ends in rows of 0."""
    missing = max(0, spec.frames - len(features))
    padded = np.concatenate([features, np.zeros((missing, features.shape[1]), np.float32)])
    starts = window_starts(len(features), length=spec.frames, step=spec.step)
    return np.stack([padded[start : start + spec.frames] for start in starts])
