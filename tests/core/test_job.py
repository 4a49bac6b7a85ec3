import pytest

from crimeview.core.job import Step, TimeLeft


def step(done: float, total: float | None = 100.0) -> Step:
    return Step(done=done, total=total, message="")


def test_fraction() -> None:
    assert step(25).fraction == 0.25
    assert step(25, None).fraction is None
    assert step(0, 0).fraction == 1.0
    assert step(101).fraction == 1.0


def test_a_steady_pace_gives_the_time_left() -> None:
    left = TimeLeft()
    assert left.update(step(0), now=10.0) is None
    assert left.update(step(10), now=11.0) == pytest.approx(9.0)
    assert left.update(step(20), now=12.0) == pytest.approx(8.0)


def test_a_change_of_pace_is_followed_without_a_jump() -> None:
    left = TimeLeft()
    left.update(step(0), now=0.0)
    left.update(step(10), now=1.0)
    slower = left.update(step(11), now=2.0)
    assert slower is not None
    assert 89 / 10 < slower < 89
    for second in range(3, 60):
        last = left.update(step(11 + (second - 2) * 0.5), now=second)
    assert last == pytest.approx((100 - 39.5) / 0.5, rel=0.1)


def test_steps_that_come_at_once_are_measured_together() -> None:
    left = TimeLeft()
    left.update(step(0), now=0.0)
    assert left.update(step(5), now=0.001) is None
    assert left.update(step(10), now=1.0) == pytest.approx(9.0)


def test_an_unknown_total_and_a_restart_give_no_estimate() -> None:
    left = TimeLeft()
    left.update(step(0, None), now=0.0)
    assert left.update(step(10, None), now=1.0) is None
    assert left.update(step(0), now=2.0) is None
