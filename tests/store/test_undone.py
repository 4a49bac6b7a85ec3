"""Clocks, rules of both kinds and ground truth, changed and undone as a case has them logged."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from crimeview.core.alarm_rule import AlarmRule, AlarmTrack, ListedRule
from crimeview.core.edit import Action, Change, Edit, Record
from crimeview.core.ground_truth import RecordingTruth, TruthSpan
from crimeview.core.schedule import parse_schedule
from crimeview.core.segment import RulePreset, SegmentRule
from crimeview.core.wall_clock import RecordingClock, WallClock, WallClockSource
from crimeview.core.watching import Camera, WallCamera, Zone
from crimeview.store.case import Case, open_case
from crimeview.store.edits import ConflictError
from crimeview.store.rows import CaseClock

FOUND = WallClock(
    start=datetime(2024, 5, 17, 16, 42, 11, 250_000),  # noqa: DTZ001
    zone=None,
    offset=0.0,
    source=WallClockSource.CONTAINER,
)
GIVEN = replace(FOUND, zone="Asia/Seoul", offset=-3.5, source=WallClockSource.GIVEN)
RULE = SegmentRule(threshold=0.7, merge_gap=1.25)
SPANS = (
    TruthSpan(start=1.0, end=2.5, label="fight"),
    TruthSpan(start=5.0, end=6.0, label=""),
)

ALARM = AlarmRule(
    id="a",
    name="gate",
    track=AlarmTrack.VIOLENCE,
    threshold=0.6,
    cameras=("gate", "마당"),
    schedule=parse_schedule("Mon-Fri 22:00-06:00"),
    time_zone="Asia/Seoul",
    armed=True,
    snoozed_until=1_700_000_000.5,
)

WALL = WallCamera(
    place=1,
    camera=Camera(
        name="마당",
        address="rtsp://guard:•••@10.0.0.5/live",
        zones=(Zone(name="door", points=((0.0, 0.25), (1.0, 0.25), (1.0, 1.0))),),
    ),
    has_secret=True,
)


def clock(camera: str, wall: WallClock) -> RecordingClock:
    return RecordingClock(recording_id=1, camera=camera, clock=wall)


# What a person changes: what was there, what is there then, and the action.
CHANGES: list[tuple[Action, Record | None, Record | None]] = [
    (Action.CLOCK, clock("yard", FOUND), clock("gate", GIVEN)),
    (Action.PRESET, None, RulePreset(camera="gate", name="밤", rule=RULE)),
    (
        Action.PRESET,
        RulePreset(camera="gate", name="Day", rule=SegmentRule(threshold=0.5)),
        RulePreset(camera="gate", name="Day", rule=RULE),
    ),
    (
        Action.PRESET,
        RulePreset(camera="gate", name="Day", rule=SegmentRule(threshold=0.5)),
        None,
    ),
    (Action.TRUTH, None, RecordingTruth(recording_id=1, spans=SPANS)),
    (
        Action.TRUTH,
        RecordingTruth(recording_id=1, spans=SPANS),
        RecordingTruth(recording_id=1, spans=SPANS[:1]),
    ),
    (Action.TRUTH, RecordingTruth(recording_id=1, spans=SPANS), None),
    (Action.ALARM_RULES, None, ListedRule(place=2, rule=ALARM)),
    (
        Action.ALARM_RULES,
        ListedRule(place=2, rule=ALARM),
        ListedRule(place=2, rule=replace(ALARM, name="door", armed=False, deliveries=("desk",))),
    ),
    (Action.ALARM_RULES, ListedRule(place=2, rule=ALARM), None),
    (Action.WALL, None, WALL),
    (
        Action.WALL,
        WALL,
        replace(WALL, camera=replace(WALL.camera, address="rtsp://x/2", looped=True, zones=())),
    ),
    (Action.WALL, replace(WALL, has_secret=False), None),
]


def state(case: Case) -> object:
    """All that these changes could touch."""
    rules = case.alarms.listed()
    return case.times.clocks(), case.presets.all(), case.times.truths(), rules, case.live.wall()


@pytest.fixture
def begun(case: Case, tmp_path: Path) -> Callable[[Record | None], Case]:
    """A case of two recordings, whose clocks are found, in which somebody has said something."""
    ids = [case.add_recording(tmp_path / name) for name in ("a.mp4", "b.mp4")]
    case.times.set_clocks(dict.fromkeys(ids, CaseClock(camera="yard", clock=FOUND)))
    other = RulePreset(camera="gate", name="Other", rule=SegmentRule(threshold=0.3))
    make(case, Action.PRESET, None, other, reviewer="lee")
    elsewhere = RecordingTruth(recording_id=2, spans=SPANS)
    make(case, Action.TRUTH, None, elsewhere, reviewer="lee")
    for number, name in enumerate(("first", "last"), start=1):
        case.alarms.put_rule(replace(ALARM, id=name, name=name, threshold=number / 10))
    case.live.set_cameras([Camera(name="gate", address="gate.mp4")])

    def begin(before: Record | None) -> Case:
        if before is not None and not isinstance(before, RecordingClock):
            make(case, Action.PRESET, None, before, reviewer="lee")
        return case

    return begin


def make(
    case: Case,
    action: Action,
    before: Record | None,
    after: Record | None,
    *,
    reviewer: str = "kim",
) -> None:
    change = Change(before=before, after=after)
    case.edits.make(Edit(action=action, changes=(change,)), reviewer=reviewer)


@pytest.mark.parametrize(("action", "before", "after"), CHANGES)
def test_done_undone_and_made_again_also_after_opening_again(
    begun: Callable[[Record | None], Case],
    action: Action,
    before: Record | None,
    after: Record | None,
) -> None:
    case = begun(before)
    first = state(case)
    make(case, action, before, after)
    changed = state(case)
    assert changed != first
    case.close()
    with open_case(case.folder) as again:
        assert again.edits.stacks(reviewer="kim").undo_action is action
        undone = again.edits.undo(reviewer="kim")
        assert undone == Edit(action=action, changes=(Change(before=after, after=before),))
        assert state(again) == first
    with open_case(case.folder) as again:
        assert again.edits.redo(reviewer="kim") is not None
        assert state(again) == changed
        again.edits.undo(reviewer="kim")
        assert state(again) == first


@pytest.mark.parametrize(("action", "before", "after"), CHANGES)
def test_what_another_window_changed_since_is_not_overwritten(
    begun: Callable[[Record | None], Case],
    action: Action,
    before: Record | None,
    after: Record | None,
) -> None:
    case = begun(before)
    make(case, action, before, after)
    with open_case(case.folder) as window:
        other = newer(after or before)
        make(window, action, after, other, reviewer="lee")
    theirs = state(case)
    with pytest.raises(ConflictError, match="cannot be taken back"):
        case.edits.undo(reviewer="kim")
    assert state(case) == theirs
    with pytest.raises(ConflictError, match="changed meanwhile"):
        make(case, action, before, after)
    assert state(case) == theirs


def newer(record: Record | None) -> Record:
    """What another window says of the same."""
    match record:
        case RecordingClock():
            return replace(record, camera="elsewhere")
        case RulePreset():
            return replace(record, rule=SegmentRule(threshold=0.9))
        case ListedRule():
            return replace(record, rule=replace(record.rule, threshold=0.9))
        case WallCamera():
            return replace(record, camera=replace(record.camera, address="rtsp://other/"))
        case RecordingTruth():
            return replace(record, spans=(TruthSpan(start=9.0, end=9.5, label="fall"),))
    raise AssertionError(record)


def test_a_clock_of_a_recording_that_is_gone_does_not_come_back(
    begun: Callable[[Record | None], Case],
) -> None:
    case = begun(None)
    make(case, Action.CLOCK, clock("yard", FOUND), clock("gate", GIVEN))
    case.remove_recording(1)
    with pytest.raises(ConflictError, match="cannot be taken back"):
        case.edits.undo(reviewer="kim")
