"""What is unusual in the selected recording's picture, what is usual, and teaching it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from crimeview.core.found_by import FoundBy
from crimeview.core.job import Changed
from crimeview.core.novelty import Mark
from crimeview.core.scene import Camera, Lesson, UsualPicture
from crimeview.gui.errands import Errands
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.text import length_text, translate
from crimeview.gui.workspace import Workspace
from crimeview.jobs.scene_marks import SceneMarks, load_marks
from crimeview.store.case import Case

_NOTHING = SceneMarks(None)


class SceneSight(QObject):
    """Marks and learned normal as last read of the selected recording, in the background."""

    changed = Signal()

    def __init__(self, workspace: Workspace, errands: Errands, reviewing: Reviewing) -> None:
        super().__init__()
        self._workspace = workspace
        self._errands = errands
        self._reviewing = reviewing
        self._marks = _NOTHING
        self.usual: UsualPicture | None = None
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._on_selected)
        self._read()

    def marks_at(self, seconds: float) -> Sequence[Mark]:
        """What is unusual at a time, at most two."""
        return self._marks.at(seconds)

    def call_normal(self) -> None:
        """Teach the camera that the selected segment is normal, and find anew what is not."""
        row = self._workspace.segment
        if row is None:
            return
        if FoundBy.NOVELTY not in row.segment.found_by:
            self._workspace.noticed.emit(
                translate(
                    "Scene",
                    "Nothing unusual for this camera was found here, and networks do not learn; "
                    "dismiss it instead.",
                )
            )
            return
        title = translate("Scene", "Learning that this is normal here")
        self._teach(title, row.recording_id, Lesson.NORMAL, row.segment.start, row.segment.end)

    def learn_from(self, start: float, end: float) -> None:
        """Teach the camera that a span (s) of the selected recording is usual."""
        recording = self._workspace.recording
        if recording is not None:
            title = translate("Scene", "Learning from {span} of this recording")
            text = title.format(span=length_text(max(0.0, end - start)))
            self._teach(text, recording.id, Lesson.SPAN, start, end)

    def forget(self) -> None:
        """Forget what was taught to the camera of the selected recording."""
        from crimeview.jobs.teach import forget  # OpenCV is slow to load

        recording = self._workspace.recording
        if recording is not None:
            title = translate("Scene", "Forgetting what was taught to this camera")
            job = forget(self._workspace.case, recording.id, reviewer=self._reviewing.reviewer)
            said = translate("Scene", "Forgotten. What is unusual in “{camera}” was found anew.")
            self._errands.run(title, job, then=lambda camera: self._say(said, camera))

    def _teach(self, title: str, recording_id: int, kind: Lesson, start: float, end: float) -> None:
        from crimeview.jobs.teach import teach  # OpenCV is slow to load

        job = teach(
            self._workspace.case,
            recording_id,
            kind=kind,
            start=start,
            end=end,
            reviewer=self._reviewing.reviewer,
        )
        said = translate("Scene", "Learned. What is unusual in “{camera}” was found anew.")
        self._errands.run(title, job, then=lambda camera: self._say(said, camera))

    def _say(self, text: str, camera: Camera) -> None:
        if not self._errands.busy:  # else something was undone meanwhile, and is found anew now
            self._workspace.succeeded.emit(text.format(camera=camera.name))
        self._reviewing.refresh_stacks()
        self._read()

    def _on_changed(self, changed: Changed) -> None:
        if changed & Changed.TRACKS:
            self._read()

    def _on_selected(self) -> None:
        self._marks, self.usual = _NOTHING, None
        self.changed.emit()
        self._read()

    def _read(self) -> None:
        recording = self._workspace.recording
        if recording is None:
            return
        number = recording.id
        self._workspace.access.ask_quietly(
            lambda case: _read_scene(case, number), self._taker(number)
        )

    def _taker(
        self, recording_id: int
    ) -> Callable[[tuple[SceneMarks, UsualPicture | None] | None], None]:
        def take(read: tuple[SceneMarks, UsualPicture | None] | None) -> None:
            selected = self._workspace.recording
            if read is not None and selected is not None and selected.id == recording_id:
                self._marks, self.usual = read
                self.changed.emit()

        return take


def _read_scene(case: Case, recording_id: int) -> tuple[SceneMarks, UsualPicture | None]:
    from crimeview.jobs.usual_picture import usual_picture  # OpenCV is slow to load

    return load_marks(case, recording_id), usual_picture(case, recording_id)
