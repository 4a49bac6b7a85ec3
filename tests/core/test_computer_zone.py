import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crimeview.core.alarm_evaluator import AlarmEvaluator
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.schedule import parse_schedule
from crimeview.core.wall_clock import ComputerZone

RULE = AlarmRule(
    id="r",
    name="night",
    track=AlarmTrack.EVENTS,
    threshold=0.5,
    merge_gap=0.0,
    cooldown=0.0,
    schedule=parse_schedule("22:00-06:00"),
)


@pytest.fixture(autouse=True)
def _in_berlin(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Its clocks go from 03:00 back to 02:00 on the 25th of October 2026."""
    if not hasattr(time, "tzset"):
        pytest.skip("the zone of this system cannot be set for a test")
    with monkeypatch.context() as patched:
        patched.setenv("TZ", "Europe/Berlin")
        time.tzset()
        yield
    time.tzset()


def alarmed(evaluator: AlarmEvaluator, moment: datetime) -> bool:
    """Whether a high score at that moment raises an alarm."""
    start = moment.timestamp()
    raised = [*evaluator.take(start, start + 1, 0.9), *evaluator.take(start + 1, start + 2, 0.0)]
    return any(told.end is None for told in raised)


def test_a_schedule_follows_daylight_saving_time_without_a_restart() -> None:
    evaluator = AlarmEvaluator(RULE, place=ComputerZone())
    summer = datetime(2026, 10, 24, tzinfo=UTC)
    assert alarmed(evaluator, summer.replace(hour=20, minute=30)), "22:30 in summer"
    winter = datetime(2026, 10, 26, tzinfo=UTC)
    assert not alarmed(evaluator, winter.replace(hour=20, minute=30)), "21:30 in winter"
    assert alarmed(evaluator, winter.replace(hour=21, minute=30)), "22:30 in winter"


def test_the_zone_gives_the_offset_of_each_moment() -> None:
    for month, offset in ((7, "+0200"), (12, "+0100")):
        local = datetime(2026, month, 1, 12, tzinfo=UTC).astimezone(ComputerZone())
        assert local.strftime("%z") == offset
        assert local.astimezone(UTC) == datetime(2026, month, 1, 12, tzinfo=UTC)
