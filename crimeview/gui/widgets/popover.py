"""A small panel that floats over the page until it is put away."""

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from crimeview.gui.look import Look
from crimeview.gui.style import ICON, Space, Type
from crimeview.gui.text import translate


class Popover(QFrame):
    """Lies above the control it belongs to, over whatever else is there; work goes on beneath it.

    Escape, its button, and the command that opened it put it away. `body` is what it shows.
    """

    def __init__(self, title: str, *, width: int, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._anchor: QWidget | None = None
        self.setObjectName("popover")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAccessibleName(title)
        self.setFixedWidth(width)
        self._before: QWidget | None = None  # what had the keyboard
        heading = QLabel(title)
        heading.setFont(look.font(Type.HEADING, bold=True))
        away = QToolButton()
        away.setProperty("command", "true")
        away.setIcon(look.icon("close"))
        away.setIconSize(QSize(ICON, ICON))
        away.setAccessibleName(translate("Popover", "Close"))
        away.setToolTip(translate("Popover", "Close"))
        away.clicked.connect(self.put_away)
        top = QHBoxLayout()
        top.addWidget(heading)
        top.addStretch()
        top.addWidget(away)
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(Space.LARGE, Space.SMALL, Space.SMALL, Space.LARGE)
        self.body.setSpacing(Space.SMALL)
        self.body.addLayout(top)
        parent.installEventFilter(self)

    def open_above(self, anchor: QWidget, *, focus: QWidget) -> None:
        """Open over a widget, right edges in line, with the keyboard on `focus`."""
        self._anchor = anchor
        self._before = self.window().focusWidget()
        self.show()
        self.raise_()
        self._place()
        focus.setFocus()

    def put_away(self) -> None:
        """Close it, and give the keyboard back."""
        had = (
            self.isAncestorOf(self.window().focusWidget()) if self.window().focusWidget() else True
        )
        self.close()
        if had and self._before is not None:
            self._before.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.put_away()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        # While the keyboard is here, its plain keys are no commands.
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            modified = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            if not modified:
                event.accept()
                return True
        return super().event(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def _place(self) -> None:
        around = self.parentWidget()
        if self._anchor is None or around is None:
            return
        self.adjustSize()
        corner = self._anchor.mapTo(around, QPoint(self._anchor.width(), 0))
        left = max(Space.TIGHT, min(corner.x(), around.width() - Space.TIGHT) - self.width())
        above = corner.y() - Space.TIGHT - self.height()
        self.move(left, max(Space.TIGHT, above))
