"""Masks of recordings: where in each frame an event is, as annotators have drawn it."""

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import MediaError

_PICTURES = (".bmp", ".png", ".tif", ".tiff", ".pgm", ".jpg", ".jpeg")
_SET = 127  # levels; masks are drawn white on black, also through a JPEG


class Masks:
    """The masks of a recording, one for each frame: pictures in the order of their names.

    `path` is a folder of pictures, or a NumPy file (.npy) of (frames, height, width). Raises
    MediaError.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._files: list[Path] = []
        self._array: NDArray[np.generic] | None = None
        try:
            if path.is_dir():
                self._files = sorted(f for f in path.iterdir() if f.suffix.lower() in _PICTURES)
            else:
                self._array = np.load(path, mmap_mode="r", allow_pickle=False)
        except (OSError, ValueError) as error:
            raise MediaError(
                f"The masks {path} cannot be read; give a folder of pictures, one for each frame, "
                "or a NumPy file of frames by height by width."
            ) from error
        if len(self) == 0 or (self._array is not None and self._array.ndim != 3):
            raise MediaError(f"There are no masks in {path}; give one picture for each frame.")

    def __len__(self) -> int:
        return len(self._files) if self._array is None else len(self._array)

    def at(self, frame: int) -> NDArray[np.bool_]:
        """The mask of a frame, from 0, bool (height, width). Raises MediaError."""
        if self._array is not None:
            return np.asarray(self._array[frame]) > 0
        file = self._files[frame]
        try:
            with av.open(str(file)) as container:
                picture = next(container.decode(video=0))
                return picture.to_ndarray(format="gray") > _SET
        except (av.FFmpegError, OSError, StopIteration, IndexError) as error:
            raise MediaError(f"The mask {file} cannot be read; draw it as PNG or BMP.") from error
