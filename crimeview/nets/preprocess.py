"""From pixels to a network's input, exactly as the manifest says. Training uses this as well."""

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.core.manifest import Input, Layout

_AXES: dict[Layout, tuple[int, int, int, int]] = {  # of (time, height, width, channel)
    "NCTHW": (3, 0, 1, 2),
    "NTCHW": (0, 3, 1, 2),
    "NTHWC": (0, 1, 2, 3),
}


def network_input(frames: NDArray[np.uint8], spec: ClipSpec, wanted: Input) -> NDArray[np.float32]:
    """A clip's frames, uint8 (T, height, width, channels), as the float32 input of shape (1, ...).

    Raises ValueError where the frames are not a clip of `spec` or `wanted` has no layout: that is
    a mistake of the caller's, not of the user's.
    """
    shape = (spec.frames, *spec.crop, spec.channels)
    if frames.shape != shape or frames.dtype != np.uint8:
        raise ValueError(f"a clip must be uint8 {shape}, not {frames.dtype} {frames.shape}")
    if wanted.layout is None:
        raise ValueError("this model does not take clips")
    mean, std = np.asarray(wanted.mean, np.float32), np.asarray(wanted.std, np.float32)
    values = (frames.astype(np.float32) * np.float32(wanted.scale) - mean) / std
    if wanted.layout == "NCHW":
        return np.ascontiguousarray(values.transpose(0, 3, 1, 2))
    return np.ascontiguousarray(values.transpose(_AXES[wanted.layout])[None])
