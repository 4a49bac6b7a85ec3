"""MP4 files in fragments that were broken off: what of them is whole."""

import os
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

_HEAD, _LARGE = 8, 16  # bytes of a box's head, and of one that is longer than 4 GB


def cut_to_whole_fragments(path: Path) -> None:
    """Shorten a file that was broken off to its last complete fragment.

    A fragment is a box “moof” and the “mdat” after it (ISO 14496-12). Nothing is changed in a file
    that is complete or is of another kind. Raises OSError.
    """
    with path.open("r+b") as file:
        size = os.fstat(file.fileno()).st_size
        whole = 0
        for kind, end in _boxes(file, size):
            if end > size:
                break
            if kind != b"moof":
                whole = end
        if 0 < whole < size:
            file.truncate(whole)
            os.fsync(file.fileno())


def _boxes(file: BinaryIO, size: int) -> Iterator[tuple[bytes, int]]:
    """Kind and end of each box of the outermost level; the last may end beyond the file."""
    at = 0
    while at + _HEAD <= size:
        file.seek(at)
        head = file.read(_LARGE)
        length, kind = struct.unpack(">I4s", head[:_HEAD])
        if not kind.isalnum():
            return  # no MP4 file
        if length == 1 and len(head) == _LARGE:
            length = struct.unpack(">Q", head[_HEAD:])[0]
        if length < _HEAD:
            return
        at += length
        yield kind, at
