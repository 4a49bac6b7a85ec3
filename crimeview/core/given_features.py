"""Features that were computed elsewhere, as a file of arrays."""

import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class GivenFeatures:
    """`features` (n, segments, d) of the recordings `names` (n,)."""

    names: tuple[str, ...]
    features: NDArray[np.floating]


def read_features(file: Path) -> GivenFeatures:
    """Read an .npz of `names` (n,) and `features` (n, segments, d); raises UsageError."""
    try:
        # Opened here: of a damaged file numpy would leave it open.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            names, features = arrays["names"], arrays["features"]
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {file}; check its name.") from error
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise UsageError(
            f"{file} cannot be read as features; give an .npz that holds the arrays names (n,) "
            "and features (n, segments, numbers), no objects."
        ) from error
    if names.dtype.kind == "S":
        names = np.char.decode(names, "utf-8", "replace")
    numeric = np.issubdtype(features.dtype, np.floating)
    if names.ndim != 1 or features.ndim != 3 or len(names) != len(features) or not numeric:
        raise UsageError(
            f"{file} holds names {names.shape} and features {features.dtype} {features.shape}; "
            "they must be names (n,) and floating point features (n, segments, numbers)."
        )
    if len(set(names.tolist())) < len(names):
        raise UsageError(f"{file} names a recording twice; keep one of its features.")
    return GivenFeatures(tuple(map(str, names.tolist())), features)
