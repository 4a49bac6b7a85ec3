from math import inf, nan

import pytest

from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.errors import UsageError


@pytest.mark.parametrize("field", ["min_duration", "merge_gap", "cooldown"])
@pytest.mark.parametrize("seconds", [nan, inf, -1.0, 86_401.0])
def test_seconds_of_a_rule_are_numbers_up_to_a_day(field: str, seconds: float) -> None:
    with pytest.raises(UsageError, match="from 0 to 86400 seconds"):
        AlarmRule(id="r", name="r", track=AlarmTrack.EVENTS, threshold=0.5, **{field: seconds})
