from pathlib import Path

import numpy as np
from sqlalchemy import create_engine

from crimeview.core.scene import Lesson
from crimeview.core.segment import FoundBy, Segment
from crimeview.store.case import Case, open_case
from crimeview.store.database import FILE_NAME
from tests.store.begun import CONTENT, OTHER_CONTENT, append_chunk, begin
from tests.store.earlier import as_of

BACKGROUND = np.arange(12, dtype=np.uint8).reshape(3, 4)


def _camera(case: Case, recording_id: int, *, fits: bool = False) -> int:
    return case.scenes.find_or_add(
        recording_id,
        name="yard",
        folder=Path("/cameras/yard"),
        background=BACKGROUND,
        fits=lambda sight: fits,
    ).id


def test_cameras_have_names_of_their_own_and_what_they_look_like(case: Case) -> None:
    first, second = case.add_recording(Path("a.mp4")), case.add_recording(Path("b.mp4"))
    one = _camera(case, first)
    assert _camera(case, second, fits=True) == one
    other = _camera(case, second)
    sights = case.scenes.cameras()
    assert [sight.camera.name for sight in sights] == ["yard", "yard 2"]
    assert sights[0].camera.grid == (3, 4)
    assert np.array_equal(sights[0].background, BACKGROUND)
    assert case.scenes.recordings_of(one) == [first]
    case.scenes.assign(second, one)
    case.scenes.rename(one, "gate")
    camera = case.scenes.camera_of(second)
    assert camera is not None
    assert (camera.id, camera.name) == (one, "gate")
    assert case.scenes.recordings_of(other) == []


def test_lessons_raise_the_version_and_can_be_forgotten(case: Case) -> None:
    recording = case.add_recording(Path("a.mp4"))
    camera = _camera(case, recording)

    def learn(kind: Lesson, counts: bytes) -> int:
        learned = case.scenes.learn(
            camera, kind=kind, recording_id=recording, span=(1.0, 2.0), counts=counts
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
    assert case.scenes.forget(camera, lesson_id=lessons[1].id).version == 5
    assert [x.counts for x in case.scenes.lessons(camera)] == [b"new", b"two"]
    assert case.scenes.forget(camera).version == 6
    assert case.scenes.lessons(camera) == []


def test_another_content_has_taught_nothing(case: Case) -> None:
    recording, _ = begin(case)
    camera = _camera(case, recording)
    case.scenes.learn(camera, kind=Lesson.QUIET, recording_id=recording, span=(0, 1), counts=b"x")
    case.set_fingerprint(recording, CONTENT)
    assert len(case.scenes.lessons(camera)) == 1
    case.set_fingerprint(recording, OTHER_CONTENT)
    assert case.scenes.lessons(camera) == []


def test_moments_are_stored_small_and_come_back(case: Case) -> None:
    recording, run = begin(case)
    assert case.scenes.stored(recording, version="1") is None
    moments = case.scenes.writer(run, version="1", clip_key="pairs")
    append_chunk(moments, dimensions=6)
    append_chunk(moments, dimensions=6)
    assert case.scenes.stored(recording, version="1") is None, "not all are stored"
    moments.finish(None)
    found = case.scenes.stored(recording, version="1")
    assert found is not None
    assert found[0] == run
    (part,) = found[1].parts(rows=100)
    assert part.values.shape == (32, 6)
    assert part.values[17, 0] == 17
    assert case.scenes.stored(recording, version="2") is None
    engine = create_engine(f"sqlite:///{case.folder / FILE_NAME}")
    with engine.connect() as connection:
        sizes = connection.exec_driver_sql("SELECT length(features) FROM feature_chunks")
        assert max(size for (size,) in sizes) < 16 * 6 * 2
    engine.dispose()


def test_marks_belong_to_the_present_content(case: Case) -> None:
    recording, run = begin(case)
    assert case.scenes.marks(recording) is None
    case.scenes.save_marks(run, {"times": np.array([1.0])})
    case.scenes.save_marks(run, {"times": np.array([2.0])})
    marks = case.scenes.marks(recording)
    assert marks is not None
    assert marks["times"].tolist() == [2.0]
    case.set_fingerprint(recording, OTHER_CONTENT)
    assert case.scenes.marks(recording) is None


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
        _camera(case, recording)
