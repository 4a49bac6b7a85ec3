"""The list of segments with its scope, or why it is empty."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy

from crimeview.core.job import Changed
from crimeview.core.recording import RecordingState
from crimeview.gui.commands import Actions
from crimeview.gui.key_bindings import KeyBindings
from crimeview.gui.look import Look
from crimeview.gui.put_off import PutOff
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.style import Space, Type
from crimeview.gui.text import translate
from crimeview.gui.thresholding import Thresholding
from crimeview.gui.thumbnails import Thumbnails
from crimeview.gui.widgets.buttons import action_button, keep_keys
from crimeview.gui.widgets.empty_state import EmptyState
from crimeview.gui.widgets.filter_bar import FilterBar
from crimeview.gui.widgets.panel import Panel
from crimeview.gui.widgets.review_card import ReviewCard
from crimeview.gui.widgets.review_progress import ReviewProgress
from crimeview.gui.widgets.segment_list import SegmentList
from crimeview.gui.workspace import Scope, Workspace

_EARLY = (RecordingState.NEW, RecordingState.STOPPED)
_AT_WORK = (RecordingState.WAITING, RecordingState.ANALYZING)


class SegmentPanel(Panel):
    """Segments, what is said of them, and how far their review is."""

    def __init__(
        self,
        workspace: Workspace,
        thresholding: Thresholding,
        reviewing: Reviewing,
        actions: Actions,
        keys: KeyBindings,
        *,
        look: Look,
        thumbnails: Thumbnails,
    ) -> None:
        self.list = SegmentList(workspace, reviewing, look=look, thumbnails=thumbnails)
        self._empty = EmptyState("segment", look=look)
        super().__init__(
            translate("SegmentPanel", "Segments"), content=self.list, empty=self._empty, look=look
        )
        self._workspace = workspace
        self._thresholding = thresholding
        self._keys = keys
        self._scope = _scope_box()
        self._scope.activated.connect(lambda i: workspace.set_scope(list(Scope)[i]))
        self.controls.addWidget(self._scope)
        for command_id in ("previous-segment", "next-segment"):
            self.controls.addWidget(action_button(actions, command_id))
        self.filters = FilterBar(workspace, look=look)
        self.card = ReviewCard(workspace, reviewing, actions, look=look)
        self.progress = ReviewProgress(workspace, look=look)
        self.add_head(self.progress)
        self.add_head(self.filters)
        self.add_foot(self.card)
        self.add_foot(_honest_word(look))
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._show)
        self._painting = PutOff(self, workspace.turns)
        workspace.recording_selected.connect(self._painting.once)
        thresholding.changed.connect(self._show)
        keys.changed.connect(self._show)
        self._show()

    def _on_changed(self, changed: Changed) -> None:
        if changed & (Changed.SEGMENTS | Changed.REVIEWS | Changed.RECORDINGS):
            self._show()

    def _show(self) -> None:
        workspace = self._workspace
        self._scope.setCurrentIndex(list(Scope).index(workspace.scope))
        count, total = len(workspace.listed), len(workspace.segments_in(workspace.scope))
        self.show_count(count, text=f"{count}/{total}" if count < total else None)
        for part in (self.progress, self.filters, self.card):
            part.setVisible(total > 0)
        if not count:
            self._empty.say(*self._why_empty())

    def _why_empty(self) -> tuple[str, str]:
        recording = self._workspace.recording
        if self._workspace.segments_in(self._workspace.scope):
            return (
                translate("SegmentPanel", "Nothing listed"),
                translate(
                    "SegmentPanel",
                    "No segment fits what is looked for. {key} lists everything again.",
                ).format(key=self._keys.said("list-everything")),
            )
        if recording is None and self._workspace.scope is Scope.RECORDING:
            return "", translate("SegmentPanel", "Choose a recording to see its segments.")
        states = {r.state for r in self._workspace.recordings}
        if recording is not None and self._workspace.scope is Scope.RECORDING:
            states = {recording.state}
        if states & set(_AT_WORK):
            return "", translate("SegmentPanel", "What is worth looking at will appear here.")
        if states <= set(_EARLY):
            return "", translate("SegmentPanel", "Analyze the recording to find segments.")
        if states == {RecordingState.FAILED}:
            return "", translate("SegmentPanel", "The recording could not be analyzed.")
        rule = self._thresholding.rule
        return (
            translate("SegmentPanel", "Nothing found"),
            translate(
                "SegmentPanel",
                "No score reaches the threshold of {threshold}. Lower it to see weaker leads.",
            ).format(threshold=f"{rule.threshold:.2f}" if rule is not None else ""),
        )


def _scope_box() -> QComboBox:
    box = QComboBox()
    box.addItems(
        [
            translate("SegmentPanel", "This recording"),
            translate("SegmentPanel", "All recordings"),
        ]
    )
    box.setAccessibleName(translate("SegmentPanel", "Whose segments are listed"))
    box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    box.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)  # never cut off
    keep_keys(box)
    return box


def _honest_word(look: Look) -> QLabel:
    label = QLabel(translate("SegmentPanel", "A score is a lead, not a finding."))
    label.setWordWrap(True)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setContentsMargins(Space.SMALL, Space.SMALL, Space.SMALL, Space.SMALL)
    label.setFont(look.font(Type.SMALL))
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
