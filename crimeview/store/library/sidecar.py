"""An index of vectors beside the library's database: written whole or not at all, checked, rebuilt.

The database is the only truth. The sidecar is two files and a note that names them with their sizes
and checksums, which is replaced last: a program killed while writing leaves the old one in force.
"""

import json
import os
import zlib
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from crimeview.store.library.vector_index import VectorIndex

_NOTE = "index.json"
_FORMAT = 1
_CHUNK = 1 << 22


class DamagedError(Exception):
    """The sidecar is not what its note says."""


@dataclass(frozen=True, slots=True)
class Note:
    """What the files are: of which library and space, of which state of the vectors."""

    format: int
    library: str
    space: str
    token: str
    files: list[tuple[str, int, int]]  # name, size, CRC-32


def save_sidecar(folder: Path, index: VectorIndex, *, library: str, space: str, token: str) -> None:
    """Write the index so that it is there whole or not at all. Raises OSError."""
    folder.mkdir(parents=True, exist_ok=True)
    names = [f"{uuid4().hex}.vectors", f"{uuid4().hex}.numbers"]
    paths = [folder / name for name in names]
    try:
        index.write(*map(str, paths))
        files = [(path.name, path.stat().st_size, _checksum(path)) for path in paths]
        for path in paths:
            _to_disk(path)
        note = Note(format=_FORMAT, library=library, space=space, token=token, files=files)
        part = folder / f"{uuid4().hex}.part"
        part.write_text(json.dumps(asdict(note)), encoding="utf-8")
        _to_disk(part)
        part.replace(folder / _NOTE)
        _to_disk(folder)
    except BaseException:
        for path in paths:
            path.unlink(missing_ok=True)
        raise
    _sweep(folder, keep={_NOTE, *names})


def load_sidecar(folder: Path, *, library: str, space: str) -> tuple[VectorIndex, str] | None:
    """The index and the state (token) it is of; None where there is none.

    Raises DamagedError where it is not what was written, or is that of another library.
    """
    for _ in range(3):  # another process may replace it while it is read
        try:
            note = _read_note(folder / _NOTE)
        except FileNotFoundError:
            return None
        try:
            return _read(folder, note, library=library, space=space)
        except DamagedError:
            with suppress(FileNotFoundError, DamagedError):
                if _read_note(folder / _NOTE) != note:
                    continue
            raise
    raise DamagedError("it changes all the time")


def _read_note(path: Path) -> Note:
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        files = [(str(n), int(size), int(crc)) for n, size, crc in values.pop("files")]
        return Note(files=files, **values)
    except FileNotFoundError:
        raise
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise DamagedError("its note cannot be read") from error


def _read(folder: Path, note: Note, *, library: str, space: str) -> tuple[VectorIndex, str]:
    if (note.format, note.library, note.space) != (_FORMAT, library, space):
        raise DamagedError("it is that of another library")
    if len(note.files) != 2:
        raise DamagedError("its note is incomplete")
    for name, size, crc in note.files:
        path = folder / Path(name).name
        try:
            good = path.stat().st_size == size and _checksum(path) == crc
        except OSError as error:
            raise DamagedError("a file of it is missing") from error
        if not good:
            raise DamagedError("a file of it is not what was written")
    try:
        first, second = (str(folder / Path(name).name) for name, _, _ in note.files)
        return VectorIndex.read(first, second), note.token
    except (OSError, RuntimeError, ValueError, KeyError) as error:
        raise DamagedError("it cannot be read") from error


def _checksum(path: Path) -> int:
    value = 0
    with path.open("rb") as file:
        while chunk := file.read(_CHUNK):
            value = zlib.crc32(chunk, value)
    return value


def _to_disk(path: Path) -> None:
    """Have the disk keep it; a folder cannot be asked on Windows."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sweep(folder: Path, *, keep: set[str]) -> None:
    """Remove files of older sidecars; one that is in use elsewhere may stay."""
    for path in folder.iterdir():
        if path.name not in keep:
            with suppress(OSError):
                path.unlink()
