"""What can be done with regions of the picture."""

from collections.abc import Callable, Sequence

from crimeview.gui.commands import Command, Need
from crimeview.gui.region_editing import RegionEditing
from crimeview.gui.settings import Preferences
from crimeview.gui.text import translate


def region_commands(
    regions: RegionEditing, preferences: Preferences, *, show: Callable[[bool], None]
) -> Sequence[Command]:
    menu = translate("Window", "&Analysis")

    def toggle() -> None:
        shown = not preferences.settings.show_regions
        preferences.change(show_regions=shown)
        show(shown)

    return (
        Command(
            id="edit-regions",
            title=translate("Review", "&Draw regions to ignore or to watch"),
            menu=menu,
            run=regions.toggle,
            shortcuts=("R",),
            icon="region",
            needs=Need.RECORDING,
            checked=lambda: regions.active,
            separated=True,
        ),
        Command(
            id="copy-regions",
            title=translate("Review", "&Copy the regions to recordings of the same size"),
            menu=menu,
            run=regions.copy_to_others,
            needs=Need.RECORDING,
        ),
        Command(
            id="show-regions",
            title=translate("Review", "Show r&egions"),
            menu=menu,
            run=toggle,
            shortcuts=("Shift+R",),
            checked=lambda: preferences.settings.show_regions,
        ),
    )
