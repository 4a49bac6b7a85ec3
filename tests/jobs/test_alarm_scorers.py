"""The segment that an alarm becomes says which scorer raised it, after a crash too."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.found_by import FoundBy
from crimeview.core.track import TrackKind
from crimeview.core.watching import LiveAlarm
from crimeview.jobs.live_clips import _alarms_in, alarm_segments, note_of
from crimeview.video.live_clip import WrittenClip

CLIP = WrittenClip(path=Path("c.mp4"), start=1000.0, end=1030.0, frame_times=np.empty((0, 2)))
ALARM = LiveAlarm(
    id="a", camera="gate", rule="r", start=1010.0, end=1012.0, peak=0.9, peak_time=1011.0
)


@pytest.mark.parametrize(
    ("kind", "scorers"),
    [
        (TrackKind.CLIP_SCORES, FoundBy.EVENTS),
        (TrackKind.VIOLENCE, FoundBy.VIOLENCE),
        (TrackKind.NOVELTY, FoundBy.NOVELTY),
        (TrackKind.THEFT, FoundBy.THEFT),
        (None, FoundBy.NOTHING),
    ],
)
def test_an_alarm_is_found_by_what_raised_it(kind: TrackKind | None, scorers: FoundBy) -> None:
    alarm = replace(ALARM, kind=kind)
    (segment,) = alarm_segments(CLIP, [alarm], [])
    assert segment.found_by == scorers
    (known,) = _alarms_in(note_of([alarm]), "gate")
    assert known == replace(alarm, end=None, rule="")


def test_the_note_of_an_older_program_is_read() -> None:
    note = json.dumps({"crimeview": [["a", 1010.0, 0.9, 1011.0]]})
    (known,) = _alarms_in(note, "gate")
    assert (known.id, known.peak, known.kind) == ("a", 0.9, None)
    assert _alarms_in('{"crimeview": [["a", 1, 2, 3, "what nobody knows"]]}', "gate") == []
