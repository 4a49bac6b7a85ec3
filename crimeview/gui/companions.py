"""Other recordings beside the selected one, each at the same moment by its camera's clock."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from crimeview.core.errors import CaseError
from crimeview.core.wall_clock import wall_text
from crimeview.gui.following import Follower
from crimeview.gui.playhead import Playhead
from crimeview.gui.preview import Preview
from crimeview.gui.strip import Strip
from crimeview.gui.tasks import Tasks
from crimeview.gui.timeline import Timeline
from crimeview.gui.workspace import Workspace
from crimeview.store.rows import CaseRecording

MOST = 3  # beside the selected one


class Companion(Follower):
    """A recording beside the selected one.

    `synchronous` says that its offset comes from both cameras' clocks, else both begin together.
    """

    def __init__(
        self, recording: CaseRecording, leader: Playhead, tasks: Tasks, strip: Strip
    ) -> None:
        known = recording.recording
        super().__init__(
            recording.path,
            leader,
            tasks,
            end=known.duration if known is not None else 0.0,
            preview_at=partial(_preview, strip, recording.path),
        )
        self.recording = recording
        self.synchronous = False

    def set_offset(self, offset: float, *, synchronous: bool) -> None:
        self.synchronous = synchronous
        self.lag_by(offset)


class Companions(QObject):
    """Up to three of them; the selected recording is never one."""

    changed = Signal()  # which there are

    def __init__(self, workspace: Workspace, tasks: Tasks, timeline: Timeline) -> None:
        super().__init__()
        self.companions: list[Companion] = []
        self._workspace = workspace
        self._playhead = workspace.playhead
        self._tasks = tasks
        self._timeline = timeline
        self._strip = Strip(workspace)
        self._playhead.sought.connect(self._follow)
        self._playhead.moved.connect(self._follow)
        self._playhead.rate_changed.connect(self._follow)
        timeline.changed.connect(self._set_offsets)
        workspace.recording_selected.connect(self._on_selected)
        workspace.case_opened.connect(self.close)

    @property
    def busy(self) -> bool:
        return any(companion.player.busy for companion in self.companions)

    @property
    def choices(self) -> Sequence[CaseRecording]:
        """What can be shown beside the selected recording, those of the same time first."""
        selected = self._workspace.recording
        others = [r for r in self._workspace.recordings if r is not selected]
        return sorted(others, key=lambda recording: not self.overlaps(recording))

    def shows(self, recording_id: int) -> bool:
        return any(c.recording.id == recording_id for c in self.companions)

    def overlaps(self, recording: CaseRecording) -> bool:
        """Whether it shows some of the same time as the selected one, as far as clocks tell."""
        selected = self._workspace.recording
        if selected is None or recording.recording is None or selected.recording is None:
            return False
        offset = self._offset(recording)
        if offset is None:
            return False
        return offset < recording.recording.duration and -offset < selected.recording.duration

    def toggle(self, recording_id: int) -> None:
        """Show a recording beside the selected one, or show it no longer."""
        if self.shows(recording_id):
            self._remove(recording_id)
        elif len(self.companions) < MOST:
            recording = self._workspace.recording_of(recording_id)
            if recording is None or recording is self._workspace.recording:
                return
            made = Companion(recording, self._playhead, self._tasks, self._strip)
            self.companions.append(made)
            self._set_offset(made)
            self.changed.emit()

    def time_text(self, companion: Companion) -> str:
        """The companion's own camera's time; empty where it is not sure."""
        known = self._timeline.clocks.get(companion.recording.id)
        if known is None or not known.clock.source.is_sure:
            return ""
        return wall_text(known.clock.at(companion.playhead.position))

    def close(self) -> None:
        """Show none any longer."""
        for companion in self.companions:
            companion.close()
        had, self.companions = bool(self.companions), []
        if had:
            self.changed.emit()

    def _remove(self, recording_id: int) -> None:
        for companion in self.companions:
            if companion.recording.id == recording_id:
                companion.close()
        self.companions = [c for c in self.companions if c.recording.id != recording_id]
        self.changed.emit()

    def _offset(self, recording: CaseRecording) -> float | None:
        """What to add to the selected recording's seconds; None where the clocks do not tell."""
        selected = self._workspace.recording
        known = self._timeline.clocks.get(recording.id)
        own = self._timeline.clocks.get(selected.id) if selected is not None else None
        if known is None or own is None:
            return None
        if not (known.clock.source.is_sure and own.clock.source.is_sure):
            return None
        return own.clock.instant() - known.clock.instant()

    def _set_offsets(self) -> None:
        for companion in self.companions:
            self._set_offset(companion)

    def _set_offset(self, companion: Companion) -> None:
        offset = self._offset(companion.recording)
        companion.set_offset(offset or 0.0, synchronous=offset is not None)

    def _follow(self, _value: float) -> None:
        for companion in self.companions:
            companion.follow()

    def _on_selected(self) -> None:
        selected = self._workspace.recording
        if selected is None:
            self.close()
        elif self.shows(selected.id):
            self._remove(selected.id)
        self._set_offsets()


def _preview(strip: Strip, path: Path, seconds: float) -> Preview | None:
    try:
        return strip.picture_of(path, seconds)
    except CaseError:
        return None
