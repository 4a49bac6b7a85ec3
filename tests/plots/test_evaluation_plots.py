"""The pictures of an evaluation: what they show is read back from their pixels."""

import subprocess
import sys
from pathlib import Path

import numpy as np
from matplotlib.image import imread
from numpy.typing import NDArray

from crimeview.plots.alarms import AlarmPlot, save_alarms
from crimeview.plots.canvas import BLUE, GREEN, ORANGE
from crimeview.plots.confusion import Matrix, save_confusion
from crimeview.plots.ranking import RankingCurve, save_precision_recall, save_roc
from crimeview.plots.score_curves import ScoredTime, save_score_curves


def _where(file: Path, color: str, *, alpha: float = 1.0) -> NDArray[np.bool_]:
    """Which dots of a picture have the color."""
    wanted = np.array([int(color[n : n + 2], 16) / 255 for n in (1, 3, 5)]) * alpha + 1 - alpha
    return (np.abs(imread(file)[..., :3] - wanted) < 0.02).all(axis=2)


def _curve(name: str, across: list[float], up: list[float]) -> RankingCurve:
    return RankingCurve(
        name=name, across=np.array(across), up=np.array(up), area=0.75, interval=(0.6, 0.9)
    )


def test_a_better_curve_lies_higher(tmp_path: Path) -> None:
    other = _curve("긴 이름", [0, 1], [0, 1])
    good = save_roc(
        [_curve("scores", [0, 0, 1], [0, 1, 1]), other], tmp_path / "a.png", title="좋은 것" * 30
    )
    bad = save_roc([_curve("scores", [0, 1, 1], [0, 0, 1]), other], tmp_path / "b.png", title="x")
    heights = []
    for file in (good, bad):
        rows, columns = np.nonzero(_where(file, BLUE)[:610])  # above the legend
        assert np.ptp(columns) > 400  # from one side of the square to the other
        heights.append(rows.mean())
    assert heights[1] - heights[0] > 200


def test_precision_is_drawn_in_steps(tmp_path: Path) -> None:
    file = save_precision_recall(
        [_curve("scores", [0.5, 1.0], [1.0, 0.5])], tmp_path / "p.png", title="x", chance=0.3
    )
    rows, columns = np.nonzero(_where(file, BLUE)[:560])
    middle = (rows > rows.min() + 40) & (rows < rows.max() - 40)
    assert np.ptp(columns[middle]) < 6  # between its two levels the line is upright


def test_matrices_side_by_side(tmp_path: Path) -> None:
    matrix = Matrix("At 0.5", ("normal", "폭력"), np.array([[9, 1], [3, 7]]))
    one = imread(save_confusion([matrix], tmp_path / "one.png"))
    two = imread(save_confusion([matrix, matrix], tmp_path / "two.png"))
    assert two.shape[1] > 1.7 * one.shape[1]


def test_the_alarm_threshold_is_marked_where_it_stands(tmp_path: Path) -> None:
    places = []
    for rate in (0.0, 10.0):
        plot = AlarmPlot(
            rates=np.array([0.0, 1.0, 10.0, 20.0, 5.0]),
            recalls=np.array([0.0, 0.5, 0.8, 0.9, 1.0]),
            default=(rate, 0.8),
            threshold=0.5,
            rate=2.0,
            recall=0.5,
            interval=(0.3, 0.7),
        )
        file = save_alarms(plot, tmp_path / f"{rate:g}.png", title="카메라")
        marked = _where(file, ORANGE)[:400]
        places.append(np.nonzero(marked)[1].mean())
    assert places[1] - places[0] > 200


def test_truth_is_shaded_alarms_are_marked_and_no_peak_is_lost(tmp_path: Path) -> None:
    scores = np.full(50_000, 0.1)
    scores[25_000] = 1.0  # one frame of a long recording
    recording = ScoredTime(
        name="골목길 1",
        seconds=np.arange(50_000) / 25,
        scores=scores,
        events=[(500.0, 1000.0)],
        alarms=[(1500.0, 1750.0)],
    )
    file = save_score_curves([recording, recording], tmp_path / "s.png", threshold=0.5)
    image = imread(file)
    width = image.shape[1]
    half = slice(image.shape[0] // 2, None)
    shaded = np.nonzero(_where(file, ORANGE, alpha=0.35)[half])[1]
    assert 0.22 < np.ptp(shaded) / width < 0.26
    alarm = np.nonzero(_where(file, GREEN)[half])[1]
    assert 0.10 < np.ptp(alarm) / width < 0.14
    blue = np.nonzero(_where(file, BLUE)[half])[0]
    assert np.ptp(blue) > 80  # the peak reaches up


def test_nothing_is_global() -> None:
    """Whoever plots in a thread must not meet another's pyplot."""
    code = (
        "import sys, crimeview.plots.alarms, crimeview.plots.ranking, crimeview.plots.confusion, "
        "crimeview.plots.score_curves; sys.exit('matplotlib.pyplot' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
