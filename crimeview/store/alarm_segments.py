"""Segments that are alarms: those of the run that a clip around alarms was stored with.

They are what happened while somebody watched. An analysis of the clip finds others, and these stay
beside them.
"""

import json
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.core.fusion import same_as
from crimeview.core.segment import Segment
from crimeview.store.schema import RunRow, SegmentRow


def is_live(settings_json: str) -> bool:
    """Whether a run's segments are alarms that were raised while a camera was watched."""
    return bool(json.loads(settings_json).get("live"))


def alarm_rows(session: Session, recording_id: int) -> list[SegmentRow]:
    """The segments of a recording that are alarms."""
    query = (
        select(SegmentRow, RunRow.settings)
        .join(RunRow, RunRow.id == SegmentRow.run_id)
        .where(SegmentRow.recording_id == recording_id)
    )
    return [row for row, settings in session.execute(query) if is_live(settings)]


def beside_alarms(found: Sequence[Segment], alarms: Sequence[SegmentRow]) -> list[Segment]:
    """What was found, without what is an alarm's: at the same time, and by no other scorer."""
    left = list(found)
    for alarm in alarms:
        same = same_as((alarm.start, alarm.end), left)
        left = [s for s in left if s not in same or s.found_by & ~alarm.found_by]
    return left
