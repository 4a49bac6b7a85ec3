"""All shortcuts on one sheet."""

from collections.abc import Callable, Iterable, Sequence

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

_COLUMNS = 4  # at most, where the screen has room for them


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
        menus = [self._menu(name, members) for name, members in _by_menu(commands).items()]
        self._lay_out(_in_columns(menus, self.screen().availableSize().width()), edit)

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

    def _menu(self, name: str, commands: list[Command]) -> QWidget:
        menu = QWidget()
        column = QVBoxLayout(menu)
        column.setContentsMargins(0, 0, 0, Space.MEDIUM)
        column.setSpacing(Space.TIGHT)
        heading = QLabel(plain_title(name))
        heading.setFont(self._look.font(Type.HEADING, bold=True))
        column.addWidget(heading)
        column.addLayout(_table(commands))
        return menu


def _in_columns(menus: list[QWidget], width: int) -> QWidget:
    """The menus beside one another, in as many columns as `width` (pixels) has room for."""
    for count in range(_COLUMNS, 0, -1):
        groups = balanced([menu.sizeHint().height() for menu in menus], columns=count)
        widths = [max(menus[number].sizeHint().width() for number in group) for group in groups]
        if sum(widths) + (len(groups) + 3) * Space.HUGE <= width:
            break
    keys = QWidget()
    columns = QHBoxLayout(keys)
    columns.setContentsMargins(Space.HUGE, Space.MEDIUM, Space.HUGE, 0)
    columns.setSpacing(Space.HUGE)
    for group in groups:
        column = QVBoxLayout()
        column.setSpacing(0)
        for number in group:
            column.addWidget(menus[number])
        column.addStretch()
        columns.addLayout(column)
    return keys


def _table(commands: list[Command]) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(Space.HUGE)
    grid.setVerticalSpacing(Space.HAIR)
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


def balanced(heights: Sequence[int], *, columns: int) -> list[list[int]]:
    """The numbers of blocks of these heights, in order, in columns that are as low as can be."""
    for highest in sorted(_sums(heights)):
        found: list[list[int]] = [[]]
        height = 0
        for number, own in enumerate(heights):
            if height + own > highest and height > 0:
                found.append([])
                height = 0
            found[-1].append(number)
            height += own
        if highest >= max(heights) and len(found) <= columns:
            return found
    return [[]]


def _sums(heights: Sequence[int]) -> set[int]:
    """How high a column can be: of each run of blocks."""
    return {
        sum(heights[first:last])
        for first in range(len(heights))
        for last in range(first + 1, len(heights) + 1)
    }
