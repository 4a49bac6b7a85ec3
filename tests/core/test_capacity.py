"""How often cameras are looked at, by what they cost."""

import pytest

from crimeview.core.capacity import CameraCost, capacity

CHEAP = CameraCost(reading=0.1, analyzing=0.05)
DEAR = CameraCost(reading=0.1, analyzing=0.4)


def test_where_there_is_room_every_clip_is_looked_at() -> None:
    found = capacity([CHEAP] * 4, cores=2, step=0.64)
    assert (found.nth, found.every, found.enough) == (1, 0.64, True)
    assert found.load == pytest.approx(4 * 0.15 / 2)
    assert found.load == pytest.approx(found.decoding + found.analyzing)


def test_where_there_is_not_clips_are_left_out_evenly() -> None:
    found = capacity([DEAR] * 5, cores=2, step=0.64)
    assert found.nth == 2  # 0.5 for reading leaves 1.0 of 1.5 cores, and all clips take 2.0
    assert found.every == pytest.approx(1.28)
    assert not found.enough
    assert found.load <= 0.75


def test_no_clip_is_left_out_so_often_that_events_fall_between() -> None:
    found = capacity([DEAR] * 50, cores=2, step=0.5)
    assert (found.nth, found.every) == (4, 2.0)
    assert found.load > 1


def test_nothing_to_watch_costs_nothing() -> None:
    assert capacity([], cores=2, step=0.5).load == 0
