"""What is unusual in the picture, boxed and told in words; and what is usual, as paths."""

import numpy as np
from PySide6.QtCore import QEvent, QLineF, QObject, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF, QResizeEvent
from PySide6.QtWidgets import QWidget

from crimeview.core.novelty import Mark
from crimeview.core.scene import UsualPicture
from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.novelty_text import reason_sentence, reason_text
from crimeview.gui.playhead import Playhead
from crimeview.gui.scene_sight import SceneSight
from crimeview.gui.text import length_text, translate
from crimeview.gui.widgets.video_view import VideoView

_LINE = 2.0
_ARROWS = 2  # every second cell both ways has one
_REACH = 0.35  # s that an arrow shows the way of
_DENSE = 0.2  # share of the time that is drawn as densely as can be


class SceneOverlay(QWidget):
    """Lies over the picture and lets everything through."""

    def __init__(
        self, view: VideoView, sight: SceneSight, playhead: Playhead, *, look: Look
    ) -> None:
        super().__init__(view)
        self._view = view
        self._sight = sight
        self._playhead = playhead
        self._look = look
        self.shows_usual = False
        self._marks: tuple[Mark, ...] = ()
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(translate("SceneOverlay", "What is unusual in the picture"))
        view.installEventFilter(self)
        sight.changed.connect(self._on_moved)
        sight.changed.connect(self.update)
        playhead.moved.connect(self._on_moved)
        look.changed.connect(self.update)
        self.resize(view.size())

    @property
    def marks(self) -> tuple[Mark, ...]:
        """What is boxed at present."""
        return self._marks

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QResizeEvent) and watched is self._view:
            self.resize(event.size())
        return False

    def show_usual(self, *, shown: bool) -> None:
        self.shows_usual = shown
        self.update()

    def paintEvent(self, _event: object) -> None:
        picture = self._view.picture_rectangle().intersected(QRectF(self.rect()))
        if picture.isEmpty():
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.shows_usual:
            painter.setClipRect(picture)
            self._paint_usual(painter, picture)
            painter.setClipping(False)
        for mark in reversed(self._marks):  # the first one lies on top
            self._paint_box(painter, mark)
        taken: list[QRectF] = []
        for mark in self._marks:
            taken.append(self._paint_words(painter, picture, mark, taken))

    def _on_moved(self) -> None:
        marks = tuple(self._sight.marks_at(self._playhead.position))
        if marks != self._marks:
            self._marks = marks
            self.setAccessibleDescription("; ".join(f"{_reason(m)}: {_sentence(m)}" for m in marks))
            self.update()

    def _box(self, mark: Mark) -> QRectF:
        """Where in the widget the box lies, however the picture is turned and enlarged."""
        corner = self._view.place_of((mark.left, mark.top))
        return QRectF(corner, self._view.place_of((mark.right, mark.bottom))).normalized()

    def _paint_box(self, painter: QPainter, mark: Mark) -> None:
        box = self._box(mark)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        # A dark line around the bright one: seen on any picture.
        painter.setPen(QPen(style.color("#000000", alpha=0.7), _LINE + 2))
        painter.drawRect(box)
        painter.setPen(QPen(QColor(self._look.colors.lead), _LINE))
        painter.drawRect(box)

    def _paint_words(
        self, painter: QPainter, picture: QRectF, mark: Mark, taken: list[QRectF]
    ) -> QRectF:
        """A label above the box, or wherever there is room; gives where it lies."""
        painter.setFont(self._look.font(style.Type.SMALL, bold=True))
        lines = [_reason(mark), _sentence(mark)]
        metrics = painter.fontMetrics()
        width = max(metrics.horizontalAdvance(line) for line in lines)
        size = QSizeF(width + 2 * style.Space.SMALL, 2 * metrics.height() + 2 * style.Space.HAIR)
        box = self._box(mark)
        places = [
            QPointF(box.left(), box.top() - size.height() - style.Space.TIGHT),
            QPointF(box.left(), box.bottom() + style.Space.TIGHT),
            QPointF(box.left(), box.top()),
        ]
        labels = [_within(picture, QRectF(place, size)) for place in places]
        free = [g for g in labels if not any(g.intersects(other) for other in taken)]
        apart = [g for g in free if not g.intersects(box)]
        ground = next(iter([*apart, *free, *labels]))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color(self._look.colors.panel, alpha=0.92))
        painter.drawRoundedRect(ground, style.ROW_RADIUS, style.ROW_RADIUS)
        painter.setPen(QColor(self._look.colors.text))
        left = Qt.AlignmentFlag.AlignCenter
        painter.drawText(ground, left, "\n".join(lines))
        return ground

    def _paint_usual(self, painter: QPainter, picture: QRectF) -> None:
        usual = self._sight.usual
        if usual is None:
            text = translate("SceneOverlay", "Nothing has been learned of this camera yet.")
            self._paint_note(painter, picture, text)
            return
        self._paint_presence(painter, usual)
        self._paint_arrows(painter, usual)
        text = translate(
            "SceneOverlay",
            "Usual here, learned from {length} of “{camera}”; an arrow is as long as the way of a "
            "third of a second.",
        )
        self._paint_note(
            painter,
            picture,
            text.format(length=length_text(usual.seconds), camera=usual.camera.name),
        )

    def _paint_presence(self, painter: QPainter, usual: UsualPicture) -> None:
        rows, columns = usual.presence.shape
        painter.setPen(Qt.PenStyle.NoPen)
        for row, column in np.argwhere(np.isfinite(usual.presence)).tolist():
            share = min(1.0, float(usual.presence[row, column]) / _DENSE)
            painter.setBrush(style.color(self._look.colors.accent, alpha=0.08 + 0.3 * share))
            begin = self._view.place_of((column / columns, row / rows))
            end = self._view.place_of(((column + 1) / columns, (row + 1) / rows))
            painter.drawRect(QRectF(begin, end).normalized())

    def _paint_arrows(self, painter: QPainter, usual: UsualPicture) -> None:
        rows, columns = usual.presence.shape
        longer = max(rows, columns)  # cells are square
        for row in range(_ARROWS // 2, rows, _ARROWS):
            for column in range(_ARROWS // 2, columns, _ARROWS):
                across, down = float(usual.across[row, column]), float(usual.down[row, column])
                if np.isfinite(across):
                    reach = max(longer * float(usual.speed[row, column]) * _REACH, 0.3)
                    at = column + 0.5, row + 0.5
                    begin = self._view.place_of((at[0] / columns, at[1] / rows))
                    to = (at[0] + across * reach) / columns, (at[1] + down * reach) / rows
                    self._paint_arrow(painter, begin, self._view.place_of(to))

    def _paint_arrow(self, painter: QPainter, begin: QPointF, tip: QPointF) -> None:
        length = max(QLineF(begin, tip).length(), 1e-3)
        way = (tip - begin) / length
        side = QPointF(-way.y(), way.x())
        head = QPolygonF([tip, tip - way * 5 + side * 3, tip - way * 5 - side * 3])
        for ink, width in ((style.color("#000000", alpha=0.6), 3.0), (QColor("white"), 1.2)):
            painter.setPen(QPen(ink, width))
            painter.setBrush(ink)
            painter.drawLine(begin, tip - way * 4)
            painter.drawPolygon(head)

    def _paint_note(self, painter: QPainter, picture: QRectF, text: str) -> None:
        """A sentence along the lower edge."""
        margin = style.Space.SMALL
        painter.setFont(self._look.font(style.Type.SMALL))
        area = picture.adjusted(2 * margin, margin, -2 * margin, -margin)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        bounds = painter.boundingRect(area, flags, text)
        ground = bounds.adjusted(-margin, -style.Space.HAIR, margin, style.Space.HAIR)
        ground.moveBottom(picture.bottom() - margin)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color(self._look.colors.panel, alpha=0.92))
        painter.drawRoundedRect(ground, style.ROW_RADIUS, style.ROW_RADIUS)
        painter.setPen(QColor(self._look.colors.text))
        painter.drawText(ground, flags, text)


def _reason(mark: Mark) -> str:
    return reason_text(mark.reason, number=mark.number, seen=mark.seen)


def _sentence(mark: Mark) -> str:
    return reason_sentence(mark.reason, mark.number, seen=mark.seen)


def _within(picture: QRectF, label: QRectF) -> QRectF:
    """The label moved into the picture as far as it fits."""
    moved = QRectF(label)
    moved.moveLeft(max(picture.left(), min(label.left(), picture.right() - label.width())))
    moved.moveTop(max(picture.top(), min(label.top(), picture.bottom() - label.height())))
    return moved
