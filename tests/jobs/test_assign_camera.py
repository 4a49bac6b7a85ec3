"""Recordings given to another camera, and learned from as a whole; nothing is decoded again."""

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.core.found_by import FoundBy
from crimeview.core.scene import Camera, Lesson
from crimeview.core.segment import SegmentRule
from crimeview.core.track import TrackKind
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.assign_camera import assign_camera, assign_new_camera, use_as_reference
from crimeview.jobs.camera_choices import camera_choices, reference_choices
from crimeview.jobs.catch_up import recordings_behind, score_behind
from crimeview.jobs.edit_effects import edit_effects, has_effects
from crimeview.jobs.teach import score_camera
from crimeview.store.case import Case, open_case
from tests.bursts import write_bursts
from tests.jobs.finished import finished
from tests.scene.walkers import Walker, crowd, write_street
from tests.tiny_models import make_models

SECONDS = 30


def _runners(*times: float) -> list[Walker]:
    """Those who run by at these times (s)."""
    return [
        Walker(row=95 + 5 * (n % 3), column=-20.0, speed=150.0, since=at, until=at + 2.5, texture=n)
        for n, at in enumerate(times, start=60)
    ]


@pytest.fixture(scope="module")
def analyzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Of one view: somebody runs by the gate; in the archive, as is usual there, again and again.

    And a picture of another shape.
    """
    root = tmp_path_factory.mktemp("cameras")
    gate, archive, tall = (root / name for name in ("gate", "archive", "tall"))
    for folder in (gate, archive, tall):
        folder.mkdir()
    every = crowd(seconds=SECONDS)
    paths = [
        write_street(gate / "run.mp4", [*every, *_runners(20)], seconds=SECONDS),
        write_street(gate / "quiet.mp4", crowd(seconds=SECONDS, every=2.5), seconds=SECONDS),
        write_street(archive / "drill.mp4", [*every, *_runners(*range(3, 27, 3))], seconds=SECONDS),
        write_bursts(tall / "tall.mp4", duration=6.0, bursts=[(2, 3)]),
    ]
    models = make_models(tmp_path_factory.mktemp("models"))
    settings = AnalyzeSettings(lanes=1, rule=SegmentRule(threshold=1.0))
    with open_case(root / "case") as case:
        finished(analyze(paths, case=case, models=models, settings=settings))
    return root / "case"


@pytest.fixture
def case(analyzed: Path, tmp_path: Path) -> Iterator[Case]:
    shutil.copytree(analyzed, tmp_path / "case")
    with open_case(tmp_path / "case") as case:
        yield case


def _id(case: Case, name: str) -> int:
    return next(r.id for r in case.recordings() if r.path.stem == name)


def _camera(case: Case, name: str) -> Camera:
    camera = case.scenes.camera_of(_id(case, name))
    assert camera is not None
    return camera


def _found(case: Case, name: str) -> list[float]:
    rows = case.segments(_id(case, name))
    return [row.segment.start for row in rows if FoundBy.NOVELTY in row.segment.found_by]


def test_what_a_recording_has_shown_goes_with_it(case: Case) -> None:
    gate, archive, drill = _camera(case, "run"), _camera(case, "drill"), _id(case, "drill")
    assert (gate.name, archive.name) == ("gate", "archive")
    assert len(_found(case, "run")) == 1
    before = case.track(_id(case, "run"), TrackKind.NOVELTY)
    found = finished(assign_camera(case, drill, gate.id))
    assert (found.camera.id, found.alike) == (gate.id, True)
    assert _camera(case, "drill") == found.camera
    assert found.camera.version > gate.version
    assert [sight.camera.name for sight in case.scenes.cameras()] == ["gate", "tall"]
    lessons = case.scenes.lessons(gate.id)
    assert {lesson.recording_id for lesson in lessons} == set(case.scenes.recordings_of(gate.id))
    assert all(lesson.kind is Lesson.QUIET for lesson in lessons)
    after = case.track(_id(case, "run"), TrackKind.NOVELTY)
    assert before is not None
    assert after is not None
    assert (after.values != before.values).any(), "those of the camera are scored anew"


def test_a_reference_of_another_folder_teaches_what_is_usual(case: Case) -> None:
    gate = _camera(case, "run")
    camera = finished(use_as_reference(case, _id(case, "drill"), gate.id))
    assert camera.id == gate.id
    assert _camera(case, "drill").id == gate.id
    assert _found(case, "run") == [], "who runs is no more unusual than in the drill"
    lesson = case.scenes.lessons(gate.id)[-1]
    assert (lesson.kind, lesson.start) == (Lesson.SPAN, 0.0)
    assert lesson.end == pytest.approx(SECONDS, abs=0.2)


def test_stopped_at_any_step_it_goes_on(case: Case) -> None:
    drill, gate = _id(case, "drill"), _camera(case, "run")
    job = assign_camera(case, drill, gate.id)
    next(job, None)
    job.close()
    assert len(case.scenes.lessons(gate.id)) == 3, "nothing is lost"
    finished(assign_camera(case, drill, gate.id))
    marks = [case.novelty.marks(i) for i in case.scenes.recordings_of(gate.id)]
    known = {float(each["known"]) for each in marks if each is not None}
    assert len(known) == 1, "all are compared with the same"
    spans = _found(case, "run")
    finished(assign_camera(case, drill, gate.id))
    assert len(case.scenes.lessons(gate.id)) == 3, "done again it changes nothing"
    assert _found(case, "run") == spans


def _known(case: Case) -> object:
    """The cameras, what they have learned, and what is found by it."""
    cameras = [sight.camera for sight in case.scenes.cameras()]
    learned = {
        camera.name: sorted(
            (x.recording_id, x.kind.value, x.counts) for x in case.scenes.lessons(camera.id)
        )
        for camera in cameras
    }
    members = {camera.name: case.scenes.recordings_of(camera.id) for camera in cameras}
    found = {}
    for recording in case.recordings():
        track = case.track(recording.id, TrackKind.NOVELTY)
        assert track is not None
        segments = [row.segment for row in case.segments(recording.id)]
        found[recording.id] = track.values.tolist(), segments
    return members, learned, found


def _taken_back(case: Case, *, again: bool = False) -> object:
    edit = case.edits.redo(reviewer="kim") if again else case.edits.undo(reviewer="kim")
    assert edit is not None
    assert has_effects(edit)
    finished(edit_effects(case, edit))
    return _known(case)


def test_given_to_another_camera_undone_and_given_again(case: Case) -> None:
    gate = _camera(case, "run")
    finished(score_camera(case, gate))  # its first recording was judged before there were others
    start, drill = _known(case), _id(case, "drill")
    finished(assign_camera(case, drill, gate.id, reviewer="kim"))
    given = _known(case)
    finished(assign_new_camera(case, drill, "Hall", reviewer="kim"))
    alone = _known(case)
    finished(use_as_reference(case, drill, gate.id, reviewer="kim"))
    reference = _known(case)
    assert len({repr(each) for each in (start, given, alone, reference)}) == 4
    assert _taken_back(case) == given, "of the reference what was taught is undone first"
    assert _taken_back(case) == alone
    assert _taken_back(case) == given
    assert _taken_back(case) == start
    for expected in (given, alone, given, reference):
        assert _taken_back(case, again=True) == expected


@pytest.mark.parametrize("steps", [0, 1, 2, 4])
def test_given_to_another_camera_as_the_case_was_closed_it_is_found_anew(
    case: Case, steps: int
) -> None:
    gate = _camera(case, "run")
    finished(score_camera(case, gate))
    start, drill = _known(case), _id(case, "drill")
    finished(assign_camera(case, drill, gate.id, reviewer="kim"))
    given = _known(case)
    for expected, again in ((start, False), (given, True)):
        edit = case.edits.redo(reviewer="kim") if again else case.edits.undo(reviewer="kim")
        assert edit is not None
        with closing(edit_effects(case, edit)) as job:
            for _ in range(steps):
                next(job)
        with open_case(case.folder) as later:
            assert drill in recordings_behind(later) or steps > 1
            finished(score_behind(later))
            assert recordings_behind(later) == []
            assert _known(later) == expected


def test_a_camera_of_its_own(case: Case) -> None:
    quiet = _id(case, "quiet")
    found = finished(assign_new_camera(case, quiet, " Yard "))
    assert (found.camera.name, found.alike) == ("Yard", True)
    assert case.scenes.recordings_of(found.camera.id) == [quiet]
    assert case.scenes.recordings_of(_camera(case, "run").id) == [_id(case, "run")]
    assert [x.recording_id for x in case.scenes.lessons(found.camera.id)] == [quiet]
    back = finished(assign_camera(case, quiet, _camera(case, "run").id))
    assert back.alike, "its background is what it was"
    assert "Yard" not in {sight.camera.name for sight in case.scenes.cameras()}


def test_what_cannot_be_gets_a_sentence(case: Case) -> None:
    gate, tall = _camera(case, "run"), _id(case, "tall")
    with pytest.raises(UsageError, match="another shape"):
        finished(assign_camera(case, tall, gate.id))
    with pytest.raises(UsageError, match="another shape"):
        finished(use_as_reference(case, tall, gate.id))
    with pytest.raises(UsageError, match="is no more"):
        finished(assign_camera(case, tall, 999))
    with pytest.raises(UsageError, match="needs a name"):
        finished(assign_new_camera(case, tall, "  "))
    with pytest.raises(UsageError, match="called “gate” already"):
        finished(assign_new_camera(case, tall, "gate"))
    new = case.add_recording(Path("new.mp4"))
    with pytest.raises(UsageError, match="analyze the recording"):
        finished(assign_camera(case, new, gate.id))
    assert _camera(case, "tall").name == "tall"


def test_what_can_be_chosen(case: Case) -> None:
    choices = {c.camera.name: c for c in camera_choices(case, _id(case, "run"))}
    assert list(choices) == ["gate", "archive", "tall"]
    assert (choices["gate"].own, choices["gate"].recordings) == (True, 2)
    assert (choices["archive"].fits, choices["archive"].alike) == (True, True)
    assert not choices["tall"].fits
    camera, references = reference_choices(case, _id(case, "run"))
    assert camera.name == "gate"
    assert [(r.path.stem, r.camera) for r in references] == [
        ("run", None),
        ("quiet", None),
        ("drill", "archive"),
    ]
    assert references[0].seconds == pytest.approx(SECONDS, abs=0.2)
