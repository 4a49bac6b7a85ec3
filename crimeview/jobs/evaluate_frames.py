"""Evaluating a model on whole recordings whose events are annotated frame by frame."""

from collections.abc import Sequence
from math import log
from pathlib import Path

from crimeview.core.job import Job
from crimeview.core.segment import SegmentRule
from crimeview.core.track import Track, TrackKind, frame_scores
from crimeview.evaluation.alarms import ScoredRecording
from crimeview.evaluation.frames import FrameReport, report_frames
from crimeview.evaluation.intervals import clipped
from crimeview.evaluation.labels import FrameLabel, read_frame_labels
from crimeview.evaluation.summary import frame_summary
from crimeview.evaluation.table import LeftOut, Only
from crimeview.jobs.evaluate_cache import ReadingCache
from crimeview.jobs.evaluate_clips import nothing_left
from crimeview.jobs.evaluate_models import Chosen, Pipeline
from crimeview.jobs.evaluate_plots import plot_frames
from crimeview.jobs.evaluate_reading import Scored, read_recordings
from crimeview.jobs.evaluation import BOOTSTRAP, Evaluation
from crimeview.jobs.phases import phase


def evaluate_frames(
    table: Path,
    *,
    chosen: Chosen,
    cache: ReadingCache,
    threshold: float | None,
    out: Path | None,
    only: Only | None = None,
) -> Job[Evaluation]:
    """Judge the recordings of a table with `path` and `anomalous_frames`; plots go to `out`.

    `only` chooses rows, None means all; `threshold` None means the model's own. Raises UsageError
    for a table that is none or leaves nothing, ModelError for the models.
    """
    rule = SegmentRule(threshold=chosen.threshold if threshold is None else threshold)
    labels, unusable = read_frame_labels(table, only=only)
    with Pipeline(chosen) as pipeline:
        reading = read_recordings(labels, pipeline=pipeline, cache=cache, how="whole")
        seen = yield from phase(reading, number=0, count=3)
    recordings, mislabeled, cut = _annotated([labels[p] for p in seen.places], seen.scored)
    left_out = (*unusable, *seen.left_out, *mislabeled)
    if not recordings:
        raise nothing_left(table, [row.reason for row in left_out])
    judging = report_frames(recordings, threshold=rule.threshold)
    report = yield from phase(judging, number=1, count=3)
    plots: tuple[Path, ...] = ()
    if out is not None:
        title = f"{table.resolve().parent.name}/{table.name}, {chosen.name}"
        plots = yield from phase(plot_frames(report, out, title=title), number=2, count=3)
    return Evaluation(
        protocol="frames",
        sources={"labels": table},
        only=only,
        statement=_statement(rule),
        models=chosen.models,
        summary=frame_summary(report),
        left_out=left_out,
        notes=(*seen.notes, *cut, *undefined_notes(report)),
        plots=plots,
    )


def _annotated(
    labels: Sequence[FrameLabel], scored: Sequence[Scored]
) -> tuple[list[ScoredRecording], list[LeftOut], list[str]]:
    """The recordings with a score for each frame, those whose labels do not fit, and notes."""
    recordings, mislabeled, notes = [], [], []
    for label, part in zip(labels, scored, strict=True):
        try:
            events, note = clipped(label.events, len(part.frame_times))
        except ValueError as error:
            mislabeled.append(LeftOut(label.line, label.name, str(error)))
            continue
        if note:
            notes.append(f"{label.name}: {note}")
        clips = Track(TrackKind.CLIP_SCORES, part.times, part.scores)
        recordings.append(
            ScoredRecording(
                name=label.name,
                group=label.group,
                times=part.frame_times,
                scores=frame_scores(clips, part.frame_times),
                events=events,
            )
        )
    return recordings, mislabeled, notes


def _statement(rule: SegmentRule) -> tuple[str, ...]:
    return (
        (
            "Clips are taken and scored as in an analysis; a frame's score is interpolated "
            "between clip centers."
        ),
        (
            f"Alarms are the segments that an analysis shows at threshold {rule.threshold:g}: "
            f"they end below {rule.hysteresis:g} of it, those at most {rule.merge_gap:g} s apart "
            f"are one, and those under {rule.min_length:g} s are dropped."
        ),
        (
            "An event is found when an alarm touches it; time to detect is from its start to the "
            "first moment of it that an alarm covers, over the events found; an alarm that "
            "touches no event is false, and hours are those of all recordings."
        ),
        (
            "Event recall at 2 false alarms per hour is at the lowest threshold that keeps to "
            "that rate coming down from the highest; each bootstrap draw chooses its own."
        ),
        (
            "Frame figures pool all frames; within-recording AUC is the mean over recordings "
            "that have both kinds of frames. Pooled figures mostly tell recordings apart: "
            "compare the baselines, which use no vision (minus length, perfect labels of whole "
            "recordings) or only the recording's own highest score."
        ),
        BOOTSTRAP,
    )


def undefined_notes(report: FrameReport) -> list[str]:
    """What a report cannot say, in sentences."""
    notes = []
    if report.ranked.roc_auc.value is None:
        kind = "anomalous" if report.events == 0 else "normal"
        notes.append(
            f"No frame is {kind}: frame ROC AUC and average precision are not defined, only false "
            "alarms are counted."
            if kind == "anomalous"
            else f"No frame is {kind}: frame ROC AUC and average precision are not defined."
        )
    quiet = sum(not r.recording.events for r in report.recordings)
    if 0 < quiet < len(report.recordings):
        notes.append(
            f"{quiet} of {len(report.recordings)} recordings have no event: they have no AUC of "
            "their own."
        )
    if report.false_per_hour.value == 0:
        most = -log(0.025) / report.hours
        notes.append(
            f"No false alarm came in {report.hours * 3600:.0f} s. Draws over groups make no "
            f"interval of that; it shows only that there are fewer than {most:.{most < 10:d}f} an "
            "hour (95 %, Poisson)."
        )
    return notes
