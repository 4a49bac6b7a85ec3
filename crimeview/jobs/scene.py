"""What is usual for a camera: learned from its recordings, and how unlike it each of them is."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import reduce
from pathlib import Path
from typing import TypeVar, cast

import numpy as np

from crimeview.core.job import Changed, Job, Step
from crimeview.core.scene import Camera, Lesson
from crimeview.core.spans import Spans
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.cameras import place
from crimeview.jobs.fuse import novel_segments
from crimeview.jobs.moments import moments_of
from crimeview.jobs.scene_marks import Moment, SceneMarks, as_arrays
from crimeview.scene.cells import CellGrid, Moments
from crimeview.scene.learning import Work, learning
from crimeview.scene.scene_counts import SceneCounts
from crimeview.scene.scoring import SceneScorer, marks_within
from crimeview.scene.usual import Usual
from crimeview.store.case import Case
from crimeview.store.features import FeatureWriter

T = TypeVar("T")

_REPORT = 0.1  # s between steps
_ROWS = 256  # read at once
_MUCH = 0.5  # of what is known now; see `jobs.settle`

Parts = Callable[[], Iterator[Moments]]


def stored_moments(grid: CellGrid, writer: FeatureWriter) -> Parts:
    """What is stored of a recording's moments, anew at each call."""
    return moments_of(grid, lambda: writer.parts(rows=_ROWS))


def learn_and_score(
    case: Case, *, recording_id: int, run_id: int, path: Path, grid: CellGrid, writer: FeatureWriter
) -> Job[Track]:
    """Learn a recording's quiet time for its camera, then score the recording by all it knows.

    Stores the lesson, the track and the marks; done again it stores the same. Steps count seconds
    of the recording.
    """
    parts = stored_moments(grid, writer)
    done = writer.analyzed
    message = f"Learning what is usual in {path.name}"
    yield Step(done=done, total=None, message=message)
    camera = case.scenes.camera_of(recording_id)
    if camera is not None and (known_track := _up_to_date(case, recording_id, camera)) is not None:
        case.save_track(run_id, known_track)
        case.scenes.save_marks(run_id, case.scenes.marks(recording_id) or {})
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
    placed = _keep(case, placed, recording_id, own, writer.analyzed)
    usual = Usual(known + own)
    return (
        yield from score(case, run_id, usual, parts, version=placed.version, path=path, done=done)
    )


def score(
    case: Case, run_id: int, usual: Usual, parts: Parts, *, version: int, path: Path, done: float
) -> Job[Track]:
    """Score moments by what is usual, and store the track and the marks of a run.

    `version` is the camera's, of what it knows.
    """
    message = f"Comparing {path.name} with what is usual"
    scorer = SceneScorer(usual)
    told = time.monotonic()
    for part in parts():
        scorer.take(part)
        if time.monotonic() - told > _REPORT:
            yield Step(done=done, total=None, message=message)
            told = time.monotonic()
    times, values = scorer.result()
    track = Track(TrackKind.NOVELTY, times, values)
    found = novel_segments(track, SceneMarks(None))
    spans = np.array([(s.start, s.end) for s in found]).reshape(-1, 2)
    moments: list[Moment] = []
    if len(spans):
        for part in parts():
            moments += marks_within(part, usual, _touched(spans, part), scorer.staying)
            if time.monotonic() - told > _REPORT:
                yield Step(done=done, total=None, message=message)
                told = time.monotonic()
    told_of = {"version": np.array(version), "known": np.array(usual.counts.moments)}
    case.save_track(run_id, track)
    case.scenes.save_marks(run_id, as_arrays(moments) | told_of)
    yield Step(done=done, total=None, message=message, changed=Changed.TRACKS)
    return track


def knowledge(case: Case, camera: Camera, *, but: int | None = None) -> SceneCounts:
    """All that a camera has learned; of the recording `but` not its quiet time."""
    lessons = [
        SceneCounts.from_bytes(lesson.counts)
        for lesson in case.scenes.lessons(camera.id)
        if not (lesson.kind is Lesson.QUIET and lesson.recording_id == but)
    ]
    return reduce(SceneCounts.__add__, lessons, SceneCounts.nothing(CellGrid(*camera.grid)))


def _up_to_date(case: Case, recording_id: int, camera: Camera) -> Track | None:
    """The recording's track, if the camera has not come to know much more since it was made."""
    marks = case.scenes.marks(recording_id)
    lessons = case.scenes.lessons(camera.id)
    if marks is None or "known" not in marks:
        return None
    learned = any(
        lesson.recording_id == recording_id and lesson.kind is Lesson.QUIET for lesson in lessons
    )
    much = _MUCH * knowledge(case, camera).moments
    if not learned or float(marks["known"]) < much:
        return None
    return case.track(recording_id, TrackKind.NOVELTY)


def _keep(
    case: Case, camera: Camera, recording_id: int, counts: SceneCounts, until: float
) -> Camera:
    """Store the lesson, unless the camera has just that already."""
    content = counts.to_bytes()
    for lesson in case.scenes.lessons(camera.id):
        if lesson.recording_id == recording_id and lesson.kind is Lesson.QUIET:
            if lesson.counts == content:
                return camera
            break
    return case.scenes.learn(
        camera.id,
        kind=Lesson.QUIET,
        recording_id=recording_id,
        span=(0.0, until),
        counts=content,
    )


def _touched(spans: Spans, part: Moments) -> Spans:
    begin, end = float(part.times[0, 0]), float(part.times[-1, 1])
    return np.asarray(spans[(spans[:, 0] <= end) & (spans[:, 1] >= begin)])


def stepped(work: Work[T], message: str, *, done: float) -> Job[T]:
    """The result of work in small pieces, with a step now and then."""
    told = time.monotonic()
    with closing(work):
        while True:
            try:
                next(work)
            except StopIteration as end:
                return cast("T", end.value)
            if time.monotonic() - told > _REPORT:
                yield Step(done=done, total=None, message=message)
                told = time.monotonic()
