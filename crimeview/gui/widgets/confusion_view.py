"""How many segments of each type are in each cluster."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type, mixed
from crimeview.gui.text import translate

_CELL, _NAME = 34, 120  # pixels
_HEAD = 84


class ConfusionView(QWidget):
    """A table of counts, the more colored the larger the share of the cluster; figures tell too."""

    def __init__(self, *, look: Look) -> None:
        super().__init__()
        self._look = look
        self._counts: NDArray[np.int64] = np.zeros((0, 0), np.int64)
        self._rows: Sequence[str] = ()
        self._columns: Sequence[str] = ()
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Minimum)
        look.changed.connect(self.update)

    def show_counts(
        self, counts: NDArray[np.int64], *, rows: Sequence[str], columns: Sequence[str]
    ) -> None:
        """Counts (clusters, types) with their names."""
        self._counts, self._rows, self._columns = counts, rows, columns
        self.setAccessibleName(translate("ConfusionView", "Types in each cluster"))
        self.setAccessibleDescription(
            "; ".join(
                f"{name}: " + ", ".join(f"{c} {n}" for c, n in zip(columns, row, strict=True) if n)
                for name, row in zip(rows, counts.tolist(), strict=True)
            )
        )
        self.setMinimumSize(self.sizeHint())
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_NAME + len(self._columns) * _CELL + _HEAD, _HEAD + len(self._rows) * _CELL)

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors, small = self._look.colors, self._look.font(Type.SMALL)
        painter.setFont(small)
        painter.setPen(QColor(colors.muted))
        for column, name in enumerate(self._columns):
            painter.save()
            painter.translate(_NAME + (column + 0.5) * _CELL, _HEAD - Space.TIGHT)
            painter.rotate(-45)
            painter.drawText(0, 0, painter.fontMetrics().elidedText(
                name, Qt.TextElideMode.ElideRight, _HEAD + 20))  # fmt: skip
            painter.restore()
        for row, name in enumerate(self._rows):
            top = _HEAD + row * _CELL
            painter.setPen(QColor(colors.text))
            place = QRectF(Space.SMALL, top, _NAME - 2 * Space.SMALL, _CELL)
            shown = painter.fontMetrics().elidedText(
                name, Qt.TextElideMode.ElideRight, round(place.width())
            )
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
            self._paint_row(painter, row, top)

    def _paint_row(self, painter: QPainter, row: int, top: int) -> None:
        colors = self._look.colors
        total = max(1, int(self._counts[row].sum()))
        for column, count in enumerate(self._counts[row].tolist()):
            cell = QRectF(_NAME + column * _CELL + 1, top + 1, _CELL - 2, _CELL - 2)
            share = count / total
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(mixed(colors.accent, colors.raised, share=0.85 * share))
            painter.drawRoundedRect(cell, 3, 3)
            if count:
                strong = share > 0.55
                painter.setPen(QColor(colors.on_accent if strong else colors.text))
                painter.drawText(cell, Qt.AlignmentFlag.AlignCenter, str(count))
