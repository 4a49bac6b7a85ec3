"""Motion statistics of labeled clips, computed once for all folds and seeds."""

from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.jobs.gather import Gathered
from crimeview.training.motion_statistics import STATISTICS, motion_statistics

_Rows = dict[str, NDArray[np.float64]]


def gather_statistics(data: Gathered, *, folder: Path) -> Job[NDArray[np.float64]]:
    """Statistics (n, k) of the middle of each labeled clip; NaN for longer recordings.

    What was computed is kept in the folder.
    """
    file = folder / "motion-statistics.npz"
    known = _read(file)
    rows = np.full((len(data.examples), STATISTICS), np.nan)
    fresh = False
    for number, (example, frames) in enumerate(zip(data.examples, data.frames, strict=True)):
        if example.central is None:
            continue
        shape = "x".join(map(str, frames.pictures.shape))
        name = f"{example.data}/{example.path.name} {data.facts[number, -1]:.0f} {shape}"
        if name not in known:
            middle = float(frames.times[0, 0] + frames.times[-1, 1]) / 2
            known[name], fresh = motion_statistics(frames, middle), True
            yield Step(done=number, total=len(data.examples), message="Measuring motion")
        rows[number] = known[name]
    if fresh:
        _write(file, known)
    return rows


def _read(file: Path) -> _Rows:
    """What is stored; nothing where the file is missing or of another kind of statistics."""
    try:
        with np.load(file) as stored:
            names, rows = stored["names"], stored["rows"]
    except (OSError, ValueError, KeyError, BadZipFile):
        return {}
    if rows.ndim != 2 or rows.shape[1] != STATISTICS:
        return {}
    return dict(zip(names.tolist(), rows, strict=True))


def _write(file: Path, known: _Rows) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_suffix(".tmp")
    with scratch.open("wb") as stream:
        np.savez(stream, names=np.array(list(known)), rows=np.stack(list(known.values())))
    scratch.replace(file)
