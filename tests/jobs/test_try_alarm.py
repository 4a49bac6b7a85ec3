from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pytest

from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.alarm_trial import Trial, TrialSpan, trial_sentences
from crimeview.core.errors import UsageError
from crimeview.core.recording import ClockSource, Fingerprint, Recording
from crimeview.core.schedule import parse_schedule
from crimeview.core.segment import SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.core.wall_clock import WallClock, WallClockSource
from crimeview.jobs.alarm_rules import last_night, rule_named, snooze, usual_threshold
from crimeview.jobs.try_alarm import try_rule
from crimeview.store.case import Case, open_case
from crimeview.store.rows import CaseClock
from tests.jobs.finished import finished

RULE = AlarmRule(
    id="r", name="gate", track=AlarmTrack.EVENTS, threshold=0.5, cooldown=0.0, merge_gap=0.0
)
SEOUL = ZoneInfo("Asia/Seoul")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def add(
    case: Case,
    name: str,
    scores: Sequence[float],
    *,
    camera: str = "gate",
    begins: datetime | None = None,
    source: WallClockSource = WallClockSource.GIVEN,
) -> int:
    """A recording with clip scores of a second each."""
    path = case.folder / name
    number = case.add_recording(path)
    case.set_fingerprint(number, Fingerprint(sha256=name, size=1))
    case.describe(
        number,
        Recording(
            path=path,
            duration=float(len(scores)),
            width=64,
            height=48,
            frame_rate=25.0,
            codec="h264",
            container="mp4",
            rotation=0,
            clock=ClockSource.TIMESTAMPS,
        ),
    )
    edges = np.arange(len(scores) + 1.0)
    times = np.column_stack([edges[:-1], edges[1:]])
    run = case.analyses.begin(
        number, encoder_sha256="e", scorer_sha256="s", clip_key="c", settings_json="{}"
    )
    case.analyses.save_track(run, Track(TrackKind.CLIP_SCORES, times, np.array(scores, np.float32)))
    if begins is not None:
        clock = WallClock(start=begins, zone="Asia/Seoul", offset=0.0, source=source)
        case.times.set_clocks({number: CaseClock(camera=camera, clock=clock)})
    return number


def tried(case: Case, rule: AlarmRule = RULE, **options: float | None) -> Trial:
    return finished(try_rule(case, rule, **options))


def test_alarms_of_a_recording_are_the_segments_that_the_same_rule_finds(case: Case) -> None:
    scores = np.random.default_rng(1).random(300).tolist()
    number = add(case, "a.mp4", scores)
    trial = tried(case)
    track = case.track(number, TrackKind.CLIP_SCORES)
    assert track is not None
    wanted = find_segments(track, SegmentRule(threshold=0.5, merge_gap=0.0, min_length=0.0))
    assert [(a.start, a.end, a.peak) for a in trial.alarms] == [
        (s.start, s.end, s.peak) for s in wanted
    ]
    assert trial.seconds == 300
    assert trial.per_hour == pytest.approx(len(wanted) * 12)
    assert trial_sentences(trial) == [
        f"This rule would have raised {len(wanted)} alarms in 0:05:00 of 1 recording."
    ]


def test_a_cooldown_goes_on_in_the_next_file_of_the_camera(case: Case) -> None:
    begins = datetime(2026, 11, 30, 22, 0)  # noqa: DTZ001
    first = add(case, "a.mp4", [0, 0, 0, 0.9], begins=begins)
    add(case, "b.mp4", [0, 0.9, 0, 0], begins=begins + timedelta(seconds=4))
    add(case, "c.mp4", [0, 0.9, 0, 0], begins=begins, camera="yard")
    assert len(tried(case).alarms) == 3
    cooled = tried(case, replace(RULE, cooldown=10.0))
    assert [(a.recording_id, a.camera) for a in cooled.alarms] == [(first, "gate"), (3, "yard")]


def test_an_alarm_across_two_files_is_one(case: Case) -> None:
    begins = datetime(2026, 11, 30, 22, 0)  # noqa: DTZ001
    first = add(case, "a.mp4", [0, 0, 0, 0.9], begins=begins)
    add(case, "b.mp4", [0.9, 0.9, 0, 0], begins=begins + timedelta(seconds=4))
    (alarm,) = tried(case).alarms
    assert (alarm.recording_id, alarm.start, alarm.end) == (first, 3.0, 6.0)
    assert alarm.begins == datetime(2026, 11, 30, 22, 0, 3, tzinfo=SEOUL).timestamp()


def test_a_schedule_goes_by_the_cameras_clock(case: Case) -> None:
    begins = datetime(2026, 11, 30, 21, 59, 55)  # noqa: DTZ001
    add(case, "a.mp4", [0.9, 0, 0, 0, 0, 0, 0.9, 0], begins=begins)
    night = replace(RULE, schedule=parse_schedule("22:00-06:00"))
    assert [alarm.start for alarm in tried(case, night).alarms] == [6.0]
    abroad = replace(night, time_zone="UTC")
    assert tried(case, abroad).alarms == ()


def test_where_the_time_of_day_is_not_known_that_is_told(case: Case) -> None:
    add(case, "a.mp4", [0.9, 0])
    add(case, "b.mp4", [0.9, 0], begins=datetime(2026, 11, 30), source=WallClockSource.FILE_TIME)  # noqa: DTZ001
    trial = tried(case, replace(RULE, schedule=parse_schedule("Mon 22:00-22:01"), zone="door"))
    assert len(trial.alarms) == 2
    assert trial.without_clock == 2
    told = " ".join(trial_sentences(trial))
    assert "time of day of 2 is not known" in told
    assert "the zone was left out of account" in told


def test_only_recordings_of_the_rules_cameras_are_tried_if_there_are_any(case: Case) -> None:
    begins = datetime(2026, 11, 30, 22, 0)  # noqa: DTZ001
    add(case, "a.mp4", [0.9, 0], begins=begins)
    add(case, "b.mp4", [0.9, 0], begins=begins, camera="yard")
    assert [a.camera for a in tried(case, replace(RULE, cameras=("yard",))).alarms] == ["yard"]
    assert len(tried(case, replace(RULE, cameras=("door",))).alarms) == 2


def test_only_recordings_of_the_time_asked_for_are_tried(case: Case) -> None:
    evening = datetime(2026, 11, 30, 22, 0, tzinfo=SEOUL)
    add(case, "a.mp4", [0.9, 0], begins=evening.replace(tzinfo=None))
    add(case, "b.mp4", [0.9, 0], begins=datetime(2026, 12, 3))  # noqa: DTZ001
    add(case, "c.mp4", [0.9, 0])
    since, until = last_night(datetime(2026, 12, 1, 9, 0, tzinfo=SEOUL))
    trial = tried(case, since=since, until=until)
    assert [alarm.recording_id for alarm in trial.alarms] == [1]
    assert trial.recordings == 1
    assert trial_sentences(trial, TrialSpan.LAST_NIGHT)[0] == (
        "This rule would have raised 1 alarm last night, in 0:00:02 of 1 recording."
    )


def test_scores_of_another_time_are_not_called_missing(case: Case) -> None:
    add(case, "a.mp4", [0.9, 0])
    trial = tried(case, since=1.0, until=2.0)
    (told,) = trial_sentences(trial, TrialSpan.LAST_NIGHT)
    assert told.startswith("No recording with events scores is known to be of last night: ")


def test_last_night_is_from_eight_to_eight() -> None:
    def clock(seconds: float) -> str:
        return datetime.fromtimestamp(seconds, SEOUL).strftime("%d %H:%M")

    morning = last_night(datetime(2026, 12, 1, 9, 0, tzinfo=SEOUL))
    assert [clock(seconds) for seconds in morning] == ["30 20:00", "01 08:00"]
    early = last_night(datetime(2026, 12, 1, 3, 0, tzinfo=SEOUL))
    assert [clock(seconds) for seconds in early] == ["30 20:00", "01 03:00"]


def test_what_cannot_be_tried_is_told(case: Case) -> None:
    assert "no events scores" in trial_sentences(tried(case))[0]
    add(case, "a.mp4", [0.9, 0])
    trial = tried(case, replace(RULE, track=AlarmTrack.THEFT))
    assert (trial.recordings, trial.without_track) == (0, 1)
    assert tried(case, replace(RULE, track=AlarmTrack.LOST)).alarms == ()


def test_a_trial_writes_nothing_and_can_be_stopped(case: Case) -> None:
    for number in range(3):
        add(case, f"{number}.mp4", [0.9, 0])
    with open_case(case.folder) as watching:
        before = watching.revision()
        job = try_rule(case, replace(RULE, armed=False, snoozed_until=1e12))
        next(job)
        job.close()
        assert len(tried(case, replace(RULE, snoozed_until=1e12)).alarms) == 3
        assert watching.revision() == before


def test_rules_are_found_by_name_and_snoozed(case: Case) -> None:
    case.alarms.put_rule(RULE)
    case.alarms.put_rule(replace(RULE, id="q", name="yard"))
    assert rule_named(case.alarms.rules(), "gate") == RULE
    assert rule_named(case.alarms.rules(), "q").name == "yard"
    with pytest.raises(UsageError, match="“gate”, “yard”"):
        rule_named(case.alarms.rules(), "door")
    snooze(case, [RULE], until=100.0)
    assert [rule.snoozed_until for rule in case.alarms.rules()] == [100.0, None]
    snooze(case, case.alarms.rules(), until=None)
    assert case.alarms.rules()[0] == RULE


def test_a_rule_begins_with_the_threshold_of_the_case(case: Case) -> None:
    assert usual_threshold(case) == 0.5
    number = add(case, "a.mp4", [0.9, 0])
    settings = '{"rule": {"threshold": 0.7, "hysteresis": 0.8, "merge_gap": 2, "min_length": 1}}'
    case.analyses.begin(
        number, encoder_sha256="e", scorer_sha256="s", clip_key="c", settings_json=settings
    )
    assert usual_threshold(case) == 0.7
