"""Alarms of one recording against its events: what is found, how soon, and what is false."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from crimeview.core.segment import Segment, SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.evaluation.intervals import Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class ScoredRecording:
    """A recording with a score for each frame.

    `times` (m, 2) are start and end seconds of its frames, `scores` (m,) 0 to 1, `events` spans of
    frames.
    """

    name: str
    group: str
    times: NDArray[np.float64]
    scores: NDArray[np.float32]
    events: tuple[Interval, ...]
    track: Track | None = None

    @property
    def seconds(self) -> float:
        return float(self.times[-1, 1] - self.times[0, 0])

    def event_seconds(self) -> list[tuple[float, float]]:
        """Start and end of each event on the recording's clock."""
        return [
            (float(self.times[start, 0]), float(self.times[end - 1, 1]))
            for start, end in self.events
        ]


@dataclass(frozen=True, slots=True)
class Alarmed:
    """The alarms of a recording at one threshold.

    `delays` (s) are of the events found, in order: from the event's start to the first moment of
    it that an alarm covers. `false` is how many alarms touch no event.
    """

    segments: tuple[Segment, ...]
    delays: tuple[float, ...]
    false: int


RULE = SegmentRule(threshold=1.0)  # but for the threshold, what an analysis does


def alarms_at(recording: ScoredRecording, threshold: float, *, rule: SegmentRule = RULE) -> Alarmed:
    """The segments an analysis would show at this threshold, held against the events.

    An event is found when a segment touches it. The threshold of the `rule` does not count.
    """
    track = recording.track or Track(TrackKind.FRAME_SCORES, recording.times, recording.scores)
    segments = find_segments(track, replace(rule, threshold=threshold))
    events = recording.event_seconds()
    delays = []
    for start, end in events:
        touching = [s.start for s in segments if _touch((s.start, s.end), (start, end))]
        if touching:
            delays.append(max(0.0, min(touching) - start))
    false = sum(not any(_touch((s.start, s.end), e) for e in events) for s in segments)
    return Alarmed(tuple(segments), tuple(delays), false)


def _touch(a: tuple[float, float], b: tuple[float, float]) -> bool:
    return a[0] < b[1] and a[1] > b[0]
