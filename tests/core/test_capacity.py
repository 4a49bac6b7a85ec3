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


FOLLOWING = CameraCost(reading=0.1, analyzing=0.1, following=0.3)


@pytest.mark.parametrize(
    ("cameras", "cores", "followed"), [(1, 1, 1), (3, 1, 0), (3, 2, 2), (3, 4, 3)]
)
def test_people_are_followed_on_as_many_cameras_as_there_is_room_for(
    cameras: int, cores: int, followed: int
) -> None:
    found = capacity([FOLLOWING] * cameras, cores=cores, step=0.64)
    assert found.followed == followed
    assert found.nth == 1, "nothing is left out for it"
    taken = cameras * 0.2 + followed * 0.3
    assert found.load == pytest.approx(taken / cores)
    assert found.enough is (followed == cameras and found.load <= 0.75)


def test_one_more_is_followed_only_where_there_is_room_to_spare() -> None:
    """Else it would be begun and given up by turns."""
    tight = [CameraCost(reading=0.1, analyzing=0.1, following=0.5)] * 2
    costs = [*tight, CameraCost(reading=0.05, analyzing=0.0)]
    assert capacity(costs, cores=2, step=0.64, followed=1).followed == 1
    assert capacity(costs, cores=2, step=0.64, followed=2).followed == 2
    roomy = tight[:2]
    assert capacity(roomy, cores=2, step=0.64, followed=0).followed == 1


def test_cameras_on_which_nobody_is_to_be_followed_take_no_place() -> None:
    found = capacity([CHEAP, FOLLOWING, CHEAP, FOLLOWING], cores=4, step=0.64)
    assert found.followed == 2
    assert found.enough
