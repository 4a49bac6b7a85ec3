import numpy as np
import pytest

from crimeview.core.novelty import Mark, Reason
from crimeview.scene.cells import unpacked
from crimeview.scene.learning import learned
from crimeview.scene.marks import motion_marks
from crimeview.scene.novelty import scored, smoothed
from crimeview.scene.scene_counts import SceneCounts
from crimeview.scene.scoring import SceneScorer
from crimeview.scene.usual import Usual
from tests.scene.walkers import GRID, Walker, crowd, parts_of_rows, rows_of, times_of


@pytest.fixture(scope="module")
def quiet() -> SceneCounts:
    return learned(parts_of_rows(rows_of(crowd(seconds=80), seconds=80)), GRID, trust=True)


@pytest.fixture(scope="module")
def usual(quiet: SceneCounts) -> Usual:
    return Usual(quiet)


def _marks(usual: Usual, walkers: list[Walker], *, at: float) -> list[Mark]:
    rows = rows_of(walkers, seconds=at + 1.0)
    number = round(at * 12.5)
    moments = unpacked(GRID, times_of(len(rows)), rows)
    (marks,) = motion_marks(moments, usual, np.array([number]))
    return marks


def _peak(usual: Usual, walkers: list[Walker], *, seconds: float) -> float:
    scorer = SceneScorer(usual)
    for part in parts_of_rows(rows_of(walkers, seconds=seconds))():
        scorer.take(part)
    return float(scorer.result()[1].max())


def test_another_quiet_day_raises_no_alarm(usual: Usual) -> None:
    assert _peak(usual, crowd(seconds=40, speed=42.0, every=2.5), seconds=40) < 0.5


def test_what_is_faster_than_usual_is_found_where_it_is_with_its_number(usual: Usual) -> None:
    runner = Walker(row=100, column=0.0, speed=140.0, since=0.5, texture=99)
    assert _peak(usual, [runner], seconds=4) > 0.5
    mark = _marks(usual, [runner], at=1.5)[0]
    assert mark.reason is Reason.FAST
    assert mark.number == pytest.approx(140 / 48, rel=0.35)  # times the fast walkers' speed
    assert mark.left * 320 < 148 + 10 < mark.right * 320 + 24
    assert mark.top * 176 < 120 < mark.bottom * 176


def test_what_is_large_and_moves_is_told_with_its_number(usual: Usual) -> None:
    van = Walker(row=40, column=-100.0, speed=44.0, since=0.5, size=(130, 110), texture=97)
    marks = [mark for at in (3.0, 3.5, 4.0) for mark in _marks(usual, [van], at=at)]
    large = [mark for mark in marks if mark.reason is Reason.LARGE]
    assert large, "no faster than others, but much more of the picture"
    assert all(mark.number > 1 for mark in large)


def test_a_box_stays_where_values_are_high_for_longer(usual: Usual) -> None:
    """What flickers for one moment takes the box from what goes on for none."""
    values = np.zeros((20, 3), np.float32)
    values[:, 0], values[10, 1] = 2.0, 5.0
    times = times_of(20)
    assert smoothed(times, values).argmax(axis=1).tolist() == [0] * 20
    alone = smoothed(times, values[:, 1])
    assert smoothed(times, values)[:, 1] == pytest.approx(alone)


def test_the_wrong_way_is_told(usual: Usual) -> None:
    back = Walker(row=100, column=260.0, speed=-42.0, texture=98)
    reasons = {m.reason for at in (1.5, 2.0, 2.5, 3.0) for m in _marks(usual, [back], at=at)}
    assert Reason.WRONG_WAY in reasons


def test_a_place_where_nobody_walks_is_told(usual: Usual) -> None:
    stray = Walker(row=10, column=0.0, speed=40.0, texture=97)
    marks = [m for at in (2.0, 3.0, 4.0) for m in _marks(usual, [stray], at=at)]
    wrong = [m for m in marks if m.reason is Reason.WRONG_PLACE]
    assert wrong
    assert min(m.number for m in wrong) < 0.05
    assert all(m.bottom <= 0.5 for m in wrong)


def test_what_is_larger_than_usual_scores_higher(usual: Usual) -> None:
    def highest(walkers: list[Walker]) -> float:
        rows = rows_of(walkers, seconds=4)
        score = scored(unpacked(GRID, times_of(len(rows)), rows), usual).parts[1]
        return float(score.max())

    person = Walker(row=90, column=0.0, speed=44.0, texture=5)
    van = Walker(row=70, column=-60.0, speed=44.0, size=(80, 90), texture=5)
    assert highest([van]) > highest([person]) + 0.3


@pytest.mark.parametrize("seconds", [60, 240])
def test_somebody_in_a_picture_that_was_always_empty_is_found(seconds: int) -> None:
    known = learned(parts_of_rows(rows_of([], seconds=seconds)), GRID, trust=True)
    somebody = Walker(row=100, column=0.0, speed=42.0, since=0.5, texture=99)
    assert _peak(Usual(known), [somebody], seconds=6) > 0.5
    assert _peak(Usual(known), [], seconds=6) < 0.5
    mark = _marks(Usual(known), [somebody], at=3.0)[0]
    assert mark.reason is Reason.WRONG_PLACE


def test_nothing_moving_is_as_usual_as_it_gets(usual: Usual) -> None:
    rows = rows_of([], seconds=4)
    assert not rows[:, 1 : 1 + 4 * 22 * 40].any()
    assert scored(unpacked(GRID, times_of(len(rows)), rows), usual).score.max() < 0.5


def test_smoothing_keeps_a_level_and_a_single_row() -> None:
    times = times_of(50)
    assert smoothed(times, np.full(50, 3.0)) == pytest.approx(np.full(50, 3.0))
    assert smoothed(times[:1], np.array([2.0])) == pytest.approx([2.0])
    for count in range(2, 12):
        assert len(smoothed(times[:count], np.arange(float(count)))) == count
