"""When the recordings of the case were made, and which of them follow one another."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject, Signal

from crimeview.core.camera_timeline import CameraTimeline, Taken, camera_timelines
from crimeview.core.job import Changed
from crimeview.core.wall_clock import camera_in_name, wall_text
from crimeview.gui.tasks import Tasks
from crimeview.gui.workspace import Workspace
from crimeview.jobs.recording_clocks import found_clocks
from crimeview.store.case import Case
from crimeview.store.rows import CaseClock, CaseRecording

_TOGETHER = 10.0  # s between two recordings that are played on over


class Timeline(QObject):
    """Clocks of the case's recordings, found in the background, and the selected one's timeline.

    `timeline` is None while nothing is selected or its clock is not known yet.
    """

    changed = Signal()

    def __init__(self, workspace: Workspace, tasks: Tasks) -> None:
        super().__init__()
        self.timeline: CameraTimeline | None = None
        self.clocks: Mapping[int, CaseClock] = {}
        self._workspace = workspace
        self._lane = tasks.lane("clocks")
        self._timelines: Sequence[CameraTimeline] = ()
        self._reading = 0
        self._known: tuple[tuple[int, float], ...] = ()  # ids and durations that were read
        self._shown: object = None  # clocks and durations that timelines are made of
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._choose)
        workspace.case_opened.connect(self._on_case_opened)
        self._read()

    @property
    def busy(self) -> bool:
        return self._reading > 0

    @property
    def clock(self) -> CaseClock | None:
        """The selected recording's."""
        recording = self._workspace.recording
        return self.clocks.get(recording.id) if recording is not None else None

    @property
    def camera(self) -> str:
        """The selected recording's camera; its file's name as long as that is not known."""
        recording = self._workspace.recording
        if self.clock is not None:
            return self.clock.camera
        return _camera(recording) if recording is not None else ""

    def wall_text(self, seconds: float, *, decimals: int = 0) -> str:
        """The camera's time at a moment of the selected recording; empty where it is not sure."""
        known = self.clock
        if known is None or not known.clock.source.is_sure:
            return ""
        text = wall_text(known.clock.at(seconds), decimals=decimals)
        return f"{text} {known.clock.zone}" if known.clock.zone else text

    def time_text(self, seconds: float) -> str:
        """The same without date and zone: what there is always room for."""
        known = self.clock
        if known is None or not known.clock.source.is_sure:
            return ""
        return wall_text(known.clock.at(seconds), with_date=False)

    def members(self, camera: str) -> list[int]:
        """The recordings of a camera."""
        return [number for number, known in self.clocks.items() if known.camera == camera]

    def seek(self, seconds: float) -> None:
        """Go to a moment (s) of the timeline; in a gap, to the recording nearest to it."""
        if self.timeline is None:
            return
        piece, within = self.timeline.nearest(seconds)
        playhead = self._workspace.playhead
        self._workspace.select_recording(piece.recording_id)
        playhead.seek(within)

    def play_on(self) -> None:
        """Play on in the recording that follows, if it follows at once."""
        recording = self._workspace.recording
        if self.timeline is None or recording is None:
            return
        here, following = (
            self.timeline.piece_of(recording.id),
            self.timeline.after(recording.id),
        )
        if here is None or following is None or following.start - here.end > _TOGETHER:
            return
        self._workspace.select_recording(following.recording_id)
        self._workspace.playhead.play()

    @property
    def position(self) -> float | None:
        """Where on the timeline the playhead is (s)."""
        recording = self._workspace.recording
        if self.timeline is None or recording is None:
            return None
        piece = self.timeline.piece_of(recording.id)
        return piece.start + self._workspace.playhead.position if piece is not None else None

    def _on_changed(self, changed: Changed) -> None:
        other = changed & Changed.RECORDINGS and _durations(self._workspace) != self._known
        if other or changed & Changed.CLOCKS:
            self._read()

    def _on_case_opened(self) -> None:
        self.clocks, self._timelines, self._known, self._shown = {}, (), (), None
        self._choose()
        self._read()

    def _read(self) -> None:
        self._known = _durations(self._workspace)
        self._call(partial(found_clocks, self._workspace.case, tuple(self._workspace.recordings)))

    def _call(self, work: partial[Mapping[int, CaseClock]]) -> None:
        self._reading += 1
        case = self._workspace.case
        self._lane.call(work, on_result=partial(self._on_read, case), on_error=self._on_failed)

    def _on_read(self, case: Case, clocks: Mapping[int, CaseClock]) -> None:
        self._reading -= 1
        if case is not self._workspace.case:
            return
        if self._shown == (clocks, self._known):
            return
        self.clocks, self._shown = clocks, (clocks, self._known)
        self._timelines = camera_timelines(
            Taken(
                recording_id=recording.id,
                camera=clocks[recording.id].camera,
                clock=clocks[recording.id].clock,
                duration=_duration(recording),
            )
            for recording in self._workspace.recordings
            if recording.id in clocks
        )
        self._choose()

    def _on_failed(self, error: Exception) -> None:
        self._reading -= 1
        self._workspace.notice(error)

    def _choose(self) -> None:
        recording = self._workspace.recording
        self.timeline = None
        if recording is not None:
            self.timeline = next(
                (t for t in self._timelines if t.piece_of(recording.id) is not None), None
            )
        self.changed.emit()


def _duration(recording: CaseRecording) -> float:
    return recording.recording.duration if recording.recording is not None else 0.0


def _durations(workspace: Workspace) -> tuple[tuple[int, float], ...]:
    return tuple((r.id, _duration(r)) for r in workspace.recordings)


def _camera(recording: CaseRecording) -> str:
    return camera_in_name(recording.path.stem, recording.path.parent.name)
