"""A tour through the window: one part after the other is left bright and told of."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.tour import TourStop
from crimeview.gui.widgets.overlay import Overlay

_WIDTH = 380  # pixels of the card
_ON = (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up, Qt.Key.Key_Backspace)


class TourGuide(Overlay):
    """Lies over the window; arrows and Enter go on and back, Escape ends.

    `ended` is called when it is over, with whether all of it was seen.
    """

    def __init__(
        self,
        stops: Sequence[TourStop],
        *,
        ended: Callable[[], None],
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._stops = stops
        self._ended = ended
        self._look = look
        self.number = 0
        self.card = QFrame(self)
        self.card.setObjectName("popover")
        self._title, self._text, self._count = QLabel(), QLabel(wordWrap=True), QLabel()
        self._back = QPushButton(translate("TourGuide", "Back"))
        self._on = QPushButton()
        self._end = QPushButton(translate("TourGuide", "End the tour"))
        self._lay_out()
        look.changed.connect(self.update)

    def begin(self) -> None:
        self.cover(focus=self)
        self._show_stop()

    @property
    def bright(self) -> QRect:
        """What is left bright: the part that the present stop is about."""
        target = self._stops[self.number].target()
        return QRect(self.covers(target), target.size()).intersected(self.rect())

    def go(self, steps: int) -> None:
        """Go on or back; beyond the last stop the tour is over."""
        if self.number + steps >= len(self._stops):
            self.put_away()
            return
        self.number = max(0, self.number + steps)
        self._show_stop()

    def put_away(self) -> None:
        if self.isVisible():
            super().put_away()
            self._ended()

    def place(self) -> None:
        """Put the card beside the bright part, where there is most room."""
        self.card.setFixedWidth(min(_WIDTH, self.width() - 2 * Space.SMALL))
        self.card.adjustSize()
        height = self.card.heightForWidth(self.card.width())
        self.card.resize(self.card.width(), max(height, self.card.sizeHint().height()))
        self.card.move(self._place_beside(self.bright))
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        if key in _ON:
            self.go(1)
        elif key in _BACK:
            self.go(-1)
        elif key == Qt.Key.Key_Escape:
            self.put_away()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()  # nothing beneath is meant

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        around, frame = QPainterPath(), QPainterPath()
        around.addRect(QRectF(self.rect()))
        bright = QRectF(self.bright).adjusted(1, 1, -1, -1)
        frame.addRoundedRect(bright, style.ROW_RADIUS, style.ROW_RADIUS)
        colors = self._look.colors
        painter.fillPath(around.subtracted(frame), style.color(colors.window, alpha=0.72))
        painter.setPen(QPen(QColor(colors.accent), 2))
        painter.drawPath(frame)

    def _show_stop(self) -> None:
        stop, count = self._stops[self.number], len(self._stops)
        self._title.setText(stop.title)
        self._text.setText(stop.text)
        text = translate("TourGuide", "{number} of {count}")
        self._count.setText(text.format(number=self.number + 1, count=count))
        self._back.setEnabled(self.number > 0)
        last = self.number == count - 1
        self._on.setText(translate("TourGuide", "Done") if last else translate("TourGuide", "Next"))
        self._end.setVisible(not last)
        self.setAccessibleName(f"{stop.title} ({self._count.text()})")
        self.setAccessibleDescription(stop.text)
        self.place()

    def _place_beside(self, bright: QRect) -> QPoint:
        """The corner of the card: right, left, below or above the part, else over its end."""
        size, gap = self.card.size(), Space.MEDIUM
        within = self.rect().adjusted(Space.SMALL, Space.SMALL, -Space.SMALL, -Space.SMALL)
        beside = bright.center() - QPoint(size.width() // 2, size.height() // 2)
        for place in (
            QPoint(bright.right() + gap, beside.y()),
            QPoint(bright.left() - gap - size.width(), beside.y()),
            QPoint(beside.x(), bright.bottom() + gap),
            QPoint(beside.x(), bright.top() - gap - size.height()),
        ):
            kept = _pushed_into(within, QRect(place, size))
            if not kept.intersects(bright):
                return kept.topLeft()
        end = bright.bottomRight() - QPoint(size.width() + gap, size.height() + gap)
        return _pushed_into(within, QRect(end, size)).topLeft()

    def _lay_out(self) -> None:
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._title.setFont(self._look.font(Type.HEADING, bold=True))
        self._look.tint(self._count, self._look.colors.muted)
        self._on.setProperty("primary", "true")
        for button, act in (
            (self._end, self.put_away),
            (self._back, lambda: self.go(-1)),
            (self._on, lambda: self.go(1)),
        ):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # keys have all of it
            button.clicked.connect(act)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.SMALL)
        buttons.addWidget(self._count)
        buttons.addStretch()
        for button in (self._end, self._back, self._on):
            buttons.addWidget(button)
        column = QVBoxLayout(self.card)
        column.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.MEDIUM)
        column.setSpacing(Space.SMALL)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(Space.TIGHT)
        column.addLayout(buttons)


def _pushed_into(within: QRect, card: QRect) -> QRect:
    """The card moved as little as it takes to lie within."""
    pushed = QRect(card)
    pushed.moveRight(min(pushed.right(), within.right()))
    pushed.moveBottom(min(pushed.bottom(), within.bottom()))
    pushed.moveLeft(max(pushed.left(), within.left()))
    pushed.moveTop(max(pushed.top(), within.top()))
    return pushed
