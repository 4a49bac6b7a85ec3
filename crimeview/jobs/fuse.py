"""One ranked list of what several scorers have found."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from crimeview.core.alarm_rate import TWO_AN_HOUR, AlarmRate, rate_at_calibrated
from crimeview.core.found_by import FoundBy
from crimeview.core.fusion import fused
from crimeview.core.segment import Segment, SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.quiet_time import QuietPeaks, QuietTime, logit, score_of
from crimeview.jobs.scene_marks import SceneMarks, load_marks
from crimeview.store.case import Case
from crimeview.store.rows import CaseRun

THEFT_SETTING = "theft"  # of a run: the classifier's threshold, null where theft was not looked for
_LEAST_THEFT = 0.5  # where the classifier says nothing of its own
NOVELTY_RULE = SegmentRule(threshold=0.5, min_length=0.3)  # two alarms an hour of quiet time


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """The tracks of a recording beside its frame scores; None where it was not scored for that.

    `theft_threshold` is the probability from which the classifier calls movements those of a theft.
    """

    violence: Track | None = None
    novelty: Track | None = None
    theft: Track | None = None
    theft_threshold: float = _LEAST_THEFT

    @property
    def is_empty(self) -> bool:
        """Whether the recording was scored for nothing else."""
        return self.violence is None and self.novelty is None and self.theft is None


@dataclass(frozen=True, slots=True)
class Fusion:
    """What makes the list of a recording of the segments of its frame scores, by any rule.

    `rate` is how often the camera's quiet time reaches a logit of them, None where no other scorer
    has looked; `others` is what these found.
    """

    rate: AlarmRate | None
    others: tuple[Segment, ...]

    def with_events(self, events: Sequence[Segment]) -> list[Segment]:
        """All segments in order of time, each with what found it and how rarely to expect it."""
        if self.rate is None:
            return list(events)
        rates = self.rate.per_hour(logit(np.array([segment.peak for segment in events])))
        pairs = zip(events, rates.tolist(), strict=True)
        return fused([_expected(event, rate) for event, rate in pairs], self.others)


def _expected(event: Segment, per_hour: float) -> Segment:
    """The event with how often it is to be expected: thousands while a slider is dragged.

    Twice as fast as `replace`.
    """
    return Segment(
        start=event.start,
        end=event.end,
        peak=event.peak,
        peak_time=event.peak_time,
        mean=event.mean,
        per_hour=per_hour,
    )


def fusion_of(
    case: Case, recording_id: int, beside: Beside, *, peaks: QuietPeaks | None = None
) -> Fusion:
    """What is beside the frame scores of a recording, whose tracks are stored already.

    `peaks` as of `QuietTime`.
    """
    if beside.is_empty:
        return Fusion(None, ())
    quiet = QuietTime(case, recording_id, peaks)
    found: list[Segment] = []
    if beside.violence is not None:
        found = violent_segments(beside.violence, quiet.rate(TrackKind.VIOLENCE))
    if beside.theft is not None:
        rate = quiet.rate(TrackKind.THEFT)
        thefts = theft_segments(beside.theft, rate, threshold=beside.theft_threshold)
        found = fused(found, thefts)
    if beside.novelty is not None:
        found = fused(found, novel_segments(beside.novelty, load_marks(case, recording_id)))
    return Fusion(quiet.rate(TrackKind.FRAME_SCORES), tuple(found))


def found_segments(
    case: Case,
    recording_id: int,
    events: Sequence[Segment],
    beside: Beside,
    *,
    peaks: QuietPeaks | None = None,
) -> list[Segment]:
    """The segments of a recording's frame scores, `events`, and of what is beside them.

    Each says what found it and, where any other scorer has looked, how many such an hour of the
    camera's quiet time would show: by that they can be ranked together. `peaks` as of `QuietTime`.
    """
    return fusion_of(case, recording_id, beside, peaks=peaks).with_events(events)


def tracks_beside(case: Case, run: CaseRun) -> Beside:
    """What the run's recording was scored for beside its frame scores."""
    settings = json.loads(run.settings_json)

    def track(kind: TrackKind, *, wanted: bool) -> Track | None:
        return case.track(run.recording_id, kind) if wanted else None

    theft = settings.get(THEFT_SETTING)
    return Beside(
        violence=track(TrackKind.VIOLENCE, wanted=run.violence),
        novelty=track(TrackKind.NOVELTY, wanted=bool(settings.get("novelty"))),
        theft=track(TrackKind.THEFT, wanted=theft is not None),
        theft_threshold=theft if theft is not None else _LEAST_THEFT,
    )


def violent_segments(violence: Track, rate: AlarmRate) -> list[Segment]:
    """The segments of a track of probabilities, two of which an hour of quiet time would show.

    `rate` is that of their logits. None are found where quiet time itself reaches any probability.
    """
    threshold = score_of(rate.score_at(TWO_AN_HOUR))
    if threshold is None:
        return []
    rule = SegmentRule(threshold=threshold)
    return _ranked(find_segments(violence, rule), rate, found_by=FoundBy.VIOLENCE)


def theft_segments(theft: Track, rate: AlarmRate, *, threshold: float) -> list[Segment]:
    """The segments in which the classifier calls movements those of a theft.

    Whoever asked for them sees all, also at a camera that is not known yet; `rate`, of the logits,
    says how little those are worth that its usual people reach as well.
    """
    rule = SegmentRule(threshold=threshold)
    return _ranked(find_segments(theft, rule), rate, found_by=FoundBy.THEFT)


def _ranked(found: Sequence[Segment], rate: AlarmRate, *, found_by: FoundBy) -> list[Segment]:
    rates = rate.per_hour(logit(np.array([segment.peak for segment in found])))
    return [
        replace(segment, found_by=found_by, per_hour=per_hour)
        for segment, per_hour in zip(found, rates.tolist(), strict=True)
    ]


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
