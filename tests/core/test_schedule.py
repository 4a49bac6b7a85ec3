from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crimeview.core.errors import UsageError
from crimeview.core.schedule import Schedule, TimeWindow, parse_schedule, schedule_text

MONDAY = datetime(2026, 11, 30)  # noqa: DTZ001 (local, as cameras show it)


def at(day: int, time: str) -> datetime:
    hour, minute = map(int, time.split(":"))
    return MONDAY + timedelta(days=day, hours=hour, minutes=minute)


def test_no_times_at_all_mean_always() -> None:
    assert Schedule().always
    assert Schedule().holds(at(3, "12:00"))
    assert parse_schedule("always") == parse_schedule(" ") == Schedule()
    assert schedule_text(Schedule()) == ""


def test_a_night_belongs_to_the_day_on_which_it_begins() -> None:
    schedule = parse_schedule("Mon-Fri 22:00-06:00")
    assert schedule.holds(at(0, "22:00"))
    assert schedule.holds(at(1, "05:59"))
    assert not schedule.holds(at(1, "06:00"))
    assert not schedule.holds(at(0, "05:00")), "that night began on a Sunday"
    assert schedule.holds(at(5, "03:00")), "that night began on a Friday"
    assert not schedule.holds(at(5, "23:00"))


def test_a_whole_day_ends_at_midnight() -> None:
    schedule = parse_schedule("sat, sun 00:00-24:00")
    assert schedule.holds(at(5, "00:00"))
    assert schedule.holds(at(6, "23:59"))
    assert not schedule.holds(at(7, "00:00"))


def test_days_may_be_left_out_and_may_pass_the_end_of_the_week() -> None:
    assert parse_schedule("09:00-17:00").holds(at(6, "09:00"))
    assert parse_schedule("Sat-Mon 01:00-02:00").windows[0].days == frozenset({5, 6, 0})
    assert parse_schedule("Monday,Wed 1:00-2:00").windows[0].days == frozenset({0, 2})


@pytest.mark.parametrize(
    "text", ["night", "Mon", "Mon 25:00-26:00", "Foo 01:00-02:00", "Mon-Tue-Wed 01:00-02:00",
             "Mon 01:60-02:00", "24:00-06:00", "Mon 1-2"],
)  # fmt: skip
def test_what_is_no_schedule_is_told_with_an_example(text: str) -> None:
    with pytest.raises(UsageError) as raised:
        parse_schedule(text)
    assert str(raised.value).endswith(".")


minutes = st.integers(0, 24 * 60 - 1)
windows = st.builds(
    TimeWindow,
    days=st.frozensets(st.integers(0, 6), min_size=1),
    begin=minutes,
    end=st.integers(0, 24 * 60),
)


@given(st.lists(windows, max_size=4))
def test_the_text_says_all(made: list[TimeWindow]) -> None:
    schedule = Schedule(tuple(made))
    assert parse_schedule(schedule_text(schedule)) == schedule


@settings(max_examples=10, deadline=None)
@given(windows)
def test_a_window_holds_for_its_length_on_each_of_its_days(window: TimeWindow) -> None:
    week = [MONDAY + timedelta(minutes=minute) for minute in range(7 * 24 * 60)]
    assert sum(map(window.holds, week)) == len(window.days) * window.minutes
