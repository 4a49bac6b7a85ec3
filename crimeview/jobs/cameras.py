"""Which camera a recording is of: told by its folder and by what stands still in its picture."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.scene import Camera
from crimeview.scene.usual import Usual
from crimeview.store.case import Case
from crimeview.store.scenes import CameraSight

_ALIKE = 0.9  # correlation of the backgrounds of one view; of different ones it is below 0.6
_UNSEEN = 0  # of a background: ignored all the time; no usual brightness is so dark
_SAME, _LEVELS = 0.6, 24  # share of the cells that must be about as bright, and how nearly


def place(case: Case, recording_id: int, path: Path, usual: Usual) -> Camera:
    """The camera of a recording; a new one where none of its folder looks the same.

    A recording stays with its camera as long as its picture has the same shape.
    """
    background = background_of(usual)
    known = case.scenes.camera_of(recording_id)
    if known is not None and known.grid == background.shape:
        return known
    folder = path.parent
    return case.scenes.find_or_add(
        recording_id,
        name=folder.name or path.stem,
        folder=folder,
        background=background,
        fits=lambda sight: sight.folder == folder and looks_alike(sight, background),
    )


def background_of(usual: Usual) -> NDArray[np.uint8]:
    """What stands still in a camera's picture, as it is kept with the camera."""
    return np.where(usual.watched, usual.background, _UNSEEN).astype(np.uint8)


def looks_alike(
    sight: CameraSight, background: NDArray[np.uint8], *, likeness: float = _ALIKE
) -> bool:
    """Whether a camera shows the same view as a background (rows, columns).

    By what is ignored in neither of them; where nothing is left, nobody knows. `likeness` is the
    correlation that is enough: less where the background is of seconds, and who stands is in it.
    """
    if sight.background.shape != background.shape:
        return False
    both = (sight.background != _UNSEEN) & (background != _UNSEEN)
    if not both.any():
        return False
    one, other = sight.background[both].astype(np.float64), background[both].astype(np.float64)
    shift = float(np.median(other - one))
    close = np.abs(other - one - shift) < _LEVELS
    if one.std() < 1 or other.std() < 1:  # a picture of one color looks like any other such
        return bool(close.all())
    found = np.corrcoef(one, other)[0, 1]
    return bool(found >= likeness and close.mean() >= _SAME)
