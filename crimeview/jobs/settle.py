"""Going over a camera's recordings again when it has come to know much more than when it began.

What was learned of the first recordings was judged by little knowledge, and so were they. Done
whenever knowledge has doubled it costs, over all, no more than the first time.
"""

from crimeview.core.job import Job, Step
from crimeview.core.scene import Camera, Lesson
from crimeview.jobs.moments import VERSION
from crimeview.jobs.scene import knowledge, stepped, stored_moments
from crimeview.jobs.scene_classes import known_classes, learning_classes, stored_looks
from crimeview.jobs.teach import score_recordings
from crimeview.scene.cells import CellGrid
from crimeview.scene.learning import learning
from crimeview.scene.scene_counts import SceneCounts
from crimeview.store.case import Case
from crimeview.store.scenes import NewLesson

_MUCH = 0.5  # of what is known now; who was judged by less is judged again


def settle(case: Case, camera: Camera) -> Job[None]:
    """Learn and score anew what was judged by less than half of what the camera knows."""
    lessons = case.scenes.lessons(camera.id)
    counts = {lesson.id: SceneCounts.from_bytes(lesson.counts) for lesson in lessons}
    total = sum(each.moments for each in counts.values())
    for lesson in lessons:
        own = counts[lesson.id]
        little = own.judged_by < _MUCH * (total - own.moments)
        if lesson.kind is Lesson.QUIET and little:
            yield from learn_anew(case, camera, lesson.recording_id)
    now = case.scenes.camera_of(lessons[0].recording_id) if lessons else None
    if now is None:
        return
    behind = []
    for recording_id in case.scenes.recordings_of(camera.id):
        marks = case.novelty.marks(recording_id)
        known = float(marks["known"]) if marks is not None and "known" in marks else 0.0
        if marks is not None and known < _MUCH * total:
            behind.append(recording_id)
    yield from score_recordings(case, now, behind)


def learn_anew(case: Case, camera: Camera, recording_id: int) -> Job[None]:
    """Learn the quiet time of a camera's recording by all that the camera knows otherwise.

    From what is stored; where nothing is, what was learned stays.
    """
    stored = case.novelty.moments(recording_id, version=VERSION)
    if stored is None:
        return
    run_id, writer = stored
    grid = CellGrid(*camera.grid)
    name = case.recording(recording_id).path.name
    message = f"Learning anew what is usual in {name}"
    yield Step(done=0, total=None, message=message, recording_id=recording_id)
    known = knowledge(case, camera, but=recording_id)
    work = learning(stored_moments(grid, writer), grid, known=known)
    counts = yield from stepped(work, message, done=0)
    looks = stored_looks(case, run_id, grid)
    classes = None
    if looks is not None:
        shown = learning_classes(looks, known_classes(case, camera, but=recording_id))
        classes = (yield from stepped(shown, message, done=0)).to_bytes()
    case.scenes.learn(
        camera.id,
        NewLesson(
            kind=Lesson.QUIET,
            recording_id=recording_id,
            span=(0.0, writer.analyzed),
            counts=counts.to_bytes(),
            classes=classes,
        ),
    )
