"""A map that was made once: where its points lie, kept so that new ones find their place on it.

It is a file of plain arrays. Nothing in it is ever run, so a case may be handed on.
"""

import os
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import CaseError

Floats = NDArray[np.float32]

FORMAT = 1
SPREAD, MIN_DISTANCE = 1.0, 0.1  # of UMAP, its defaults


@dataclass(frozen=True, slots=True, kw_only=True)
class MapModel:
    """`vectors` (n, d), each at length one, at `positions` (n, 2), made with that many `neighbors`.

    `space` names what the vectors mean: new ones must be of the same. `center` (d,) is what they
    were taken less of, to be taken off new ones as well.
    """

    vectors: Floats
    positions: Floats
    neighbors: int
    space: str
    center: Floats | None = None

    def fits(self, vectors: NDArray[np.floating], *, space: str) -> bool:
        """Whether such vectors can be put on this map."""
        return self.space == space and vectors.shape[1] == self.vectors.shape[1]


def save_map(model: MapModel, file: Path) -> None:
    """Write it at once in place of an older one; raises CaseError."""
    scratch = file.with_suffix(".tmp")
    try:
        with scratch.open("wb") as stream:
            np.savez(
                stream,
                format=np.array(FORMAT),
                vectors=model.vectors,
                positions=model.positions,
                neighbors=np.array(model.neighbors),
                space=np.array(model.space),
                center=np.zeros(0, np.float32) if model.center is None else model.center,
            )
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(file)
    except OSError as error:
        scratch.unlink(missing_ok=True)
        raise CaseError(
            f"The map cannot be kept in {file} ({error.strerror}); free some space, or allow "
            "writing there. It is made anew the next time."
        ) from error


def load_map(file: Path) -> MapModel | None:
    """The map in a file; None where there is none, or one that is damaged or of another format."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            if int(stored["format"]) != FORMAT:
                return None
            model = MapModel(
                vectors=np.asarray(stored["vectors"], np.float32),
                positions=np.asarray(stored["positions"], np.float32),
                neighbors=int(stored["neighbors"]),
                space=str(stored["space"]),
                center=_center(stored["center"]) if "center" in stored else None,
            )
    except (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile):
        return None
    return model if _is_whole(model) else None


def _center(stored: NDArray[np.floating]) -> Floats | None:
    return np.asarray(stored, np.float32) if len(stored) else None


def _is_whole(model: MapModel) -> bool:
    count = len(model.vectors)
    return (
        model.vectors.ndim == 2
        and model.positions.shape == (count, 2)
        and 2 <= model.neighbors <= count
        and (model.center is None or model.center.shape == model.vectors.shape[1:])
        and bool(np.isfinite(model.vectors).all() and np.isfinite(model.positions).all())
    )
