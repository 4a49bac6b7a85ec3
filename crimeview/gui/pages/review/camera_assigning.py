"""Choosing the camera that a recording is compared with, and what that camera learns from."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from crimeview.core.scene import Camera, CameraChoice, ReferenceChoice
from crimeview.gui.errands import Errands
from crimeview.gui.look import Look
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.text import translate
from crimeview.gui.widgets.scene_dialogs import ReferenceDialog, SceneCameraDialog
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case


class CameraAssigning:
    """Asks for the selected recording; what comes of it is an errand, and told."""

    def __init__(
        self,
        workspace: Workspace,
        errands: Errands,
        reviewing: Reviewing,
        *,
        look: Look,
        parent: QWidget,
    ) -> None:
        self._workspace = workspace
        self._errands = errands
        self._reviewing = reviewing
        self._look = look
        self._parent = parent

    def ask_camera(self) -> None:
        """Ask which camera the selected recording is of."""
        recording = self._workspace.recording
        if recording is None:
            return
        number, name = recording.id, recording.path.name

        def show(choices: Sequence[CameraChoice]) -> None:
            SceneCameraDialog(
                name,
                choices,
                lambda chosen: self.assign(number, chosen),
                look=self._look,
                parent=self._parent,
            ).open()

        self._workspace.access.ask(lambda case: _cameras(case, number), show)

    def ask_reference(self) -> None:
        """Ask from which recording the selected one's camera is to learn."""
        recording = self._workspace.recording
        if recording is None:
            return
        number = recording.id

        def show(found: tuple[Camera, Sequence[ReferenceChoice]]) -> None:
            camera, choices = found
            ReferenceDialog(
                camera.name,
                choices,
                lambda chosen: self.learn_from(chosen, camera),
                look=self._look,
                parent=self._parent,
            ).open()

        self._workspace.access.ask(lambda case: _references(case, number), show)

    def assign(self, recording_id: int, chosen: int | str) -> None:
        """Give a recording to a camera, by its number or, if it is a new one, by its name."""
        from crimeview.jobs.assign_camera import (  # OpenCV is slow to load
            assign_camera,
            assign_new_camera,
        )

        case, who = self._workspace.case, self._reviewing.reviewer
        job = (
            assign_camera(case, recording_id, chosen, reviewer=who)
            if isinstance(chosen, int)
            else assign_new_camera(case, recording_id, chosen, reviewer=who)
        )
        title = translate("Scene", "Comparing with another camera")
        self._errands.run(title, job, then=lambda found: self._say(found.camera))

    def learn_from(self, recording_id: int, camera: Camera) -> None:
        """Let a camera learn from a whole recording."""
        from crimeview.jobs.assign_camera import use_as_reference  # OpenCV is slow to load

        who = self._reviewing.reviewer
        job = use_as_reference(self._workspace.case, recording_id, camera.id, reviewer=who)
        title = translate("Scene", "Learning from a recording")
        self._errands.run(title, job, then=self._say)

    def _say(self, camera: Camera) -> None:
        said = translate("Scene", "Learned. What is unusual in “{camera}” was found anew.")
        if not self._errands.busy:  # else something was undone meanwhile, and is found anew now
            self._workspace.succeeded.emit(said.format(camera=camera.name))
        self._reviewing.refresh_stacks()


def _cameras(case: Case, recording_id: int) -> list[CameraChoice]:
    from crimeview.jobs.camera_choices import camera_choices  # OpenCV is slow to load

    return camera_choices(case, recording_id)


def _references(case: Case, recording_id: int) -> tuple[Camera, list[ReferenceChoice]]:
    from crimeview.jobs.camera_choices import reference_choices  # OpenCV is slow to load

    return reference_choices(case, recording_id)
