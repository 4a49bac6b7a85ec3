"""Buttons for commands of the table, and controls that keep their keys."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from crimeview.gui.commands import Actions, plain_title
from crimeview.gui.style import CONTROL, ICON

_PRESSING = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def action_button(actions: Actions, command_id: str) -> QToolButton:
    """An icon button for a command, reachable by Tab."""
    button = QToolButton()
    button.setDefaultAction(actions[command_id])
    button.setProperty("command", "true")
    button.setIconSize(QSize(ICON, ICON))
    button.setFixedSize(CONTROL + 2, CONTROL)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(plain_title(actions[command_id].text()))
    keep_keys(button, _PRESSING)
    return button


def text_button(action: QAction) -> QPushButton:
    """A button with a command's title."""
    button = QPushButton(plain_title(action.text()))
    button.setToolTip(action.toolTip())
    button.setAccessibleName(plain_title(action.text()))
    button.clicked.connect(action.trigger)
    keep_keys(button, _PRESSING)
    return button


def keep_keys(widget: QWidget, keys: tuple[Qt.Key, ...] = _PRESSING) -> None:
    """Let a control that has the keyboard use these keys, although they are shortcuts."""
    widget.installEventFilter(_KeyKeeper(widget, keys))


class _KeyKeeper(QObject):
    def __init__(self, widget: QWidget, keys: tuple[Qt.Key, ...]) -> None:
        super().__init__(widget)
        self._keys = keys

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        if event.key() in self._keys:
            event.accept()
            return True
        return False
