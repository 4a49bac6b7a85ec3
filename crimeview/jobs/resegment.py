"""Finding segments anew, from stored scores, by another rule."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from crimeview.core.edit import CaseNote
from crimeview.core.job import Changed, Job, Step
from crimeview.core.segment import SegmentRule, find_segments
from crimeview.core.track import TrackKind
from crimeview.jobs.fuse import found_segments, tracks_beside
from crimeview.jobs.quiet_time import QuietPeaks
from crimeview.store.alarm_segments import is_live
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording, CaseRun

RULE_NOTE = "rule"  # the name of the setting


def resegment(case: Case, *, rule: SegmentRule) -> Job[int]:
    """Find the segments of every analyzed recording of the case anew; gives their number.

    The rule is stored with each recording's newest run. Clips around alarms keep theirs: rules of
    alarms have found them, by scores that are not all stored. Raises CaseError.
    """
    # Imported here: it brings onnxruntime, which the window's start need not wait for.
    from crimeview.jobs.suggest_types import Suggesting

    recordings = case.recordings()
    found, peaks = 0, QuietPeaks(case)
    with Suggesting(case) as suggesting:
        for number, recording in enumerate(recordings, start=1):
            found += _resegment(case, recording, rule, peaks)
            suggesting.suggest_missing(recording.id)
            yield Step(
                done=number,
                total=len(recordings),
                message=f"Finding the segments of {recording.path.name}",
                changed=Changed.SEGMENTS,
                recording_id=recording.id,
            )
    return found


def noted_rule(notes: Mapping[str, str]) -> SegmentRule | None:
    """The rule that a case's own settings say holds, where a person has changed it."""
    text = notes.get(RULE_NOTE)
    return SegmentRule(**json.loads(text)) if text is not None else None


def rule_note(rule: SegmentRule) -> CaseNote:
    """The rule as one of the case's own settings."""
    return CaseNote(name=RULE_NOTE, text=json.dumps(asdict(rule), sort_keys=True))


def rule_of(run: CaseRun) -> SegmentRule:
    """The rule that a run's segments were found by."""
    return SegmentRule(**json.loads(run.settings_json)["rule"])


def is_alarm_clip(case: Case, recording_id: int) -> bool:
    """Whether a recording's segments are the alarms that it was recorded around."""
    run = case.analyses.newest(recording_id)
    return run is not None and is_live(run.settings_json)


def _resegment(case: Case, recording: CaseRecording, rule: SegmentRule, peaks: QuietPeaks) -> int:
    run = case.analyses.newest(recording.id)
    scores = case.track(recording.id, TrackKind.FRAME_SCORES)
    if run is None or scores is None or is_live(run.settings_json):
        return 0
    settings = json.loads(run.settings_json) | {"rule": asdict(rule)}
    beside = tracks_beside(case, run)
    events = find_segments(scores, rule)
    segments = found_segments(case, recording.id, events, beside, peaks=peaks)
    case.replace_segments(recording.id, run.id, segments)
    case.analyses.set_settings(run.id, json.dumps(settings))
    return len(segments)
