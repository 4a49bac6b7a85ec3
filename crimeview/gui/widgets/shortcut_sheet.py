"""All shortcuts on one sheet."""

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from crimeview.gui.commands import Command, key_texts
from crimeview.gui.look import Look
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate


class ShortcutSheet(QDialog):
    """The commands that have a shortcut, menu by menu. Not modal; Escape closes it."""

    def __init__(self, commands: Iterable[Command], *, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setWindowTitle(translate("ShortcutSheet", "Keyboard shortcuts"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        columns = QHBoxLayout(self)
        columns.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.HUGE)
        columns.setSpacing(Space.HUGE * 2)
        for group in _balanced(_by_menu(commands)):
            column = QVBoxLayout()
            for menu, members in group:
                column.addWidget(self._heading(menu))
                column.addLayout(self._table(members))
                column.addSpacing(Space.MEDIUM)
            column.addStretch()
            columns.addLayout(column)

    def _heading(self, menu: str) -> QLabel:
        label = QLabel(menu.replace("&", ""))
        label.setFont(self._look.font(Type.HEADING, bold=True))
        return label

    def _table(self, commands: list[Command]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.HUGE)
        grid.setVerticalSpacing(Space.TIGHT)
        grid.setColumnStretch(0, 1)
        for row, command in enumerate(commands):
            keys = QLabel(" · ".join(key_texts(command)), alignment=Qt.AlignmentFlag.AlignRight)
            self._look.tint(keys, self._look.colors.accent)
            grid.addWidget(QLabel(command.title.replace("&", "").rstrip("…")), row, 0)
            grid.addWidget(keys, row, 1)
        return grid


def _by_menu(commands: Iterable[Command]) -> dict[str, list[Command]]:
    menus: dict[str, list[Command]] = {}
    for command in commands:
        if command.shortcuts:
            menus.setdefault(command.menu, []).append(command)
    return menus


def _balanced(menus: dict[str, list[Command]]) -> list[list[tuple[str, list[Command]]]]:
    """Two columns of about equal length, in order."""
    half = sum(len(members) + 2 for members in menus.values()) / 2
    left: list[tuple[str, list[Command]]] = []
    right: list[tuple[str, list[Command]]] = []
    height = 0
    for menu, members in menus.items():
        (left if height + len(members) / 2 < half else right).append((menu, members))
        height += len(members) + 2
    return [left, right] if right else [left]
