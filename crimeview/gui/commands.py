"""Commands: one table from which menus, buttons, the shortcut sheet and enabling are made."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Flag, auto

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from crimeview.gui.look import Look
from crimeview.gui.turns import Turns


class Need(Flag):
    """What must be there for a command to make sense."""

    NOTHING = 0
    RECORDING = auto()  # one is selected
    SEGMENTS = auto()  # the list of segments is not empty
    SEGMENT = auto()  # one is selected
    UNDO = auto()  # there is something to take back
    REDO = auto()  # something was taken back
    MISSING = auto()  # a recording is not where it was
    ANALYSIS = auto()  # one is running
    AT_REST = auto()  # none is running
    PENDING = auto()  # none is running, and a recording is not analyzed to its end
    SOUND = auto()  # the selected recording has sound
    MAP = auto()  # there are points on the map
    CHOSEN = auto()  # points of the map are chosen
    GROUPING = auto()  # groupings were compared
    RESULTS = auto()  # a search has found something
    CAMERA = auto()  # there is a camera on the wall
    ALARM = auto()  # an alarm was raised


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """Something a person can tell the program to do.

    `title`, `menu` and `section` are shown; a command that has a `section` stands in a submenu of
    that name. `shortcuts` are portable key texts, the first one shown. `checked` makes it a choice
    that is on or off. A command of a `page` can be given only while that page is shown, and another
    page may use the same keys.
    """

    id: str
    title: str
    menu: str
    run: Callable[[], object]
    section: str | None = None
    shortcuts: tuple[str, ...] = ()
    icon: str | None = None
    needs: Need = Need.NOTHING
    checked: Callable[[], bool] | None = None
    separated: bool = False  # a line above it in the menu
    page: str | None = None


class Actions(QObject):
    """The Qt actions of a table of commands."""

    def __init__(
        self, commands: Iterable[Command], *, look: Look, owner: QWidget, turns: Turns
    ) -> None:
        super().__init__(owner)
        self._turns = turns  # before which no command is given
        self.commands: Mapping[str, Command] = _by_id(commands)
        self._look = look
        self._owner = owner
        self._actions = {c.id: self._action(c, owner) for c in self.commands.values()}
        self._available = Need.NOTHING
        self._page: str | None = None
        self._enabled = False  # by what is there, as `enable` has been told
        self._withheld: set[str] = set()
        self._menus: list[QMenu] = []  # those within others first
        look.changed.connect(self._on_look_changed)

    def __getitem__(self, command_id: str) -> QAction:
        return self._actions[command_id]

    def enable(self, available: Need, *, page: str | None = None) -> None:
        """Enable exactly the commands of everywhere and of `page` whose needs are met.

        Those of other pages are not in the menus, nor are menus without any other commands. Check
        marks are brought up to date.
        """
        turned = page != self._page
        if turned or available != self._available or not self._enabled:
            self._available, self._page, self._enabled = available, page, True
            for command in self.commands.values():
                self._actions[command.id].setEnabled(
                    not self.elsewhere(command.id) and command.needs in available
                )
        if turned:
            self._show_offered()
        self.show_checks()

    def lacking(self, command_id: str) -> Need:
        """What a command needs that is not there."""
        return self.commands[command_id].needs & ~self._available

    def elsewhere(self, command_id: str) -> bool:
        """Whether a command belongs to a page that is not shown."""
        return self.commands[command_id].page not in (None, self._page)

    def offered(self, command_id: str) -> bool:
        """Whether a command is one that can be chosen at all, be it on this page or another."""
        return command_id not in self._withheld

    def offer(self, offered: Mapping[str, bool]) -> None:
        """Say of commands, by id, whether they are such that can be chosen at all."""
        withheld = {command_id for command_id, known in offered.items() if not known}
        self._withheld = self._withheld - offered.keys() | withheld
        self._show_offered()

    def bind(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Give commands, by id, other keys; raises ValueError where one would have two uses."""
        bound = [replace(c, shortcuts=keys.get(c.id, c.shortcuts)) for c in self.commands.values()]
        before, self.commands = self.commands, _by_id(bound)
        for command in bound:
            if command.shortcuts != before[command.id].shortcuts:
                action = self._actions[command.id]
                action.setShortcuts([QKeySequence(text) for text in command.shortcuts])
                action.setToolTip(_tip(replace(command, title=action.text())))

    def show_checks(self) -> None:
        """Bring the check marks up to date."""
        for command in self.commands.values():
            if command.checked is not None:
                self._actions[command.id].setChecked(command.checked())

    def say(self, command_id: str, title: str) -> None:
        """Give a command another title, as `Undo: Confirm`."""
        command = self.commands[command_id]
        self._actions[command_id].setText(title)
        self._actions[command_id].setToolTip(_tip(replace(command, title=title)))

    def withdraw(self) -> None:
        """Take the actions, and with them their shortcuts, from their owner."""
        for action in self._actions.values():
            self._owner.removeAction(action)
            action.deleteLater()
        self.deleteLater()

    def fill(self, bar: QMenuBar, *, first: Sequence[str] = (), last: Sequence[str] = ()) -> None:
        """One menu for each menu name; those between in the order of their first command."""
        names = dict.fromkeys(command.menu for command in self.commands.values())
        between = [name for name in names if name not in (*first, *last)]
        order = [name for name in (*first, *between, *last) if name in names]
        menus = {name: bar.addMenu(name) for name in order}
        sections: dict[tuple[str, str], QMenu] = {}
        for command in self.commands.values():
            menu = menus[command.menu]
            if command.separated:
                menu.addSeparator()
            if command.section is not None:
                key = (command.menu, command.section)
                menu = sections.get(key) or sections.setdefault(key, menu.addMenu(command.section))
            menu.addAction(self._actions[command.id])
        self._menus = [*sections.values(), *menus.values()]
        self._show_offered()

    def _show_offered(self) -> None:
        """Leave out of the menus what belongs to another page, and menus with nothing in them."""
        for command_id, action in self._actions.items():
            action.setVisible(self.offered(command_id) and not self.elsewhere(command_id))
        for menu in self._menus:
            offers = any(a.isVisible() for a in menu.actions() if not a.isSeparator())
            menu.menuAction().setVisible(offers)

    def _action(self, command: Command, owner: QWidget) -> QAction:
        action = QAction(command.title, owner)
        action.setShortcuts([QKeySequence(text) for text in command.shortcuts])
        action.setToolTip(_tip(command))
        action.setCheckable(command.checked is not None)
        if command.icon is not None:
            action.setIcon(self._look.icon(command.icon))
            action.setIconVisibleInMenu(False)
        action.triggered.connect(lambda: self._run(command))
        owner.addAction(action)
        return action

    def _run(self, command: Command) -> None:
        self._turns.finish()
        command.run()

    def _on_look_changed(self) -> None:
        for command in self.commands.values():
            if command.icon is not None:
                self._actions[command.id].setIcon(self._look.icon(command.icon))


def meet(one: Command, other: Command) -> bool:
    """Whether two commands can be given at the same place, so that they need different keys."""
    return None in (one.page, other.page) or one.page == other.page


def portable(key: str | QKeySequence) -> str:
    """A key in the one way in which it is compared and kept; empty for what is none."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.PortableText)


def key_text(key: str) -> str:
    """A key as it is written on the keyboard."""
    return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)


def key_texts(command: Command) -> Iterator[str]:
    """A command's shortcuts as they are written on the keys."""
    for text in command.shortcuts:
        yield key_text(text)


def plain_title(title: str) -> str:
    """A title as it stands outside a menu: without its mnemonic and its dots."""
    return re.sub(r"\(&.\)|&", "", title).rstrip("…")


def _tip(command: Command) -> str:
    title = plain_title(command.title)
    first = next(key_texts(command), None)
    return f"{title} ({first})" if first else title


def _by_id(commands: Iterable[Command]) -> dict[str, Command]:
    table: dict[str, Command] = {}
    keys: dict[str, list[Command]] = {}
    for command in commands:
        if command.id in table:
            raise ValueError(f"two commands are called {command.id}")
        for text in command.shortcuts:
            others = keys.setdefault(text, [])
            for other in others:
                if meet(command, other):
                    raise ValueError(f"{text} is the shortcut of {other.id} and {command.id}")
            others.append(command)
        table[command.id] = command
    return table
