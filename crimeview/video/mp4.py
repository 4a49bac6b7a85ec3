"""The sample tables of MP4 and MOV files (ISO/IEC 14496-12, 8.6 and 8.7).

FFmpeg reads them too, but tells of its index only when each packet is to be decoded; when it is
shown stands in the file alone.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

_HEADER = 8  # bytes of a box's size and name
_PLAIN = {b"stsd", b"stsz", b"stsc", b"stts"}  # tables that every track has
_SYNC_BY_OTHER_MEANS = {b"stps", b"sbgp", b"sgpd"}  # say that more pictures are keyframes
# Bytes before the number of the track in its header, by version of the header.
_TRACK_NUMBER = {0: 12, 1: 20}


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleTable:
    """A track's packets in the order they are decoded, all arrays (n,).

    `decoded` counts units of the track's time scale from the first packet, `delays` (int32) those
    from a packet's decoding to its showing; both lack what an edit list adds to all. `positions`
    are bytes from the start of the file, `sizes` (int32) bytes.
    """

    decoded: NDArray[np.int64]
    delays: NDArray[np.int32]
    positions: NDArray[np.int64]
    sizes: NDArray[np.int32]
    keyframes: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class _Box:
    name: bytes
    start: int  # of what it holds
    end: int


class _UnusualError(Exception):
    """The tables are not of the plain kind, or contradict each other."""


def sample_table(path: Path, *, track: int, samples: int) -> SampleTable | None:
    """The tables of the track with that number; None if they are not plain or not so many samples.

    Not plain are fragments, several kinds of samples, and keyframes that other tables tell of.
    """
    try:
        with path.open("rb") as file:
            return _read(file, _tables(file, track), samples)
    except (_UnusualError, struct.error, OSError):
        return None


def _read(file: BinaryIO, tables: dict[bytes, _Box], samples: int) -> SampleTable:
    if tables.keys() & _SYNC_BY_OTHER_MEANS or not tables.keys() >= _PLAIN:
        raise _UnusualError
    if _count(file, tables[b"stsd"]) != 1:
        raise _UnusualError
    sizes = _sizes(file, tables[b"stsz"], samples)
    steps = _repeated(_rows(file, tables[b"stts"], columns=2), samples).astype(np.int64)
    delays = np.zeros(samples, np.int32)
    if b"ctts" in tables:
        delays = _repeated(_rows(file, tables[b"ctts"], columns=2), samples).astype(np.int32)
    return SampleTable(
        decoded=np.cumsum(steps) - steps,
        delays=delays,
        positions=_positions(file, tables, sizes),
        sizes=sizes,
        keyframes=_keyframes(file, tables, samples),
    )


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[_Box]:
    while end - start >= _HEADER:
        file.seek(start)
        size, name = struct.unpack(">I4s", file.read(_HEADER))
        header = _HEADER
        if size == 1:
            (size,) = struct.unpack(">Q", file.read(8))
            header += 8
        elif size == 0:
            size = end - start
        if size < header or size > end - start:
            return
        yield _Box(name, start + header, start + size)
        start += size


def _inside(file: BinaryIO, box: _Box, name: bytes) -> _Box:
    for inner in _boxes(file, box.start, box.end):
        if inner.name == name:
            return inner
    raise _UnusualError


def _tables(file: BinaryIO, track: int) -> dict[bytes, _Box]:
    whole = _Box(b"", 0, file.seek(0, 2))
    movie = _inside(file, whole, b"moov")
    for box in _boxes(file, movie.start, movie.end):
        if box.name == b"trak" and _number(file, _inside(file, box, b"tkhd")) == track:
            for name in (b"mdia", b"minf", b"stbl"):
                box = _inside(file, box, name)
            return {table.name: table for table in _boxes(file, box.start, box.end)}
    raise _UnusualError


def _number(file: BinaryIO, header: _Box) -> int:
    file.seek(header.start)
    (version,) = struct.unpack(">B", file.read(1))
    before = _TRACK_NUMBER.get(version)
    if before is None:
        raise _UnusualError
    file.seek(header.start + before)
    (number,) = struct.unpack(">I", file.read(4))
    return int(number)


def _count(file: BinaryIO, table: _Box, *, after: int = 4) -> int:
    """How many rows it says it has; `after` bytes of version, flags and the like."""
    file.seek(table.start + after)
    (count,) = struct.unpack(">I", file.read(4))
    return int(count)


def _rows(file: BinaryIO, table: _Box, *, columns: int, after: int = 4) -> NDArray[np.uint32]:
    """The rows (n, columns) of a table of 32-bit numbers."""
    count = _count(file, table, after=after)
    return _numbers(file, table, count * columns, ">u4").reshape(count, columns).astype(np.uint32)


def _numbers(file: BinaryIO, table: _Box, count: int, kind: str) -> NDArray[np.unsignedinteger]:
    """So many numbers from where the file stands, which must lie within the table."""
    length = count * np.dtype(kind).itemsize
    if file.tell() + length > table.end:
        raise _UnusualError
    data = file.read(length)
    if len(data) < length:
        raise _UnusualError
    return np.frombuffer(data, kind)


def _sizes(file: BinaryIO, table: _Box, samples: int) -> NDArray[np.int32]:
    same, count = _count(file, table), _count(file, table, after=8)
    if count != samples:
        raise _UnusualError
    if same:
        return np.full(samples, same, np.int32)
    return _numbers(file, table, count, ">u4").astype(np.int32)


def _repeated(runs: NDArray[np.uint32], samples: int) -> NDArray[np.uint32]:
    """The values of runs (n, 2) of a length and a value, one by one."""
    if int(runs[:, 0].sum(dtype=np.uint64)) != samples:
        raise _UnusualError
    return np.repeat(runs[:, 1], runs[:, 0])


def _keyframes(file: BinaryIO, tables: dict[bytes, _Box], samples: int) -> NDArray[np.bool_]:
    if b"stss" not in tables:
        return np.ones(samples, np.bool_)
    numbers = _rows(file, tables[b"stss"], columns=1)[:, 0]  # from 1
    if not len(numbers) or numbers.min() < 1 or numbers.max() > samples:
        raise _UnusualError
    keyframes = np.zeros(samples, np.bool_)
    keyframes[numbers - 1] = True
    return keyframes


def _positions(
    file: BinaryIO, tables: dict[bytes, _Box], sizes: NDArray[np.int32]
) -> NDArray[np.int64]:
    chunks = _chunks(file, tables)
    runs = _rows(file, tables[b"stsc"], columns=3)  # first chunk from 1, samples a chunk, kind
    begins = np.append(runs[:, 0].astype(np.int64), len(chunks) + 1)
    lengths = np.diff(begins)
    if not len(lengths) or begins[0] != 1 or lengths.min() < 1:
        raise _UnusualError
    held = np.repeat(runs[:, 1].astype(np.int64), lengths)  # samples of each chunk
    if held.min() < 1 or int(held.sum()) != len(sizes):
        raise _UnusualError
    before = np.cumsum(sizes, dtype=np.int64) - sizes  # bytes of the track before each sample
    first = np.cumsum(held) - held  # sample of each chunk
    positions: NDArray[np.int64] = before + np.repeat(chunks - before[first], held)
    return positions


def _chunks(file: BinaryIO, tables: dict[bytes, _Box]) -> NDArray[np.int64]:
    """Where each chunk begins."""
    table, kind = tables.get(b"stco"), ">u4"
    if table is None:
        table, kind = tables.get(b"co64"), ">u8"
    if table is None:
        raise _UnusualError
    return _numbers(file, table, _count(file, table), kind).astype(np.int64)
