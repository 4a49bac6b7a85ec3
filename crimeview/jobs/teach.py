"""Teaching a camera: what a person says is usual, and what is forgotten again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.errors import UsageError
from crimeview.core.job import Changed, Job, Step
from crimeview.core.scene import Camera, Lesson, TaughtLesson
from crimeview.core.segment import find_segments
from crimeview.core.timetext import clock_text
from crimeview.core.track import TrackKind
from crimeview.jobs.fuse import found_segments, tracks_beside
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
from crimeview.store.scenes import NewLesson

_LEAST = 0.5  # s that a span must last


def teach(
    case: Case,
    recording_id: int,
    *,
    kind: Lesson = Lesson.SPAN,
    start: float = 0.0,
    end: float | None = None,
    reviewer: str = "",
) -> Job[Camera]:
    """Learn a span (s) of a recording as usual, and find anew what is not in all of its camera's.

    Without an `end`, or with one behind that, it is learned to its end. It is an edit of the
    reviewer's, which can be undone; `jobs.edit_effects` finds anew what is unusual then. Works from
    what is stored: nothing is decoded. Steps count recordings. Raises UsageError where the
    recording has not been analyzed for novelty, or the span is too short to learn from or lies
    behind what was analyzed.
    """
    camera, writer = known_recording(case, recording_id)
    grid = CellGrid(*camera.grid)
    end = min(end, writer.analyzed) if end is not None else writer.analyzed
    if start >= writer.analyzed:
        raise UsageError(
            f"The recording was analyzed up to {clock_text(writer.analyzed)}; choose a span before "
            "that."
        )
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
    lesson = case.scenes.prepare(
        camera.id,
        NewLesson(
            kind=kind,
            recording_id=recording_id,
            span=(start, end),
            counts=_weighed(counts, kind, known).to_bytes(),
            classes=shown.as_usual().to_bytes() if shown is not None else None,
        ),
    )
    case.edits.make(_edit(Action.TEACH, before=[None], after=[lesson]), reviewer=reviewer)
    camera = case.scenes.camera_of(recording_id) or camera
    yield from score_camera(case, camera)
    return camera


def forget(
    case: Case, recording_id: int, *, lesson_id: int | None = None, reviewer: str = ""
) -> Job[Camera]:
    """Forget one lesson of a recording's camera, or all that persons have taught it.

    What its recordings have shown themselves stays: it is what they are compared with. Raises
    UsageError as `teach` does.
    """
    camera, _ = known_recording(case, recording_id)
    chosen = [
        lesson.id
        for lesson in case.scenes.lessons(camera.id)
        if lesson.id == lesson_id or (lesson_id is None and lesson.kind is not Lesson.QUIET)
    ]
    return (yield from forget_lessons(case, camera, chosen, reviewer=reviewer))


def forget_lessons(
    case: Case, camera: Camera, lesson_ids: Iterable[int], *, reviewer: str = ""
) -> Job[Camera]:
    """Forget lessons of a camera, and find anew what is unusual in all its recordings.

    It is an edit, as teaching is.
    """
    yield Step(done=0, total=None, message="Forgetting")
    chosen = set(lesson_ids)
    lessons = [lesson for lesson in case.scenes.taught(camera.id) if lesson.id in chosen]
    if lessons:
        edit = _edit(Action.FORGET, before=lessons, after=[None] * len(lessons))
        case.edits.make(edit, reviewer=reviewer)
        camera = case.scenes.camera_of(lessons[0].recording_id) or camera
    yield from score_camera(case, camera)
    return camera


def _edit(
    action: Action,
    *,
    before: Sequence[TaughtLesson | None],
    after: Sequence[TaughtLesson | None],
) -> Edit:
    changes = (Change(before=b, after=a) for b, a in zip(before, after, strict=True))
    return Edit(action=action, changes=tuple(changes))


def score_camera(case: Case, camera: Camera) -> Job[None]:
    """Compare all recordings of a camera with what it knows now; nothing is decoded."""
    yield from score_recordings(case, camera, case.scenes.recordings_of(camera.id))


def score_recordings(case: Case, camera: Camera, recordings: Sequence[int]) -> Job[None]:
    """Compare recordings (ids) of a camera with what it knows now; steps count them.

    What is taught, forgotten or undone meanwhile, in another window, counts too.
    """
    known: _Known | None = None
    for number, recording_id in enumerate(recordings):
        stored = case.novelty.moments(recording_id, version=VERSION)
        if stored is None:
            continue
        run_id, writer = stored
        grid, path = CellGrid(*camera.grid), case.recording(recording_id).path
        looks = stored_looks(case, run_id, grid)
        shown = Shown(stored_moments(grid, writer), looks, path.name, writer.clip_key)
        scored = False
        while (now := case.scenes.camera_of(recording_id)) is not None and now.id == camera.id:
            if scored and known is not None and known.version == now.version:
                break
            if known is None or known.version != now.version:
                known = _Known(now.version, Usual(knowledge(case, now)))
            yield from score(case, now, recording_id, run_id, known.usual, shown, number)
            scored = True
        _find(case, recording_id, run_id)
        yield Step(
            done=number + 1,
            total=len(recordings),
            message=f"Finding the segments of {path.name}",
            changed=Changed.TRACKS | Changed.SEGMENTS,
            recording_id=recording_id,
        )


@dataclass(frozen=True, slots=True, eq=False)
class _Known:
    """What a camera of some version knows."""

    version: int
    usual: Usual


def _classes(
    case: Case, recording_id: int, grid: CellGrid, *, span: tuple[float, float]
) -> Job[ClassCounts | None]:
    """The classes of objects in a span; None where no detector looked."""
    stored = case.novelty.moments(recording_id, version=VERSION)
    looks = stored_looks(case, stored[0], grid) if stored is not None else None
    if looks is None:
        return None
    return (yield from stepped(counting(looks, span=span), "Learning what is usual", done=0))


def _find(case: Case, recording_id: int, run_id: int) -> None:
    run = case.analyses.newest(recording_id)
    frames = case.track(recording_id, TrackKind.FRAME_SCORES)
    if run is None or frames is None:
        return
    novelty = case.track(recording_id, TrackKind.NOVELTY)
    beside = replace(tracks_beside(case, run), novelty=novelty)
    segments = found_segments(case, recording_id, find_segments(frames, rule_of(run)), beside)
    case.replace_segments(recording_id, run_id, segments)


def known_recording(case: Case, recording_id: int) -> tuple[Camera, FeatureWriter]:
    """The camera of a recording, and what is stored of its moments.

    Raises UsageError where it has not been analyzed for novelty.
    """
    camera = case.scenes.camera_of(recording_id)
    stored = case.novelty.moments(recording_id, version=VERSION)
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
