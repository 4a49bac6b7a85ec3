"""What is known of the point under the pointer, with its segment moving."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QWidget

from crimeview.gui import style
from crimeview.gui.item_pictures import ItemPictures
from crimeview.gui.look import Look
from crimeview.gui.map_symbols import Mark, draw_mark
from crimeview.gui.map_text import point_lines
from crimeview.gui.style import Space, Type
from crimeview.gui.widgets.moving_picture import MovingPicture

if TYPE_CHECKING:
    from crimeview.jobs.map_points import MapItem

_PICTURE = QSize(192, 108)
_AWAY = 18  # pixels from the point
_LINES = 3


class MapCard(QWidget):
    """Lies beside a point and takes no input; its picture plays the segment in a few frames."""

    def __init__(self, pictures: ItemPictures, *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self._look = look
        self._item: MapItem | None = None
        self._mark: Mark | None = None
        self._moving = MovingPicture(pictures, self)
        self._moving.changed.connect(self.update)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()

    @property
    def moving(self) -> MovingPicture:
        return self._moving

    def show_at(self, place: QPoint, item: "MapItem", mark: Mark) -> None:
        """Show what is known of a point at that place of the widget around."""
        if item is not self._item or not self.isVisible():
            self._moving.show(item)
        self._item, self._mark = item, mark
        self.setAccessibleName(", ".join(point_lines(item)))
        self.setGeometry(self._placed(place))
        self.show()
        self.raise_()
        self.update()

    def put_away(self) -> None:
        self._moving.stop()
        self._item = None
        self.hide()

    def paintEvent(self, _event: object) -> None:
        if self._item is None or self._mark is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QColor(self._look.colors.line))
        painter.setBrush(QColor(self._look.colors.raised))
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(ground, style.ROW_RADIUS, style.ROW_RADIUS)
        frame = QRect(QPoint(Space.TIGHT, Space.TIGHT), _PICTURE)
        painter.fillRect(frame, QColor(self._look.colors.picture))
        picture = self._moving.picture
        if picture is not None and not picture.isNull():
            size = picture.size().scaled(_PICTURE, Qt.AspectRatioMode.KeepAspectRatio)
            inside = QRect(QPoint(0, 0), size)
            inside.moveCenter(frame.center())
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(inside, picture)
        elif picture is not None:
            scale = self.devicePixelRatioF()
            film = self._look.pixmap(
                "film", size=style.ICON, color=self._look.colors.faint, scale=scale
            )
            painter.drawPixmap(frame.center() - QPoint(style.ICON // 2, style.ICON // 2), film)
        self._paint_lines(painter)

    def _paint_lines(self, painter: QPainter) -> None:
        assert self._item is not None
        assert self._mark is not None
        colors = self._look.colors
        height = self._line_height()
        top = 2 * Space.TIGHT + _PICTURE.height()
        inks = (colors.text, colors.muted, colors.muted)
        for number, (text, ink) in enumerate(zip(point_lines(self._item), inks, strict=True)):
            font = self._look.font(Type.SMALL, bold=number == 0)
            left = Space.SMALL + (height if number == 0 else 0)
            place = QRect(left, top + number * height, self.width() - left - Space.SMALL, height)
            if number == 0:
                center = QRectF(Space.SMALL, place.top(), height - Space.TIGHT, height).center()
                draw_mark(painter, center, self._mark, radius=5.5, edge=None)
            painter.setFont(font)
            painter.setPen(QColor(ink))
            middle = Qt.TextElideMode.ElideMiddle
            shown = painter.fontMetrics().elidedText(text, middle, place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)

    def _line_height(self) -> int:
        return self.fontMetrics().height() + Space.HAIR

    def _placed(self, place: QPoint) -> QRect:
        """To the right below, or on the other side where there is no room."""
        size = QSize(
            _PICTURE.width() + 2 * Space.TIGHT,
            _PICTURE.height() + 3 * Space.TIGHT + _LINES * self._line_height() + Space.TIGHT,
        )
        left, top = place.x() + _AWAY, place.y() + _AWAY
        if left + size.width() > self._around.width():
            left = place.x() - _AWAY - size.width()
        if top + size.height() > self._around.height():
            top = place.y() - _AWAY - size.height()
        return QRect(QPoint(max(0, left), max(0, top)), size)
