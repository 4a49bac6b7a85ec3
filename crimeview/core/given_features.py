"""Features that were computed elsewhere, as a file of arrays."""

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError


@dataclass(frozen=True, slots=True)
class GivenFeatures:
    """`features` (n, segments, d) of the recordings `names` (n,)."""

    names: tuple[str, ...]
    features: NDArray[np.floating]


def read_features(file: Path) -> GivenFeatures:
    """Read an .npz of `names` (n,) and `features` (n, segments, d); raises UsageError.

    Features (n, d) are of one segment each.
    """
    names, features = _arrays(file)
    if names.dtype.kind == "S":
        names = np.char.decode(names, "utf-8", "replace")
    if features.ndim == 2:
        features = features[:, None]
    numeric = np.issubdtype(features.dtype, np.floating)
    if names.ndim != 1 or features.ndim != 3 or len(names) != len(features) or not numeric:
        raise UsageError(
            f"{file} holds names {names.shape} and features {features.dtype} {features.shape}; "
            "they must be names (n,) and floating point features (n, segments, numbers)."
        )
    if len(set(names.tolist())) < len(names):
        raise UsageError(f"{file} names a recording twice; keep one of its features.")
    return GivenFeatures(tuple(map(str, names.tolist())), features)


def _arrays(file: Path) -> tuple[NDArray[Any], NDArray[Any]]:
    """The names and the features of a file as they are; raises UsageError."""
    try:
        # Opened here: of a damaged file numpy would leave it open.
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
            held = ", ".join(f"“{name}”" for name in arrays.files) or "nothing"
            return arrays["names"], arrays["features"]
    except FileNotFoundError as error:
        raise UsageError(f"There is no file {file}; check its name.") from error
    except KeyError as error:
        raise UsageError(
            f"{file} cannot be read as features: it holds {held}; call the arrays “names” (n,) "
            "and “features” (n, segments, numbers)."
        ) from error
    except (OSError, ValueError, TypeError, EOFError, zipfile.BadZipFile) as error:
        raise UsageError(
            f"{file} cannot be read as features; give an .npz that holds the arrays names (n,) "
            "and features (n, segments, numbers), no objects: names saved as objects become text "
            "by names.astype(str)."
        ) from error
