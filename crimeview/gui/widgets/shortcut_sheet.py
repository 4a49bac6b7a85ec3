"""All shortcuts on one sheet."""

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from crimeview.gui.commands import Command, key_texts, plain_title
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate

_COLUMNS = 3  # what a screen of 1280 pixels has room for
_HEADING = 2  # rows that a heading takes


class ShortcutSheet(QDialog):
    """The commands that have a shortcut, menu by menu. Not modal; Escape closes it.

    `edit` is called, and the sheet closed, where other keys are wanted.
    """

    def __init__(
        self,
        commands: Iterable[Command],
        *,
        edit: Callable[[], None],
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(translate("ShortcutSheet", "Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        keys = QWidget()
        columns = QHBoxLayout(keys)
        columns.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.SMALL)
        columns.setSpacing(Space.HUGE * 2)
        for group in _balanced(_by_menu(commands)):
            column = QVBoxLayout()
            column.setSpacing(Space.SMALL)
            for menu, members in group:
                column.addWidget(self._heading(menu))
                column.addLayout(_table(members))
                column.addSpacing(Space.LARGE)
            column.addStretch()
            columns.addLayout(column)
        self._lay_out(keys, edit)

    def _lay_out(self, keys: QWidget, edit: Callable[[], None]) -> None:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(keys)
        area.setAccessibleName(self.windowTitle())
        change = QPushButton(translate("ShortcutSheet", "&Change keys…"))
        change.clicked.connect(self.close)
        change.clicked.connect(edit)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(change, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        buttons.setContentsMargins(Space.HUGE, 0, Space.HUGE, Space.LARGE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(area, 1)
        column.addWidget(buttons)
        bar = area.verticalScrollBar().sizeHint().width()
        wanted = keys.sizeHint() + QSize(bar, buttons.sizeHint().height() + Space.LARGE)
        self.resize(wanted.boundedTo(self.screen().availableSize() - QSize(bar, 2 * bar)))

    def _heading(self, menu: str) -> QLabel:
        label = QLabel(plain_title(menu))
        label.setFont(self._look.font(Type.HEADING, bold=True))
        return label


def _table(commands: list[Command]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.HUGE)
    grid.setVerticalSpacing(Space.TIGHT)
    grid.setColumnStretch(0, 1)
    for row, command in enumerate(commands):
        keys = QHBoxLayout()
        keys.setSpacing(Space.TIGHT)
        keys.addStretch()
        for text in key_texts(command):
            cap = QLabel(text, alignment=Qt.AlignmentFlag.AlignCenter)
            cap.setProperty("keycap", "true")
            keys.addWidget(cap)
        grid.addWidget(QLabel(plain_title(command.title)), row, 0)
        grid.addLayout(keys, row, 1)
    return grid


def _by_menu(commands: Iterable[Command]) -> dict[str, list[Command]]:
    menus: dict[str, list[Command]] = {}
    for command in commands:
        if command.shortcuts:
            menus.setdefault(command.menu, []).append(command)
    return menus


def _balanced(menus: dict[str, list[Command]]) -> list[list[tuple[str, list[Command]]]]:
    """Three columns at most if menus allow, none lower than the longest menu alone, in order."""
    rows = [len(members) + _HEADING for members in menus.values()]
    highest = max(*rows, -(-sum(rows) // _COLUMNS))
    columns: list[list[tuple[str, list[Command]]]] = [[]]
    height = 0
    for menu, members in menus.items():
        if height + len(members) + _HEADING > highest:
            columns.append([])
            height = 0
        columns[-1].append((menu, members))
        height += len(members) + _HEADING
    return [column for column in columns if column]
