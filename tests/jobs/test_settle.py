"""Going over a camera's first recordings again once it has come to know much more."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from crimeview.core.scene import Camera, Lesson
from crimeview.core.segment import SegmentRule
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.settle import learn_anew, settle
from crimeview.jobs.teach import forget_lessons
from crimeview.scene.scene_counts import SceneCounts
from crimeview.store.case import Case, open_case
from tests.jobs.finished import finished
from tests.scene.walkers import crowd, write_street
from tests.tiny_models import make_models

SHORT, LONG = 6, 18


@pytest.fixture(scope="module")
def analyzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A short recording, analyzed before a long one of the same camera."""
    folder = tmp_path_factory.mktemp("yard")
    models = make_models(tmp_path_factory.mktemp("models"))
    settings = AnalyzeSettings(lanes=1, rule=SegmentRule(threshold=1.0))
    with open_case(folder / "case") as case:
        for name, seconds in (("first", SHORT), ("second", LONG)):
            path = write_street(folder / f"{name}.mp4", crowd(seconds=seconds), seconds=seconds)
            finished(analyze([path], case=case, models=models, settings=settings))
    return folder / "case"


@pytest.fixture
def case(analyzed: Path, tmp_path: Path) -> Iterator[Case]:
    shutil.copytree(analyzed, tmp_path / "case")
    with open_case(tmp_path / "case") as case:
        yield case


def _camera(case: Case) -> Camera:
    (sight,) = case.scenes.cameras()
    return sight.camera


def _counts(case: Case) -> dict[int, SceneCounts]:
    """What each recording has shown."""
    lessons = case.scenes.lessons(_camera(case).id)
    return {x.recording_id: SceneCounts.from_bytes(x.counts) for x in lessons}


def _known(case: Case, recording_id: int) -> float:
    """By how many moments a recording was judged."""
    marks = case.novelty.marks(recording_id)
    assert marks is not None
    return float(marks["known"])


def test_the_first_is_learned_and_judged_by_what_came_later(case: Case) -> None:
    counts = _counts(case)
    assert counts[1].judged_by == counts[2].moments, "not by the nothing that was known then"
    assert counts[2].judged_by == counts[1].moments
    total = counts[1].moments + counts[2].moments
    assert total == pytest.approx((SHORT + LONG) * 12.5, rel=0.05)
    assert _known(case, 1) == _known(case, 2) == total


def test_settled_again_nothing_changes(case: Case) -> None:
    before = _camera(case), case.scenes.lessons(_camera(case).id)
    finished(settle(case, _camera(case)))
    assert (_camera(case), case.scenes.lessons(_camera(case).id)) == before


def test_who_was_judged_by_little_is_judged_again(case: Case) -> None:
    """As after a crash between the second analysis and its settling."""
    camera = _camera(case)
    (second,) = [x.id for x in case.scenes.lessons(camera.id) if x.recording_id == 2]
    finished(forget_lessons(case, camera, [second]))
    alone = _known(case, 1)
    assert alone == _counts(case)[1].moments
    finished(learn_anew(case, _camera(case), 2))
    assert _known(case, 1) == alone
    steps = list(settle(case, _camera(case)))
    total = sum(counts.moments for counts in _counts(case).values())
    assert _known(case, 1) == _known(case, 2) == total
    assert any("first.mp4" in step.message for step in steps)


def test_a_camera_that_knows_nothing_is_settled(case: Case) -> None:
    camera = _camera(case)
    every = [lesson.id for lesson in case.scenes.lessons(camera.id)]
    finished(forget_lessons(case, camera, every))
    assert list(settle(case, _camera(case))) == []


def test_what_is_no_more_stored_stays_as_it_was_learned(case: Case) -> None:
    camera = _camera(case)
    new = case.add_recording(Path("new.mp4"))
    finished(learn_anew(case, camera, new))
    assert [x.kind for x in case.scenes.lessons(camera.id)] == 2 * [Lesson.QUIET]
