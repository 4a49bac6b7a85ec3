"""What networks made of recordings, kept so that an evaluation goes on where it was stopped.

A file's name is a digest of everything its content depends on; a damaged one counts as absent.
"""

import hashlib
import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What is kept of a recording.

    `times` (n, 2) are start and end seconds of the clips that were looked at, `numbers` (n, d) what
    the network gave for them, `frame_times` (m, 2) those of all its frames. `moved` is the 99th
    percentile of the difference between successive frames (gray levels), NaN where it was not
    measured. `damage` says what could not be read.
    """

    times: NDArray[np.float64]
    numbers: NDArray[np.float16]
    frame_times: NDArray[np.float64]
    moved: float
    damage: str | None


class ReadingCache:
    """Readings in a folder; `problem` says in a sentence why they cannot be kept, if so."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.problem: str | None = None

    def find(self, *parts: str) -> Reading | None:
        """The reading that depends on these texts, if it is there."""
        try:
            with (
                self._file(parts).open("rb") as stream,
                np.load(stream, allow_pickle=False) as arrays,
            ):
                damage = str(arrays["damage"])
                return Reading(
                    times=arrays["times"],
                    numbers=arrays["numbers"],
                    frame_times=arrays["frame_times"],
                    moved=float(arrays["moved"]),
                    damage=damage or None,
                )
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def keep(self, reading: Reading, *parts: str) -> None:
        """Keep a reading under these texts, whole or not at all."""
        file = self._file(parts)
        partial = file.with_suffix(f".{os.getpid()}.part")  # two evaluations may run at once
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with partial.open("wb") as stream:
                np.savez(
                    stream,
                    times=reading.times,
                    numbers=reading.numbers,
                    frame_times=reading.frame_times,
                    moved=np.float64(reading.moved),
                    damage=np.str_(reading.damage or ""),
                )
            partial.replace(file)
        except OSError as error:
            self.problem = (
                f"Nothing can be kept in {self._folder} ({error.strerror}): interrupted, the "
                "evaluation starts anew; choose another folder with --runs."
            )

    def _file(self, parts: tuple[str, ...]) -> Path:
        text = "\n".join((f"format {_FORMAT}", *parts))
        return self._folder / f"{hashlib.sha256(text.encode()).hexdigest()}.npz"
