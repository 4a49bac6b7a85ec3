"""Rules by name, kept in the case for each camera."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from crimeview.core.job import Changed
from crimeview.core.segment import RulePreset, SegmentRule
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.tasks import Tasks
from crimeview.gui.timeline import Timeline
from crimeview.gui.workspace import Workspace
from crimeview.jobs.rule_presets import deleted_preset, kept_preset
from crimeview.store.case import Case


class Presets(QObject):
    """`presets` are all of the case, as last read, those of the selected camera first.

    They are kept and deleted by edits.
    """

    changed = Signal()

    def __init__(
        self, workspace: Workspace, tasks: Tasks, timeline: Timeline, reviewing: Reviewing
    ) -> None:
        super().__init__()
        self._all: Sequence[RulePreset] = ()
        self._workspace = workspace
        self._timeline = timeline
        self._reviewing = reviewing
        self._lane = tasks.lane("presets")
        self._reading = 0
        workspace.case_opened.connect(self._read)
        workspace.changed.connect(self._on_changed)
        timeline.changed.connect(self.changed)
        self._read()

    @property
    def presets(self) -> Sequence[RulePreset]:
        return sorted(self._all, key=lambda preset: preset.camera != self._timeline.camera)

    @property
    def busy(self) -> bool:
        """Whether they are being read."""
        return self._reading > 0

    @property
    def camera(self) -> str:
        """What presets are kept for now."""
        return self._timeline.camera

    def save(self, name: str, rule: SegmentRule) -> None:
        """Keep the rule by name for the selected recording's camera."""
        preset = RulePreset(camera=self.camera, name=name.strip(), rule=rule)
        edit = kept_preset(preset, known=self._all)
        if edit is not None and preset.name and preset.camera:
            self._reviewing.make(edit, Changed.PRESETS)

    def delete(self, preset: RulePreset) -> None:
        self._reviewing.make(deleted_preset(preset), Changed.PRESETS)

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.PRESETS:
            self._read()

    def _read(self) -> None:
        case = self._workspace.case
        self._reading += 1
        self._lane.call(
            case.presets.all,
            on_result=partial(self._take, case),
            on_error=self._on_failed,
        )

    def _on_failed(self, error: Exception) -> None:
        self._reading -= 1
        self._workspace.notice(error)

    def _take(self, case: Case, presets: Sequence[RulePreset]) -> None:
        self._reading -= 1
        if case is self._workspace.case and list(presets) != list(self._all):
            self._all = presets
            self.changed.emit()
