"""Rules by name, kept in the case for each camera."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from crimeview.core.segment import SegmentRule
from crimeview.gui.tasks import Tasks
from crimeview.gui.timeline import Timeline
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case
from crimeview.store.rows import RulePreset


class Presets(QObject):
    """`presets` are all of the case, as last read, those of the selected camera first."""

    changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks, timeline: Timeline) -> None:
        super().__init__()
        self._all: Sequence[RulePreset] = ()
        self._workspace = workspace
        self._timeline = timeline
        self._lane = tasks.lane("presets")
        workspace.case_opened.connect(self._read)
        timeline.changed.connect(self.changed)
        self._read()

    @property
    def presets(self) -> Sequence[RulePreset]:
        return sorted(self._all, key=lambda preset: preset.camera != self._timeline.camera)

    @property
    def camera(self) -> str:
        """What presets are kept for now."""
        return self._timeline.camera

    def save(self, name: str, rule: SegmentRule) -> None:
        """Keep the rule by name for the selected recording's camera."""
        preset = RulePreset(camera=self.camera, name=name.strip(), rule=rule)
        if preset.name and preset.camera:
            self._call(partial(_changed, lambda case: case.save_preset(preset)))

    def delete(self, preset: RulePreset) -> None:
        self._call(partial(_changed, lambda case: case.delete_preset(preset)))

    def _read(self) -> None:
        self._call(Case.presets)

    def _call(self, work: Callable[[Case], Sequence[RulePreset]]) -> None:
        case = self._workspace.case
        self._lane.call(
            lambda: work(case),
            on_result=partial(self._take, case),
            on_error=self._workspace.notice,
        )

    def _take(self, case: Case, presets: Sequence[RulePreset]) -> None:
        if case is self._workspace.case:
            self._all = presets
            self.changed.emit()


def _changed(change: Callable[[Case], None], case: Case) -> Sequence[RulePreset]:
    change(case)
    return case.presets()
