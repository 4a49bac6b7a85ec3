"""Which page is shown. Parts and pages ask for another by its name, and never know each other."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from crimeview.gui.commands import Command
from crimeview.gui.text import translate


class Navigation(QObject):
    """The page that is shown, by name; `shown` tells of another one."""

    shown = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.current = ""

    def show(self, name: str) -> None:
        """Show the page of this name."""
        if name != self.current:
            self.current = name
            self.shown.emit(name)


def page_commands(pages: Sequence[tuple[str, str]], navigation: Navigation) -> list[Command]:
    """One command for each page (its name, its title), in their order, from Ctrl+1 on."""
    return [
        Command(
            id=f"page-{name}",
            title=title,
            menu=translate("Window", "&Go"),
            run=partial(navigation.show, name),
            shortcuts=(f"Ctrl+{number}",),
            checked=partial(_is_current, navigation, name),
        )
        for number, (name, title) in enumerate(pages, start=1)
    ]


def _is_current(navigation: Navigation, name: str) -> bool:
    return navigation.current == name
