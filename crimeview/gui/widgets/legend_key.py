"""One line of a legend: what a curve looks like, what it is, and its value."""

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QWidget

from crimeview.gui.look import Look
from crimeview.gui.style import Space

_SAMPLE = QSize(20, 14)
_BAND = 8  # height of a hatching
_NARROWEST = 60  # pixels: a narrow window may cut it off


class LegendKey(QWidget):
    """A sample of the line or the hatching, its name and a value."""

    def __init__(
        self,
        name: str,
        *,
        value_name: str,
        value_text: Callable[[float], str] = "{:.2f}".format,
        look: Look,
    ) -> None:
        """`value_name` is what a screen reader calls the value, `value_text` tells one."""
        super().__init__()
        self.setMinimumWidth(_NARROWEST)
        self._look = look
        self._value_text = value_text
        self._sample = _Sample()
        self._name = QLabel(name)
        self._value = QLabel()
        self._value.setAccessibleName(value_name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.TIGHT)
        for widget in (self._sample, self._name, self._value):
            row.addWidget(widget)
        look.changed.connect(self._on_look_changed)
        self._on_look_changed()

    def set_pen(self, pen: QPen) -> None:
        """Draw the sample with the curve's pen."""
        self._sample.pen = QPen(pen)
        self._sample.update()

    def set_brush(self, brush: QBrush) -> None:
        """Fill the sample with the band's brush."""
        self._sample.brush = QBrush(brush)
        self._sample.update()

    def show_value(self, value: float | None, *, rough: bool = False) -> None:
        """Show a value; a `rough` one is that of a smoothed curve and is marked so."""
        self.show_text("" if value is None else ("≈" if rough else "") + self._value_text(value))

    def show_text(self, text: str) -> None:
        self._value.setText(text)

    def _on_look_changed(self) -> None:
        self._name.setFont(self._look.font(bold=True))
        font = self._look.font()
        self._value.setFont(font)
        # The names beside it must not move as the value comes and goes.
        self._value.setMinimumWidth(QFontMetrics(font).horizontalAdvance(self._value_text(0.5)))


class _Sample(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.pen = QPen(Qt.PenStyle.NoPen)
        self.brush = QBrush()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return _SAMPLE

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        middle = self.height() / 2
        if self.brush.style() != Qt.BrushStyle.NoBrush:
            band = QRectF(1, middle - _BAND / 2, self.width() - 2, _BAND)
            painter.fillRect(band, self.brush)
        painter.setPen(self.pen)
        painter.drawLine(QPointF(1, middle), QPointF(self.width() - 1, middle))
