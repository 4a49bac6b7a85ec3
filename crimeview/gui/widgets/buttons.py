"""Buttons for commands of the table."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QToolButton

from crimeview.gui.commands import Actions, plain_title
from crimeview.gui.style import CONTROL, ICON


def action_button(actions: Actions, command_id: str) -> QToolButton:
    """An icon button for a command, reachable by Tab."""
    button = QToolButton()
    button.setDefaultAction(actions[command_id])
    button.setIconSize(QSize(ICON, ICON))
    button.setFixedSize(CONTROL + 2, CONTROL)
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.setAccessibleName(plain_title(actions[command_id].text()))
    return button


def text_button(action: QAction) -> QPushButton:
    """A button with a command's title."""
    button = QPushButton(plain_title(action.text()))
    button.setToolTip(action.toolTip())
    button.clicked.connect(action.trigger)
    return button
