"""What a vector must be before it is stored: one that is not would spoil every later search."""

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import LibraryError
from crimeview.store.library.rows import NewEntry

_LENGTH = 0.01  # that the length of a vector may be off one: half precision makes it so


def spaces_of(entries: Sequence[NewEntry]) -> dict[str, int]:
    """The dimensions of the vectors and clips of segments, by space.

    Raises LibraryError where some of a space differ in them, or are not what a vector must be.
    """
    vectors: dict[str, list[NDArray[np.floating]]] = {}
    clips: dict[str, list[NDArray[np.floating]]] = {}
    for entry in entries:
        for name, vector in entry.vectors.items():
            vectors.setdefault(name, []).append(vector)
        if entry.clips is not None:
            clips.setdefault(entry.clips.space, []).append(entry.clips.features)
    sizes: dict[str, int] = {}
    for name, rows in vectors.items():
        sizes[name] = _size(name, {row.shape for row in rows})
        check_vectors(np.stack(rows), space=name)
    for name, features in clips.items():
        known = {(sizes[name],)} if name in sizes else set()
        sizes[name] = _size(name, known | {rows.shape[1:] for rows in features})
        if not all(np.isfinite(rows).all() for rows in features):
            raise LibraryError(_not_finite(name))
    return sizes


def check_vectors(rows: NDArray[np.floating], *, space: str) -> None:
    """Raise LibraryError unless these (n, d) are finite and of length one."""
    values = np.asarray(rows, np.float32)
    if not np.isfinite(values).all():
        raise LibraryError(_not_finite(space))
    lengths = np.linalg.norm(values, axis=1)
    if (np.abs(lengths - 1.0) > _LENGTH).any():
        raise LibraryError(
            f"A vector of {space} is not of length one; similarities with it would mean nothing. "
            "Have what was to be added made again."
        )


def _size(space: str, shapes: Iterable[tuple[int, ...]]) -> int:
    found = sorted(set(shapes))
    if len(found) != 1 or len(found[0]) != 1 or found[0][0] == 0:
        told = " and ".join(" by ".join(map(str, shape)) or "0" for shape in found)
        raise LibraryError(
            f"The vectors of {space} are of {told} numbers, and all must be of as many; have what "
            "was to be added made again with one encoder."
        )
    return found[0][0]


def _not_finite(space: str) -> str:
    return (
        f"A vector of {space} holds numbers that are none (NaN or infinite); have what was to be "
        "added made again."
    )
