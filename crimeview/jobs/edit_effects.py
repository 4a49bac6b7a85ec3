"""What is found anew after an edit was undone or made again.

What a person teaches is stored at once; what follows of it takes a while and is a job of its own.
"""

from collections.abc import Iterator

from crimeview.core.edit import Edit
from crimeview.core.job import Job
from crimeview.core.scene import RecordingCamera, TaughtLesson
from crimeview.core.type_suggestion import ClusterName, TypeLessonUse
from crimeview.jobs.assign_camera import score_given
from crimeview.jobs.teach import score_camera
from crimeview.store.case import Case

_SUGGESTING = (TypeLessonUse, ClusterName)


def has_effects(edit: Edit) -> bool:
    """Whether something is to be found anew after it."""
    kinds = (TaughtLesson, RecordingCamera, *_SUGGESTING)
    return any(isinstance(change.after or change.before, kinds) for change in edit.changes)


def edit_effects(case: Case, edit: Edit) -> Job[None]:
    """Find anew what is unusual where a camera knows something else, or is another, after an edit.

    And suggest types anew by what is used of what was learned, and by the names of clusters. From
    what is stored: nothing is decoded. Done again it finds the same.
    """
    for change in edit.changes:
        before = change.before
        if isinstance(before, RecordingCamera):
            yield from score_given(case, before.recording_id, before_id=before.camera_id)
    recordings = dict.fromkeys(lesson.recording_id for lesson in _lessons(edit))
    cameras = (case.scenes.camera_of(number) for number in recordings)
    for camera in {camera.id: camera for camera in cameras if camera is not None}.values():
        yield from score_camera(case, camera)
    if any(isinstance(change.after, _SUGGESTING) for change in edit.changes):
        from crimeview.jobs.suggest_types import suggest_types  # brings onnxruntime

        yield from suggest_types(case)


def _lessons(edit: Edit) -> Iterator[TaughtLesson]:
    records = (change.after or change.before for change in edit.changes)
    return (record for record in records if isinstance(record, TaughtLesson))
