"""How often cameras are looked at, by what they cost."""

import pytest

from crimeview.core.capacity import CameraCost, Choice, capacity

CHEAP = CameraCost(reading=0.1, analyzing=0.05)
DEAR = CameraCost(reading=0.1, analyzing=0.4)


def test_where_there_is_room_every_clip_is_looked_at() -> None:
    found = capacity([CHEAP] * 4, cores=2, step=0.64)
    assert (found.nth, found.every, found.enough) == (1, 0.64, True)
    assert found.load == pytest.approx(4 * 0.15 / 2)
    assert found.load == pytest.approx(found.decoding + found.analyzing)


def test_where_there_is_not_clips_are_left_out_evenly() -> None:
    found = capacity([DEAR] * 5, cores=2, step=0.64)
    assert found.nth == 3  # all clips take 2.0, and one thread scores for 0.75 at most
    assert found.every == pytest.approx(1.92)
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
    ("cameras", "cores", "followed"), [(1, 1, 1), (3, 1, 0), (2, 2, 1), (3, 4, 1)]
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
    tight = [CameraCost(reading=0.1, analyzing=0.1, following=0.5)] * 2  # of 0.75
    costs = [*tight, CameraCost(reading=0.05, analyzing=0.0)]
    assert capacity(costs, cores=2, step=0.64, before=Choice(followed=0)).followed == 0
    assert capacity(costs, cores=2, step=0.64, before=Choice(followed=1)).followed == 1
    assert capacity(costs[:1], cores=2, step=0.64, before=Choice(followed=0)).followed == 1


def test_cameras_on_which_nobody_is_to_be_followed_take_no_place() -> None:
    light = CameraCost(reading=0.1, analyzing=0.1, following=0.15)
    found = capacity([CHEAP, light, CHEAP, light], cores=4, step=0.64)
    assert found.followed == 2
    assert found.enough


def test_where_other_programs_take_the_processor_less_is_looked_at_and_that_is_said() -> None:
    free, busy = (capacity([CHEAP] * 4, cores=2, step=0.64, slowed=s) for s in (1.0, 6.0))
    assert (free.nth, free.enough, free.is_slowed) == (1, True, False)
    assert (busy.nth, busy.enough, busy.is_slowed) == (2, False, True)
    assert busy.slowed == 6.0


def test_one_thread_scores_all_clips_however_many_cores_there_are() -> None:
    many = capacity([CameraCost(reading=0.1, analyzing=0.1)] * 12, cores=64, step=0.64)
    assert (many.nth, many.enough) == (2, False)


def test_what_is_left_out_is_not_enough_whatever_it_costs() -> None:
    found = capacity([CHEAP], cores=2, step=0.64, left_out=3)
    assert (found.nth, found.left_out, found.enough) == (1, 3, False)


def test_cameras_are_looked_at_more_often_again_only_where_there_is_room_to_spare() -> None:
    """Else it would be begun and given up by turns."""
    tight = [CameraCost(reading=0.0, analyzing=0.7)]
    assert capacity(tight, cores=2, step=0.64, before=Choice(nth=1)).nth == 1
    assert capacity(tight, cores=2, step=0.64, before=Choice(nth=2)).nth == 2
    roomy = [CameraCost(reading=0.0, analyzing=0.6)]
    assert capacity(roomy, cores=2, step=0.64, before=Choice(nth=2)).nth == 1
