"""What lies over the window while something is dragged onto it."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate


class DropVeil(QWidget):
    """Covers its parent and says what letting go will do."""

    def __init__(self, parent: QWidget, *, look: Look) -> None:
        super().__init__(parent)
        self._covered = parent
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self) -> None:
        self.setGeometry(self._covered.rect())
        self.raise_()
        self.show()

    def paintEvent(self, _event: object) -> None:
        colors = self._look.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), style.color(colors.window, alpha=0.85))
        inset = Space.LARGE
        frame = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        painter.setPen(QPen(QColor(colors.accent), 2, Qt.PenStyle.DashLine))
        painter.drawRoundedRect(frame, style.ROW_RADIUS, style.ROW_RADIUS)
        painter.setPen(QColor(colors.text))
        painter.setFont(self._look.font(Type.TITLE, bold=True))
        text = translate("DropVeil", "Let go to open")
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)
