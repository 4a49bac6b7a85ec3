"""What can be done on the library's page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crimeview.gui.commands import Command
from crimeview.gui.text import translate


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryTools:
    """What the page does for each command."""

    open: Callable[[], None]
    add: Callable[[], None]
    export: Callable[[], None]
    take_in: Callable[[], None]
    similar: Callable[[], None]
    remove: Callable[[], None]
    reread: Callable[[], None]
    graph: Callable[[], None]


def page_commands(tools: LibraryTools) -> Sequence[Command]:
    menu = translate("Library", "&Library")
    table = (
        ("library-open", translate("Library", "Open a library…"), tools.open, "O", "library"),
        ("library-add", translate("Library", "Add segments of this case…"), tools.add, "A", None),
        ("library-similar", translate("Library", "Find similar"), tools.similar, "D", "similar"),
        ("library-export", translate("Library", "Write a package…"), tools.export, "Ctrl+S", None),
        ("library-import", translate("Library", "Take in a package…"), tools.take_in, "I", None),
        ("library-remove", translate("Library", "Remove from the library"), tools.remove,
         "Shift+Del", None),
        ("library-reread", translate("Library", "Read it anew"), tools.reread, "F5", None),
        ("library-graph", translate("Library", "Build the graph for searching"), tools.graph,
         "Ctrl+Shift+B", None),
    )  # fmt: skip
    return tuple(
        Command(
            id=name,
            title=title,
            menu=menu,
            run=run,
            shortcuts=(key,),
            icon=icon,
            separated=name in ("library-open", "library-export", "library-remove"),
        )
        for name, title, run, key, icon in table
    )
