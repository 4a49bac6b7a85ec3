"""What is usual for a camera: learned from its recordings, and how unlike it each of them is."""

from contextlib import closing
from dataclasses import dataclass, replace
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar, cast

import numpy as np

from crimeview.core.job import Changed, Job, Step
from crimeview.core.scene import Camera, Lesson
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.cameras import place
from crimeview.jobs.fuse import novel_segments
from crimeview.jobs.moments import moments_of
from crimeview.jobs.scene_classes import (
    ObjectLooks,
    judging_classes,
    known_classes,
    learning_classes,
    shows_itself,
)
from crimeview.jobs.scene_marks import SceneMarks, as_arrays
from crimeview.jobs.scene_scores import (
    Parts,
    Telling,
    marked_moments,
    motion_track,
    scored_tracks,
)
from crimeview.scene.cells import CellGrid
from crimeview.scene.class_counts import ClassCounts
from crimeview.scene.learning import Work, learning
from crimeview.scene.scene_counts import SceneCounts
from crimeview.scene.usual import Usual
from crimeview.store.case import Case
from crimeview.store.features import FeatureWriter
from crimeview.store.scenes import NewLesson

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from crimeview.scene.new_classes import NewSeen

T = TypeVar("T")

_ROWS = 256  # read at once
_MUCH = 0.5  # of what is known now; see `jobs.settle`


def stored_moments(grid: CellGrid, writer: FeatureWriter) -> Parts:
    """What is stored of a recording's moments, anew at each call."""
    return moments_of(grid, lambda: writer.parts(rows=_ROWS))


def learn_and_score(
    case: Case,
    *,
    recording_id: int,
    run_id: int,
    path: Path,
    name: str,
    grid: CellGrid,
    writer: FeatureWriter,
    looks: ObjectLooks | None = None,
) -> Job[Track]:
    """Learn a recording's quiet time for its camera, then score the recording by all it knows.

    With `looks` the classes of its objects too. Stores the lesson, the track and the marks; done
    again it stores the same. Steps count seconds of the recording.
    """
    parts = stored_moments(grid, writer)
    done = writer.analyzed
    message = f"Learning what is usual in {name}"
    yield Step(done=done, total=None, message=message)
    camera = case.scenes.camera_of(recording_id)
    shown = Shown(parts, looks, name, writer.clip_key)
    known_track = _up_to_date(case, recording_id, camera, shown) if camera is not None else None
    if known_track is not None:
        step = Step(done=done, total=None, message=message)
        motion = case.track(recording_id, TrackKind.MOTION)
        if motion is None:  # scored before there was one
            motion = yield from motion_track(parts, step=step)
        for track in (known_track, motion):
            yield from _saved(case, run_id, track, step)
        marks = case.novelty.marks(recording_id) or {}
        case.novelty.save_marks(run_id, marks, version=int(marks.get("version", 0)))
        return known_track
    known = SceneCounts.nothing(grid)
    if camera is not None and camera.grid == grid.shape:
        known = knowledge(case, camera, but=recording_id)
    own = yield from stepped(learning(parts, grid, known=known), message, done=done)
    placed = place(case, recording_id, path, Usual(own))
    if camera is None or camera.id != placed.id:
        known = knowledge(case, placed, but=recording_id)
        if known.moments:
            own = yield from stepped(learning(parts, grid, known=known), message, done=done)
    classes = None
    if looks is not None:
        learned = learning_classes(looks, known_classes(case, placed, but=recording_id))
        classes = yield from stepped(learned, message, done=done)
    placed = _keep(case, placed, recording_id, own, classes, writer.analyzed)
    return (yield from score(case, placed, recording_id, run_id, Usual(known + own), shown, done))


@dataclass(frozen=True, slots=True)
class Shown:
    """What is stored of a recording: its moments, and its objects if a detector looked.

    `name` is what it is called, `key` is equal where the moments would be.
    """

    parts: Parts
    looks: ObjectLooks | None
    name: str
    key: str

    @property
    def keys(self) -> dict[str, "NDArray[np.generic]"]:
        """What tells whether a score is of just this."""
        finder = self.looks.finder if self.looks is not None else ""
        return {"moments": np.array(self.key), "objects": np.array(finder)}


def score(
    case: Case,
    camera: Camera,
    recording_id: int,
    run_id: int,
    usual: Usual,
    shown: Shown,
    done: float,
) -> Job[Track]:
    """Score a recording by what is usual for its camera; store the tracks and marks of its run."""
    message = f"Comparing {shown.name} with what is usual"
    new: list[NewSeen] = []
    if shown.looks is not None:
        own = shows_itself(case, camera, recording_id)
        judging = judging_classes(shown.looks, known_classes(case, camera), own=own)
        new = yield from stepped(judging, message, done=done)
    step = Step(done=done, total=None, message=message)
    made = yield from scored_tracks(shown.parts, usual, new=new, step=step)
    found = novel_segments(made.novelty, SceneMarks(None))
    spans = np.array([(s.start, s.end) for s in found]).reshape(-1, 2)
    moments = yield from marked_moments(shown.parts, made.scorer, spans, step=step)
    told_of = {"version": np.array(camera.version), "known": np.array(usual.counts.moments)}
    for track in (made.novelty, made.motion):
        yield from _saved(case, run_id, track, step)
    yield replace(step, changed=Changed.TRACKS)
    # Last, and with no step before its segments are found: what is stopped earlier is behind.
    arrays = as_arrays(moments) | told_of | shown.keys
    case.novelty.save_marks(run_id, arrays, version=camera.version)
    return made.novelty


def knowledge(case: Case, camera: Camera, *, but: int | None = None) -> SceneCounts:
    """All that a camera has learned; of the recording `but` not its quiet time."""
    lessons = [
        SceneCounts.from_bytes(lesson.counts)
        for lesson in case.scenes.lessons(camera.id)
        if not (lesson.kind is Lesson.QUIET and lesson.recording_id == but)
    ]
    return reduce(SceneCounts.__add__, lessons, SceneCounts.nothing(CellGrid(*camera.grid)))


def _saved(case: Case, run_id: int, track: Track, step: Step) -> Job[None]:
    """Store a track, which takes seconds where it is that of a day."""
    telling = Telling()
    with closing(case.analyses.saving_track(run_id, track)) as saving:
        for _ in saving:
            if telling.due():
                yield step


def _up_to_date(case: Case, recording_id: int, camera: Camera, shown: Shown) -> Track | None:
    """The recording's track, if it is of just what is shown now, with all that is ignored in it.

    And if the camera has not come to know much more since it was made.
    """
    marks = case.novelty.marks(recording_id)
    lessons = case.scenes.lessons(camera.id)
    if marks is None or "known" not in marks or recording_id in case.novelty.behind():
        return None
    if any(str(marks.get(name)) != str(key) for name, key in shown.keys.items()):
        return None
    learned = any(
        lesson.recording_id == recording_id and lesson.kind is Lesson.QUIET for lesson in lessons
    )
    much = _MUCH * knowledge(case, camera).moments
    if not learned or float(marks["known"]) < much:
        return None
    return case.track(recording_id, TrackKind.NOVELTY)


def _keep(
    case: Case,
    camera: Camera,
    recording_id: int,
    counts: SceneCounts,
    classes: ClassCounts | None,
    until: float,
) -> Camera:
    """Store the lesson, unless the camera has just that already."""
    content = counts.to_bytes()
    of_classes = classes.to_bytes() if classes is not None else None
    for lesson in case.scenes.lessons(camera.id):
        if lesson.recording_id == recording_id and lesson.kind is Lesson.QUIET:
            if (lesson.counts, lesson.classes) == (content, of_classes):
                return camera
            break
    return case.scenes.learn(
        camera.id,
        NewLesson(
            kind=Lesson.QUIET,
            recording_id=recording_id,
            span=(0.0, until),
            counts=content,
            classes=of_classes,
        ),
    )


def stepped(work: Work[T], message: str, *, done: float) -> Job[T]:
    """The result of work in small pieces, with a step now and then."""
    telling = Telling()
    with closing(work):
        while True:
            try:
                next(work)
            except StopIteration as end:
                return cast("T", end.value)
            if telling.due():
                yield Step(done=done, total=None, message=message)
