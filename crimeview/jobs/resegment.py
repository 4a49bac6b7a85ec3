"""Finding segments anew, from stored scores, by another rule."""

import json
from dataclasses import asdict

from crimeview.core.job import Changed, Job, Step
from crimeview.core.segment import SegmentRule, find_segments
from crimeview.core.track import TrackKind
from crimeview.jobs.fuse import found_segments
from crimeview.store.case import Case
from crimeview.store.rows import CaseRecording, CaseRun


def resegment(case: Case, *, rule: SegmentRule) -> Job[int]:
    """Find the segments of every analyzed recording of the case anew; gives their number.

    The rule is stored with each recording's newest run. Raises CaseError.
    """
    recordings = case.recordings()
    found = 0
    for number, recording in enumerate(recordings, start=1):
        found += _resegment(case, recording, rule)
        yield Step(
            done=number,
            total=len(recordings),
            message=f"Finding the segments of {recording.path.name}",
            changed=Changed.SEGMENTS,
            recording_id=recording.id,
        )
    return found


def rule_of(run: CaseRun) -> SegmentRule:
    """The rule that a run's segments were found by."""
    return SegmentRule(**json.loads(run.settings_json)["rule"])


def _resegment(case: Case, recording: CaseRecording, rule: SegmentRule) -> int:
    run = case.newest_run(recording.id)
    scores = case.track(recording.id, TrackKind.FRAME_SCORES)
    if run is None or scores is None:
        return 0
    settings = json.loads(run.settings_json) | {"rule": asdict(rule)}
    novelty = case.track(recording.id, TrackKind.NOVELTY) if settings.get("novelty") else None
    segments = found_segments(case, recording.id, find_segments(scores, rule), novelty=novelty)
    case.replace_segments(recording.id, run.id, segments)
    case.set_run_settings(run.id, json.dumps(settings))
    return len(segments)
