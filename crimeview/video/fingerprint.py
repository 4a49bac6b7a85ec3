"""The identity of a file's bytes."""

import hashlib
from collections.abc import Generator
from pathlib import Path

from crimeview.core.errors import MediaError
from crimeview.core.recording import Fingerprint

_CHUNK = 4 * 1024 * 1024


def fingerprint(path: Path) -> Generator[int, None, Fingerprint]:
    """Hash the file; yields bytes done, every 4 MiB, and returns the fingerprint.

    Raises MediaError if the file cannot be read.
    """
    digest, done = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
                done += len(chunk)
                yield done
    except OSError as error:
        raise MediaError(
            f"“{path.name}” cannot be read through ({error.strerror}); "
            "check the disk it is on or copy it from its source again."
        ) from error
    return Fingerprint(sha256=digest.hexdigest(), size=done)
