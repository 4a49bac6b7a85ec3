from collections.abc import Generator
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.job import Step
from crimeview.jobs.gather import Gathered
from crimeview.jobs.gather_statistics import gather_statistics
from tests.training.made_examples import make_examples


def _data(count: int) -> Gathered:
    examples, frames = make_examples(count)
    return Gathered(examples, frames, np.full((count, 5), 1000.0))


def _run(job: Generator[Step, None, np.ndarray]) -> tuple[np.ndarray, int]:
    """What the job gives, and how many clips it measured."""
    steps = 0
    while True:
        try:
            next(job)
            steps += 1
        except StopIteration as end:
            return end.value, steps


def test_a_clip_is_measured_once(tmp_path: Path) -> None:
    first, measured = _run(gather_statistics(_data(4), folder=tmp_path))
    assert measured == 4
    again, measured = _run(gather_statistics(_data(6), folder=tmp_path))
    assert measured == 2
    np.testing.assert_array_equal(again[:4], first)
    assert np.isfinite(again).all()


def test_a_damaged_store_is_made_anew(tmp_path: Path) -> None:
    first, _ = _run(gather_statistics(_data(2), folder=tmp_path))
    file = tmp_path / "motion-statistics.npz"
    file.write_bytes(file.read_bytes()[:100])
    again, measured = _run(gather_statistics(_data(2), folder=tmp_path))
    assert measured == 2
    np.testing.assert_array_equal(again, first)
