"""What can be done on the page of groupings."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from crimeview.gui.commands import Command, Need
from crimeview.gui.text import translate


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupingTools:
    """What the page can do, whose content is made later than the commands."""

    compare: Callable[[], None]
    name: Callable[[], None]
    take_name_back: Callable[[], None]
    show_map: Callable[[], None]
    review: Callable[[], None]


def grouping_commands(tools: GroupingTools) -> Sequence[Command]:
    menu = translate("Groupings", "G&roupings")
    return (
        Command(
            id="groupings-compare",
            title=translate("Groupings", "&Compare"),
            menu=menu,
            run=tools.compare,
            shortcuts=("Return", "F5"),
            needs=Need.SEGMENTS,
        ),
        Command(
            id="groupings-name",
            title=translate("Groupings", "&Name the cluster"),
            menu=menu,
            run=tools.name,
            shortcuts=("N", "F2"),
            icon="pencil",
            needs=Need.GROUPING,
        ),
        Command(
            id="groupings-unname",
            title=translate("Groupings", "&Take the name back"),
            menu=menu,
            run=tools.take_name_back,
            shortcuts=("Shift+N",),
            icon="close",
            needs=Need.GROUPING,
        ),
        Command(
            id="groupings-map",
            title=translate("Groupings", "Show the clusters on the &map"),
            menu=menu,
            run=tools.show_map,
            shortcuts=("M",),
            icon="map",
            needs=Need.GROUPING,
        ),
        Command(
            id="groupings-review",
            title=translate("Groupings", "Show the cluster in the &review"),
            menu=menu,
            run=tools.review,
            shortcuts=("Shift+Return",),
            icon="film",
            needs=Need.GROUPING,
        ),
    )
