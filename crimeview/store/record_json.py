"""Records that people change, as JSON of the case's log."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from crimeview.core.alarm_rule import ListedRule
from crimeview.core.edit import CaseNote, Place, Record
from crimeview.core.ground_truth import RecordingTruth, TruthSpan
from crimeview.core.region import Region, RegionUse
from crimeview.core.review import Origin, Review, ReviewState
from crimeview.core.scene import CameraName, Lesson, RecordingCamera, TaughtLesson
from crimeview.core.segment import RulePreset, SegmentRule
from crimeview.core.type_suggestion import ClusterName, TypeLessonUse
from crimeview.core.wall_clock import RecordingClock, WallClock, WallClockSource
from crimeview.core.watching import WallCamera
from crimeview.store.alarm_rows import listed_rule, rule_values
from crimeview.store.alarm_schema import AlarmRuleRow
from crimeview.store.live_cameras import wall_camera, wall_values
from crimeview.store.schema import LiveCameraRow

Values = dict[str, Any]


def to_json(record: Record | None) -> Values | None:
    """A record as it stands in the log."""
    return {"record": _NAMES[type(record)]} | _values(record) if record is not None else None


def from_json(values: Values | None) -> Record | None:
    """The record of the log's values; raises KeyError and ValueError for what is none."""
    if values is None:
        return None
    fields = dict(values)
    read = _READERS.get(fields.pop("record"))
    if read is None:
        raise ValueError(f"{values['record']!r} is no kind of record")
    return read(fields)


def _values(record: Record) -> Values:
    """Its fields, as JSON has them."""
    fields = asdict(record)
    match record:
        case Review():
            fields |= {"state": record.state.value, "origin": record.origin.value}
        case Region():
            fields |= {"use": record.use.value}
        case Place():
            # A path need not be valid Unicode; JSON keeps lone surrogates as escapes.
            fields |= {"path": str(record.path)}
        case ListedRule(rule=rule):
            fields |= {"rule": rule_values(rule)}
        case WallCamera():
            fields = wall_values(record)
        case TaughtLesson():
            fields |= {"kind": record.kind.value}
        case RecordingClock(clock=clock):
            told = {"start": clock.start.isoformat(), "source": clock.source.value}
            fields |= {"clock": asdict(clock) | told}
    return fields


def _review(fields: Values) -> Review:
    fields |= {
        "state": ReviewState(fields["state"]),
        "origin": Origin(fields["origin"]),
        "tags": tuple(fields["tags"]),
    }
    return Review(**fields)


def _region(fields: Values) -> Region:
    fields |= {
        "use": RegionUse(fields["use"]),
        "points": tuple((x, y) for x, y in fields["points"]),
    }
    return Region(**fields)


def _place(fields: Values) -> Place:
    return Place(**fields | {"path": Path(fields["path"])})


def _note(fields: Values) -> CaseNote:
    return CaseNote(**fields)


def _clock(fields: Values) -> RecordingClock:
    clock = dict(fields["clock"])
    clock |= {
        "start": datetime.fromisoformat(clock["start"]),
        "source": WallClockSource(clock["source"]),
    }
    return RecordingClock(**fields | {"clock": WallClock(**clock)})


def _truth(fields: Values) -> RecordingTruth:
    spans = tuple(TruthSpan(**span) for span in fields["spans"])
    return RecordingTruth(**fields | {"spans": spans})


def _preset(fields: Values) -> RulePreset:
    return RulePreset(**fields | {"rule": SegmentRule(**fields["rule"])})


def _lesson(fields: Values) -> TaughtLesson:
    return TaughtLesson(**fields | {"kind": Lesson(fields["kind"])})


def _rule(fields: Values) -> ListedRule:
    return listed_rule(AlarmRuleRow(place=fields["place"], **fields["rule"]))


def _wall(fields: Values) -> WallCamera:
    return wall_camera(LiveCameraRow(**fields))


_KINDS: Mapping[str, tuple[type[Record], Callable[[Values], Record]]] = {
    "review": (Review, _review),
    "region": (Region, _region),
    "place": (Place, _place),
    "note": (CaseNote, _note),
    "clock": (RecordingClock, _clock),
    "truth": (RecordingTruth, _truth),
    "preset": (RulePreset, _preset),
    "lesson": (TaughtLesson, _lesson),
    "alarm rule": (ListedRule, _rule),
    "type lesson": (TypeLessonUse, lambda fields: TypeLessonUse(**fields)),
    "camera": (RecordingCamera, lambda fields: RecordingCamera(**fields)),
    "camera name": (CameraName, lambda fields: CameraName(**fields)),
    "cluster name": (ClusterName, lambda fields: ClusterName(**fields)),
    "wall camera": (WallCamera, _wall),
}
_NAMES = {kind: name for name, (kind, _) in _KINDS.items()}
_READERS = {name: read for name, (_, read) in _KINDS.items()}
