"""What parts of a training found, kept so that it goes on where it was stopped."""

import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


class KeptResults:
    """Arrays by name in a folder; those of another `key` (data, recipe) count as absent."""

    def __init__(self, folder: Path, *, key: str) -> None:
        self._folder = folder
        self._key = key

    def find(self, name: str) -> dict[str, NDArray[np.generic]] | None:
        """What was kept under a name; None where nothing was, or where it is damaged."""
        try:
            with self._file(name).open("rb") as stream, np.load(stream) as stored:
                if str(stored["key"]) != self._key:
                    return None
                return {k: stored[k] for k in stored.files if k != "key"}
        except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
            return None

    def keep(self, name: str, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Keep arrays under a name, whole or not at all."""
        file = self._file(name)
        self._folder.mkdir(parents=True, exist_ok=True)
        scratch = file.with_suffix(f".{os.getpid()}.tmp")
        with scratch.open("wb") as stream:
            np.savez(stream, key=np.array(self._key), **arrays)  # type: ignore[arg-type]
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(file)

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.npz"
