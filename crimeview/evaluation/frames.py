"""Whole recordings frame by frame: ranking of frames, events found, false alarms, time to detect.

Alarms are the segments that an analysis shows: hysteresis, merging and the least length included.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.core.metrics import average_precision, roc_auc
from crimeview.core.segment import SegmentRule
from crimeview.evaluation.alarms import RULE, Alarmed, ScoredRecording, alarms_at
from crimeview.evaluation.figure import DRAWS, Figure, Floats, Resampling
from crimeview.evaluation.intervals import flags
from crimeview.evaluation.ranking import Ranked, Rows, rank_in_steps

RATE = 2.0  # false alarms an hour at which recall is told


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingResult:
    """One recording at the default threshold; its figures are None where it has one kind only."""

    recording: ScoredRecording
    alarmed: Alarmed
    roc_auc: float | None
    average_precision: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmCurve:
    """Event recall against false alarms an hour over thresholds from the highest, all (k,).

    `recall_at_rate` belongs to the lowest threshold that is reached, from above, without exceeding
    `RATE` false alarms an hour; None as its threshold says that none keeps to it.
    """

    thresholds: Floats
    recall: Floats
    false_per_hour: Floats
    recall_at_rate: Figure
    threshold_at_rate: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameReport:
    """`delay` is the median over events found, in seconds; `curve` is None without events.

    `baselines` are rankings by what needs no look at a picture, by name; `within` the mean over
    recordings with both kinds of frames of the AUC among their own.
    """

    threshold: float
    ranked: Ranked
    baselines: dict[str, Ranked]
    within: Figure
    event_recall: Figure
    delay: Figure
    false_per_hour: Figure
    curve: AlarmCurve | None
    recordings: tuple[RecordingResult, ...]
    groups: int
    events: int
    hours: float


def report_frames(
    recordings: Sequence[ScoredRecording], *, threshold: float, rule: SegmentRule = RULE
) -> Job[FrameReport]:
    """Judge at least one scored recording; intervals are over groups of recordings.

    Alarms are by the `rule` at the threshold and at others.
    """
    resampling = Resampling([r.group for r in recordings])
    thresholds = _thresholds(recordings, threshold)
    results, counts = [], []
    total = len(recordings) + 4
    for number, recording in enumerate(recordings):
        results.append(_result(recording, threshold, rule))
        counting = Step(done=number, total=total, message=f"Counting alarms in {recording.name}")
        alarmed = []
        for level in thresholds.tolist():
            alarmed.append(alarms_at(recording, level, rule=rule))
            yield counting
        counts.append(([len(a.delays) for a in alarmed], [a.false for a in alarmed]))
    rankings = []
    for number, name in enumerate(("scores", *_BASELINES)):
        step = Step(done=len(recordings) + number, total=total, message="Ranking frames")
        rows = _rows(recordings, name, resampling)
        rankings.append((yield from rank_in_steps(rows, resampling, step)))
    found, false = (np.array(part, np.float64) for part in zip(*counts, strict=True))
    events = np.array([len(r.events) for r in recordings])
    hours = np.array([r.seconds / 3600 for r in recordings])
    return FrameReport(
        threshold=threshold,
        ranked=rankings[0],
        baselines=dict(zip(_BASELINES, rankings[1:], strict=True)),
        within=_within([r.roc_auc for r in results], resampling),
        event_recall=resampling.share(np.array([len(r.alarmed.delays) for r in results]), events),
        delay=_median_delay(results, resampling),
        false_per_hour=resampling.share(np.array([r.alarmed.false for r in results]), hours),
        curve=_curve(thresholds, found, false, events, hours, resampling) if events.any() else None,
        recordings=tuple(results),
        groups=resampling.count,
        events=int(events.sum()),
        hours=float(hours.sum()),
    )


def rank_frames(recordings: Sequence[ScoredRecording], step: Step) -> Job[tuple[Ranked, Figure]]:
    """How scores rank frames, all pooled and within recordings (`FrameReport.within`)."""
    resampling = Resampling([r.group for r in recordings])
    ranked = yield from rank_in_steps(_rows(recordings, "scores", resampling), resampling, step)
    return ranked, _within([_own_auc(r) for r in recordings], resampling)


_BASELINES = ("perfect recording labels", "own maximum throughout", "minus length")


def _thresholds(recordings: Sequence[ScoredRecording], default: float) -> Floats:
    """From the highest: evenly spaced ones, and where the scores lie, finer towards the top."""
    pooled = np.concatenate([r.scores for r in recordings]).astype(np.float64)
    dense = np.quantile(pooled, 1 - np.geomspace(1e-6, 1, 60))
    every = np.concatenate([np.linspace(0.01, 0.99, 50), dense, [default]])
    return np.unique(every[(every > 0) & (every <= 1)])[::-1]


def _result(recording: ScoredRecording, threshold: float, rule: SegmentRule) -> RecordingResult:
    anomalous = flags(recording.events, len(recording.scores))
    both = bool(anomalous.any() and not anomalous.all())
    return RecordingResult(
        recording=recording,
        alarmed=alarms_at(recording, threshold, rule=rule),
        roc_auc=_own_auc(recording),
        average_precision=average_precision(anomalous, recording.scores) if both else None,
    )


def _own_auc(recording: ScoredRecording) -> float | None:
    """The AUC among a recording's own frames; None where they are all of one kind."""
    anomalous = flags(recording.events, len(recording.scores))
    both = bool(anomalous.any() and not anomalous.all())
    return roc_auc(anomalous, recording.scores) if both else None


def _within(own: Sequence[float | None], resampling: Resampling) -> Figure:
    return resampling.mean(np.array([np.nan if auc is None else auc for auc in own]))


def _rows(recordings: Sequence[ScoredRecording], name: str, resampling: Resampling) -> Rows:
    """All frames, by their scores or by a baseline."""

    def values(recording: ScoredRecording) -> NDArray[np.floating]:
        count = len(recording.scores)
        match name:
            case "scores":
                return recording.scores
            case "minus length":
                return np.full(count, -float(count))
            case "own maximum throughout":
                return np.full(count, float(recording.scores.max()))
            case _:
                return np.full(count, float(bool(recording.events)))

    anomalous = np.concatenate([flags(r.events, len(r.scores)) for r in recordings])
    return Rows(
        scores=np.concatenate([values(r) for r in recordings]),
        positive=anomalous,
        negative=~anomalous,
        units=np.repeat(resampling.units, [len(r.scores) for r in recordings]),
    )


def _median_delay(results: Sequence[RecordingResult], resampling: Resampling) -> Figure:
    delays = np.array([d for r in results for d in r.alarmed.delays])
    if len(delays) == 0:
        return Figure(None, None)
    units = np.repeat(resampling.units, [len(r.alarmed.delays) for r in results])
    order = np.argsort(delays)
    passed = np.cumsum(resampling.weights[:, units[order]], axis=1)
    half = passed[:, -1:] / 2
    lower = np.argmax(passed >= half, axis=1)
    upper = np.argmax(passed > half, axis=1)  # another one where the two middle ones differ
    ranked = delays[order]
    drawn = np.where(half[:, 0] > 0, (ranked[lower] + ranked[upper]) / 2, np.nan)
    return resampling.figure(float(np.median(delays)), drawn)


def _curve(
    thresholds: Floats,
    found: Floats,
    false: Floats,
    events: NDArray[np.intp],
    hours: Floats,
    resampling: Resampling,
) -> AlarmCurve:
    """`found` and `false` are (recordings, thresholds)."""
    recall, rate = found.sum(axis=0) / events.sum(), false.sum(axis=0) / hours.sum()
    drawn_events = resampling.summed(events)[:, None]
    drawn_recall = np.divide(
        resampling.summed(found),
        drawn_events,
        out=np.full((DRAWS, len(thresholds)), np.nan),
        where=drawn_events > 0,
    )
    drawn_rate = resampling.summed(false) / resampling.summed(hours)[:, None]
    chosen = int(_last_within(rate[None])[0])
    value = float(recall[chosen]) if chosen >= 0 else 0.0
    places = _last_within(drawn_rate)
    drawn = drawn_recall[np.arange(DRAWS), np.maximum(places, 0)]
    drawn = np.where((places < 0) & ~np.isnan(drawn), 0.0, drawn)
    return AlarmCurve(
        thresholds=thresholds,
        recall=recall,
        false_per_hour=rate,
        recall_at_rate=resampling.figure(value, drawn),
        threshold_at_rate=float(thresholds[chosen]) if chosen >= 0 else None,
    )


def _last_within(rates: Floats) -> NDArray[np.intp]:
    """The last column (n,) before the first of each row (n, k) that exceeds `RATE`; -1 if none.

    Found from above: far below, many alarms merge into a few long ones.
    """
    exceeding = rates > RATE
    first = np.where(exceeding.any(axis=1), np.argmax(exceeding, axis=1), rates.shape[1])
    return np.asarray(first - 1, np.intp)
