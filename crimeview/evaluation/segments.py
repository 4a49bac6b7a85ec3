"""Scores of a recording's segments against its annotation, beside what needs no vision at all.

Frame f of n belongs to segment floor(k f / n) of k. Frame AUC on few anomalous recordings is nearly
meaningless: minus the recording's length gets 0.65 on the 290 UCF-Crime test recordings. So
recordings, segments with every recording weighing the same, and the order within a recording come
first, and frames only beside the baselines.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.core.metrics import auc_of_counts
from crimeview.evaluation.annotations import Annotation
from crimeview.evaluation.figure import Figure, Floats, Resampling, weighed
from crimeview.evaluation.intervals import flags
from crimeview.evaluation.ranking import Ranked, Rows, rank_in_steps

Scored = tuple[Annotation, NDArray[np.floating]]  # and the recording's scores (k,)


@dataclass(frozen=True, slots=True)
class Ranking:
    """How well scores rank: `frames` and `segments` are None where only recordings are labeled.

    `within` is the mean over recordings that have both kinds of frames of the AUC among their own.
    """

    recordings: Ranked
    segments: Ranked | None
    frames: Ranked | None
    within: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarms:
    """What scores at or above a threshold amount to, as shares.

    False alarms are among recordings without an event, their segments and frames; recall is among
    recordings with one and anomalous frames. None where that is not annotated.
    """

    threshold: float
    recordings_recalled: Figure
    recordings_false: Figure
    segments_false: Figure
    frames_recalled: Figure | None
    frames_false: Figure | None


@dataclass(frozen=True, slots=True, kw_only=True)
class KindResult:
    """Recordings of one kind of event: `roc_auc` against all without one, share with an alarm."""

    label: str
    recordings: int
    roc_auc: Figure
    recalled: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentReport:
    """`baselines` are rankings by what needs no look at a picture, by name.

    `kinds` are those of the recordings with an event, where there are several.
    """

    ranking: Ranking
    baselines: dict[str, Ranking]
    alarms: Alarms
    kinds: tuple[KindResult, ...]
    recordings: int
    anomalous: int
    groups: int
    frames: int | None
    anomalous_frames: int | None


@dataclass(frozen=True, slots=True)
class _Segments:
    """Segments of all recordings (n,): score, recording's number, frames of each kind."""

    scores: Floats
    recording: NDArray[np.intp]
    anomalous: Floats
    normal: Floats
    count: NDArray[np.intp]  # segments of each recording, (recordings,)


def report_segments(scored: Sequence[Scored], *, threshold: float) -> Job[SegmentReport]:
    """Judge the scores of at least one recording; intervals are over groups of recordings."""
    resampling = Resampling([a.group for a, _ in scored])
    positive = np.array([a.positive for a, _ in scored])
    segments = _segments(scored)
    framed = all(a.events is not None for a, _ in scored)
    baselines = {"perfect recording labels": positive.astype(np.float64)}
    baselines["own maximum throughout"] = np.array([s.max() for _, s in scored], np.float64)
    if all(a.frames is not None for a, _ in scored):
        baselines["minus length"] = -np.array([a.frames for a, _ in scored], np.float64)
    rankings = []
    candidates = [segments.scores, *(values[segments.recording] for values in baselines.values())]
    for number, scores in enumerate(candidates):
        step = Step(done=number, total=len(candidates), message="Ranking segments")
        rankings.append(
            (yield from _ranking(segments, scores, positive, resampling, step, framed=framed))
        )
    return SegmentReport(
        ranking=rankings[0],
        baselines=dict(zip(baselines, rankings[1:], strict=True)),
        alarms=_alarms(segments, positive, resampling, threshold, framed=framed),
        kinds=(yield from _kinds(scored, resampling, threshold)),
        recordings=len(scored),
        anomalous=int(positive.sum()),
        groups=resampling.count,
        frames=int(segments.anomalous.sum() + segments.normal.sum()) if framed else None,
        anomalous_frames=int(segments.anomalous.sum()) if framed else None,
    )


def _segments(scored: Sequence[Scored]) -> _Segments:
    counts = np.array([len(scores) for _, scores in scored])
    kinds = [_frames_of_segments(a, len(scores)) for a, scores in scored]
    return _Segments(
        scores=np.concatenate([np.asarray(scores, np.float64) for _, scores in scored]),
        recording=np.repeat(np.arange(len(scored)), counts),
        anomalous=np.concatenate([anomalous for anomalous, _ in kinds]),
        normal=np.concatenate([normal for _, normal in kinds]),
        count=counts,
    )


def _frames_of_segments(annotation: Annotation, count: int) -> tuple[Floats, Floats]:
    """Anomalous and normal frames of each of the segments; zeros where frames are not annotated."""
    if annotation.frames is None or annotation.events is None:
        return np.zeros(count), np.zeros(count)
    segment = np.arange(annotation.frames) * count // annotation.frames
    anomalous = flags(annotation.events, annotation.frames)
    return weighed(segment, anomalous, count), weighed(segment, ~anomalous, count)


def _ranking(
    segments: _Segments,
    scores: Floats,
    positive: NDArray[np.bool_],
    resampling: Resampling,
    step: Step,
    *,
    framed: bool,
) -> Job[Ranking]:
    highest = np.maximum.reduceat(scores, np.cumsum(segments.count) - segments.count)
    wholes = Rows(scores=highest, positive=positive, negative=~positive, units=resampling.units)
    recordings = yield from rank_in_steps(wholes, resampling, step)
    if not framed:
        return Ranking(recordings, None, None, None)
    units = resampling.units[segments.recording]
    anomalous, normal = segments.anomalous, segments.normal
    # A segment is anomalous by the share of its frames that is, and weighs one k-th of a recording.
    weight = np.maximum(anomalous + normal, 1) * segments.count[segments.recording]
    parts = Rows(scores=scores, positive=anomalous / weight, negative=normal / weight, units=units)
    frames = Rows(scores=scores, positive=anomalous, negative=normal, units=units)
    return Ranking(
        recordings,
        (yield from rank_in_steps(parts, resampling, step)),
        (yield from rank_in_steps(frames, resampling, step)),
        resampling.mean(_within(segments, scores)),
    )


def _kinds(
    scored: Sequence[Scored], resampling: Resampling, threshold: float
) -> Job[tuple[KindResult, ...]]:
    labels = np.array([a.label if a.positive else "" for a, _ in scored])
    highest = np.array([scores.max() for _, scores in scored])
    quiet = labels == ""
    kinds = [str(label) for label in np.unique(labels[~quiet])]
    results = []
    for number, kind in enumerate(kinds if len(kinds) > 1 else ()):
        step = Step(done=number, total=len(kinds), message="Ranking kinds of events")
        own = labels == kind
        rows = Rows(scores=highest, positive=own, negative=quiet, units=resampling.units)
        ranked = yield from rank_in_steps(rows, resampling, step)
        results.append(
            KindResult(
                label=kind,
                recordings=int(own.sum()),
                roc_auc=ranked.roc_auc,
                recalled=resampling.share((highest >= threshold) & own, own),
            )
        )
    return tuple(results)


def _within(segments: _Segments, scores: Floats) -> Floats:
    """The frame AUC of each recording alone, (recordings,); NaN where a kind is missing."""
    areas = []
    stops = np.cumsum(segments.count)
    for start, stop in zip(stops - segments.count, stops, strict=True):
        own = slice(start, stop)
        levels, place = np.unique(-scores[own], return_inverse=True)
        kinds = (
            weighed(place, part[own], len(levels)) for part in (segments.anomalous, segments.normal)
        )
        areas.append(float(auc_of_counts(*kinds)))
    return np.array(areas)


def _alarms(
    segments: _Segments,
    positive: NDArray[np.bool_],
    resampling: Resampling,
    threshold: float,
    *,
    framed: bool,
) -> Alarms:
    alarm = (segments.scores >= threshold).astype(np.float64)

    def total(values: Floats) -> Floats:
        """Sums over the segments of each recording."""
        return weighed(segments.recording, values, len(positive))

    any_alarm = total(alarm) > 0
    quiet = ~positive
    return Alarms(
        threshold=threshold,
        recordings_recalled=resampling.share(any_alarm & positive, positive),
        recordings_false=resampling.share(any_alarm & quiet, quiet),
        segments_false=resampling.share(total(alarm) * quiet, segments.count * quiet),
        frames_recalled=resampling.share(
            total(alarm * segments.anomalous), total(segments.anomalous)
        )
        if framed
        else None,
        frames_false=resampling.share(
            total(alarm * segments.normal) * quiet, total(segments.normal) * quiet
        )
        if framed
        else None,
    )
