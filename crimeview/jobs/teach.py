"""Teaching a camera: what a person says is usual, and what is forgotten again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from crimeview.core.errors import UsageError
from crimeview.core.job import Changed, Job, Step
from crimeview.core.scene import Camera, Lesson
from crimeview.core.segment import find_segments
from crimeview.core.track import TrackKind
from crimeview.jobs.fuse import found_segments
from crimeview.jobs.moments import VERSION
from crimeview.jobs.resegment import rule_of
from crimeview.jobs.scene import Shown, knowledge, score, stepped, stored_moments
from crimeview.jobs.scene_classes import counting, stored_looks
from crimeview.scene.cells import CellGrid, Moments
from crimeview.scene.class_counts import ClassCounts
from crimeview.scene.learning import as_normal, learned
from crimeview.scene.scene_counts import SceneCounts
from crimeview.scene.usual import Usual
from crimeview.store.case import Case
from crimeview.store.features import FeatureWriter

_LEAST = 0.5  # s that a span must last


def teach(case: Case, recording_id: int, *, kind: Lesson, start: float, end: float) -> Job[Camera]:
    """Learn a span (s) of a recording as usual, and find anew what is not in all of its camera's.

    Works from what is stored: nothing is decoded. Steps count recordings. Raises UsageError where
    the recording has not been analyzed for novelty, or the span is too short to learn from.
    """
    camera, writer = _known(case, recording_id)
    grid = CellGrid(*camera.grid)
    if end - start < _LEAST:
        raise UsageError("This span is too short to learn from; choose half a second or more.")

    def within() -> Iterator[Moments]:
        for part in stored_moments(grid, writer)():
            middle = part.times.mean(axis=1)
            chosen = (middle >= start) & (middle < end)
            if chosen.any():
                yield part.of(chosen)

    yield Step(done=0, total=None, message="Learning what is usual")
    known = knowledge(case, camera)
    counts = learned(within, grid, known=known, trust=True)
    if not counts.moments:
        raise UsageError("Nothing is stored of this span; analyze the recording again.")
    shown = yield from _classes(case, recording_id, grid, span=(start, end))
    camera = case.scenes.learn(
        camera.id,
        kind=kind,
        recording_id=recording_id,
        span=(start, end),
        counts=_weighed(counts, kind, known).to_bytes(),
        classes=shown.as_usual().to_bytes() if shown is not None else None,
    )
    yield from score_camera(case, camera)
    return camera


def forget(case: Case, recording_id: int, *, lesson_id: int | None = None) -> Job[Camera]:
    """Forget one lesson of a recording's camera, or all that persons have taught it.

    What its recordings have shown themselves stays: it is what they are compared with. Raises
    UsageError as `teach` does.
    """
    camera, _ = _known(case, recording_id)
    chosen = [
        lesson.id
        for lesson in case.scenes.lessons(camera.id)
        if lesson.id == lesson_id or (lesson_id is None and lesson.kind is not Lesson.QUIET)
    ]
    return (yield from forget_lessons(case, camera, chosen))


def forget_lessons(case: Case, camera: Camera, lesson_ids: Iterable[int]) -> Job[Camera]:
    """Forget lessons of a camera, and find anew what is unusual in all its recordings."""
    yield Step(done=0, total=None, message="Forgetting")
    for lesson_id in lesson_ids:
        camera = case.scenes.forget(camera.id, lesson_id=lesson_id)
    yield from score_camera(case, camera)
    return camera


def score_camera(case: Case, camera: Camera) -> Job[None]:
    """Compare all recordings of a camera with what it knows now; nothing is decoded."""
    yield from score_recordings(case, camera, case.scenes.recordings_of(camera.id))


def score_recordings(case: Case, camera: Camera, recordings: Sequence[int]) -> Job[None]:
    """Compare recordings (ids) of a camera with what it knows now; steps count them."""
    if not recordings:
        return
    grid, known = CellGrid(*camera.grid), knowledge(case, camera)
    usual = Usual(known)
    for number, recording_id in enumerate(recordings):
        stored = case.scenes.stored(recording_id, version=VERSION)
        if stored is None:
            continue
        run_id, writer = stored
        path = case.recording(recording_id).path
        looks = stored_looks(case, run_id, grid)
        shown = Shown(stored_moments(grid, writer), looks, path, writer.clip_key)
        yield from score(case, camera, recording_id, run_id, usual, shown, number)
        _find(case, recording_id, run_id)
        yield Step(
            done=number + 1,
            total=len(recordings),
            message=f"Finding the segments of {path.name}",
            changed=Changed.TRACKS | Changed.SEGMENTS,
            recording_id=recording_id,
        )


def _classes(
    case: Case, recording_id: int, grid: CellGrid, *, span: tuple[float, float]
) -> Job[ClassCounts | None]:
    """The classes of objects in a span; None where no detector looked."""
    stored = case.scenes.stored(recording_id, version=VERSION)
    looks = stored_looks(case, stored[0], grid) if stored is not None else None
    if looks is None:
        return None
    return (yield from stepped(counting(looks, span=span), "Learning what is usual", done=0))


def _find(case: Case, recording_id: int, run_id: int) -> None:
    run = case.newest_run(recording_id)
    frames = case.track(recording_id, TrackKind.FRAME_SCORES)
    if run is None or frames is None:
        return
    novelty = case.track(recording_id, TrackKind.NOVELTY)
    segments = found_segments(
        case, recording_id, find_segments(frames, rule_of(run)), novelty=novelty
    )
    case.replace_segments(recording_id, run_id, segments)


def _known(case: Case, recording_id: int) -> tuple[Camera, FeatureWriter]:
    camera = case.scenes.camera_of(recording_id)
    stored = case.scenes.stored(recording_id, version=VERSION)
    if camera is None or stored is None:
        raise UsageError("What is usual for this camera is not known yet; analyze the recording.")
    return camera, stored[1]


def _weighed(counts: SceneCounts, kind: Lesson, known: SceneCounts) -> SceneCounts:
    """The counts as often as a person's word weighs.

    They say what is usual at their places, not how often something unusual is to be expected.
    """
    if kind is Lesson.SPAN:
        return replace(counts, peaks=np.zeros_like(counts.peaks))
    return as_normal(counts, known)
