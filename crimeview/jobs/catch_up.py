"""Finding anew what an edit, or its undoing, had left when the program was ended."""

from crimeview.core.job import Job
from crimeview.core.scene import Camera, Lesson
from crimeview.jobs.moments import VERSION
from crimeview.jobs.settle import learn_anew
from crimeview.jobs.teach import score_recordings
from crimeview.store.case import Case


def recordings_behind(case: Case) -> list[int]:
    """Those of `Novelty.behind` that can be compared anew from what is stored."""
    behind = case.novelty.behind()
    return [i for i in behind if case.novelty.moments(i, version=VERSION) is not None]


def score_behind(case: Case) -> Job[None]:
    """Compare recordings that are behind with what their cameras know now.

    The quiet time of one that came to its camera meanwhile is learned by what that knows.
    """
    cameras: dict[int, tuple[Camera, list[int]]] = {}
    for recording_id in recordings_behind(case):
        camera = case.scenes.camera_of(recording_id)
        if camera is not None:
            cameras.setdefault(camera.id, (camera, []))[1].append(recording_id)
    for camera, recordings in cameras.values():
        for recording_id in recordings:
            if _is_new_to(case, camera, recording_id):
                yield from learn_anew(case, camera, recording_id)
        yield from score_recordings(case, camera, recordings)


def suggest_behind(case: Case) -> Job[None]:
    """Suggest types anew where people have changed by what, or taken it back, since."""
    if case.types.behind:
        from crimeview.jobs.suggest_types import suggest_types  # brings onnxruntime

        yield from suggest_types(case)


def _is_new_to(case: Case, camera: Camera, recording_id: int) -> bool:
    """Whether what a recording was learned to be came to the camera since it was compared."""
    marks = case.novelty.marks(recording_id) or {}
    compared = int(marks.get("version", 0))
    return any(
        lesson.version > compared
        for lesson in case.scenes.lessons(camera.id)
        if lesson.recording_id == recording_id and lesson.kind is Lesson.QUIET
    )
