"""Learning what is usual for a camera while its recordings are analyzed, and teaching it."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.alarm_rate import rate_at_calibrated
from crimeview.core.errors import UsageError
from crimeview.core.found_by import FoundBy
from crimeview.core.novelty import Reason
from crimeview.core.region import RegionUse
from crimeview.core.scene import Lesson
from crimeview.core.segment import SegmentRule
from crimeview.core.track import TrackKind
from crimeview.jobs.analyze import AnalyzeSettings, Outcome, analyze
from crimeview.jobs.catch_up import recordings_behind, score_behind
from crimeview.jobs.edit_effects import edit_effects, has_effects
from crimeview.jobs.models import ModelPair
from crimeview.jobs.regions import changed_regions, new_region
from crimeview.jobs.resegment import resegment
from crimeview.jobs.scene_marks import load_marks
from crimeview.jobs.teach import forget, score_camera, teach
from crimeview.store.case import Case, open_case
from crimeview.store.edits import ConflictError
from tests.jobs.finished import finished
from tests.scene.walkers import Walker, crowd, write_street
from tests.tiny_models import make_models

RUN = (25.0, 27.5)  # s in which somebody runs


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A camera's two recordings, a quiet one and one in which somebody runs, and another camera."""
    folder = tmp_path_factory.mktemp("yard")
    runner = Walker(row=100, column=-20.0, speed=150.0, since=RUN[0], until=RUN[1], texture=77)
    write_street(folder / "quiet.mp4", crowd(seconds=40), seconds=40)
    write_street(folder / "run.mp4", [*crowd(seconds=40, every=2.5), runner], seconds=40)
    return folder


@pytest.fixture(scope="module")
def analyzed(yard: Path, models: ModelPair, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("analyzed") / "case"
    with open_case(folder) as case:
        for name in ("quiet.mp4", "run.mp4"):
            _analyze(case, models, yard / name)
    return folder


@pytest.fixture
def case(analyzed: Path, tmp_path: Path) -> Iterator[Case]:
    shutil.copytree(analyzed, tmp_path / "case")
    with open_case(tmp_path / "case") as case:
        yield case


def _analyze(case: Case, models: ModelPair, *paths: Path) -> list[Outcome]:
    settings = AnalyzeSettings(lanes=1, rule=SegmentRule(threshold=1.0))
    return finished(analyze(paths, case=case, models=models, settings=settings))


def _ids(case: Case) -> dict[str, int]:
    return {recording.path.stem: recording.id for recording in case.recordings()}


def test_who_runs_is_found_with_place_reason_and_number(case: Case) -> None:
    ids = _ids(case)
    assert not [s for s in case.segments(ids["quiet"]) if s.segment.found_by is FoundBy.NOVELTY]
    segments = [row.segment for row in case.segments(ids["run"])]
    novel = [segment for segment in segments if segment.found_by is not FoundBy.EVENTS]
    (found,) = novel
    assert RUN[0] - 0.5 < found.start < found.end < RUN[1] + 0.5
    assert found.reason is Reason.FAST
    assert found.number is not None
    assert 2 < found.number < 5
    assert found.per_hour == pytest.approx(float(rate_at_calibrated(found.peak)))
    assert found.per_hour is not None
    assert found.per_hour < 2
    marks = load_marks(case, ids["run"]).at(found.peak_time)
    assert 1 <= len(marks) <= 2
    assert marks[0].reason is Reason.FAST
    runs_at = (-20 + 150 * (found.peak_time - RUN[0])) / 320
    assert marks[0].left - 0.1 < runs_at < marks[0].right + 0.1
    assert load_marks(case, ids["run"]).at(5.0) == []


def test_the_track_covers_the_recording(case: Case) -> None:
    track = case.track(_ids(case)["run"], TrackKind.NOVELTY)
    assert track is not None
    assert track.times[0, 0] == pytest.approx(0.0, abs=0.01)
    assert track.times[-1, 1] == pytest.approx(40.0, abs=0.2)
    assert ((track.values >= 0) & (track.values <= 1)).all()


def test_motion_is_stored_beside_it_and_is_where_people_walk(case: Case) -> None:
    recording = _ids(case)["run"]
    track, novelty = (
        case.track(recording, TrackKind.MOTION),
        case.track(recording, TrackKind.NOVELTY),
    )
    assert track is not None
    assert novelty is not None
    assert np.array_equal(track.times, novelty.times)
    assert ((track.values >= 0) & (track.values <= 1)).all()
    middle = track.times.mean(axis=1)
    # At first only one walks; as the runner crosses there are several bodies at once.
    assert 0.002 < np.median(track.values[middle < 2]) < 0.03
    runs = (middle > RUN[0]) & (middle < RUN[1])
    assert np.median(track.values[runs]) > 2 * np.median(track.values[middle < 2])


def _without_motion(case: Case, recording: int) -> None:
    """As cases were before motion was told."""
    with closing(sqlite3.connect(case.folder / "case.db")) as database, database:
        database.execute("PRAGMA foreign_keys = ON")
        database.execute("DELETE FROM tracks WHERE kind = ?", (TrackKind.MOTION.value,))
    assert case.track(recording, TrackKind.MOTION) is None


def test_a_recording_of_before_gets_its_motion_when_its_camera_is_taught(case: Case) -> None:
    recording = _ids(case)["run"]
    expected = case.track(recording, TrackKind.MOTION)
    assert expected is not None
    _without_motion(case, recording)
    finished(teach(case, recording, kind=Lesson.SPAN, start=2.0, end=20.0))
    made = case.track(recording, TrackKind.MOTION)
    assert made is not None
    assert np.array_equal(made.values, expected.values)


def test_a_recording_of_before_gets_its_motion_when_it_is_analyzed_again(
    case: Case, models: ModelPair, yard: Path
) -> None:
    recording = _ids(case)["run"]
    expected, before = case.track(recording, TrackKind.MOTION), case.segments(recording)
    assert expected is not None
    _without_motion(case, recording)
    _analyze(case, models, yard / "run.mp4")
    made = case.track(recording, TrackKind.MOTION)
    assert made is not None
    assert np.array_equal(made.values, expected.values)
    assert case.segments(recording) == before


def test_recordings_of_one_view_are_one_camera(case: Case) -> None:
    ids = _ids(case)
    camera = case.scenes.camera_of(ids["quiet"])
    assert camera is not None
    assert case.scenes.camera_of(ids["run"]) is not None
    assert case.scenes.recordings_of(camera.id) == [ids["quiet"], ids["run"]]
    assert [lesson.kind for lesson in case.scenes.lessons(camera.id)] == 2 * [Lesson.QUIET]


def test_analyzed_again_nothing_is_learned_anew(case: Case, models: ModelPair, yard: Path) -> None:
    ids = _ids(case)
    camera = case.scenes.camera_of(ids["run"])
    before = case.segments(ids["run"])
    _analyze(case, models, yard / "run.mp4")
    assert case.scenes.camera_of(ids["run"]) == camera
    assert case.segments(ids["run"]) == before
    assert load_marks(case, ids["run"]).at(before[0].segment.peak_time)


def test_stopped_at_any_step_it_goes_on_to_the_same(
    models: ModelPair, yard: Path, tmp_path: Path, case: Case
) -> None:
    expected = case.track(_ids(case)["quiet"], TrackKind.NOVELTY)
    assert expected is not None
    path = yard / "quiet.mp4"
    settings = AnalyzeSettings(lanes=1, rule=SegmentRule(threshold=1.0))
    with open_case(tmp_path / "stopped") as other:
        for steps in (8, 10, 14, 20, 1000):
            job = analyze([path], case=other, models=models, settings=settings)
            for _ in range(steps):
                if next(job, None) is None:
                    break
            job.close()
        track = other.track(1, TrackKind.NOVELTY)
        assert track is not None
        assert np.array_equal(track.times, expected.times)
        assert track.values == pytest.approx(expected.values, abs=1e-6)
        camera = other.scenes.camera_of(1)
        assert camera is not None
        assert len(other.scenes.lessons(camera.id)) == 1


def test_what_is_called_normal_is_found_no_more_and_can_be_forgotten(case: Case) -> None:
    ids = _ids(case)
    (row,) = case.segments(ids["run"])
    recording, segment = ids["run"], row.segment
    camera = finished(
        teach(case, recording, kind=Lesson.NORMAL, start=segment.start, end=segment.end)
    )
    assert case.segments(recording) == []
    lessons = case.scenes.lessons(camera.id)
    assert [lesson.kind for lesson in lessons][-1] is Lesson.NORMAL
    assert lessons[-1].version == camera.version
    after = finished(forget(case, recording))
    assert after.version > camera.version
    assert [s.segment.reason for s in case.segments(recording)] == [Reason.FAST]


def _known(case: Case) -> object:
    """What the camera has learned, and what is found by it in its recordings."""
    ids = _ids(case)
    camera = case.scenes.camera_of(ids["run"])
    assert camera is not None
    found = []
    for number in case.scenes.recordings_of(camera.id):
        track = case.track(number, TrackKind.NOVELTY)
        assert track is not None
        found.append((track.values.tolist(), [row.segment for row in case.segments(number)]))
    return case.scenes.lessons(camera.id), found


def _taken_back(case: Case, *, again: bool = False) -> object:
    edits = case.edits
    edit = edits.redo(reviewer="kim") if again else edits.undo(reviewer="kim")
    assert edit is not None
    assert has_effects(edit)
    finished(edit_effects(case, edit))
    return _known(case)


def test_what_was_taught_is_undone_and_taught_again(case: Case) -> None:
    recording = _ids(case)["run"]
    camera = case.scenes.camera_of(recording)
    assert camera is not None
    finished(score_camera(case, camera))  # the first was judged before there were others
    start = _known(case)
    (row,) = case.segments(recording)
    segment = row.segment
    normal = {"kind": Lesson.NORMAL, "start": segment.start, "end": segment.end}
    finished(teach(case, recording, **normal, reviewer="kim"))
    taught = _known(case)
    finished(teach(case, recording, start=2.0, end=20.0, reviewer="lee"))
    both = _known(case)
    assert len({repr(each) for each in (start, taught, both)}) == 3
    span_alone = _taken_back(case)
    assert len(case.segments(recording)) == 1, "lee's lesson stays"
    assert _taken_back(case, again=True) == both
    finished(forget(case, recording, reviewer="kim"))
    assert _known(case) == start
    assert _taken_back(case) == both
    assert _taken_back(case) == span_alone
    assert case.edits.undo(reviewer="kim") is None


def test_what_is_undone_while_the_camera_is_compared_counts(case: Case) -> None:
    """The one that began first and ends last does not bring back what was undone."""
    recording = _ids(case)["run"]
    camera = case.scenes.camera_of(recording)
    assert camera is not None
    finished(score_camera(case, camera))
    start = _known(case)
    finished(teach(case, recording, kind=Lesson.NORMAL, start=25.0, end=28.0, reviewer="kim"))
    camera = case.scenes.camera_of(recording)
    assert camera is not None
    assert _known(case) != start
    slow = score_camera(case, camera)
    next(slow)
    assert _taken_back(case) == start
    finished(slow)
    assert _known(case) == start


@pytest.mark.parametrize("steps", [0, 1, 2, 3])
def test_what_was_left_when_a_case_was_closed_is_found_anew(case: Case, steps: int) -> None:
    recording = _ids(case)["run"]
    camera = case.scenes.camera_of(recording)
    assert camera is not None
    finished(score_camera(case, camera))
    start = _known(case)
    finished(teach(case, recording, kind=Lesson.NORMAL, start=25.0, end=28.0, reviewer="kim"))
    taught = _known(case)
    edit = case.edits.undo(reviewer="kim")
    assert edit is not None
    with closing(edit_effects(case, edit)) as job:
        for _ in range(steps):
            next(job)
    case.close()
    with open_case(case.folder) as again:
        assert recording in recordings_behind(again) or _known(again) == start
        finished(score_behind(again))
        assert _known(again) == start
        assert recordings_behind(again) == []
        again.edits.redo(reviewer="kim")
        finished(score_behind(again))
        assert _known(again) == taught


def test_a_recording_that_is_behind_is_compared_anew_by_an_analysis(
    case: Case, models: ModelPair, yard: Path
) -> None:
    recording = _ids(case)["run"]
    finished(teach(case, recording, kind=Lesson.NORMAL, start=25.0, end=28.0, reviewer="kim"))
    assert case.segments(recording) == []
    case.edits.undo(reviewer="kim")
    _analyze(case, models, yard / "run.mp4")
    assert [row.segment.reason for row in case.segments(recording)] == [Reason.FAST]
    assert recording not in case.novelty.behind()


def test_what_was_forgotten_meanwhile_cannot_be_undone(case: Case) -> None:
    recording = _ids(case)["run"]
    finished(teach(case, recording, start=2.0, end=20.0, reviewer="kim"))
    finished(forget(case, recording, reviewer="lee"))
    with pytest.raises(ConflictError, match="cannot be taken back"):
        case.edits.undo(reviewer="kim")


def test_a_span_can_be_learned_from(case: Case) -> None:
    recording = _ids(case)["run"]
    camera = finished(teach(case, recording, kind=Lesson.SPAN, start=2.0, end=20.0))
    assert case.scenes.lessons(camera.id)[-1].kind is Lesson.SPAN
    assert len(case.segments(recording)) == 1, "the runner is still not usual"
    for start, end, told in ((5.0, 5.1, "too short"), (500.0, 510.0, "analyzed up to 0:0")):
        with pytest.raises(UsageError, match=told):
            finished(teach(case, recording, kind=Lesson.SPAN, start=start, end=end))


def test_a_lesson_ends_with_its_recording(case: Case) -> None:
    recording = _ids(case)["run"]
    finished(teach(case, recording, start=2.0))
    camera = finished(teach(case, recording, start=2.0, end=500.0))
    whole, longer = case.scenes.lessons(camera.id)[-2:]
    assert longer.end == whole.end < 60


def test_what_was_not_analyzed_cannot_teach(case: Case, tmp_path: Path) -> None:
    new = case.add_recording(tmp_path / "new.mp4")
    with pytest.raises(UsageError, match="analyze the recording"):
        finished(teach(case, new, kind=Lesson.SPAN, start=0.0, end=5.0))


def test_another_rule_keeps_what_novelty_found(case: Case) -> None:
    before = [s.segment for s in case.segments(_ids(case)["run"])]
    finished(resegment(case, rule=SegmentRule(threshold=0.999)))
    after = [s.segment for s in case.segments(_ids(case)["run"])]
    assert [s.start for s in after if s.reason] == [s.start for s in before if s.reason]


def test_a_camera_goes_with_its_last_recording(case: Case) -> None:
    ids = _ids(case)
    camera = case.scenes.camera_of(ids["run"])
    assert camera is not None
    case.remove_recording(ids["run"])
    assert [lesson.recording_id for lesson in case.scenes.lessons(camera.id)] == [ids["quiet"]]
    case.remove_recording(ids["quiet"])
    assert case.scenes.cameras() == []


WHOLE = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
LOWER = ((0.0, 0.45), (1.0, 0.45), (1.0, 1.0), (0.0, 1.0))  # where people walk and somebody runs
UPPER = ((0.0, 0.0), (1.0, 0.0), (1.0, 0.45), (0.0, 0.45))


@pytest.mark.parametrize(("ignored", "reasons"), [(WHOLE, []), (LOWER, []), (UPPER, [Reason.FAST])])
def test_what_is_ignored_after_learning_is_not_found(
    case: Case,
    models: ModelPair,
    yard: Path,
    ignored: tuple[tuple[float, float], ...],
    reasons: list[Reason],
) -> None:
    recording = _ids(case)["run"]
    _ignore(case, recording, ignored)
    _analyze(case, models, yard / "run.mp4")
    assert [row.segment.reason for row in case.segments(recording)] == reasons
    track = case.track(recording, TrackKind.NOVELTY)
    assert track is not None
    if not reasons:
        assert track.values.max() < 0.4
    motion = case.track(recording, TrackKind.MOTION)
    assert motion is not None
    assert bool(motion.values.any()) is bool(reasons), "what is ignored does not move"


def test_what_was_ignored_while_learning_is_not_unusual_when_it_is_seen(
    models: ModelPair, yard: Path, tmp_path: Path
) -> None:
    with open_case(tmp_path / "case") as case:
        case.add_recording(yard / "quiet.mp4")
        _ignore(case, 1, UPPER)
        _analyze(case, models, yard / "quiet.mp4", yard / "run.mp4")
        assert len(case.scenes.cameras()) == 1
        assert [row.segment.reason for row in case.segments(2)] == [Reason.FAST]
        assert case.segments(1) == []


def _ignore(case: Case, recording_id: int, points: tuple[tuple[float, float], ...]) -> None:
    region = new_region(recording_id, points, use=RegionUse.IGNORE)
    edit = changed_regions(case.regions(recording_id), [region])
    assert edit is not None
    case.edits.make(edit, reviewer="")


def test_without_novelty_nothing_is_learned(models: ModelPair, yard: Path, tmp_path: Path) -> None:
    settings = AnalyzeSettings(novelty=False)
    with open_case(tmp_path / "plain") as plain:
        finished(analyze([yard / "run.mp4"], case=plain, models=models, settings=settings))
        assert plain.scenes.cameras() == []
        assert plain.track(1, TrackKind.NOVELTY) is None
        assert plain.track(1, TrackKind.MOTION) is None
        assert all(row.segment.per_hour is None for row in plain.segments())
