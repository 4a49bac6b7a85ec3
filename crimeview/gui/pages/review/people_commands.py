"""What can be done with the people that an analysis has found."""

from collections.abc import Callable

from crimeview.gui.commands import Command, Need
from crimeview.gui.text import translate


def people_command(*, toggle: Callable[[], None], shown: Callable[[], bool]) -> Command:
    """Showing and hiding them over the picture."""
    return Command(
        id="show-people",
        title=translate("Review", "Show people and how they &hold themselves"),
        menu=translate("Window", "&Analysis"),
        run=toggle,
        shortcuts=("Shift+B",),
        needs=Need.RECORDING,
        checked=shown,
    )
