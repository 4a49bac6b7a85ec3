"""The plots of an evaluation, as files in a folder."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.evaluation.clips import ClipReport, Confusion
from crimeview.evaluation.frames import RATE, FrameReport, RecordingResult
from crimeview.evaluation.ranking import Ranked
from crimeview.evaluation.segments import SegmentReport
from crimeview.plots.alarms import AlarmPlot, save_alarms
from crimeview.plots.confusion import Matrix, save_confusion
from crimeview.plots.ranking import RankingCurve, save_precision_recall, save_roc
from crimeview.plots.score_curves import ROWS, ScoredTime, save_score_curves

_MOST_CURVES = 60  # recordings whose scores are drawn
_OF = ("", "recordings-", "segments-", "frames-")
_RANKINGS = ("roc.png", "precision-recall.png")
_NAMES = (
    *(of + ranking for of in _OF for ranking in _RANKINGS),
    "confusion.png",
    "alarms.png",
    "scores-[0-9][0-9].png",
)

Draw = Callable[[], Path]


def plot_clips(report: ClipReport, folder: Path, *, title: str) -> Job[tuple[Path, ...]]:
    """ROC, precision and recall, and confusion at both thresholds."""
    draws = _rankings({"scores": report.ranked} | report.baselines, folder, title)
    matrices = [
        _matrix(f"At {d.threshold:g}, {what}", d.confusion)
        for d, what in (
            (report.decision, "the decision on clips"),
            (report.alarm, "the threshold for alarms"),
        )
    ]
    draws.append(lambda: save_confusion(matrices, folder / "confusion.png"))
    return (yield from _drawn(draws, folder))


def plot_frames(report: FrameReport, folder: Path, *, title: str) -> Job[tuple[Path, ...]]:
    """ROC and precision-recall of frames, recall against alarms, and score curves."""
    draws = _rankings({"scores": report.ranked} | report.baselines, folder, f"{title}, all frames")
    if report.curve is not None:
        plot = AlarmPlot(
            rates=report.curve.false_per_hour,
            recalls=report.curve.recall,
            default=(report.false_per_hour.value or 0.0, report.event_recall.value or 0.0),
            threshold=report.threshold,
            rate=RATE,
            recall=report.curve.recall_at_rate.value,
            interval=report.curve.recall_at_rate.interval,
        )
        draws.append(lambda: save_alarms(plot, folder / "alarms.png", title=title))
    shown = report.recordings[:_MOST_CURVES]
    for first in range(0, len(shown), ROWS):
        draws.append(_score_page(shown[first : first + ROWS], report.threshold, folder, first))
    return (yield from _drawn(draws, folder))


def plot_segments(report: SegmentReport, folder: Path, *, title: str) -> Job[tuple[Path, ...]]:
    """ROC and precision-recall of recordings and, where they are annotated, segments and frames."""
    every = {"scores": report.ranking} | report.baselines
    draws = _rankings({n: r.recordings for n, r in every.items()}, folder, title, of="recordings")
    for of in ("segments", "frames"):
        parts = {n: part for n, r in every.items() if (part := getattr(r, of)) is not None}
        if parts:
            draws += _rankings(parts, folder, title, of=of)
    return (yield from _drawn(draws, folder))


def _rankings(ranked: dict[str, Ranked], folder: Path, title: str, *, of: str = "") -> list[Draw]:
    """None where a class is missing."""
    own = next(iter(ranked.values()))
    if own.roc_auc.value is None:
        return []
    prefix, subject = (f"{of}-", f"{title}, {of}") if of else ("", title)
    roc = [
        RankingCurve(
            name=name, across=r.false, up=r.true, area=r.roc_auc.value, interval=r.roc_auc.interval
        )
        for name, r in ranked.items()
    ]
    precision = [
        RankingCurve(
            name=name,
            across=r.recall,
            up=r.precision,
            area=r.average_precision.value,
            interval=r.average_precision.interval,
        )
        for name, r in ranked.items()
    ]
    return [
        lambda: save_roc(roc, folder / f"{prefix}roc.png", title=subject),
        lambda: save_precision_recall(
            precision, folder / f"{prefix}precision-recall.png", title=subject, chance=own.share
        ),
    ]


def _score_page(
    results: Sequence[RecordingResult], threshold: float, folder: Path, first: int
) -> Draw:
    recordings = [
        ScoredTime(
            name=r.recording.name,
            seconds=r.recording.times.mean(axis=1),
            scores=r.recording.scores,
            events=r.recording.event_seconds(),
            alarms=[(s.start, s.end) for s in r.alarmed.segments],
        )
        for r in results
    ]
    file = folder / f"scores-{first // ROWS + 1:02}.png"
    return lambda: save_score_curves(recordings, file, threshold=threshold)


def _matrix(title: str, c: Confusion) -> Matrix:
    counts = [[c.true_negative, c.false_positive], [c.false_negative, c.true_positive]]
    return Matrix(title, ("normal", "event"), np.array(counts))


def _drawn(draws: Sequence[Draw], folder: Path) -> Job[tuple[Path, ...]]:
    with _writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for name in _NAMES:  # another evaluation may have drawn what this one does not
            for stale in folder.glob(name):
                stale.unlink()
    files = []
    for number, draw in enumerate(draws):
        yield Step(done=number, total=len(draws), message=f"Drawing into {folder}")
        with _writing(folder):
            files.append(draw())
    return tuple(files)


@contextmanager
def _writing(folder: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise UsageError(
            f"The plots cannot be written into {folder} ({error.strerror}); choose another folder "
            "with --out."
        ) from error
