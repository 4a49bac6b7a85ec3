"""Decoded, resized frames on disk, memory-mapped: decoding once serves every epoch and fold.

What goes in comes from the program's own clip iterator, so that training sees each frame just as
analysis will.
"""

import hashlib
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import NDArray

from crimeview.core.clip import Clip, ClipSpec

_CHUNK = 16


@dataclass(frozen=True, slots=True)
class Frames:
    """Every frame of a recording.

    `pictures` uint8 (n, height, width, channels), read-only; `times` (n, 2) start and end seconds.
    """

    pictures: NDArray[np.uint8]
    times: NDArray[np.float64]


class FrameCache:
    """A folder of decoded recordings, one pair of .npy files for each."""

    def __init__(self, folder: Path, spec: ClipSpec) -> None:
        """`spec` is that of the model to be trained; the cache holds every frame at its size."""
        self.spec = replace(spec, frames=_CHUNK, step=_CHUNK, rate=None)
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __contains__(self, name: str) -> bool:
        return self._file(name, "times").is_file()

    def add(self, name: str, clips: Iterable[Clip]) -> Iterator[float]:
        """Store a recording from its clips of `self.spec`, giving the seconds read after each.

        What is not iterated to its end is not stored.
        """
        pictures, times = [], []
        for clip in clips:
            count = len(clip.frame_times)
            pictures.append(clip.frames[:count])  # the rest is padding at the end
            times.append(clip.frame_times)
            yield clip.end
        if not pictures:
            raise ValueError(f"{name} has no frames")
        self._write(name, "pictures", np.concatenate(pictures))
        self._write(name, "times", np.concatenate(times))  # last: it says that both are there

    def read(self, name: str) -> Frames:
        pictures = open_memmap(self._file(name, "pictures"), mode="r")
        return Frames(pictures, np.load(self._file(name, "times")))

    def _file(self, name: str, part: str) -> Path:
        key = hashlib.sha256(f"{name}\n{self.spec.key()}".encode()).hexdigest()[:24]
        return self._folder / f"{key}.{part}.npy"

    def _write(self, name: str, part: str, values: NDArray[np.generic]) -> None:
        file = self._file(name, part)
        scratch = file.with_suffix(".tmp")
        with scratch.open("wb") as stream:
            np.save(stream, values)
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(file)
