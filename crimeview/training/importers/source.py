"""The file that a model is imported from."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from crimeview.core.errors import ModelError


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where weights come from: the file, its SHA-256 and its first bytes."""

    path: Path
    sha256: str
    start: bytes

    @property
    def title(self) -> str:
        return f"“{self.path.name}”"


def read_source(path: Path) -> Source:
    """Read through a file once; raises ModelError where it cannot be read."""
    try:
        with path.open("rb") as file:
            start = file.read(128)
            file.seek(0)
            sha256 = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(
            f"{path} cannot be read ({error.strerror}); give the file of a model."
        ) from error
    return Source(path=path, sha256=sha256, start=start)
