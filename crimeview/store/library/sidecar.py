"""An index of vectors beside the library's database: written whole or not at all, checked, rebuilt.

The database is the only truth. The sidecar is two files and a note that names them with their sizes
and checksums, which is replaced last: a program killed while writing leaves the old one in force. A
graph that is still being built lies there in the same way, under a note of its own. Other programs
may write there at the same time: what no note names may be what one of them is writing.
"""

import json
import os
import time
import zlib
from collections.abc import Collection
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from uuid import uuid4

from crimeview.store.library.vector_index import VectorIndex

IN_FORCE = "index.json"  # the note of what is searched
BEING_BUILT = "graph.json"  # the note of a graph's part
_FORMAT = 1
_CHUNK = 1 << 22
_OF_PART = "graph-"  # how the names of a part's files begin
_LEFT_BEHIND = 24 * 3600  # seconds; by then nobody writes a file any more, wrong clocks included


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
    graph: bool = False


def save_sidecar(
    folder: Path,
    index: VectorIndex,
    *,
    library: str,
    space: str,
    token: str,
    note_name: str = IN_FORCE,
) -> Note:
    """Write the index so that it is there whole or not at all. Raises OSError.

    Parts of a graph are written by one program at a time.
    """
    folder.mkdir(parents=True, exist_ok=True)
    start = _OF_PART if note_name == BEING_BUILT else ""
    names = [f"{start}{uuid4().hex}.{kind}" for kind in ("vectors", "numbers", "part")]
    *paths, part = (folder / name for name in names)
    try:
        index.write(*map(str, paths))
        files = [(path.name, path.stat().st_size, _checksum(path)) for path in paths]
        for path in paths:
            _to_disk(path)
        note = Note(
            format=_FORMAT,
            library=library,
            space=space,
            token=token,
            files=files,
            graph=index.is_graph,
        )
        part.write_text(json.dumps(asdict(note)), encoding="utf-8")
        _to_disk(part)
        replaced = _replaced(folder, note_name)
        part.replace(folder / note_name)
        _to_disk(folder)
    except BaseException:
        for path in (*paths, part):
            path.unlink(missing_ok=True)
        raise
    sweep(folder, replaced=replaced)
    return note


def load_sidecar(
    folder: Path, *, library: str, space: str, note_name: str = IN_FORCE
) -> tuple[VectorIndex, str] | None:
    """The index and the state (token) it is of; None where there is none.

    Raises DamagedError where it is not what was written, or is that of another library.
    """
    for _ in range(3):  # another process may replace it while it is read
        try:
            note = _read_note(folder / note_name)
        except FileNotFoundError:
            return None
        try:
            return _read(folder, note, library=library, space=space)
        except DamagedError:
            with suppress(FileNotFoundError, DamagedError):
                if _read_note(folder / note_name) != note:
                    continue
            raise
    raise DamagedError("it changes all the time")


def put_in_force(folder: Path, note: Note) -> None:
    """Have the graph that was stored with this note searched from now on, in one step.

    Raises OSError, and DamagedError where the part that lies there is another.
    """
    if _read_note(folder / BEING_BUILT) != note:
        raise DamagedError("it is another")
    replaced = _replaced(folder, IN_FORCE)
    (folder / BEING_BUILT).replace(folder / IN_FORCE)
    _to_disk(folder)
    sweep(folder, replaced=replaced)


def throw_away_part(folder: Path) -> None:
    """Remove a graph that is not built to its end; nobody else may be building."""
    with suppress(OSError):
        replaced = _replaced(folder, BEING_BUILT)
        (folder / BEING_BUILT).unlink(missing_ok=True)
        sweep(folder, replaced=replaced)


def is_graph_in_force(folder: Path, *, library: str) -> bool:
    """Whether what is to be searched there is a graph of that library."""
    try:
        note = _read_note(folder / IN_FORCE)
    except (FileNotFoundError, DamagedError):
        return False
    return note.graph and note.library == library


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


def sweep(folder: Path, *, replaced: Collection[str] = ()) -> None:
    """Remove files that no note names: those replaced, and what a killed program has left behind.

    One that is in use elsewhere may stay.
    """
    keep = {IN_FORCE, BEING_BUILT}
    for name in (BEING_BUILT, IN_FORCE):  # in this order: the first may become the second meanwhile
        keep |= _named_by(folder / name)
    now = time.time()
    for path in folder.iterdir():
        if path.name not in keep:
            with suppress(OSError):
                if path.name in replaced or now - path.stat().st_mtime > _LEFT_BEHIND:
                    path.unlink()


def _replaced(folder: Path, note_name: str) -> set[str]:
    """What a new note makes superfluous: the files of the old one, and those of any other part."""
    files = _named_by(folder / note_name)
    if note_name == BEING_BUILT:
        files |= {path.name for path in folder.glob(f"{_OF_PART}*")}
    return files


def _named_by(path: Path) -> set[str]:
    with suppress(FileNotFoundError, DamagedError):
        return {file for file, _, _ in _read_note(path).files}
    return set()
