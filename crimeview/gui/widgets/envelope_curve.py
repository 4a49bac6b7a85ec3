"""A track over time as a line through the lowest and highest value of each span."""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QPolygonF
from shiboken6.Shiboken import VoidPtr

from crimeview.gui.widgets.time_scale import TimeScale
from crimeview.store.tracks import Envelope

_GAP = 1.0  # s without values, at which the line breaks
_SPARSE = 0.25  # points a pixel up to which a smooth line is worth its time


class EnvelopeCurve:
    """The line, and the value at any moment of what it shows.

    It is drawn with `pen`, which is cosmetic and a pixel wide, `thickness` times one below the
    other: with one of two pixels Qt takes hundreds of milliseconds. What lies beneath the line is
    filled with `ground`. With `steps` each value holds for its whole row. With `rooted` values are
    drawn at the height of their square roots, so that small ones are seen.
    """

    def __init__(self) -> None:
        self.pen = QPen()
        self.thickness = 1
        self.ground = QColor(Qt.GlobalColor.transparent)
        self.steps = False
        self.rooted = False
        self.show_envelope(None)

    @property
    def is_empty(self) -> bool:
        return len(self._times) == 0

    def show_envelope(self, envelope: Envelope | None) -> None:
        """Draw this from now on; None draws nothing."""
        nothing = np.empty(0, np.float32)
        self._times, self._lows, self._highs = envelope or (np.empty((0, 2)), nothing, nothing)

    def value_at(self, seconds: float) -> float | None:
        """The value that the line has there; None where it has none."""
        if self.is_empty:
            return None
        row = max(0, int(np.searchsorted(self._times[:, 0], seconds, side="right")) - 1)
        within = self._times[row, 0] <= seconds <= self._times[row, 1]
        return float(self._highs[row]) if within else None

    def paint(self, painter: QPainter, area: QRectF, *, scale: TimeScale, top: float) -> None:
        """Draw it into `area`, which shows values from 0 to `top`."""
        if self.is_empty:
            return
        visible = self._visible(scale)
        at, heights = self._points(visible)
        x = area.left() + (at - scale.start) * (scale.width / scale.span)
        y = area.bottom() - heights * (area.height() / top)
        times = self._times[visible]
        breaks = np.flatnonzero(times[1:, 0] - times[:-1, 1] > _GAP) + 1
        breaks *= 2 if self.steps else 1
        runs = list(zip(np.split(x, breaks), np.split(y, breaks), strict=True))
        if self.ground.alpha():
            self._paint_ground(painter, area, runs)
        sparse = len(x) <= _SPARSE * scale.width
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, sparse)
        painter.setPen(self.pen)
        pixel = 1 / painter.device().devicePixelRatioF()
        for run_x, run_y in runs:
            line = _polygon(_line(run_x, run_y))
            for _ in range(round(self.thickness / pixel)):
                painter.drawPolyline(line)
                line.translate(0, pixel)

    def _visible(self, scale: TimeScale) -> slice:
        """The entries that the scale shows, and one beyond each edge for the line to come from."""
        first = int(np.searchsorted(self._times[:, 1], scale.start)) - 1
        last = int(np.searchsorted(self._times[:, 0], scale.end, side="right")) + 1
        return slice(max(0, first), last)

    def _points(self, visible: slice) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Where the line goes: times (n,) and the lowest and highest values there (n, 2)."""
        heights = np.column_stack([self._lows[visible], self._highs[visible]]).astype(np.float64)
        if self.rooted:
            heights = np.sqrt(heights.clip(min=0.0))
        if self.steps:
            return self._times[visible].ravel(), np.repeat(heights, 2, axis=0)
        return self._times[visible].mean(axis=1), heights

    def _paint_ground(
        self,
        painter: QPainter,
        area: QRectF,
        runs: list[tuple[NDArray[np.float64], NDArray[np.float64]]],
    ) -> None:
        """Fill column by column in one image: Qt takes 100 ms for a polygon with many peaks."""
        ratio = painter.device().devicePixelRatioF()
        width, height = round(area.width() * ratio), round(area.height() * ratio)
        centers = area.left() + (np.arange(width) + 0.5) / ratio
        tops = np.full(width, np.inf)
        for x, y in runs:
            beyond = {"left": np.inf, "right": np.inf}
            tops = np.minimum(tops, np.interp(centers, x, y[:, 1], **beyond))
        rows = area.top() + (np.arange(height) + 0.5) / ratio
        # Qt reads lines of whole words.
        filled = np.zeros((height, (width + 3) // 4 * 4), np.uint8)
        filled[:, :width] = rows[:, np.newaxis] > tops
        image = QImage(filled.data, width, height, filled.shape[1], QImage.Format.Format_Indexed8)
        image.setColorTable([QColor(Qt.GlobalColor.transparent).rgba(), self.ground.rgba()])
        painter.drawImage(area, image)


def _line(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Points (n, 2): one for an entry whose lowest is its highest value, else two."""
    if np.array_equal(y[:, 0], y[:, 1]):
        return np.column_stack([x, y[:, 0]])
    return np.column_stack([np.repeat(x, 2), y.ravel()])


def _polygon(points: NDArray[np.float64]) -> QPolygonF:
    """The points (n, 2), written into Qt's own memory: an object for each would take longer."""
    polygon = QPolygonF([QPointF()])
    polygon.resize(len(points))
    view: Any = VoidPtr  # its types are told wrongly
    memory = view(polygon.data(), points.nbytes, True)  # noqa: FBT003 (its own signature)
    np.frombuffer(memory, np.float64)[:] = points.ravel()
    return polygon
