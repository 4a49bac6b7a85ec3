from pathlib import Path

import numpy as np
from sqlalchemy import create_engine

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.scene import Lesson, RecordingCamera
from crimeview.store.case import Case, open_case
from crimeview.store.database import FILE_NAME
from crimeview.store.scenes import NewLesson
from tests.store.begun import OTHER_CONTENT, append_chunk, begin
from tests.store.earlier import as_of
from tests.store.taught import BACKGROUND, forget, give_camera


def test_moments_are_stored_small_and_come_back(case: Case) -> None:
    recording, run = begin(case)
    assert case.novelty.moments(recording, version="1") is None
    moments = case.novelty.moments_writer(run, version="1", clip_key="pairs")
    append_chunk(moments, dimensions=6)
    append_chunk(moments, dimensions=6)
    assert case.novelty.moments(recording, version="1") is None, "not all are stored"
    moments.finish(None)
    found = case.novelty.moments(recording, version="1")
    assert found is not None
    assert found[0] == run
    (part,) = found[1].parts(rows=100)
    assert part.values.shape == (32, 6)
    assert part.values[17, 0] == 17
    assert case.novelty.moments(recording, version="2") is None
    engine = create_engine(f"sqlite:///{case.folder / FILE_NAME}")
    with engine.connect() as connection:
        sizes = connection.exec_driver_sql("SELECT length(features) FROM feature_chunks")
        assert max(size for (size,) in sizes) < 16 * 6 * 2
    engine.dispose()


def test_marks_belong_to_the_present_content(case: Case) -> None:
    recording, run = begin(case)
    assert case.novelty.marks(recording) is None
    case.novelty.save_marks(run, {"times": np.array([1.0])})
    case.novelty.save_marks(run, {"times": np.array([2.0])})
    marks = case.novelty.marks(recording)
    assert marks is not None
    assert marks["times"].tolist() == [2.0]
    case.set_fingerprint(recording, OTHER_CONTENT)
    assert case.novelty.marks(recording) is None


def test_what_was_compared_before_a_person_changed_something_is_behind(case: Case) -> None:
    recording, run = begin(case)
    camera = give_camera(case, recording)
    case.novelty.save_marks(run, {}, version=0)
    case.scenes.learn(
        camera, NewLesson(kind=Lesson.QUIET, recording_id=recording, span=(0, 9), counts=b"q")
    )
    assert case.novelty.behind() == [], "quiet time is no person's change"
    lesson = case.scenes.prepare(
        camera, NewLesson(kind=Lesson.SPAN, recording_id=recording, span=(1, 2), counts=b"n")
    )
    assert case.novelty.behind() == []
    taught = Edit(action=Action.TEACH, changes=(Change(before=None, after=lesson),))
    case.edits.make(taught, reviewer="kim")
    for change in (lambda: None, lambda: case.edits.undo(reviewer="kim")):
        change()
        assert case.novelty.behind() == [recording]
        known = case.scenes.camera_of(recording)
        assert known is not None
        case.novelty.save_marks(run, {}, version=known.version)
        assert case.novelty.behind() == []
    case.edits.redo(reviewer="kim")
    case.close()
    with open_case(case.folder) as again:
        assert again.novelty.behind() == [recording]
        other = again.scenes.add(name="gate", folder=Path("/x"), background=BACKGROUND)
        known = again.scenes.camera_of(recording)
        assert known is not None
        again.novelty.save_marks(run, {}, version=known.version)
        given = Change(
            before=RecordingCamera(recording_id=recording, camera_id=camera),
            after=RecordingCamera(recording_id=recording, camera_id=other),
        )
        again.edits.make(Edit(action=Action.CAMERA, changes=(given,)), reviewer="kim")
        assert again.novelty.behind() == [recording], "it is another camera's"
        known = again.scenes.camera_of(recording)
        assert known is not None
        again.novelty.save_marks(run, {}, version=known.version)
        again.edits.undo(reviewer="kim")
        assert again.novelty.behind() == [recording], "and the first one's again"


def test_a_case_from_before_it_was_known_by_what_is_found_opens(case: Case) -> None:
    recording, run = begin(case)
    camera = give_camera(case, recording)
    case.scenes.learn(
        camera, NewLesson(kind=Lesson.QUIET, recording_id=recording, span=(0, 9), counts=b"q")
    )
    case.novelty.save_marks(run, {"times": np.array([1.0])}, version=1)
    before = case.scenes.lessons(camera)
    case.close()
    as_of(case.folder, "0100")
    with open_case(case.folder) as opened:
        assert opened.novelty.behind() == []
        forget(opened, recording, before[0].id)
        assert opened.novelty.behind() == [recording]
        assert opened.clusters.any(named=False) is False
