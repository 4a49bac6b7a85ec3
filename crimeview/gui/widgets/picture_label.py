"""Words over a picture, legible on any."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter

from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.style import Space


class PictureLabels:
    """Paints words on a ground of their own."""

    def __init__(self, look: Look) -> None:
        self._look = look

    def paint_corner(
        self,
        painter: QPainter,
        inside: QRectF,
        text: str,
        *,
        at_right: bool = False,
        at_bottom: bool = False,
    ) -> None:
        """One or more lines in a corner of `inside`, the upper left one by default."""
        if not text:
            return
        painter.setFont(self._look.font(style.Type.SMALL))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        words = painter.boundingRect(QRectF(), flags, text).size()
        size = words + QSizeF(2 * Space.SMALL, 2 * Space.HAIR)
        left = inside.right() - Space.SMALL - size.width() if at_right else inside.left()
        top = inside.bottom() - Space.SMALL - size.height() if at_bottom else inside.top()
        corner = QPointF(
            left if at_right else left + Space.SMALL, top if at_bottom else top + Space.SMALL
        )
        ground = QRectF(corner, size)
        self._paint_label(painter, ground, ground.adjusted(Space.SMALL, 0, 0, 0), text, flags=flags)

    def paint_words(self, painter: QPainter, around: QRect, text: str) -> None:
        """A sentence in the middle."""
        margin = Space.HUGE
        area = QRectF(around).adjusted(margin, margin, -margin, -margin)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(self._look.font())
        bounds = painter.boundingRect(area, flags, text)
        ground = bounds.adjusted(-Space.MEDIUM, -Space.SMALL, Space.MEDIUM, Space.SMALL)
        self._paint_label(painter, ground, ground, text, flags=flags)

    def _paint_label(
        self,
        painter: QPainter,
        ground: QRectF,
        words: QRectF,
        text: str,
        *,
        flags: Qt.AlignmentFlag | int,
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color(self._look.colors.panel, alpha=0.9))
        painter.drawRoundedRect(ground, style.ROW_RADIUS, style.ROW_RADIUS)
        painter.setPen(QColor(self._look.colors.text))
        painter.drawText(words, flags, text)
