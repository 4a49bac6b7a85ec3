"""One ranked list of what several scorers have found."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from crimeview.core.alarm_rate import AlarmRate, block_peaks, of_peaks, rate_at_calibrated
from crimeview.core.segment import FoundBy, Segment, SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.scene_marks import SceneMarks, load_marks
from crimeview.store.case import Case

NOVELTY_RULE = SegmentRule(threshold=0.5, min_length=0.3)  # two alarms an hour of quiet time

_LIMITS = 1e-4  # of scores, whose logit would be infinite
_PRIOR = (-2.5, 0.8)  # location and scale of the logit of a network's highest scores in quiet time
_ENTRIES = 100_000  # of a track that are read at most: more than one a second of a day
_OTHERS = 8  # recordings of the camera whose scores count beside a recording's own
_SHARED = 0.5  # of the shorter of two segments; then both scorers found the same


def found_segments(
    case: Case, recording_id: int, events: Sequence[Segment], *, novelty: Track | None
) -> list[Segment]:
    """The segments of a recording's frame scores, `events`, and of its novelty, in order of time.

    The tracks are stored already. Each says what found it and, where there is novelty, how many
    such an hour of the camera's quiet time would show: by that they can be ranked together.
    """
    if novelty is None:
        return list(events)
    rate = _event_rate(case, recording_id)
    events = [
        replace(segment, per_hour=float(rate.per_hour(logit(np.array(segment.peak)))))
        for segment in events
    ]
    return fused(events, novel_segments(novelty, load_marks(case, recording_id)))


def novel_segments(novelty: Track, marks: SceneMarks) -> list[Segment]:
    """The segments of a novelty track, each with the reason at its peak."""
    found = []
    for segment in find_segments(novelty, NOVELTY_RULE):
        first = next(iter(marks.at(segment.peak_time)), None)
        seen = first.seen if first is not None else None
        found.append(
            replace(
                segment,
                found_by=FoundBy.NOVELTY,
                per_hour=float(rate_at_calibrated(segment.peak)),
                reason=first.reason if first is not None else None,
                number=first.number if first is not None else None,
                seen_class=seen.name if seen is not None else None,
                looks=seen.looks if seen is not None else None,
            )
        )
    return found


def fused(events: Sequence[Segment], novel: Sequence[Segment]) -> list[Segment]:
    """Both together; where they found the same, the events' segment stands for both."""
    left = list(novel)
    found = []
    for event in events:
        same = [segment for segment in left if _is_same(event, segment)]
        if same:
            best = min(same, key=_rarity)
            left = [segment for segment in left if segment not in same]
            event = replace(
                event,
                found_by=FoundBy.BOTH,
                per_hour=min(_rarity(event), _rarity(best)),
                reason=best.reason,
                number=best.number,
                seen_class=best.seen_class,
                looks=best.looks,
            )
        found.append(event)
    return sorted([*found, *left], key=lambda segment: (segment.start, segment.end))


def logit(scores: NDArray[np.floating]) -> NDArray[np.float64]:
    """Scores from 0 to 1 on a scale on which their tail is that of a distribution."""
    inside = np.clip(np.asarray(scores, np.float64), _LIMITS, 1 - _LIMITS)
    return np.asarray(np.log(inside / (1 - inside)))


def _rarity(segment: Segment) -> float:
    return segment.per_hour if segment.per_hour is not None else np.inf


def _is_same(one: Segment, other: Segment) -> bool:
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared > _SHARED * min(one.end - one.start, other.end - other.start)


def _event_rate(case: Case, recording_id: int) -> AlarmRate:
    """How often the camera's quiet time reaches a score of the network, on its logit."""
    camera = case.scenes.camera_of(recording_id)
    others = case.scenes.recordings_of(camera.id) if camera is not None else []
    peaks = []
    for each in [recording_id, *[i for i in others if i != recording_id][-_OTHERS:]]:
        times, _, highs = case.envelope(
            each, TrackKind.FRAME_SCORES, start=0.0, end=np.inf, entries=_ENTRIES
        )
        peaks.append(block_peaks(times, logit(highs)))
    return of_peaks(np.concatenate(peaks), busy=1.0, prior=_PRIOR)
