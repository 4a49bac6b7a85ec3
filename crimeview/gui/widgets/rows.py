"""What the rows of all lists have in common."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPixmap, QTextLayout, QTextOption
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
)

from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.style import Space

Index = QModelIndex | QPersistentModelIndex

PICTURE_WIDTH, PICTURE_HEIGHT = 96, 54
ROW_HEIGHT = PICTURE_HEIGHT + 2 * Space.SMALL
_MARK = 3  # width of the bar at the left of the selected row


def wrapped(text: str, *, font: QFont, width: int) -> QTextLayout:
    """A text broken between words, and within words that are wider than that."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    height = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0.0, height))
        height += line.height()
    layout.endLayout()
    return layout


class RowList(QListView):
    """A list of painted rows of differing height."""

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMouseTracking(True)
        self.verticalScrollBar().setSingleStep(ROW_HEIGHT // 2)


class RowDelegate(QStyledItemDelegate):
    """Paints the ground of a row, its picture, and text in the type sizes of the look."""

    def __init__(self, look: Look, view: QListView) -> None:
        super().__init__(view)
        self._look = look
        self._view = view

    def paint_ground(self, painter: QPainter, option: Any) -> QRect:
        """Paint selection, hover and focus; gives the space within."""
        colors = self._look.colors
        rect: QRect = option.rect.adjusted(Space.TIGHT, 1, -Space.TIGHT, -1)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        hovered = bool(option.state & QStyle.StateFlag.State_MouseOver)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if selected or hovered:
            painter.setBrush(QColor(colors.accent_soft if selected else colors.raised))
            painter.drawRoundedRect(rect, style.ROW_RADIUS, style.ROW_RADIUS)
        if selected:
            painter.setBrush(QColor(colors.accent))
            bar = QRect(rect.left(), rect.top() + 10, _MARK, rect.height() - 20)
            painter.drawRoundedRect(bar, _MARK / 2, _MARK / 2)
        if selected and self._view.hasFocus():
            painter.setPen(QColor(colors.accent))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect, style.ROW_RADIUS, style.ROW_RADIUS)
        return rect.adjusted(Space.SMALL, Space.SMALL - 1, -Space.SMALL, 1 - Space.SMALL)

    def paint_picture(self, painter: QPainter, rect: QRect, picture: QPixmap | None) -> None:
        """Paint a thumbnail as large as fits; a null one stands for none to be had."""
        colors = self._look.colors
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.picture))
        painter.drawRoundedRect(rect, 3, 3)
        if picture is not None and not picture.isNull():
            size = picture.size().scaled(rect.size(), Qt.AspectRatioMode.KeepAspectRatio)
            target = QRect(rect.topLeft(), size)
            target.moveCenter(rect.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(target, picture)
        elif picture is not None:
            self.paint_icon(painter, rect, "film", color=colors.faint)

    def paint_icon(self, painter: QPainter, rect: QRect, name: str, *, color: str) -> None:
        """Paint an icon in the middle of the rectangle."""
        scale = painter.device().devicePixelRatioF()
        pixmap = self._look.pixmap(name, size=style.ICON, color=color, scale=scale)
        place = QRect(0, 0, style.ICON, style.ICON)
        place.moveCenter(rect.center())
        painter.drawPixmap(place, pixmap)

    def paint_wrapped(
        self, painter: QPainter, place: QPoint, text: str, *, font: QFont, color: str, width: int
    ) -> None:
        """Paint all of a text, broken into lines."""
        painter.setPen(QColor(color))
        wrapped(text, font=font, width=width).draw(painter, QPointF(place))

    def paint_line(
        self,
        painter: QPainter,
        rect: QRect,
        text: str,
        *,
        font: QFont,
        color: str,
        elide: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        """Paint one line of text, shortened to fit."""
        painter.setFont(font)
        painter.setPen(QColor(color))
        shown = QFontMetrics(font).elidedText(text, elide, rect.width())
        painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter), shown)
