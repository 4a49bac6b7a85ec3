import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.found_by import FoundBy
from crimeview.core.scene import CameraName, Lesson, RecordingCamera
from crimeview.core.segment import Segment
from crimeview.store.case import Case, open_case
from crimeview.store.edits import ConflictError
from crimeview.store.scenes import NewLesson
from tests.store.begun import CONTENT, OTHER_CONTENT, begin
from tests.store.earlier import as_of
from tests.store.taught import BACKGROUND, forget, give_camera


def _rename(case: Case, camera: int, old: str, new: str, *, reviewer: str = "kim") -> None:
    change = Change(
        before=CameraName(camera_id=camera, name=old), after=CameraName(camera_id=camera, name=new)
    )
    case.edits.make(Edit(action=Action.RENAME_CAMERA, changes=(change,)), reviewer=reviewer)


def _names(case: Case) -> list[str]:
    return [sight.camera.name for sight in case.scenes.cameras()]


def test_a_camera_is_renamed_back_unless_others_have_renamed_it_or_taken_its_name(
    case: Case,
) -> None:
    one = give_camera(case, case.add_recording(Path("a.mp4")))
    other = give_camera(case, case.add_recording(Path("b.mp4")))
    assert _names(case) == ["yard", "yard 2"]
    _rename(case, one, "yard", "gate")
    assert case.edits.undo(reviewer="kim") is not None
    assert _names(case) == ["yard", "yard 2"]
    assert case.edits.redo(reviewer="kim") is not None
    assert _names(case) == ["gate", "yard 2"]
    _rename(case, one, "gate", "door", reviewer="lee")
    with pytest.raises(ConflictError, match="cannot be taken back"):
        case.edits.undo(reviewer="kim")
    _rename(case, other, "yard 2", "gate", reviewer="kim")
    with pytest.raises(ConflictError, match="cannot be taken back"):
        case.edits.undo(reviewer="lee")
    with pytest.raises(ConflictError, match="changed meanwhile"):
        _rename(case, one, "yard", "house")
    assert _names(case) == ["door", "gate"]


def test_cameras_have_names_of_their_own_and_what_they_look_like(case: Case) -> None:
    first, second = case.add_recording(Path("a.mp4")), case.add_recording(Path("b.mp4"))
    one = give_camera(case, first)
    assert give_camera(case, second, fits=True) == one
    other = give_camera(case, second)
    sights = case.scenes.cameras()
    assert [sight.camera.name for sight in sights] == ["yard", "yard 2"]
    assert sights[0].camera.grid == (3, 4)
    assert np.array_equal(sights[0].background, BACKGROUND)
    assert case.scenes.recordings_of(one) == [first]
    given = Change(
        before=RecordingCamera(recording_id=second, camera_id=other),
        after=RecordingCamera(recording_id=second, camera_id=one),
    )
    case.edits.make(Edit(action=Action.CAMERA, changes=(given,)), reviewer="kim")
    _rename(case, one, "yard", "gate")
    camera = case.scenes.camera_of(second)
    assert camera is not None
    assert (camera.id, camera.name) == (one, "gate")
    assert case.scenes.recordings_of(other) == []


def test_a_recording_goes_to_another_camera_and_back_with_its_lessons(case: Case) -> None:
    first, second = case.add_recording(Path("a.mp4")), case.add_recording(Path("b.mp4"))
    one, other = give_camera(case, first), give_camera(case, second)
    for camera, recording in ((one, first), (other, second)):
        case.scenes.learn(
            camera, NewLesson(kind=Lesson.QUIET, recording_id=recording, span=(0, 9), counts=b"q")
        )

    def known() -> object:
        cameras = [sight.camera for sight in case.scenes.cameras()]
        shown = [(x.id, x.name, case.scenes.recordings_of(x.id)) for x in cameras]
        learned = [[y.id for y in case.scenes.lessons(x.id)] for x in cameras]
        return shown, learned

    before = known()
    assert before == ([(one, "yard", [first]), (other, "yard 2", [second])], [[1], [2]])
    given = Change(
        before=RecordingCamera(recording_id=second, camera_id=other),
        after=RecordingCamera(recording_id=second, camera_id=one),
    )
    case.edits.make(Edit(action=Action.CAMERA, changes=(given,)), reviewer="kim")
    assert known() == ([(one, "yard", [first, second])], [[1, 2]])
    assert case.edits.undo(reviewer="kim") is not None
    assert known() == before
    assert case.edits.redo(reviewer="kim") is not None
    new = case.scenes.add(name="yard 2", folder=Path("/x"), background=BACKGROUND)
    assert len(case.scenes.cameras()) == 1, "nowhere shown without a recording"
    move = Change(
        before=RecordingCamera(recording_id=first, camera_id=one),
        after=RecordingCamera(recording_id=first, camera_id=new),
    )
    case.edits.make(Edit(action=Action.CAMERA, changes=(move,)), reviewer="lee")
    assert case.edits.undo(reviewer="kim") is not None
    names = [sight.camera.name for sight in case.scenes.cameras()]
    assert sorted(names) == ["yard 2", "yard 2 2"], "no two have one name"


def test_a_camera_that_is_gone_gets_no_recording_back(case: Case) -> None:
    first, second = case.add_recording(Path("a.mp4")), case.add_recording(Path("b.mp4"))
    one, other = give_camera(case, first), give_camera(case, second)
    given = Change(
        before=RecordingCamera(recording_id=second, camera_id=other),
        after=RecordingCamera(recording_id=second, camera_id=one),
    )
    case.edits.make(Edit(action=Action.CAMERA, changes=(given,)), reviewer="kim")
    case.remove_recording(first)  # which also clears away what no recording is of
    with pytest.raises(ConflictError, match="cannot be taken back"):
        case.edits.undo(reviewer="kim")


def test_lessons_raise_the_version_and_can_be_forgotten(case: Case) -> None:
    recording = case.add_recording(Path("a.mp4"))
    camera = give_camera(case, recording)

    def learn(kind: Lesson, counts: bytes) -> int:
        learned = case.scenes.learn(
            camera, NewLesson(kind=kind, recording_id=recording, span=(1.0, 2.0), counts=counts)
        )
        return learned.version

    assert learn(Lesson.QUIET, b"old") == 1
    assert learn(Lesson.QUIET, b"new") == 2
    assert learn(Lesson.NORMAL, b"one") == 3
    assert learn(Lesson.NORMAL, b"two") == 4
    lessons = case.scenes.lessons(camera)
    assert [(x.kind, x.counts, x.version) for x in lessons] == [
        (Lesson.QUIET, b"new", 2),
        (Lesson.NORMAL, b"one", 3),
        (Lesson.NORMAL, b"two", 4),
    ]
    assert forget(case, recording, lessons[1].id).version == 5
    assert [x.counts for x in case.scenes.lessons(camera)] == [b"new", b"two"]
    assert forget(case, recording, lessons[0].id, lessons[2].id).version == 6
    assert case.scenes.lessons(camera) == []


def test_a_lesson_is_learned_forgotten_and_learned_again(case: Case) -> None:
    recording = case.add_recording(Path("a.mp4"))
    camera = give_camera(case, recording)
    case.scenes.learn(
        camera, NewLesson(kind=Lesson.QUIET, recording_id=recording, span=(0, 9), counts=b"q")
    )

    def known() -> list[bytes]:
        return [x.counts for x in case.scenes.lessons(camera)]

    lesson = case.scenes.prepare(
        camera,
        NewLesson(
            kind=Lesson.NORMAL, recording_id=recording, span=(1, 2), counts=b"n", classes=b"c"
        ),
    )
    assert known() == [b"q"], "it is only prepared"
    taught = Change(before=None, after=lesson)
    case.edits.make(Edit(action=Action.TEACH, changes=(taught,)), reviewer="kim")
    before = case.scenes.lessons(camera)
    version = case.scenes.camera_of(recording)
    assert version is not None
    assert (known(), before[1].version) == ([b"q", b"n"], version.version)
    assert case.edits.undo(reviewer="kim") is not None
    assert known() == [b"q"]
    with open_case(case.folder) as again:
        assert again.edits.redo(reviewer="kim") is not None
    assert case.scenes.lessons(camera) == before
    forget(case, recording, lesson.id)
    assert known() == [b"q"]
    assert case.edits.undo(reviewer="kim") is not None
    assert case.scenes.lessons(camera) == before
    last = case.scenes.camera_of(recording)
    assert last is not None
    assert last.version == version.version + 4, "each of them makes scores old"


def test_a_lesson_that_another_window_has_had_forgotten_is_no_undoing(case: Case) -> None:
    recording, _ = begin(case)
    camera = give_camera(case, recording)
    lesson = case.scenes.prepare(
        camera, NewLesson(kind=Lesson.SPAN, recording_id=recording, span=(1, 2), counts=b"n")
    )
    taught = Edit(action=Action.TEACH, changes=(Change(before=None, after=lesson),))
    case.edits.make(taught, reviewer="lee")
    forget(case, recording, lesson.id)
    with pytest.raises(ConflictError, match="cannot be taken back"):
        case.edits.undo(reviewer="lee")
    case.set_fingerprint(recording, OTHER_CONTENT)
    with pytest.raises(ConflictError, match="cannot be taken back"):
        case.edits.undo(reviewer="kim")
    assert case.scenes.lessons(camera) == []


def test_a_case_from_before_lessons_were_kept_opens(case: Case) -> None:
    recording = case.add_recording(Path("a.mp4"))
    camera = give_camera(case, recording)
    case.scenes.learn(
        camera, NewLesson(kind=Lesson.QUIET, recording_id=recording, span=(0, 9), counts=b"q")
    )
    before = case.scenes.lessons(camera)
    case.close()
    as_of(case.folder, "0096")
    with open_case(case.folder) as opened:
        assert opened.scenes.lessons(camera) == before
        forget(opened, recording, before[0].id)
        assert opened.scenes.lessons(camera) == []
        assert opened.edits.undo(reviewer="kim") is not None
        assert opened.scenes.lessons(camera) == before


def test_another_content_has_taught_nothing(case: Case) -> None:
    recording, _ = begin(case)
    camera = give_camera(case, recording)
    case.scenes.learn(
        camera, NewLesson(kind=Lesson.QUIET, recording_id=recording, span=(0, 1), counts=b"x")
    )
    case.set_fingerprint(recording, CONTENT)
    assert len(case.scenes.lessons(camera)) == 1
    case.set_fingerprint(recording, OTHER_CONTENT)
    assert case.scenes.lessons(camera) == []


def test_segments_are_ranked_by_how_rarely_they_are_expected(case: Case) -> None:
    recording, run = begin(case)

    def segment(start: float, peak: float, per_hour: float | None) -> Segment:
        return Segment(
            start=start,
            end=start + 1,
            peak=peak,
            peak_time=start,
            mean=peak,
            per_hour=per_hour,
            found_by=FoundBy.NOVELTY if per_hour else FoundBy.EVENTS,
        )

    stored = [segment(1, 0.9, None), segment(2, 0.6, 0.1), segment(3, 0.8, 1.5)]
    case.replace_segments(recording, run, stored)
    rows = case.segments(recording)
    # The peak stands for a rarity that is not known: 0.9 lies between 2 / 2.1 and 2 / 3.5.
    assert [row.segment for row in rows] == [stored[1], stored[0], stored[2]]
    ids = {row.segment.start: row.id for row in rows}
    case.replace_segments(recording, run, [segment(2, 0.7, 0.2)])
    (row,) = case.segments(recording)
    assert row.id == ids[2], "one of the same span is the same segment"
    assert row.segment.per_hour == 0.2


def test_a_case_from_before_cameras_opens_with_all_it_holds(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    found = [Segment(start=1.0, end=2.0, peak=0.9, peak_time=1.5, mean=0.5)]
    with open_case(folder) as case:
        recording, run = begin(case)
        case.replace_segments(recording, run, found)
    as_of(folder, "0030")
    with open_case(folder) as case:
        assert [row.segment for row in case.segments(recording)] == found
        assert case.scenes.cameras() == []
        give_camera(case, recording)


def test_a_case_from_before_violence_was_listed_opens_with_what_found_each(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    words = ("events", "novelty", "both")
    with open_case(folder) as case:
        recording, run = begin(case)
        starts = range(len(words))
        found = [
            Segment(start=n, end=n + 0.5, peak=0.9, peak_time=n, mean=0.5, per_hour=n)
            for n in starts
        ]
        case.replace_segments(recording, run, found)
    as_of(folder, "0081")
    with closing(sqlite3.connect(folder / "case.db")) as database, database:
        for start, word in enumerate(words):
            database.execute("UPDATE segments SET found_by = ? WHERE start = ?", (word, start))
    with open_case(folder) as case:
        rows = {row.segment.start: row.segment for row in case.segments(recording)}
        scorers = [rows[start].found_by for start in starts]
        assert scorers == [FoundBy.EVENTS, FoundBy.NOVELTY, FoundBy.EVENTS | FoundBy.NOVELTY]
        assert [rows[start].per_hour for start in starts] == [0, 1, 2]
        everything = replace(found[0], found_by=FoundBy.EVENTS | FoundBy.VIOLENCE | FoundBy.NOVELTY)
        case.replace_segments(recording, run, [everything])
        assert [row.segment for row in case.segments(recording)] == [everything]
