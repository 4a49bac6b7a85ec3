from collections.abc import Sequence
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimeview.core.alarm_evaluator import AlarmEvaluator, Raised
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack, new_rule_id, track_of
from crimeview.core.errors import UsageError
from crimeview.core.schedule import parse_schedule
from crimeview.core.segment import SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind

SEOUL = ZoneInfo("Asia/Seoul")
EVENING = datetime(2026, 11, 30, 21, 59, 50, tzinfo=SEOUL).timestamp()  # a Monday


def rule(**changes: object) -> AlarmRule:
    plain = {
        "id": "r",
        "name": "gate",
        "track": AlarmTrack.EVENTS,
        "threshold": 0.5,
        "hysteresis": 1.0,
        "merge_gap": 0.0,
        "cooldown": 0.0,
    }
    return AlarmRule(**(plain | changes))  # type: ignore[arg-type]


def told(rule: AlarmRule, scores: Sequence[float], *, start: float = 0.0) -> list[Raised]:
    """What a rule tells of scores of a second each, one by one."""
    evaluator = AlarmEvaluator(rule, place=SEOUL)
    found: list[Raised] = []
    for number, score in enumerate(scores):
        found += evaluator.take(start + number, start + number + 1, score)
    return [*found, *evaluator.finish()]


def spans(found: Sequence[Raised], *, start: float = 0.0) -> list[tuple[float, float]]:
    return [(r.start - start, r.end - start) for r in found if r.end is not None]


def test_an_alarm_is_told_when_it_begins_and_when_it_ends() -> None:
    evaluator = AlarmEvaluator(rule(), place=None)
    assert list(evaluator.take(0, 1, 0.2)) == []
    (begun,) = evaluator.take(1, 2, 0.6)
    assert (begun.start, begun.end, begun.peak) == (1, None, 0.6)
    assert list(evaluator.take(2, 3, 0.9)) == []
    assert evaluator.current is not None
    assert evaluator.current.peak == 0.9
    (ended,) = evaluator.take(4, 5, 0.1)
    assert (ended.start, ended.end, ended.peak, ended.peak_time) == (1, 3, 0.9, 2.5)
    assert evaluator.current is None
    assert begun.number == ended.number == 0


def test_it_begins_only_after_its_minimum_duration() -> None:
    evaluator = AlarmEvaluator(rule(min_duration=3.0), place=None)
    assert [len(list(evaluator.take(n, n + 1, 0.7))) for n in range(4)] == [0, 0, 1, 0]
    assert spans(told(rule(min_duration=3.0), [0.7, 0.7, 0, 0.7, 0.7, 0.7])) == [(3, 6)]


def test_a_lower_score_keeps_an_alarm_on_but_does_not_begin_one() -> None:
    scores = [0.4, 0.4, 0.1, 0.4, 0.6, 0.4, 0.1]
    assert spans(told(rule(hysteresis=0.8), scores)) == [(3, 6)]


def test_it_is_quiet_for_the_cooldown_after_an_alarm() -> None:
    scores = [0.6, 0, 0.6, 0, 0, 0, 0.6]
    assert spans(told(rule(cooldown=4.0), scores)) == [(0, 1), (6, 7)]
    going_on = [0.6, 0, *[0.6] * 5]
    assert spans(told(rule(cooldown=4.0), going_on)) == [(0, 1), (5, 7)]


def test_it_is_quiet_until_it_is_snoozed_no_longer() -> None:
    assert spans(told(rule(snoozed_until=2.0), [0.6] * 4)) == [(2, 4)]


def test_scores_count_only_within_the_schedule_of_the_cameras_zone() -> None:
    night = rule(schedule=parse_schedule("Mon 22:00-06:00"))
    assert spans(told(night, [0.6] * 20, start=EVENING), start=EVENING) == [(10, 20)]
    elsewhere = rule(schedule=parse_schedule("Mon 22:00-06:00"), time_zone="UTC")
    assert told(elsewhere, [0.6] * 20, start=EVENING) == []


def test_an_alarm_ends_with_its_schedule() -> None:
    day = rule(schedule=parse_schedule("08:00-22:00"))
    assert spans(told(day, [0.6] * 20, start=EVENING), start=EVENING) == [(0, 10)]


def test_a_schedule_is_left_out_of_account_where_the_time_of_day_is_not_known() -> None:
    evaluator = AlarmEvaluator(rule(schedule=parse_schedule("Mon 01:00-01:01")), place=None)
    assert len(list(evaluator.take(0, 1, 0.6))) == 1


def test_schedules_follow_daylight_saving() -> None:
    place = ZoneInfo("Europe/Berlin")
    wanted = rule(schedule=parse_schedule("02:30-03:30"))
    # On this night 02:30 to 03:00 comes twice.
    start = datetime(2026, 10, 25, 0, 0, tzinfo=UTC).timestamp()
    evaluator = AlarmEvaluator(wanted, place=place)
    held = [
        minute
        for minute in range(180)
        if any(True for _ in evaluator.take(start + 60 * minute, start + 60 * minute + 1, 0.9))
    ]
    assert held[0] == 30
    assert sum(1 for minute in held if minute < 90) >= 1


def test_it_listens_to_its_track_its_cameras_and_its_zone() -> None:
    gate = rule(cameras=("gate",), zone="door")
    assert gate.watches("gate", track=AlarmTrack.EVENTS, zone="door")
    assert not gate.watches("gate", track=AlarmTrack.EVENTS)
    assert not gate.watches("gate", track=AlarmTrack.NOVELTY, zone="door")
    assert not gate.watches("yard", track=AlarmTrack.EVENTS, zone="door")
    assert rule().watches("yard", track=AlarmTrack.EVENTS)
    assert rule(track=AlarmTrack.LOST, zone="door").watches("a", track=AlarmTrack.LOST)


def test_tracks_have_the_kinds_that_are_stored() -> None:
    assert track_of(TrackKind.CLIP_SCORES) is AlarmTrack.EVENTS
    assert track_of(TrackKind.NOVELTY) is AlarmTrack.NOVELTY
    assert track_of(TrackKind.FEATURES) is None
    assert track_of(None) is None
    assert AlarmTrack.LOST.kind is None
    assert new_rule_id() != new_rule_id()


@pytest.mark.parametrize(
    "change",
    [{"name": " "}, {"threshold": 0.0}, {"threshold": 1.5}, {"hysteresis": 0.0},
     {"min_duration": -1.0}, {"cooldown": -1.0}, {"time_zone": "Mars/Olympus"}],
)  # fmt: skip
def test_what_makes_no_sense_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(UsageError) as raised:
        rule(**change)
    assert str(raised.value).endswith(".")


@st.composite
def tracks(draw: st.DrawFn) -> Track:
    """Rows as clips have them: they may overlap, and there may be gaps."""
    steps = draw(st.lists(st.sampled_from([0.25, 0.5, 1.0, 3.0, 7.0]), max_size=40))
    starts = np.cumsum(steps) if steps else np.empty(0)
    times = np.column_stack([starts, starts + draw(st.sampled_from([0.25, 0.5, 2.0]))])
    scores = draw(
        st.lists(
            st.sampled_from([0.0, 0.3, 0.45, 0.5, 0.9]), min_size=len(steps), max_size=len(steps)
        )
    )
    return Track(TrackKind.CLIP_SCORES, times, np.array(scores))


rules = st.fixed_dictionaries(
    {
        "threshold": st.just(0.5),
        "hysteresis": st.sampled_from([0.5, 0.8, 1.0]),
        "merge_gap": st.sampled_from([0.0, 0.5, 2.0, 5.0]),
    }
)


@given(tracks(), rules, st.sampled_from([0.0, 1.0, 3.0]))
def test_alarms_are_the_segments_that_the_same_numbers_find(
    track: Track, numbers: dict[str, float], shortest: float
) -> None:
    wanted = find_segments(track, SegmentRule(**numbers, min_length=shortest))
    evaluator = AlarmEvaluator(rule(**numbers, min_duration=shortest), place=None)
    found = [*evaluator.take_rows(track.times, track.values), *evaluator.finish()]
    ended = [r for r in found if r.end is not None]
    assert [(r.start, r.end, r.peak, r.peak_time) for r in ended] == [
        (s.start, s.end, s.peak, s.peak_time) for s in wanted
    ]
    assert len(found) == 2 * len(ended), "each is told when it begins and when it ends"
    assert [r.number for r in ended] == list(range(len(ended)))


@given(tracks(), rules, st.sampled_from([0.0, 3.0]), st.integers(0, 40))
def test_live_and_recorded_alarms_are_the_same(
    track: Track, numbers: dict[str, float], cooldown: float, cut: int
) -> None:
    wanted = rule(**numbers, cooldown=cooldown)
    live, recorded = (AlarmEvaluator(wanted, place=None) for _ in range(2))
    one_by_one = [
        raised
        for (start, end), score in zip(track.times.tolist(), track.values.tolist(), strict=True)
        for raised in live.take(start, end, score)
    ]
    at_once = [
        *recorded.take_rows(track.times[:cut], track.values[:cut]),
        *recorded.take_rows(track.times[cut:], track.values[cut:]),
    ]

    def ends(found: list[Raised]) -> list[Raised]:
        return [raised for raised in found if raised.end is not None]

    assert ends([*one_by_one, *live.finish()]) == ends([*at_once, *recorded.finish()])
