"""The map: all segments as points, those that look alike together."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QHideEvent, QPalette, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.embedding import unit
from crimeview.gui.commands import Actions, Command, Need
from crimeview.gui.item_pictures import ItemPictures
from crimeview.gui.map_making import Layout, MapSource
from crimeview.gui.map_symbols import marks_of
from crimeview.gui.map_text import facet_text, trust_text, value_text
from crimeview.gui.page import Page, Parts
from crimeview.gui.pages.map.commands import MapTools, map_commands
from crimeview.gui.pages.map.exporting import Exporting
from crimeview.gui.pages.map.panels import MapPanels
from crimeview.gui.style import Space, Type
from crimeview.gui.text import segments_text, translate
from crimeview.gui.widgets.buttons import action_button, keep_keys
from crimeview.gui.widgets.compare_dialog import MOST, CompareDialog
from crimeview.gui.widgets.empty_state import EmptyState
from crimeview.gui.widgets.map_card import MapCard
from crimeview.gui.widgets.map_drawing import Scene
from crimeview.gui.widgets.map_view import MapView
from crimeview.gui.widgets.projection_choice import ProjectionChoice
from crimeview.gui.widgets.stage_row import StageRow
from crimeview.gui.widgets.yielding_label import YieldingLabel

if TYPE_CHECKING:
    from crimeview.atlas.places import Places
    from crimeview.jobs.export_map import ShownMap
    from crimeview.jobs.map_points import MapItem

_FEWEST = 5  # segments of a map that tells anything


class MapPage(Page):
    """Left the map with its tools, right the legend and what is chosen."""

    name = "map"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.title = translate("Map", "Map")
        self._making = parts.map_making
        self._sight = parts.map_sight
        self._placing = 0  # trees that are being built
        self._laid_out: object = None  # the positions that the view was fitted to
        self._assembled = False

    def commands(self) -> Sequence[Command]:
        tools = MapTools(
            use=lambda tool: self._view.set_tool(tool),
            uses=lambda tool: self._assembled and self._view.tool is tool,
            zoom=lambda notches: self._view.zoom(notches),
            fit=lambda: self._view.fit(),
            choose_shown=lambda: self._sight.choose(np.flatnonzero(self._sight.visible).tolist()),
            choose_none=lambda: self._choose_none(),
            edit_type=lambda: self._panels.edit_type(),
            compare=self._compare,
            review=self._review,
            export=lambda: self._export(only_chosen=False),
            export_chosen=lambda: self._export(only_chosen=True),
        )
        return map_commands(self._making, self._sight, tools)

    @property
    def available(self) -> Need:
        have = Need.MAP if self._sight.items else Need.NOTHING
        some = bool(self._sight.chosen or self._sight.hits)
        return have | Need.CHOSEN if some else have

    @property
    def settled(self) -> bool:
        busy = self._placing or self._view.busy or self._making.busy or self._sight.busy
        return not (self.isVisible() and busy)

    def assemble(self, actions: Actions) -> None:
        parts, look = self.parts, self.parts.look
        self._actions = actions
        self._view = MapView(parts.tasks, look=look)
        self._pictures = ItemPictures(parts.thumbnails, parts.pictures, parts.shelf)
        self._card = MapCard(self._pictures, look=look, parent=self._view)
        self._exporting = Exporting(parts.workspace, parts.errands, parent=self)
        self._empty = EmptyState("map", look=look)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._view)
        self._stack.addWidget(self._empty)
        self._panels = MapPanels(parts, actions, pictures=self._pictures)
        self._stage = StageRow(self._making.stop)
        self._across = QSplitter(Qt.Orientation.Horizontal)
        self._across.addWidget(self._middle(actions))
        self._across.addWidget(self._panels)
        self._across.setStretchFactor(0, 1)
        self._across.setSizes([10_000, 324])
        self._across.setChildrenCollapsible(False)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._across)
        self._assembled = True
        self._connect()
        self._show_points()
        self._show_stage()

    def layout_state(self) -> Mapping[str, str]:
        return {"across": bytes(self._across.saveState().toHex().data()).decode()}

    def restore_layout(self, state: Mapping[str, str]) -> None:
        if "across" in state:
            self._across.restoreState(QByteArray.fromHex(state["across"].encode()))

    def let_go(self) -> None:
        self._making.watch(watched=False)
        self._view.close_down()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._making.watch(watched=True)
        if self._assembled:
            self._show_points()
            self._view.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._making.watch(watched=False)

    def _connect(self) -> None:
        making, sight, view = self._making, self._sight, self._view
        making.points_changed.connect(self.available_changed)
        making.stage_changed.connect(self._show_stage)
        sight.values_changed.connect(self._show_points)
        sight.hits_changed.connect(self._show_points)
        sight.hits_changed.connect(self.available_changed)
        sight.chosen_changed.connect(self._show_chosen)
        sight.chosen_changed.connect(self.available_changed)
        self.parts.look.changed.connect(self._show_points)
        self.parts.workspace.segment_selected.connect(self._follow)
        for source in (view, self._panels.chosen):
            source.picked.connect(self._pick)
            source.opened.connect(self._open)
        view.pointed.connect(self._point)
        view.chosen.connect(self._choose)
        view.toggled.connect(sight.toggle_chosen)
        view.tool_changed.connect(self._actions.show_checks)
        sight.values_changed.connect(self._actions.show_checks)
        self._panels.named.connect(self._name)

    def _middle(self, actions: Actions) -> QWidget:
        look = self.parts.look
        self._told = YieldingLabel()
        self._told.setFont(look.font(Type.SMALL))
        self._told.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        tools = QHBoxLayout()
        tools.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.TIGHT, Space.TIGHT)
        tools.setSpacing(Space.HAIR)
        groups = (
            ("map-move", "map-lasso", "map-rectangle"),
            ("map-zoom-out", "map-zoom-in", "map-fit"),
        )
        tools.addWidget(self._sources())
        self._projection = ProjectionChoice()
        self._projection.chosen.connect(self._making.lay_out_by)
        tools.addWidget(self._projection)
        tools.addSpacing(Space.MEDIUM)
        for group in groups:
            for name in group:
                tools.addWidget(action_button(actions, name))
            tools.addSpacing(Space.MEDIUM)
        tools.addWidget(self._told, 1)
        for name in ("map-again", "map-export"):
            tools.addWidget(action_button(actions, name))
        middle = QWidget()
        middle.setAutoFillBackground(True)
        column = QVBoxLayout(middle)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(tools)
        column.addWidget(self._stack, 1)
        column.addWidget(self._stage)
        return middle

    def _sources(self) -> QComboBox:
        box = self._source = QComboBox()
        for source, text in (
            (MapSource.CASE, translate("Map", "This case")),
            (MapSource.LIBRARY, translate("Map", "The library")),
        ):
            box.addItem(text, source)
        box.setAccessibleName(translate("Map", "Whose segments are shown"))
        box.setToolTip(box.accessibleName())
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        keep_keys(box)
        box.activated.connect(lambda at: self._making.show(box.itemData(at)))
        return box

    # What is shown

    def _show_points(self) -> None:
        if not self.isVisible():
            return
        self._card.put_away()
        self._show_stage()
        values, positions = self._sight.values, self._making.positions
        if values is None or len(positions) == 0 or len(values.codes) != len(positions):
            self._view.show_scene(None, fit=True)
            return
        look = self.parts.look
        order = sorted(range(len(values.values)), key=lambda code: -values.counts[code])
        hits = self._sight.hits
        scene = Scene(
            positions=positions,
            codes=values.codes,
            shown=self._sight.visible,
            marks=marks_of(values, look),
            order=tuple(order),
            hits=np.array(hits, np.intp) if hits is not None else None,
        )
        fit, self._laid_out = self._laid_out is not positions, positions
        self._view.show_scene(scene, fit=fit)
        self._show_chosen()
        self._follow()
        self._place(scene)

    def _place(self, scene: Scene) -> None:
        """Build what finds points by their places; until then none is found."""
        self._placing += 1

        def take(places: "Places") -> None:
            self._placing -= 1
            self._view.find_in(scene, places)

        def fail(error: Exception) -> None:
            self._placing -= 1
            self.parts.workspace.notice(error)

        self.parts.tasks.call(lambda: _places(scene), on_result=take, on_error=fail)

    def _show_stage(self) -> None:
        making = self._making
        stage = making.stage
        self._source.setCurrentIndex(self._source.findData(making.source))
        if making.points is not None:
            there = making.points.projections
            self._projection.offer(there, current=making.projection)
        self._stage.say(stage.text if stage else None, stage.fraction if stage else None)
        self._stack.setCurrentWidget(self._view if len(making.positions) else self._empty)
        self._told.say(self._told_text(), tip=self._tip_text())
        if not len(making.positions):
            self._say_empty()

    def _told_text(self) -> str:
        making = self._making
        if not len(making.positions):
            return ""
        parts = [segments_text(len(making.positions))]
        if making.layout is Layout.FIRST:
            parts.append(translate("Map", "first picture"))
        if making.trust is not None:
            parts.append(trust_text(making.trust))
            parts.append(translate("Map", "says nothing of types"))
        if len(making.positions) < _FEWEST:
            few = translate("Map", "analyze at least {count} segments for a map that tells more")
            parts.append(few.format(count=_FEWEST))
        points = making.points
        if points is not None and points.missing:
            text = translate("Map", "{count} without features")
            parts.append(text.format(count=points.missing))
        if points is not None and points.left_out:
            text = translate("Map", "{count} of a library this large left out")
            parts.append(text.format(count=f"{points.left_out:,}"))
        return " · ".join(parts)

    def _tip_text(self) -> str:
        if self._making.trust is None:
            return ""
        return translate(
            "Map",
            "How far neighbors on the map are neighbors in truth, 0 to 1. It does not say that "
            "types lie apart.",
        )

    def _say_empty(self) -> None:
        making = self._making
        if making.stage is not None:
            self._empty.say(making.stage.text, "")
        elif making.source is MapSource.LIBRARY:
            self._empty.say(
                translate("Map", "The library has nothing to show"), making.problem or ""
            )
        else:
            self._empty.say(
                translate("Map", "Nothing is on the map yet"),
                translate(
                    "Map",
                    "Analyze recordings: each segment that is found becomes a point, near those "
                    "that look alike. At least {count} segments make a map.",
                ).format(count=_FEWEST),
            )

    def _show_chosen(self) -> None:
        self._view.show_chosen(np.array(self._sight.chosen, np.intp))

    def _follow(self) -> None:
        """Mark the segment that is selected."""
        selected = self.parts.workspace.segment
        number = self._sight.number_of(selected.id if selected is not None else None)
        if number is not None or self._making.source is MapSource.CASE:
            self._view.show_current(number)
            self._panels.chosen.follow(number)

    def _point(self, number: int | None) -> None:
        values = self._sight.values
        if number is None or values is None or number >= len(self._sight.items):
            self._card.put_away()
            return
        place = self._view.place_of(number)
        mark = marks_of(values, self.parts.look)[values.codes[number]]
        at = QPoint(round(place.x()), round(place.y()))
        self._card.show_at(at, self._sight.items[number], mark)

    # What is done

    def _pick(self, number: int) -> None:
        item = self._sight.items[number]
        if item.segment_id is not None:
            self.parts.workspace.select_segment(item.segment_id)
            return
        self._view.show_current(number)
        self._panels.chosen.follow(number)
        self._seek_here(item)

    def _open(self, number: int) -> None:
        """Show it where it can be judged."""
        item = self._sight.items[number]
        if item.segment_id is not None:
            self.parts.workspace.select_segment(item.segment_id)
        elif not self._seek_here(item):
            assert item.entry is not None
            self.parts.shelf.show(item.entry)
            self.parts.navigation.show("library")
            return
        self.parts.navigation.show("review")

    def _seek_here(self, item: "MapItem") -> bool:
        """Go to a segment of the library in this case; whether its recording is in it."""
        workspace = self.parts.workspace
        here = next((r for r in workspace.recordings if r.path == item.path), None)
        if here is None:
            return False
        workspace.select_recording(here.id)
        workspace.playhead.seek(item.start)
        return True

    def _choose(self, numbers: "np.ndarray[tuple[int], np.dtype[np.intp]]", added: bool) -> None:  # noqa: FBT001 (a signal's)
        before = self._sight.chosen if added else ()
        self._sight.choose((*before, *numbers.tolist()))

    def _choose_none(self) -> None:
        """Nothing is chosen, nor shown as found."""
        self._sight.choose(())
        self._sight.find(None)

    def _ids(self) -> list[int]:
        """The segments of the case that are chosen, or found."""
        items = (self._sight.items[n] for n in self._sight.chosen or self._sight.hits or ())
        return [item.segment_id for item in items if item.segment_id is not None]

    def _name(self, kind: str) -> None:
        reviewing, ids = self.parts.reviewing, self._ids()
        reviewing.choose(ids)
        reviewing.name(kind or None)

    def _review(self) -> None:
        ids = self._ids()
        if ids:
            self.parts.workspace.select_segment(ids[0])
            self.parts.reviewing.choose(ids)
            self.parts.navigation.show("review")

    def _compare(self) -> None:
        points = self._making.points
        numbers = list(self._sight.chosen or self._sight.hits or ())
        if len(numbers) < 2 or points is None:
            self.parts.workspace.noticed.emit(
                translate("Map", "Choose two segments or more to compare them.")
            )
            return
        CompareDialog(
            [self._sight.items[n] for n in numbers],
            unit(points.vectors[numbers[:MOST]] - points.center),
            pictures=self._pictures,
            look=self.parts.look,
            parent=self,
        ).open()

    def _export(self, *, only_chosen: bool) -> None:
        facet = self._sight.facet
        name = translate("Map", "map")
        self._exporting.ask(
            lambda: self._shown(only_chosen=only_chosen),
            name=f"{name}.csv" if only_chosen else f"{name}.png",
            subtitle=f"{facet_text(facet)} · {self._told_text()}",
            name_of=lambda value: value_text(facet, value),
            tables_first=only_chosen,
        )

    def _shown(self, *, only_chosen: bool) -> "ShownMap":
        from crimeview.jobs.export_map import ShownMap

        values = self._sight.values
        assert values is not None
        shown = self._sight.visible
        if only_chosen:
            shown = np.zeros(len(shown), np.bool_)
            shown[list(self._sight.chosen or self._sight.hits or ())] = True
        clusters = self._sight.clusters
        return ShownMap(
            items=self._sight.items,
            positions=self._making.positions,
            values=values,
            shown=shown,
            clusters=clusters.numbers if clusters is not None else None,
        )


def _places(scene: Scene) -> "Places":
    from crimeview.atlas.places import Places  # scipy takes long to load

    return Places(scene.positions, among=np.flatnonzero(scene.shown))
