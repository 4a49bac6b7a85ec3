"""Evaluating a model on labeled clips."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np

from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.evaluation.clips import report_clips
from crimeview.evaluation.figure import Floats
from crimeview.evaluation.labels import read_clip_labels
from crimeview.evaluation.summary import clip_summary
from crimeview.evaluation.table import Only
from crimeview.jobs.evaluate_cache import ReadingCache
from crimeview.jobs.evaluate_models import Chosen, Pipeline
from crimeview.jobs.evaluate_plots import plot_clips
from crimeview.jobs.evaluate_reading import How, Scored, read_recordings
from crimeview.jobs.evaluation import BOOTSTRAP, Evaluation
from crimeview.jobs.phases import phase

DECISION = 0.5  # scores are probabilities, were both kinds of clip equally frequent
_MIDDLE = (
    "A clip's score is the mean over three windows evenly spaced in its middle 2 s (one window, in "
    "which the last frame stands, where it is shorter than a window)."
)
_MIDDLE_FRAMES = "A clip's score is the mean over the sampled frames of its middle 2 s."
_WHOLE = "A clip's score is the highest over all windows that an analysis takes of it."


def evaluate_clips(
    table: Path,
    *,
    chosen: Chosen,
    cache: ReadingCache,
    how: How,
    out: Path | None,
    only: Only | None = None,
) -> Job[Evaluation]:
    """Judge the clips of a table with `path` and `label`; plots go to `out`, None for none.

    `only` chooses rows, None means all. Raises UsageError for a table that is none or leaves
    nothing, ModelError for the models.
    """
    labels, unusable = read_clip_labels(table, only=only)
    with Pipeline(chosen) as pipeline:
        reading = read_recordings(labels, pipeline=pipeline, cache=cache, how=how)
        seen = yield from phase(reading, number=0, count=2)
        left_out = (*unusable, *seen.left_out)
        if not seen.places:
            raise nothing_left(table, [row.reason for row in left_out])
    known = [labels[place] for place in seen.places]
    scores = np.array([_score(scored, how) for scored in seen.scored], np.float64)
    report = report_clips(
        known,
        scores,
        decision=DECISION,
        alarm=chosen.threshold,
        controls=_controls(seen.scored, how),
    )
    plots: tuple[Path, ...] = ()
    if out is not None:
        title = f"{table.resolve().parent.name}/{table.name}, {chosen.name}"
        plots = yield from phase(plot_clips(report, out, title=title), number=1, count=2)
    notes = list(seen.notes)
    if report.ranked.roc_auc.value is None:
        notes.append("All clips are of one kind: ROC AUC and average precision are not defined.")
    return Evaluation(
        protocol="clips",
        sources={"labels": table},
        only=only,
        statement=_statement(chosen, pipeline, how),
        models=chosen.models,
        summary=clip_summary(report),
        left_out=left_out,
        notes=tuple(notes),
        plots=plots,
    )


def nothing_left(table: Path, reasons: list[str]) -> UsageError:
    """The error where no row of a table can be used, with the first reason."""
    return UsageError(
        f"No row of {table} can be evaluated. {reasons[0] if reasons else ''}".strip()
    )


def _score(scored: Scored, how: How) -> float:
    return float(scored.scores.max() if how == "whole" else scored.scores.mean())


def _controls(clips: Sequence[Scored], how: How) -> dict[str, Floats]:
    """What can be told without a network."""
    lengths = [float(c.frame_times[-1, 1] - c.frame_times[0, 0]) for c in clips]
    controls = {"length": np.array(lengths)}
    if how == "middle":
        controls["frame difference"] = np.array([c.moved for c in clips])
    return controls


def _statement(chosen: Chosen, pipeline: Pipeline, how: How) -> tuple[str, ...]:
    middle = _MIDDLE_FRAMES if pipeline.by_frame else _MIDDLE
    calibration = chosen.calibration or (
        "The model's scores are not calibrated: 0.5 is not a meaningful decision for it."
    )
    return (
        "Every clip whose label is not “normal” is positive.",
        _WHOLE if how == "whole" else middle,
        (
            f"Decisions are at {DECISION:g}, the decision on clips, and at {chosen.threshold:g}, "
            "the model's default threshold for alarms."
        ),
        f"Scores: {calibration}",
        "Baselines use no network: the clip's length in seconds"
        + (
            ""
            if how == "whole"
            else ", and the 99th percentile of the difference between successive frames of its "
            "middle 2 s"
        )
        + ".",
        BOOTSTRAP,
    )
