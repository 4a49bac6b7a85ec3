"""A track over time as a line through the lowest and highest value of each span."""

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray

from crimeview.store.tracks import Envelope

_GAP = 1.0  # s without values, at which the line breaks


class EnvelopeCurve(pg.PlotCurveItem):  # type: ignore[misc]
    """The line, and the value at any moment of what it shows."""

    def __init__(self) -> None:
        super().__init__(connect="finite")
        self._times = np.empty((0, 2))
        self._highs = np.empty(0, np.float32)

    @property
    def is_empty(self) -> bool:
        return len(self._times) == 0

    def show_envelope(self, envelope: Envelope | None) -> None:
        """Draw this; None draws nothing."""
        if envelope is None:
            self._times = np.empty((0, 2))
            self.clear()
        else:
            self._times, lows, self._highs = envelope
            self.setData(*_outline(self._times, lows, self._highs), connect="finite")

    def value_at(self, seconds: float) -> float | None:
        """The value that the line has there; None where it has none."""
        if self.is_empty:
            return None
        row = max(0, int(np.searchsorted(self._times[:, 0], seconds, side="right")) - 1)
        within = self._times[row, 0] <= seconds <= self._times[row, 1]
        return float(self._highs[row]) if within else None


def _outline(
    times: NDArray[np.float64], lows: NDArray[np.float32], highs: NDArray[np.float32]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points (2 m + gaps,) of a line through lows and highs, broken where values are missing."""
    centers = times.mean(axis=1)
    x = np.repeat(centers, 2)
    y = np.column_stack([lows, highs]).astype(np.float64).ravel()
    gaps = np.flatnonzero(times[1:, 0] - times[:-1, 1] > _GAP)
    at = 2 * (gaps + 1)
    return np.insert(x, at, centers[gaps]), np.insert(y, at, np.nan)
