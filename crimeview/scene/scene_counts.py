"""What a camera was seen to do, counted.

Counts can be added to and taken away from: a recording can be learned, held out or forgotten
without looking at any other again. Their size depends on the picture's cells alone, not on how
long was looked.
"""

import io
from dataclasses import dataclass, fields, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import CaseError
from crimeview.scene.cells import CellGrid, Floats, Moments
from crimeview.scene.patches import DIRECTIONS, Patches

FORMAT = 1  # of the bytes; other formats are not read

SPEED_BINS, LIGHT_BINS, STAY_BINS, SCORE_BINS = 96, 32, 32, 192
REASONS = 5  # with a value for each moment: speed, momentum, direction, place, brightness
SPEEDS = (0.05, 2000.0)  # percent of the longer side a second
STAYS = (1.0, 86400.0)  # s
SCORES = (1e-3, 1e4)


@dataclass(frozen=True, slots=True)
class SceneCounts:
    """Histograms of one camera, all float32; bins are even in the logarithm.

    Per row of cells: `speed` and `momentum` (rows, bins) of active patches, `stays` (rows, bins)
    seconds that something stayed in one place. Per cell: `active` (rows, columns) moments with an
    active patch, `direction` (rows, columns, 8), `light` (rows, columns, bins). Of whole moments:
    `values` (reasons, bins) the value of each reason, `peaks` (bins,) the highest score in each few
    seconds of time held out. `moments` and `seconds` are how much was learned,
    `judged_by` how many moments were known beside it when it was.
    """

    speed: Floats
    momentum: Floats
    stays: Floats
    active: Floats
    direction: Floats
    light: Floats
    values: Floats
    peaks: Floats
    moments: float
    seconds: float
    judged_by: float = 0.0

    @classmethod
    def nothing(cls, grid: CellGrid) -> Self:
        def zeros(*shape: int) -> Floats:
            return np.zeros(shape, np.float32)

        return cls(
            speed=zeros(grid.rows, SPEED_BINS),
            momentum=zeros(grid.rows, SPEED_BINS),
            stays=zeros(grid.rows, STAY_BINS),
            active=zeros(*grid.shape),
            direction=zeros(*grid.shape, DIRECTIONS),
            light=zeros(*grid.shape, LIGHT_BINS),
            values=zeros(REASONS, SCORE_BINS),
            peaks=zeros(SCORE_BINS),
            moments=0.0,
            seconds=0.0,
        )

    @property
    def grid(self) -> CellGrid:
        return CellGrid(*self.active.shape)

    def __add__(self, other: "SceneCounts") -> "SceneCounts":
        return self._with(other, 1.0)

    def __sub__(self, other: "SceneCounts") -> "SceneCounts":
        return self._with(other, -1.0)

    def weighted(self, weight: float) -> "SceneCounts":
        """The same, counted so many times."""
        return SceneCounts.nothing(self.grid)._with(self, weight)

    def _with(self, other: "SceneCounts", weight: float) -> "SceneCounts":
        return replace(
            self,
            **{
                field.name: np.maximum(
                    getattr(self, field.name) + np.float32(weight) * getattr(other, field.name), 0.0
                )
                for field in fields(self)
                if field.name not in ("moments", "seconds", "judged_by")
            },
            moments=max(0.0, self.moments + weight * other.moments),
            seconds=max(0.0, self.seconds + weight * other.seconds),
        )

    def to_bytes(self) -> bytes:
        """As compressed arrays in NumPy's own format (.npz)."""
        arrays = {field.name: np.asarray(getattr(self, field.name)) for field in fields(self)}
        file = io.BytesIO()
        np.savez_compressed(file, allow_pickle=False, format=np.array(FORMAT), **arrays)
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> "SceneCounts":
        """Raises CaseError where they are of another format."""
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            if int(arrays["format"]) != FORMAT:
                raise CaseError(
                    "What was learned of this camera is of another version of crimeview; "
                    "let it be learned anew."
                )
            read = {f.name: arrays[f.name] for f in fields(cls) if f.name in arrays}
        for name in ("moments", "seconds", "judged_by"):
            read[name] = float(read.get(name, 0.0))
        return cls(**read)


def bins_of(values: Floats, limits: tuple[float, float], count: int) -> NDArray[np.intp]:
    """The bin of each value; what lies outside the limits falls into the last ones."""
    low, high = np.log(limits[0]), np.log(limits[1])
    places = (np.log(np.maximum(values, limits[0])) - low) * (count / (high - low))
    return np.asarray(np.clip(places.astype(np.intp), 0, count - 1))


def quantile_of(counts: Floats, share: float, limits: tuple[float, float]) -> NDArray[np.float64]:
    """The value below which that share of each histogram (..., bins) lies; NaN of empty ones."""
    total = counts.sum(axis=-1)
    until = np.cumsum(counts, axis=-1, dtype=np.float64)
    wanted = share * total
    place = np.argmax(until >= wanted[..., None], axis=-1)
    inside = np.take_along_axis(counts, place[..., None], axis=-1)[..., 0]
    before = np.take_along_axis(until, place[..., None], axis=-1)[..., 0] - inside
    part = np.clip((wanted - before) / np.maximum(inside, 1e-9), 0.0, 1.0)
    low, high = np.log(limits[0]), np.log(limits[1])
    values = np.exp(low + (place + part) * (high - low) / counts.shape[-1])
    return np.asarray(np.where(total > 0, values, np.nan))


def counted(moments: Moments, patches: Patches) -> SceneCounts:
    """What consecutive moments show, without what needs to know what is usual."""
    counts = SceneCounts.nothing(CellGrid(*moments.share.shape[1:]))
    momentum = patches.share * patches.speed
    rows = np.nonzero(patches.active)[1]
    for histogram, values in ((counts.speed, patches.speed), (counts.momentum, momentum)):
        bins = bins_of(values[patches.active], SPEEDS, SPEED_BINS)
        np.add.at(histogram, (rows, bins), 1.0)
    counts.active[:] = patches.active.sum(axis=0)
    going = patches.steady > 0
    _, row, column = np.nonzero(going)
    np.add.at(counts.direction, (row, column, patches.direction[going]), 1.0)
    count_light(counts.light, moments.light)
    seconds = float((moments.times[:, 1] - moments.times[:, 0]).sum()) / 2  # pairs share pictures
    return replace(counts, moments=float(len(moments)), seconds=seconds)


def count_light(histogram: Floats, light: Floats) -> None:
    """Count brightness (n, rows, columns) in a histogram (rows, columns, bins), but for NaN."""
    for picture in light:
        rows, columns = np.nonzero(np.isfinite(picture))
        histogram[rows, columns, light_bin(picture[rows, columns])] += 1.0


def light_bin(light: Floats) -> NDArray[np.intp]:
    """The bin of a brightness from 0 to 255."""
    return np.clip((light * (LIGHT_BINS / 256)).astype(np.intp), 0, LIGHT_BINS - 1)
