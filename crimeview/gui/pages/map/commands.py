"""What can be done on the map page."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from crimeview.gui.commands import Command, Need
from crimeview.gui.map_making import MapMaking, MapSource
from crimeview.gui.map_sight import MapSight
from crimeview.gui.map_text import facet_text
from crimeview.gui.text import translate
from crimeview.gui.widgets.map_view import Tool
from crimeview.jobs.map_facets import Facet


@dataclass(frozen=True, slots=True, kw_only=True)
class MapTools:
    """What the page can do, whose content is made later than the commands."""

    use: Callable[[Tool], None]
    uses: Callable[[Tool], bool]
    zoom: Callable[[int], None]
    fit: Callable[[], None]
    choose_shown: Callable[[], None]
    choose_none: Callable[[], None]
    edit_type: Callable[[], None]
    compare: Callable[[], None]
    review: Callable[[], None]
    export: Callable[[], None]
    export_chosen: Callable[[], None]


def map_commands(making: MapMaking, sight: MapSight, tools: MapTools) -> Sequence[Command]:
    menu = translate("Map", "&Map")
    return (*_looking(menu, making, sight, tools), *_chosen(menu, tools), *_making(menu, making))


def _looking(menu: str, making: MapMaking, sight: MapSight, tools: MapTools) -> Sequence[Command]:
    texts = {
        Tool.MOVE: (translate("Map", "Drag to move the map"), "V", "move"),
        Tool.LASSO: (translate("Map", "Drag a lasso to choose"), "L", "lasso"),
        Tool.RECTANGLE: (translate("Map", "Drag a rectangle to choose"), "R", "rectangle"),
    }
    return (
        *(
            Command(
                id=f"map-{tool.value}",
                title=title,
                menu=menu,
                run=partial(tools.use, tool),
                shortcuts=(key,),
                icon=icon,
                checked=partial(tools.uses, tool),
            )
            for tool, (title, key, icon) in texts.items()
        ),
        *_zooming(menu, tools),
        *(
            Command(
                id=f"map-by-{facet.value}",
                title=facet_text(facet),
                menu=menu,
                section=translate("Map", "&Color and symbol by"),
                run=partial(_tell_by, sight, facet),
                checked=partial(_is_told_by, sight, facet),
            )
            for facet in Facet
        ),
        *(
            Command(
                id=f"map-of-{source.value}",
                title=title,
                menu=menu,
                section=translate("Map", "&Show"),
                run=partial(making.show, source),
                checked=partial(_shows, making, source),
            )
            for source, title in (
                (MapSource.CASE, translate("Map", "This case")),
                (MapSource.LIBRARY, translate("Map", "The library")),
            )
        ),
    )


def _zooming(menu: str, tools: MapTools) -> Sequence[Command]:
    return (
        Command(
            id="map-zoom-in",
            title=translate("Map", "Zoom in"),
            menu=menu,
            run=partial(tools.zoom, 1),
            shortcuts=("+", "="),
            icon="zoom-in",
            needs=Need.MAP,
            separated=True,
        ),
        Command(
            id="map-zoom-out",
            title=translate("Map", "Zoom out"),
            menu=menu,
            run=partial(tools.zoom, -1),
            shortcuts=("-",),
            icon="zoom-out",
            needs=Need.MAP,
        ),
        Command(
            id="map-fit",
            title=translate("Map", "Show the whole map"),
            menu=menu,
            run=tools.fit,
            shortcuts=("0",),
            icon="fit",
            needs=Need.MAP,
        ),
    )


def _chosen(menu: str, tools: MapTools) -> Sequence[Command]:
    table = (
        ("map-choose-shown", translate("Map", "Choose all that are shown"), tools.choose_shown,
         "Ctrl+A", None, Need.MAP),
        ("map-choose-none", translate("Map", "Choose none"), tools.choose_none,
         "Ctrl+Shift+A", "close", Need.CHOSEN),
        ("map-type", translate("Map", "Give the chosen a type"), tools.edit_type,
         "T", "pencil", Need.CHOSEN),
        ("map-compare", translate("Map", "Compare the chosen"), tools.compare,
         "C", "compare", Need.CHOSEN),
        ("map-review", translate("Map", "Show the chosen in the review"), tools.review,
         "Shift+Return", "film", Need.CHOSEN),
        ("map-export-chosen", translate("Map", "Export the chosen…"), tools.export_chosen,
         "Shift+E", "export", Need.CHOSEN),
    )  # fmt: skip
    return (
        *(
            Command(
                id=name,
                title=title,
                menu=menu,
                run=run,
                shortcuts=(key,),
                icon=icon,
                needs=needs,
                separated=name in ("map-choose-shown", "map-type"),
            )
            for name, title, run, key, icon, needs in table
        ),
        Command(
            id="map-export",
            title=translate("Map", "Export the map…"),
            menu=menu,
            run=tools.export,
            shortcuts=("E",),
            icon="export",
            needs=Need.MAP,
            separated=True,
        ),
    )


def _making(menu: str, making: MapMaking) -> Sequence[Command]:
    return (
        Command(
            id="map-again",
            title=translate("Map", "Lay the map out again"),
            menu=menu,
            run=partial(making.refresh, anew=True),
            icon="redo",
            needs=Need.MAP,
        ),
    )


def _tell_by(sight: MapSight, facet: Facet) -> None:
    if facet in sight.facets:
        sight.tell_by(facet)


def _is_told_by(sight: MapSight, facet: Facet) -> bool:
    return sight.facet is facet


def _shows(making: MapMaking, source: MapSource) -> bool:
    return making.source is source
