"""Decoded, resized frames on disk, memory-mapped: decoding once serves every epoch and fold.

What goes in comes from the program's own clip iterator, so that training sees each frame just as
analysis will.
"""

import hashlib
import os
from collections.abc import Generator, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import Clip, ClipSpec
from crimeview.core.errors import MediaError

_CHUNK = 16


@dataclass(frozen=True, slots=True)
class Frames:
    """Every frame of a recording.

    `pictures` uint8 (n, height, width, channels), read-only; `times` (n, 2) start and end seconds.
    """

    pictures: NDArray[np.uint8]
    times: NDArray[np.float64]


def entry_name(path: Path) -> str:
    """What a recording's entry is kept under: a changed file gets another one."""
    facts = path.stat()
    return f"{path.resolve()} {facts.st_size} {facts.st_mtime_ns}"


class FrameCache:
    """A folder of decoded recordings, a pair of files for each.

    Caches of several specs share a folder. An entry is there when both its files are whole: one
    that was cut off by a crash or a full disk counts as missing, and is decoded again.
    """

    def __init__(self, folder: Path, spec: ClipSpec) -> None:
        """`spec` is that of the model to be trained; the cache holds every frame at its size."""
        self.spec = replace(spec, frames=_CHUNK, step=_CHUNK, rate=None)
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def __contains__(self, name: str) -> bool:
        return self._stored(name) is not None

    def add(self, name: str, clips: Iterable[Clip]) -> Generator[float]:
        """Store a recording from its clips of `self.spec`, giving the seconds read after each.

        What is not iterated to its end is not stored. Raises MediaError if there is no frame.
        """
        times: list[NDArray[np.float64]] = []
        # Two processes may decode the same recording; the last one to finish stays.
        scratch = self._file(name, f"{os.getpid()}.tmp")
        try:
            with scratch.open("wb") as stream:
                for clip in clips:
                    count = len(clip.frame_times)  # the rest is padding at the end
                    stream.write(np.ascontiguousarray(clip.frames[:count]).data)
                    times.append(clip.frame_times)
                    yield clip.end
                _flush(stream)
            if not times:
                raise MediaError(f"“{name}” has no readable picture; leave it out of the data.")
            scratch.replace(self._file(name, "pictures"))
        finally:
            scratch.unlink(missing_ok=True)
        self._write_times(name, np.concatenate(times))  # last: it says that both are there

    def read(self, name: str) -> Frames:
        """A recording that is in the cache; raises KeyError for one that is not."""
        stored = self._stored(name)
        if stored is None:
            raise KeyError(name)
        return stored

    def _stored(self, name: str) -> Frames | None:
        try:
            times = np.load(self._file(name, "times.npy"))
            shape = (len(times), *self.spec.crop, self.spec.channels)
            pictures = self._file(name, "pictures")
            if pictures.stat().st_size != np.prod(shape):
                return None
            return Frames(np.memmap(pictures, np.uint8, "r", shape=shape), times)
        except (OSError, ValueError, EOFError, TypeError):
            return None

    def _file(self, name: str, part: str) -> Path:
        key = hashlib.sha256(f"{name}\n{self.spec.key()}".encode()).hexdigest()[:24]
        return self._folder / f"{key}.{part}"

    def _write_times(self, name: str, times: NDArray[np.float64]) -> None:
        scratch = self._file(name, f"times.{os.getpid()}.tmp")
        with scratch.open("wb") as stream:
            np.save(stream, times)
            _flush(stream)
        scratch.replace(self._file(name, "times.npy"))


def _flush(stream: BinaryIO) -> None:
    stream.flush()
    os.fsync(stream.fileno())
