"""Telling which camera a recording is of, and from which recording a camera learns."""

from dataclasses import dataclass

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.scene import Camera, Lesson, RecordingCamera
from crimeview.jobs.camera_choices import is_alike, own_usual, sight_of
from crimeview.jobs.cameras import background_of
from crimeview.jobs.settle import learn_anew
from crimeview.jobs.teach import known_recording, score_camera, teach
from crimeview.store.case import Case


@dataclass(frozen=True, slots=True)
class Assigned:
    """The camera that a recording is of now; `alike` is whether it shows what the others do."""

    camera: Camera
    alike: bool


def assign_camera(
    case: Case, recording_id: int, camera_id: int, *, reviewer: str = ""
) -> Job[Assigned]:
    """Make a recording one of that camera's, and find anew what is unusual in those of both.

    What was learned of it goes with it. It is an edit of the reviewer's, which can be undone. Works
    from what is stored: nothing is decoded; done again it goes on where it was stopped. Raises
    UsageError where the recording has not been analyzed for novelty, or its picture has another
    shape than the camera's.
    """
    before, _ = known_recording(case, recording_id)
    sight = sight_of(case, camera_id)
    _check_shape(case, recording_id, before, sight.camera)
    alike = before.id == camera_id or is_alike(sight, own_usual(case, before, recording_id))
    _give(case, recording_id, before.id, camera_id, reviewer=reviewer)
    return Assigned((yield from score_given(case, recording_id, before_id=before.id)), alike)


def assign_new_camera(
    case: Case, recording_id: int, name: str, *, reviewer: str = ""
) -> Job[Assigned]:
    """Make a recording one of a new camera of that name, as `assign_camera` does."""
    before, _ = known_recording(case, recording_id)
    name = name.strip()
    if not name:
        raise UsageError("A camera needs a name.")
    if any(sight.camera.name == name for sight in case.scenes.cameras()):
        raise UsageError(f"A camera is called “{name}” already; choose another name.")
    usual = own_usual(case, before, recording_id)
    sight = sight_of(case, before.id)
    camera_id = case.scenes.add(
        name=name,
        folder=case.recording(recording_id).path.parent,
        background=sight.background if usual is None else background_of(usual),
    )
    _give(case, recording_id, before.id, camera_id, reviewer=reviewer)
    camera = yield from score_given(case, recording_id, before_id=before.id)
    return Assigned(camera, alike=True)


def use_as_reference(
    case: Case, recording_id: int, camera_id: int, *, reviewer: str = ""
) -> Job[Camera]:
    """Let a camera learn from a whole recording, which becomes one of its own if it is not yet.

    Raises UsageError as `assign_camera` does.
    """
    camera, _ = known_recording(case, recording_id)
    if camera.id != camera_id:
        yield from assign_camera(case, recording_id, camera_id, reviewer=reviewer)
    return (yield from teach(case, recording_id, kind=Lesson.SPAN, reviewer=reviewer))


def score_given(case: Case, recording_id: int, *, before_id: int) -> Job[Camera]:
    """Find anew what follows of a recording being of another camera than that of `before_id`.

    Its quiet time is learned by what its new camera knows, and the recordings of both are scored.
    """
    camera, _ = known_recording(case, recording_id)
    yield from learn_anew(case, camera, recording_id)
    now = case.scenes.camera_of(recording_id) or camera
    yield from score_camera(case, now)
    left = [sight.camera for sight in case.scenes.cameras() if sight.camera.id == before_id]
    if before_id != camera.id and left:
        yield from score_camera(case, left[0])
    return now


def _give(case: Case, recording_id: int, before_id: int, camera_id: int, *, reviewer: str) -> None:
    if before_id == camera_id:
        return
    change = Change(
        before=RecordingCamera(recording_id=recording_id, camera_id=before_id),
        after=RecordingCamera(recording_id=recording_id, camera_id=camera_id),
    )
    case.edits.make(Edit(action=Action.CAMERA, changes=(change,)), reviewer=reviewer)


def _check_shape(case: Case, recording_id: int, own: Camera, other: Camera) -> None:
    if own.grid != other.grid:
        name = case.recording(recording_id).path.name
        raise UsageError(
            f"The picture of “{name}” has another shape than those of “{other.name}”: what is "
            "usual in one says nothing of the other."
        )
