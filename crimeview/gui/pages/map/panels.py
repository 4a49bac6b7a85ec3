"""What stands beside the map: the legend, and the chosen segments with what to do with them."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from crimeview.core.review import KINDS
from crimeview.gui.commands import Actions
from crimeview.gui.item_pictures import ItemPictures
from crimeview.gui.page import Parts
from crimeview.gui.style import Space
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import action_button
from crimeview.gui.widgets.empty_state import EmptyState
from crimeview.gui.widgets.map_chosen import MapChosen
from crimeview.gui.widgets.map_legend import MapLegend
from crimeview.gui.widgets.panel import Panel
from crimeview.gui.widgets.type_box import TypeBox
from crimeview.jobs.describe_case import KINDS as CASE_KINDS
from crimeview.jobs.review import parse_tags

if TYPE_CHECKING:
    from crimeview.gui.map_sight import MapSight

_WIDTH = 324
_LEGEND_HEIGHT, _CHOSEN_HEIGHT = 380, 420


class MapPanels(QSplitter):
    """The legend above; below what is chosen, else what a search has found, else what to do."""

    named = Signal(str)  # a type for what is chosen

    def __init__(self, parts: Parts, actions: Actions, *, pictures: ItemPictures) -> None:
        super().__init__(Qt.Orientation.Vertical)
        self._parts = parts
        self._sight: MapSight = parts.map_sight
        look = parts.look
        self.legend = MapLegend(self._sight, look=look)
        self.chosen = MapChosen(self._sight, look=look, pictures=pictures)
        self._type = TypeBox()
        self._type.given.connect(self.named)
        self._empty = EmptyState("lasso", look=look)
        self._panel = Panel(
            translate("Map", "Segments"), content=self.chosen, empty=self._empty, look=look
        )
        for name in ("map-review", "map-compare", "map-export-chosen", "map-choose-none"):
            self._panel.controls.addWidget(action_button(actions, name))
        self._foot = QWidget()
        foot = QHBoxLayout(self._foot)
        foot.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.MEDIUM, Space.SMALL)
        foot.addWidget(self._type)
        self._panel.add_foot(self._foot)
        legend = Panel(translate("Map", "Legend"), content=self.legend, empty=QWidget(), look=look)
        legend.show_count(1, text=" ")
        self.addWidget(legend)
        self.addWidget(self._panel)
        self.setSizes([_LEGEND_HEIGHT, _CHOSEN_HEIGHT])
        self.setChildrenCollapsible(False)
        self.setMinimumWidth(260)
        self.resize(_WIDTH, self.height())
        self._sight.chosen_changed.connect(self.show_numbers)
        self._sight.hits_changed.connect(self.show_numbers)
        parts.workspace.changed.connect(self._offer_types)
        parts.keys.changed.connect(self.show_numbers)
        self._offer_types()
        self.show_numbers()

    def edit_type(self) -> None:
        self._type.start()

    def show_numbers(self) -> None:
        """Bring the list up to date."""
        chosen, hits = self._sight.chosen, self._sight.hits
        numbers = chosen or hits or ()
        if chosen:
            text = translate("Map", "{count} chosen").format(count=f"{len(chosen):,}")
        else:
            text = translate("Map", "{count} found").format(count=f"{len(numbers):,}")
        self.chosen.show_numbers(numbers)
        self._panel.show_count(len(numbers), text=text if numbers else None)
        self._foot.setVisible(bool(chosen) and self._in_case())
        if hits is not None:
            self._empty.say(
                translate("Map", "Nothing of it is on the map"),
                translate("Map", "What the search has found is in other cases, or left out here."),
            )
        else:
            self._empty.say(
                translate("Map", "No segments are chosen"),
                translate(
                    "Map",
                    "Hold Shift and draw round some points, or press {lasso} and drag. Ctrl and a "
                    "click, or Space, chooses one.",
                ).format(lasso=self._parts.keys.said("map-lasso")),
            )

    def _in_case(self) -> bool:
        return all(self._sight.items[n].segment_id is not None for n in self._sight.chosen[:1])

    def _offer_types(self) -> None:
        """The types that the program knows, and those of the case."""
        own = parse_tags(self._parts.workspace.notes.get(CASE_KINDS, "").lower())
        kinds = [*KINDS, *(kind for kind in own if kind not in KINDS)]
        if [self._type.itemData(n) for n in range(self._type.count())] != kinds:
            self._type.offer(kinds)
