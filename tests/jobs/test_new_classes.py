"""What a camera has never shown is named, by a real detector in the analysis' own decoding."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.core.novelty import ClassSeen, Reason
from crimeview.core.objects import Objects
from crimeview.core.scene import Lesson
from crimeview.core.segment import Segment, SegmentRule
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.models import ModelPair, ObjectsModel
from crimeview.jobs.scene_classes import known_classes
from crimeview.jobs.scene_marks import load_marks
from crimeview.jobs.teach import forget, teach
from crimeview.store.case import Case, open_case
from tests.jobs.color_detector import NAMES, Colored, color_detector, people, write_colored
from tests.jobs.finished import finished
from tests.tiny_models import make_models

TRUCK = (30.0, 36.0)  # s in which one drives past
DOG = (10.0, 10.3)  # s in which something looks like a dog


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    folder = tmp_path_factory.mktemp("made") / "models"
    pair = make_models(folder)
    return replace(pair, objects=ObjectsModel(detector=color_detector(folder)))


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("yard")
    write_colored(folder / "quiet.mp4", people(seconds=60), seconds=60)
    bodies = [
        *people(seconds=45),
        Colored("truck", 90, -30.0, 55.0, *TRUCK),
        Colored("dog", 20, 200.0, 0.0, *DOG),
    ]
    write_colored(folder / "truck.mp4", bodies, seconds=45)
    return folder


@pytest.fixture(scope="module")
def analyzed(yard: Path, models: ModelPair, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("analyzed") / "case"
    with open_case(folder) as case:
        for name in ("quiet.mp4", "truck.mp4"):
            _analyze(case, models, yard / name)
    return folder


@pytest.fixture
def case(analyzed: Path, tmp_path: Path) -> Iterator[Case]:
    shutil.copytree(analyzed, tmp_path / "case")
    with open_case(tmp_path / "case") as case:
        yield case


def _analyze(case: Case, models: ModelPair, path: Path) -> None:
    settings = AnalyzeSettings(lanes=1, rule=SegmentRule(threshold=1.0))
    finished(analyze([path], case=case, models=models, settings=settings))


def _id(case: Case, stem: str) -> int:
    return next(r.id for r in case.recordings() if r.path.stem == stem)


def _new(case: Case, stem: str) -> list[Segment]:
    rows = case.segments(_id(case, stem))
    return [row.segment for row in rows if row.segment.seen is not None]


def test_a_class_that_was_never_seen_is_named_with_its_number(case: Case) -> None:
    assert _new(case, "quiet") == []
    (found,) = _new(case, "truck")
    assert TRUCK[0] - 1 < found.start < found.end < TRUCK[1] + 1.5
    assert found.reason is Reason.NEW_CLASS
    assert found.number == 0
    assert found.seen is not None
    assert found.seen.name == "truck"
    assert 180 <= found.seen.looks <= 210  # of 105 s, two a second, without its own
    assert found.per_hour is not None
    assert found.per_hour < 2


def test_its_box_lies_on_it(case: Case) -> None:
    marks = load_marks(case, _id(case, "truck"))
    for time in (32.0, 33.0, 34.0):
        mark = marks.at(time)[0]
        assert mark.reason is Reason.NEW_CLASS
        assert mark.seen == ClassSeen("truck", _new(case, "truck")[0].looks or 0)
        middle = (-30 + 55 * (time - TRUCK[0]) + 16) / 320
        assert mark.left - 0.1 < middle < mark.right + 0.1
        assert mark.top < 114 / 176 < mark.bottom
    assert all(mark.seen is None for mark in marks.at(20.0))


def test_what_is_seen_once_is_no_object(case: Case) -> None:
    camera = case.scenes.camera_of(_id(case, "truck"))
    assert camera is not None
    known = known_classes(case, camera)
    assert known.names == NAMES
    assert known.seen[NAMES.index("person")] > 100
    assert known.seen[NAMES.index("dog")] == 0


def test_what_is_called_normal_is_known_at_once_and_can_be_forgotten(case: Case) -> None:
    recording = _id(case, "truck")
    (found,) = _new(case, "truck")
    finished(teach(case, recording, kind=Lesson.NORMAL, start=found.start, end=found.end))
    assert _new(case, "truck") == []
    finished(forget(case, recording))
    assert _new(case, "truck") == [found]


def test_analyzed_again_without_a_detector_nothing_is_said_of_classes(
    case: Case, models: ModelPair, yard: Path
) -> None:
    _analyze(case, replace(models, objects=None), yard / "truck.mp4")
    assert _new(case, "truck") == []
    _analyze(case, models, yard / "truck.mp4")
    assert len(_new(case, "truck")) == 1


def test_a_detector_that_comes_later_looks_then(
    models: ModelPair, yard: Path, tmp_path: Path
) -> None:
    with open_case(tmp_path / "case") as case:
        for name in ("quiet.mp4", "truck.mp4"):
            _analyze(case, replace(models, objects=None), yard / name)
        assert _new(case, "truck") == []
        for name in ("quiet.mp4", "truck.mp4"):
            _analyze(case, models, yard / name)
        assert len(_new(case, "truck")) == 1


def test_stopped_in_between_it_goes_on_to_the_same(
    case: Case, models: ModelPair, yard: Path, tmp_path: Path
) -> None:
    def looks(of: Case, run_id: int) -> list[object]:
        stored = of.novelty.objects(run_id)
        assert stored is not None
        return [
            (found.boxes.tolist(), found.classes.tolist())
            for part in stored.writer.parts(rows=64)
            for row in part.values
            if (found := Objects.of_row(row)) is not None
        ]

    path = yard / "quiet.mp4"
    settings = AnalyzeSettings(lanes=1, rule=SegmentRule(threshold=1.0))
    with open_case(tmp_path / "stopped") as other:
        for steps in (9, 12, 1000):
            job = analyze([path], case=other, models=models, settings=settings)
            for _ in range(steps):
                if next(job, None) is None:
                    break
            job.close()
        one, two = other.analyses.newest(1), case.analyses.newest(_id(case, "quiet"))
        assert one is not None
        assert two is not None
        assert looks(other, one.id) == looks(case, two.id)
