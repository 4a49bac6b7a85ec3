from dataclasses import replace
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from crimeview.core.errors import UsageError
from crimeview.core.explanation import GRID, Explanation
from crimeview.core.job import Step
from crimeview.core.segment import Segment
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.explain import explain
from crimeview.jobs.models import ModelPair
from crimeview.store.case import Case, open_case
from crimeview.video.encode import VideoWriter
from tests.tiny_models import make_models

RATE, WIDTH, HEIGHT = 10, 256, 96
CROP = (24, 32)  # of the tiny encoder: it sees the middle three quarters of the width


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


def write_moving(path: Path, *, left: float, top: float) -> Path:
    """20 s of a still scene; from 10 to 13 s something flickers in a sixth of width and height."""
    x, y = round(left * WIDTH), round(top * HEIGHT)
    with VideoWriter(path, rate=RATE, width=WIDTH, height=HEIGHT) as video:
        for number in range(20 * RATE):
            picture = np.full((HEIGHT, WIDTH, 3), 90, np.uint8)
            if 100 <= number < 130 and number % 2:
                picture[y : y + HEIGHT // 6, x : x + WIDTH // 6] = 250
            video.write(picture)
    return path


def _analyzed(case: Case, path: Path, models: ModelPair, **settings: object) -> int:
    job = analyze([path], case=case, models=models, settings=AnalyzeSettings(**settings))
    for _ in job:
        pass
    (recording,) = case.recordings()
    return recording.id


def _explained(case: Case, number: int, models: ModelPair) -> tuple[Explanation, list[Step]]:
    segment = case.segments(number)[0].segment
    job, steps = explain(case, number, segment, models=models), []
    while True:
        try:
            steps.append(next(job))
        except StopIteration as end:
            return cast("Explanation", end.value), steps


@pytest.mark.parametrize(("left", "top"), [(0.2, 0.1), (0.6, 0.7)])
def test_it_finds_where_something_moves(
    tmp_path: Path, models: ModelPair, left: float, top: float
) -> None:
    with open_case(tmp_path / "case") as case:
        number = _analyzed(case, write_moving(tmp_path / "a.mp4", left=left, top=top), models)
        found, steps = _explained(case, number, models)
    clip = found.explained[0]
    assert clip.without < 0.7 * clip.score
    x, y, width, height = found.area
    assert (x, y, width, height) == pytest.approx((0.125, 0.0, 0.75, 1.0))
    row, column = np.unravel_index(clip.drops.argmax(), clip.drops.shape)
    middle = x + (column + 0.5) / GRID[1] * width, y + (row + 0.5) / GRID[0] * height
    assert middle == pytest.approx((left + 1 / 12, top + 1 / 12), abs=0.12)
    window = clip.strongest
    assert window.top <= row < window.bottom
    assert window.left <= column < window.right
    assert steps[-1].done == steps[-1].total


@pytest.mark.parametrize("step", [None, 4])
def test_the_clips_are_the_very_ones_that_were_scored(
    tmp_path: Path, models: ModelPair, step: int | None
) -> None:
    with open_case(tmp_path / "case") as case:
        path = write_moving(tmp_path / "a.mp4", left=0.4, top=0.3)
        number = _analyzed(case, path, models, step=step, gate=False)
        found, _ = _explained(case, number, models)
    stored = {clip.start: clip.score for clip in found.clips}
    for clip in found.explained:
        assert clip.score == pytest.approx(stored[clip.start], abs=0.01)
        assert clip.still < 0.1
    assert [c.score for c in found.explained] == sorted(
        (c.score for c in found.explained), reverse=True
    )
    assert all(10 <= (c.start + c.end) / 2 <= 13.5 for c in found.explained)


def test_it_can_be_stopped_at_any_step(tmp_path: Path, models: ModelPair) -> None:
    with open_case(tmp_path / "case") as case:
        number = _analyzed(case, write_moving(tmp_path / "a.mp4", left=0.4, top=0.3), models)
        segment = case.segments(number)[0].segment
        for stop in (1, 2, 5):
            job = explain(case, number, segment, models=models)
            for _ in range(stop):
                next(job)
            job.close()


def test_what_was_not_scored_by_these_models_is_not_explained(
    tmp_path: Path, models: ModelPair
) -> None:
    segment = Segment(start=1, end=2, peak=0.5, peak_time=1.5, mean=0.5)
    with open_case(tmp_path / "case") as case:
        path = write_moving(tmp_path / "a.mp4", left=0.4, top=0.3)
        number = case.add_recording(path)
        with pytest.raises(UsageError, match="analyze it first"):
            next(explain(case, number, segment, models=models))
        _analyzed(case, path, models)
        other = replace(models.scorer.manifest, sha256="0" * 64)
        wrong = replace(models, scorer=replace(models.scorer, manifest=other))
        with pytest.raises(UsageError, match="another version"):
            next(explain(case, number, segment, models=wrong))
