"""Groupings: ways to part the segments into clusters, compared by numbers, named, and used."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import QPalette, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSplitter,
    QStackedWidget,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.embedding import unit
from crimeview.gui.commands import Actions, Command, Need
from crimeview.gui.grouping import is_of_segments
from crimeview.gui.grouping_text import cluster_text, method_text, vectors_text
from crimeview.gui.page import Page, Parts
from crimeview.gui.pages.groupings.commands import GroupingTools, grouping_commands
from crimeview.gui.review_text import kind_text
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.widgets.buttons import action_button, text_button
from crimeview.gui.widgets.cluster_list import EXAMPLES, ClusterList, ClusterRow
from crimeview.gui.widgets.confusion_view import ConfusionView
from crimeview.gui.widgets.empty_state import EmptyState
from crimeview.gui.widgets.grouping_choice import GroupingChoice
from crimeview.gui.widgets.grouping_table import GroupingTable
from crimeview.gui.widgets.stage_row import StageRow
from crimeview.gui.widgets.suggestion_list import SuggestionList
from crimeview.gui.widgets.type_box import TypeBox

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from crimeview.jobs.compare_groupings import CaseGroupings
    from crimeview.jobs.groupings import Grouping


class GroupingsPage(Page):
    """Above the comparison, below what the chosen grouping holds."""

    name = "groupings"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.title = translate("Groupings", "Groupings")
        self._grouper = parts.grouper

    def commands(self) -> Sequence[Command]:
        return grouping_commands(
            GroupingTools(
                compare=self._grouper.compare,
                name=lambda: self._name.start(),
                take_name_back=self._take_name_back,
                show_map=self._show_map,
                review=self._review,
            )
        )

    @property
    def available(self) -> Need:
        if self._grouper.found is None:
            return Need.NOTHING
        return Need.GROUPING

    @property
    def settled(self) -> bool:
        return not (self.isVisible() and self._grouper.busy)

    def assemble(self, actions: Actions) -> None:
        parts, look = self.parts, self.parts.look
        self._table = GroupingTable(self._grouper, look=look)
        self._confusion = ConfusionView(look=look)
        self._clusters = ClusterList(parts.workspace, look=look, thumbnails=parts.thumbnails)
        self._suggestions = SuggestionList(self._grouper, parts.workspace, look=look)
        self._name = TypeBox()
        self._empty = EmptyState("map", look=look)
        self._about = QLabel(wordWrap=True)
        self._about.setFont(look.font(Type.SMALL))
        self._about.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._stage = StageRow(self._grouper.stop)
        self._down = QSplitter(Qt.Orientation.Vertical)
        self._down.addWidget(self._upper())
        self._down.addWidget(self._lower(actions))
        self._down.setSizes([400, 400])
        self._down.setChildrenCollapsible(False)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._down)
        self._stack.addWidget(self._empty)
        self.setAutoFillBackground(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head(actions))
        column.addWidget(self._stack, 1)
        column.addWidget(self._stage)
        self._connect()
        self._show_found()
        self._show_chosen()
        self._show_stage()

    def layout_state(self) -> Mapping[str, str]:
        return {"down": bytes(self._down.saveState().toHex().data()).decode()}

    def restore_layout(self, state: Mapping[str, str]) -> None:
        if "down" in state:
            self._down.restoreState(QByteArray.fromHex(state["down"].encode()))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._grouper.suggested is None:
            self._grouper.suggest()

    # What it is made of

    def _head(self, actions: Actions) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        head.setSpacing(Space.SMALL)
        head.addWidget(GroupingChoice(self._grouper))
        head.addStretch()
        compare = text_button(actions["groupings-compare"])
        compare.setProperty("primary", "true")
        head.addWidget(compare)
        return head

    def _upper(self) -> QWidget:
        upper = QWidget()
        column = QVBoxLayout(upper)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._table, 1)
        about = QHBoxLayout()
        about.setContentsMargins(Space.MEDIUM, Space.TIGHT, Space.MEDIUM, Space.SMALL)
        about.addWidget(self._about)
        column.addLayout(about)
        return upper

    def _lower(self, actions: Actions) -> QWidget:
        scroll = QScrollArea(widgetResizable=True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        scroll.setWidget(self._confusion)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # what is in it takes the keyboard
        tabs = QTabWidget(documentMode=True)
        tabs.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # its bar takes it
        tabs.addTab(self._examples(actions), translate("Groupings", "Clusters"))
        self._confusion_tab = tabs.addTab(scroll, translate("Groupings", "Types in clusters"))
        tabs.addTab(self._suggestions, translate("Groupings", "Suggested types"))
        self._tabs = tabs
        return tabs

    def _examples(self, actions: Actions) -> QWidget:
        page = QWidget()
        foot = QHBoxLayout()
        foot.setContentsMargins(Space.MEDIUM, Space.SMALL, Space.MEDIUM, Space.SMALL)
        foot.setSpacing(Space.SMALL)
        self._name_label = QLabel()
        self._name_label.setBuddy(self._name)
        foot.addWidget(self._name_label)
        foot.addWidget(self._name, 1)
        for name in ("groupings-unname", "groupings-map", "groupings-review"):
            foot.addWidget(action_button(actions, name))
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._clusters, 1)
        column.addLayout(foot)
        return page

    def _connect(self) -> None:
        grouper, workspace = self._grouper, self.parts.workspace
        grouper.found_changed.connect(self._show_found)
        grouper.found_changed.connect(self.available_changed)
        grouper.chosen_changed.connect(self._show_chosen)
        grouper.stage_changed.connect(self._show_stage)
        self._clusters.selectionModel().currentChanged.connect(self._show_name_of)
        self._clusters.activated.connect(self._review)
        self._name.given.connect(self._give_name)
        self._suggestions.picked.connect(workspace.select_segment)
        self._suggestions.opened.connect(self._open)
        self._suggestions.accepted.connect(self._accept)

    # What is shown

    def _show_stage(self) -> None:
        stage = self._grouper.stage
        self._stage.say(*stage) if stage is not None else self._stage.say(None)
        self._show_empty()

    def _show_empty(self) -> None:
        grouper = self._grouper
        self._stack.setCurrentWidget(self._down if grouper.found is not None else self._empty)
        if grouper.stage is not None:
            self._empty.say(grouper.stage[0], "")
            return
        self._empty.say(
            translate("Groupings", "Which segments belong together?"),
            grouper.problem
            or translate(
                "Groupings",
                "Choose ways to group above and compare them. You see by numbers which holds, what "
                "is in each cluster, and can name clusters: names become suggested types.",
            ),
        )

    def _show_found(self) -> None:
        found = self._grouper.found
        self._show_empty()
        self._tabs.setTabEnabled(self._confusion_tab, bool(found is not None and found.types))
        if found is None:
            self._about.setText("")
            return
        segments = translate("Groupings", "{segments} segments, {count} clusters looked for.")
        parts = [segments.format(segments=len(found.vectors.segments), count=found.count)]
        if found.types:
            parts.append(
                translate(
                    "Groupings",
                    "Agreement is with types that people gave; in brackets what shuffled types "
                    "reach. Where the two are alike the grouping says nothing of types.",
                )
            )
        else:
            parts.append(
                translate(
                    "Groupings",
                    "Give types to at least 8 segments, of two types or more, and agreement with "
                    "them is measured too. Silhouette and Davies-Bouldin know nothing of types.",
                )
            )
        self._about.setText(" ".join(parts))

    def _show_chosen(self) -> None:
        chosen, found = self._grouper.chosen, self._grouper.found
        if chosen is None or found is None:
            self._clusters.show_rows([])
            return
        names = self._grouper.names
        rows = _cluster_rows(found, chosen, names)
        self._clusters.show_rows(rows)
        self._show_name_of()
        if chosen.confusion is not None:
            titles = [row.title for row in rows]
            counts = chosen.confusion if chosen.in_none else chosen.confusion[:-1]
            if chosen.in_none:
                titles = [*titles[: chosen.count], translate("Groupings", "In none")]
            self._confusion.show_counts(
                counts[: len(titles)],
                rows=titles[: len(counts)],
                columns=[kind_text(kind) for kind in found.types],
            )

    def _show_name_of(self) -> None:
        chosen, row = self._grouper.chosen, self._clusters.current
        own = chosen is not None and is_of_segments(chosen)
        self._name.setEnabled(own and row is not None and row.cluster >= 0)
        if chosen is not None and not own:
            self._name_label.setText(
                translate("Groupings", "Only clusters of anomalous clips can be named")
            )
        else:
            text = translate("Groupings", "Name of {cluster}")
            self._name_label.setText(text.format(cluster=row.title) if row is not None else "")
        if chosen is not None:
            about = f"{method_text(chosen.method)}, {vectors_text(chosen.embedding)}"
            self._clusters.setAccessibleDescription(about)

    # What is done

    def _give_name(self, name: str) -> None:
        row = self._clusters.current
        if row is not None:
            self._grouper.name(row.cluster, name)

    def _take_name_back(self) -> None:
        row = self._clusters.current
        if row is not None:
            self._grouper.take_name_back(row.cluster)

    def _show_map(self) -> None:
        """Color the map by the chosen grouping, and choose the current cluster there."""
        self.parts.map_sight.show_clusters(self._grouper.clusters_of)
        self.parts.navigation.show("map")

    def _review(self) -> None:
        """Show the current cluster's segments where they can be judged."""
        row = self._clusters.current
        if row is not None and row.segment_ids:
            self.parts.workspace.select_segment(row.segment_ids[0])
            self.parts.reviewing.choose(row.segment_ids)
            self.parts.navigation.show("review")

    def _open(self, segment_id: int) -> None:
        self.parts.workspace.select_segment(segment_id)
        self.parts.navigation.show("review")

    def _accept(self, pairs: list[tuple[int, str]]) -> None:
        """Give suggested types: one edit for each type."""
        reviewing = self.parts.reviewing
        by_kind: dict[str, list[int]] = {}
        for segment_id, kind in pairs:
            by_kind.setdefault(kind, []).append(segment_id)
        for kind, ids in by_kind.items():
            reviewing.choose(ids)
            reviewing.name(kind)
        self._grouper.suggest()


def _cluster_rows(
    found: "CaseGroupings", chosen: "Grouping", names: Mapping[tuple[str, str, int], str]
) -> list[ClusterRow]:
    """The clusters in their order, with the examples nearest to their middles; then none."""
    own = is_of_segments(chosen)
    vectors = found.vectors.centered() if own else found.vectors.whole_centered()
    rows = []
    for cluster in [*range(chosen.count), *([-1] if chosen.in_none else [])]:
        members = np.flatnonzero(chosen.clusters == cluster)
        rows_of = vectors[members]
        nearest = members[np.argsort(-(rows_of @ unit(rows_of.mean(axis=0))), kind="stable")]
        name = names.get((chosen.embedding, chosen.method, cluster)) if own else None
        title = cluster_text(cluster) if cluster >= 0 else translate("Groupings", "In no cluster")
        rows.append(
            ClusterRow(
                cluster=cluster,
                title=f"{title}: {kind_text(name)}" if name else title,
                size=len(members),
                types=_types_of(found, members),
                examples=tuple(found.vectors.segments[n] for n in nearest[:EXAMPLES].tolist()),
                segment_ids=tuple(found.vectors.segments[n].id for n in nearest.tolist()),
            )
        )
    return rows


def _types_of(found: "CaseGroupings", members: "NDArray[np.intp]") -> str:
    """`Fight 12, Theft 3`: the types that people gave there, the most frequent first."""
    types = found.vectors.types
    counts: dict[str, int] = {}
    for number in members.tolist():
        kind = types[number]
        if kind is not None:
            counts[kind] = counts.get(kind, 0) + 1
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:4]
    return ", ".join(f"{kind_text(kind)} {count}" for kind, count in ordered)
