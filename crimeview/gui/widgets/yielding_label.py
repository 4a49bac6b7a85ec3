"""A line of text that gives way to what stands beside it."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy


class YieldingLabel(QLabel):
    """Its text, cut where there is no room for all of it; its tool tip then has the whole text.

    How narrow a window can be does not depend on what it says. `whole` leaves it out rather than
    cutting it, as is better for a number.
    """

    def __init__(self, *, whole: bool = False) -> None:
        super().__init__(textFormat=Qt.TextFormat.PlainText)
        self._whole = whole
        self._tip = ""
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)

    @property
    def cut(self) -> bool:
        """Whether some of the text is not to be seen."""
        return self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()

    def say(self, text: str, *, tip: str = "") -> None:
        self.setText(text)
        self._tip = tip
        self._show_tip()

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_tip()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self.cut:
            super().paintEvent(event)
        elif not self._whole:
            painter = QPainter(self)
            painter.setPen(self.palette().color(self.foregroundRole()))
            room = self.contentsRect()
            right = Qt.TextElideMode.ElideRight
            text = self.fontMetrics().elidedText(self.text(), right, room.width())
            painter.drawText(room, self.alignment() | Qt.TextFlag.TextSingleLine, text)

    def _show_tip(self) -> None:
        parts = (self.text() if self.cut else "", self._tip)
        self.setToolTip("\n".join(part for part in parts if part))
