from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from crimeview.core.clip import ClipSpec
from crimeview.core.job import Job
from crimeview.jobs import evaluate_middle as module
from crimeview.jobs.evaluate_cache import Reading
from crimeview.jobs.evaluate_middle import middle_of, middle_windows, read_middle
from crimeview.jobs.evaluate_models import Pipeline, choose_models
from crimeview.training.data.windows import frames_at, usable_span
from tests.bursts import write_bursts
from tests.tiny_models import SPEC, make_models
from tests.video.recordings import HARD, Hard, read_number, steady, write_recording

T = TypeVar("T")


@pytest.fixture(scope="session")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("models")
    make_models(place)
    return place


@pytest.fixture(autouse=True)
def _models(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(folder))


def _read(path: Path, *, model: str | None = None) -> tuple[Reading, np.ndarray]:
    with Pipeline(choose_models(model)) as pipeline:
        reading = _done(read_middle(path, pipeline))
        return reading, pipeline.scores(reading.numbers)


def _done(job: Job[T]) -> T:
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


@pytest.mark.parametrize("length", [0.3, 1.0, 1.9, 2.5, 7.0])
def test_windows_are_those_of_training(length: float) -> None:
    """By training's own functions, on a clock whose frames come unevenly."""
    random = np.random.default_rng(0)
    starts = np.append(0.0, np.sort(random.uniform(0, length, round(25 * length))))
    times = np.column_stack([starts, np.append(starts[1:], length)])
    span = usable_span(times, 2.0)
    seconds = SPEC.frames / 10.0
    wanted = [
        frames_at(times, start=start, interval=0.1, count=SPEC.frames)
        for start in np.linspace(span[0], max(span[0], span[1] - seconds), 3)
    ]
    assert middle_of((0.0, length)) == pytest.approx(span)
    found = middle_windows(times, SPEC, span=span, every_step=False)
    np.testing.assert_array_equal(found, wanted[:1] if length <= seconds else wanted)


def test_consecutive_frames_need_no_clock() -> None:
    spec = replace(SPEC, rate=None, frames=16)
    times = np.column_stack([np.arange(60) / 30, (np.arange(60) + 1) / 30])
    windows = middle_windows(times, spec, span=(0.0, 2.0), every_step=False)
    assert [(w[0], w[-1]) for w in windows] == [(0, 15), (22, 37), (44, 59)]
    few = middle_windows(times[:10], spec, span=(0.0, 1 / 3), every_step=False)
    assert [w.tolist() for w in few] == [[*range(10), *[9] * 6]]


def test_frame_classifiers_take_every_step() -> None:
    spec = ClipSpec(frames=1, rate=5.0, step=2, resize=(8, 8), crop=(8, 8), color="rgb")
    times = np.column_stack([np.arange(50) / 25, (np.arange(50) + 1) / 25])
    windows = middle_windows(times, spec, span=(0.0, 2.0), every_step=True)
    assert [w.tolist() for w in windows] == [[0], [10], [20], [30], [40]]


def test_only_the_middle_counts(tmp_path: Path) -> None:
    ends, middle = [(0.0, 2.8), (5.2, 8.0)], [(3.2, 4.8)]
    quiet = write_bursts(tmp_path / "ends.mp4", duration=8.0, bursts=ends)
    event = write_bursts(tmp_path / "middle.mp4", duration=8.0, bursts=middle)
    reading, scores = _read(quiet)
    assert scores.max() < 0.1
    assert reading.moved < 10
    assert reading.times[:, 0] == pytest.approx([3.0, 3.6, 4.2], abs=1e-6)
    reading, scores = _read(event)
    assert scores.mean() > 0.9
    assert reading.moved > 100
    assert reading.frame_times.tolist() == [[0.0, pytest.approx(8.0)]]


def test_the_middle_of_a_long_recording_is_found(tmp_path: Path) -> None:
    path = write_bursts(tmp_path / "long.mp4", duration=70.0, bursts=[(34.0, 36.0)])
    reading, scores = _read(path)
    assert reading.times[:, 0] == pytest.approx([34.0, 34.6, 35.2], abs=1e-6)
    assert scores.min() > 0.9


def test_a_container_that_promises_a_wrong_length(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The middle is that of the pictures: what was kept by the promise is read again."""
    path = write_bursts(tmp_path / "long.mp4", duration=50.0, bursts=[(24.0, 26.0)])
    monkeypatch.setattr(module, "_SHORT", 0.0)
    true_middle = module.middle_of
    spans = iter([(10.0, 12.0)])
    monkeypatch.setattr(module, "middle_of", lambda whole: next(spans, None) or true_middle(whole))
    reading, scores = _read(path)
    assert reading.times[0, 0] == pytest.approx(24.0, abs=1e-6)
    assert scores.min() > 0.9


def test_a_frame_classifier_averages_its_frames(tmp_path: Path) -> None:
    path = write_bursts(tmp_path / "half.mp4", duration=2.0, bursts=[(1.0, 2.0)])
    reading, scores = _read(path, model="violence-mobilenet")
    assert len(reading.numbers) == 9  # three frames every fifth of a second
    assert 0.3 < scores.mean() < 0.7


@pytest.mark.parametrize("hard", HARD, ids=lambda hard: hard.name)
def test_hard_recordings(hard: Hard, tmp_path: Path) -> None:
    """The pictures on screen in the middle, by the truth about when each comes."""
    made = hard.write(tmp_path)
    job = module._middle(made.path, replace(SPEC, resize=(64, 96), crop=(64, 96)))
    found = _done(job)
    numbers = [read_number(picture) for picture in found.pictures]
    start, end = middle_of(found.whole)
    begins = np.array(made.times)
    late = 2 * made.precision
    surely = np.flatnonzero((begins > start + late) & (begins < end - late)).tolist()
    assert set(surely) <= set(numbers)
    assert len(numbers) <= len(surely) + 3
    windows = middle_windows(found.times, SPEC, span=(start, end), every_step=False)
    assert all(len(window) == SPEC.frames for window in windows)


def test_the_middle_of_a_gap_shows_the_picture_before_it(tmp_path: Path) -> None:
    path = tmp_path / "gap.mkv"
    write_recording(path, [*steady(50), *(20.0 + t for t in steady(50))])
    found = _done(module._middle(path, replace(SPEC, resize=(64, 96), crop=(64, 96))))
    assert [read_number(picture) for picture in found.pictures] == [49]
