"""What the rows of a package must be, looked at before the first of them is added."""

from pathlib import Path
from typing import Any

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from crimeview.core.errors import LibraryError
from crimeview.store.library.package_form import PackageManifest
from crimeview.store.library.sound_vectors import check_vectors

_AT_ONCE = 4096  # rows
_NUMBERS = {
    "segments": ("start", "end", "peak", "peak_time"),
    "clips": ("start", "end", "score"),
    "thumbnails": ("time",),
}
_VECTORS = {"vectors": "vector", "clips": "features"}


def check_rows(folder: Path, manifest: PackageManifest, *, held: dict[str, int]) -> None:
    """Raise LibraryError unless all numbers are numbers, and vectors as many as their space has.

    `held` are the dimensions of the spaces of the library that they are for.
    """
    for name, size in manifest.spaces.items():
        if held.get(name, size) != size:
            raise LibraryError(
                f"The package {folder} has vectors of {name} of {size} numbers, the library of "
                f"{held[name]}: another encoder has made them. Use a library of its own for these. "
                "Nothing was added."
            )
    for table, columns in _NUMBERS.items():
        for batch in _batches(folder, table, columns):
            for name in columns:
                if not _all_finite(batch.column(name).to_numpy(zero_copy_only=False)):
                    raise LibraryError(_sentence(folder, table, f"{name} is no number"))
    _check_spans(folder)
    for table, column in _VECTORS.items():
        for batch in _batches(folder, table, ("space", column)):
            _check_vectors(folder, manifest, table, batch.column("space"), batch.column(column))


def _batches(folder: Path, table: str, columns: tuple[str, ...]) -> Any:
    file = pq.ParquetFile(folder / f"{table}.parquet")
    return file.iter_batches(_AT_ONCE, columns=list(columns))


def _all_finite(values: NDArray[Any]) -> bool:
    return bool(np.isfinite(np.asarray(values, np.float64)).all())


def _check_spans(folder: Path) -> None:
    for batch in _batches(folder, "segments", ("start", "end")):
        start, end = (
            batch.column(name).to_numpy(zero_copy_only=False) for name in ("start", "end")
        )
        if (end < start).any():
            raise LibraryError(_sentence(folder, "segments", "one ends before it starts"))


def _check_vectors(
    folder: Path, manifest: PackageManifest, table: str, spaces: Any, vectors: Any
) -> None:
    for space in spaces.unique().to_pylist():
        if space not in manifest.spaces:
            raise LibraryError(_sentence(folder, table, f"its manifest knows no space “{space}”"))
        own = vectors.filter(pc.equal(spaces, space))
        size = manifest.spaces[space]
        if own.null_count or pc.any(pc.not_equal(pc.list_value_length(own), size)).as_py():
            raise LibraryError(_sentence(folder, table, f"one of {space} is not of {size} numbers"))
        flat = own.flatten().to_numpy(zero_copy_only=False)
        if not _all_finite(flat):
            raise LibraryError(_sentence(folder, table, f"one of {space} holds what is no number"))
        if table == "vectors":
            check_vectors(flat.reshape(-1, size), space=space)


def _sentence(folder: Path, table: str, what: str) -> str:
    return (
        f"The package {folder} cannot be taken in: in {table}.parquet, {what}. Have it exported "
        "again. Nothing was added."
    )
