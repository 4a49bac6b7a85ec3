"""What is read of a track beyond what is visible, and when that does no more."""

import pytest

from crimeview.gui.widgets.surroundings import Surroundings
from crimeview.gui.widgets.time_scale import TimeScale

LENGTH, WIDTH = 86_400.0, 1000


def _scale(start: float, end: float) -> TimeScale:
    scale = TimeScale()
    scale.set_width(WIDTH)
    scale.set_length(LENGTH)
    scale.show(start, end)
    return scale


@pytest.mark.parametrize("start", [0.0, 1234.5, 40_000.0, LENGTH - 3600.0])
def test_all_that_is_visible_is_read_an_entry_a_pixel(start: float) -> None:
    scale = _scale(start, start + 3600.0)
    around = Surroundings.of(scale)
    assert around.suit(scale)
    assert around.start <= scale.start
    assert around.end >= scale.end
    assert around.entries == pytest.approx(WIDTH * (around.end - around.start) / 3600.0, abs=1)


def test_zooming_a_little_asks_for_nothing_else() -> None:
    scale = _scale(40_000.0, 43_600.0)
    around = Surroundings.of(scale)
    for _ in range(10):
        scale.zoom(0.98, center=41_000.0)
        assert around.suit(scale)
    for _ in range(20):
        scale.zoom(1 / 0.98, center=41_000.0)
        assert around.suit(scale)
    scale.zoom(1.5, center=41_000.0)
    assert not around.suit(scale), "there would be more than one entry a pixel"


def test_zooming_far_in_asks_for_more_entries() -> None:
    scale = _scale(40_000.0, 43_600.0)
    around = Surroundings.of(scale)
    scale.zoom(0.7, center=41_000.0)
    assert not around.suit(scale)
    assert Surroundings.of(scale).suit(scale)


@pytest.mark.parametrize("step", [900.0, -900.0])
def test_they_end_before_their_edge_comes_into_sight(step: float) -> None:
    scale = _scale(40_000.0, 43_600.0)
    around = Surroundings.of(scale)
    while around.suit(scale):
        assert around.start < scale.start
        assert scale.end < around.end
        scale.move(step / 10)
    scale.move(-step)
    assert around.suit(scale)


def test_a_plot_of_another_width_or_a_longer_recording_asks_anew() -> None:
    scale = _scale(0.0, LENGTH)
    around = Surroundings.of(scale)
    scale.set_width(WIDTH + 1)
    assert not around.suit(scale)
    around = Surroundings.of(scale)
    scale.set_length(LENGTH + 10.0)
    assert not around.suit(scale)
