from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from crimeview.core.look import CELLS, Refusal
from crimeview.core.spans import complement, covered, within
from crimeview.scene.keyframes import WINDOW, KeyframeGate, Verdict
from tests.scene.pictures import Gops, as_levels, regular, still

FULL_HD = {"height": 1080, "width": 1920, "clip": 1.36}


def judged(gops: Gops, pictures: NDArray[np.float64]) -> Verdict:
    gate = KeyframeGate(gops, **FULL_HD)
    assert gate.refusal is None
    for time, picture in zip(gops.times, as_levels(pictures), strict=True):
        gate.add(float(time), picture)
    return gate.verdict()


def skipped(verdict: Verdict, gops: Gops) -> float:
    return 1 - covered(verdict.kept) / float(gops.ends[-1])


def test_noise_alone_is_skipped_but_for_the_first_group() -> None:
    gops = regular(300)
    verdict = judged(gops, still(300))
    assert verdict.refusal is None
    assert within(verdict.kept, np.array([0.0])).all()
    assert skipped(verdict, gops) > 0.9
    assert not verdict.clock.any()
    assert np.isfinite(verdict.scores).all()


def test_a_small_mover_is_kept_with_the_groups_on_both_sides() -> None:
    gops, pictures = regular(200), still(200)
    pictures[100, 40:42, 70] += 25.0
    pictures[101, 40:42, 74] += 25.0
    verdict = judged(gops, pictures)
    assert within(verdict.kept, np.arange(98.9, 102.9, 0.1)).all()
    assert verdict.scores[100] > 5
    assert skipped(verdict, gops) > 0.9


def test_a_mover_in_the_last_keyframes_is_kept() -> None:
    gops, pictures = regular(WINDOW + 40), still(WINDOW + 40)
    pictures[-1, 40:42, 70] += 25.0
    verdict = judged(gops, pictures)
    assert within(verdict.kept, gops.ends[-2:] - 0.01).all()


def test_something_left_behind_is_new_once() -> None:
    gops, pictures = regular(300), still(300)
    pictures[150:, 40:43, 70:72] += 30.0
    verdict = judged(gops, pictures)
    assert within(verdict.kept, np.array([149.5, 150.5])).all()
    assert not within(verdict.kept, np.array([120.5, 180.5])).any()


@pytest.mark.parametrize("at", [5, *range(WINDOW - 3, WINDOW + 4), 2 * WINDOW, 2 * WINDOW + 1])
def test_something_taken_away_is_seen_at_every_keyframe(at: int) -> None:
    gops, pictures = regular(2 * WINDOW + 40), still(2 * WINDOW + 40)
    pictures[max(0, at - 30) : at, 40:48, 60:68] += 40.0
    verdict = judged(gops, as_levels(pictures))
    assert verdict.scores[at] > 10
    assert within(verdict.kept, np.array([at - 1.0, float(at)])).all()


def test_what_never_stops_moving_in_one_place_counts_for_little_there() -> None:
    gops, pictures = regular(240), still(240)
    random = np.random.default_rng(1)
    pictures[:, 50:56, 20:40] += random.normal(0, 15, (240, 6, 20))
    pictures[120, 20:22, 100] += 25.0
    verdict = judged(gops, pictures)
    assert verdict.refusal is None
    assert within(verdict.kept, np.array([119.5, 120.5])).all()
    assert skipped(verdict, gops) > 0.5


def test_a_clock_is_masked_with_the_digits_that_change_seldom() -> None:
    gops, pictures = regular(240), still(240)
    random = np.random.default_rng(2)
    pictures[:, 3:7, 30:32] = random.choice([20.0, 235.0], (240, 4, 2))
    pictures[:, 3:7, 28:30] = np.repeat(random.choice([20.0, 235.0], (24, 4, 2)), 10, axis=0)
    verdict = judged(gops, pictures)
    assert verdict.clock[3:7, 28:32].all()
    assert not verdict.clock[12:].any()
    assert skipped(verdict, gops) > 0.9


def test_a_busy_road_at_the_bottom_is_no_clock() -> None:
    pictures = still(240)
    random = np.random.default_rng(3)
    pictures[:, 80:, :] += random.normal(0, 20, (240, 10, 160))
    assert not judged(regular(240), pictures).clock.any()


def test_changes_of_light_are_not_movement() -> None:
    gops, pictures = regular(240), still(240)
    drift = 1 + 0.1 * np.sin(np.arange(240) / 20)
    drift[150:] *= 1.1
    verdict = judged(gops, pictures * drift[:, None, None])
    assert verdict.refusal is None
    assert skipped(verdict, gops) > 0.8


def test_constant_pictures_are_still() -> None:
    gops = regular(100)
    for level in (0.0, 255.0):
        verdict = judged(gops, np.full((100, *CELLS), level))
        assert verdict.refusal is None
        assert covered(verdict.kept) < 3.0
        assert verdict.scores.max() == 0


def test_movement_everywhere_all_the_time_is_busy() -> None:
    random = np.random.default_rng(4)
    pictures = still(120)
    for picture in pictures:
        row, column = random.integers(15, 75), random.integers(150)
        picture[row : row + 6, column : column + 6] += 60.0
    verdict = judged(regular(120), pictures)
    assert verdict.refusal is Refusal.BUSY
    assert covered(verdict.kept) == pytest.approx(120.0)


def test_noise_that_hides_small_movers_is_refused_sooner_where_groups_are_long() -> None:
    pictures = still(120, noise=1.9)
    assert judged(regular(120, seconds=1.0), pictures).refusal is None
    assert judged(regular(120, seconds=2.0), pictures).refusal is Refusal.NOISY


def test_only_the_busy_part_of_a_day_is_kept_whole() -> None:
    count = 4 * WINDOW
    gops, pictures = regular(count), still(count)
    random = np.random.default_rng(5)
    for picture in pictures[:WINDOW]:
        row, column = random.integers(15, 75), random.integers(150)
        picture[row : row + 6, column : column + 6] += 60.0
    verdict = judged(gops, pictures)
    assert verdict.refusal is None
    assert covered(complement(verdict.kept, end=WINDOW - 1.0)) == 0
    assert covered(verdict.kept) < 1.4 * WINDOW


def test_heavy_groups_are_kept_and_light_ones_never_skipped_for_it() -> None:
    gops, pictures = regular(200), still(200)
    gops.bytes[80] += 40_000
    pictures[140, 40:42, 70] += 25.0
    gops.bytes[139:142] = gops.sizes[139:142] + 50_000
    verdict = judged(gops, pictures)
    assert within(verdict.kept, np.array([80.5, 139.5, 140.5])).all()


def test_a_keyframe_that_cannot_be_decoded_is_kept() -> None:
    gops, pictures = regular(200), as_levels(still(200))
    gate = KeyframeGate(gops, **FULL_HD)
    for number in set(range(200)) - {70, 71}:
        gate.add(float(gops.times[number]), pictures[number])
    verdict = gate.verdict()
    assert np.isnan(verdict.scores[70:72]).all()
    assert within(verdict.kept, np.array([69.5, 70.5, 71.5])).all()


def test_no_keyframe_at_all_keeps_everything() -> None:
    gops = regular(100)
    verdict = KeyframeGate(gops, **FULL_HD).verdict()
    assert verdict.refusal is Refusal.BUSY
    assert covered(verdict.kept) == pytest.approx(100.0)


@pytest.mark.parametrize(
    ("gops", "height", "refusal"),
    [
        (regular(100), 480, Refusal.SMALL_PICTURES),
        (regular(29), 1080, Refusal.FEW_KEYFRAMES),
        (regular(0), 1080, Refusal.FEW_KEYFRAMES),
        (regular(100, seconds=4.0), 1080, Refusal.LONG_GOPS),
        (replace(regular(100), in_order=False), 1080, Refusal.NO_TIME_STAMPS),
    ],
)
def test_refusals_before_anything_is_decoded(gops: Gops, height: int, refusal: Refusal) -> None:
    gate = KeyframeGate(gops, height=height, width=height * 16 // 9, clip=1.36)
    assert gate.refusal is refusal
    verdict = gate.verdict()
    assert verdict.refusal is refusal
    assert covered(verdict.kept) == pytest.approx(float((gops.ends - gops.times).sum()))


def test_irregular_groups_are_refused_but_not_for_one_gap() -> None:
    lengths = np.where(np.arange(200) % 10 == 0, 1.9, 1.0)
    ends = np.cumsum(lengths)
    gops = replace(regular(200), times=ends - lengths, ends=ends)
    assert KeyframeGate(gops, **FULL_HD).refusal is Refusal.IRREGULAR_GOPS
    lengths = np.where(np.arange(200) == 100, 3.0, 1.0)
    ends = np.cumsum(lengths)
    gops = replace(regular(200), times=ends - lengths, ends=ends)
    assert KeyframeGate(gops, **FULL_HD).refusal is None


def test_pictures_of_another_size_are_refused() -> None:
    gate = KeyframeGate(regular(100), **FULL_HD)
    with pytest.raises(ValueError, match="compared as"):
        gate.add(0.0, np.zeros((45, 80), np.uint8))


def test_what_is_held_does_not_grow_with_length() -> None:
    gops, pictures = regular(2000), as_levels(still(50))
    gate = KeyframeGate(gops, **FULL_HD)
    most = 0
    for number, time in enumerate(gops.times):
        gate.add(float(time), pictures[number % 50])
        most = max(most, len(gate._pictures))
    assert most <= 2 * WINDOW + 30
    assert np.isfinite(gate.verdict().scores).all()


@settings(max_examples=15, deadline=None)
@given(
    count=st.integers(30, 90),
    seconds=st.sampled_from([0.5, 1.0, 2.0]),
    at=st.integers(1, 29),
    row=st.integers(12, 75),
    column=st.integers(0, 157),
    brightness=st.sampled_from([-35.0, 35.0]),
)
def test_a_mover_anywhere_is_kept(
    count: int, seconds: float, at: int, row: int, column: int, brightness: float
) -> None:
    gops, pictures = regular(count, seconds=seconds), still(count, seed=count)
    pictures[at, row : row + 3, column : column + 2] += brightness
    verdict = judged(gops, pictures)
    middles = (gops.times + gops.ends) / 2
    assert within(verdict.kept, middles[[0, at - 1, at]]).all()
    assert (np.diff(verdict.kept.ravel()) > 0).all()
    assert np.isin(verdict.kept[:, 0], gops.times).all()


@pytest.mark.parametrize("stop", [1, 100, WINDOW + 12, WINDOW + 90, 2 * WINDOW + 59])
def test_a_gate_goes_on_from_its_state_as_if_it_had_never_stopped(stop: int) -> None:
    count = 2 * WINDOW + 60
    gops, pictures = regular(count), as_levels(still(count))
    pictures[150, 40:46, 70:76] += 25
    pictures[400, 20:26, 30:36] += 25
    whole, first, second = (KeyframeGate(gops, **FULL_HD) for _ in range(3))
    for number in range(count):
        whole.add(float(gops.times[number]), pictures[number])
        if number < stop:
            first.add(float(gops.times[number]), pictures[number])
    assert first.seen == stop
    second.restore(first.state())
    assert second.seen == stop
    for number in range(stop, count):
        second.add(float(gops.times[number]), pictures[number])
    expected, found = whole.verdict(), second.verdict()
    assert np.array_equal(found.kept, expected.kept)
    assert np.array_equal(found.scores, expected.scores)
    assert np.array_equal(found.clock, expected.clock)
    assert found.refusal is expected.refusal is None
