"""What lies over the window while something is dragged onto it."""

from pathlib import Path

from PySide6.QtCore import QMimeData, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QWidget

from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type


class DropVeil(QWidget):
    """Covers its parent and says what letting go will do."""

    def __init__(self, parent: QWidget, *, look: Look) -> None:
        super().__init__(parent)
        self._covered = parent
        self._look = look
        self._promise = ""
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def cover(self, promise: str) -> None:
        """Cover it, with words for what letting go will do."""
        self._promise = promise
        self.setAccessibleName(promise)
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
        words = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(frame.adjusted(inset, inset, -inset, -inset), int(words), self._promise)


def local_paths(dropped: QMimeData) -> list[Path]:
    """The files and folders of this computer in what is dragged."""
    return [Path(url.toLocalFile()) for url in dropped.urls() if url.isLocalFile()]
