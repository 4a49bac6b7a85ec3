"""Evaluating scores that exist already, or a scorer on features that do: no video is read."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.given_features import GivenFeatures, read_features
from crimeview.core.job import Job, Step
from crimeview.evaluation.annotations import matched, read_annotations
from crimeview.evaluation.given import read_scores
from crimeview.evaluation.segments import SegmentReport, report_segments
from crimeview.evaluation.summary import segment_summary
from crimeview.evaluation.table import LeftOut, Only
from crimeview.jobs.elsewhere import elsewhere
from crimeview.jobs.evaluate_models import Runnable
from crimeview.jobs.evaluate_plots import plot_segments
from crimeview.jobs.evaluation import BOOTSTRAP, Evaluation, Protocol
from crimeview.jobs.phases import phase
from crimeview.nets.scorer import Scorer

Scores = Mapping[str, NDArray[np.floating]]
T = TypeVar("T")


def evaluate_segments(
    table: Path, annotations: Path, *, threshold: float, only: Only | None, out: Path | None
) -> Job[Evaluation]:
    """Judge a table of scores, any number a recording; plots go to `out`, None for none.

    `only` chooses rows of the annotations, None means all. Raises UsageError for files that cannot
    be used.
    """
    given = yield from elsewhere(lambda: read_scores(table), f"Reading {table.name}")
    return (
        yield from _evaluated(
            "segments",
            {"scores": table, "annotations": annotations},
            given.scores,
            left_out=given.left_out,
            threshold=threshold,
            models=(),
            only=only,
            out=out,
        )
    )


def evaluate_features(
    features: Path, annotations: Path, *, scorer: Runnable, only: Only | None, out: Path | None
) -> Job[Evaluation]:
    """Judge a scorer on features of recordings' segments; plots go to `out`, None for none.

    `only` chooses rows of the annotations, None means all. Raises UsageError for files that cannot
    be used, ModelError for the scorer.
    """
    given = yield from elsewhere(lambda: read_features(features), f"Reading {features.name}")
    with Scorer(scorer.model, running=scorer.running) as network:
        wanted = scorer.model.manifest.input.shape[-1]
        if wanted is not None and given.features.shape[2] != wanted:
            raise UsageError(
                f"{features} has {given.features.shape[2]} numbers a segment, but the scorer "
                f"“{scorer.model.manifest.name}” takes {wanted}; give features of "
                f"“{network.feature_space}”."
            )
        scored = _scored(given, network)
        scores, left_out = yield from phase(scored, number=0, count=2)
        threshold = network.threshold
    if not scores:
        raise UsageError(f"No recording of {features} can be scored. {left_out[0].reason}")
    return (
        yield from _evaluated(
            "features",
            {"features": features, "annotations": annotations},
            scores,
            left_out=tuple(left_out),
            threshold=threshold,
            models=(scorer,),
            only=only,
            out=out,
        )
    )


def _scored(
    given: GivenFeatures, scorer: Scorer
) -> Job[tuple[dict[str, NDArray[np.float32]], list[LeftOut]]]:
    scores, left_out = {}, []
    count = len(given.names)
    for number, (name, features) in enumerate(zip(given.names, given.features, strict=True)):
        yield Step(done=number, total=count, message=f"Scoring {name}")
        values = features.astype(np.float32)
        # Rows are segments already: they are not averaged once more.
        found = scorer.scores(values) if np.isfinite(values).all() else np.array([np.nan])
        if np.isfinite(found).all():
            scores[name] = found
        else:
            reason = "Its features or scores are not finite numbers; extract the features again."
            left_out.append(LeftOut(None, name, reason))
    return scores, left_out


def _evaluated(
    protocol: Protocol,
    sources: dict[str, Path],
    scores: Scores,
    *,
    left_out: tuple[LeftOut, ...],
    threshold: float,
    models: tuple[Runnable, ...],
    only: Only | None,
    out: Path | None,
) -> Job[Evaluation]:
    annotations = read_annotations(sources["annotations"], only=only)
    pairs, lonely = matched(annotations.rows, scores)
    report = yield from phase(report_segments(pairs, threshold=threshold), number=1, count=2)
    plots: tuple[Path, ...] = ()
    if out is not None:
        title = ", ".join([next(iter(sources.values())).name, *(m.name for m in models)])
        plots = yield from plot_segments(report, out, title=title)
    return Evaluation(
        protocol=protocol,
        sources=sources,
        only=only,
        statement=_statement(report),
        models=models,
        summary=segment_summary(report),
        left_out=(*annotations.left_out, *left_out),
        notes=(*annotations.notes, *lonely, *_undefined(report)),
        plots=plots,
    )


def _statement(report: SegmentReport) -> tuple[str, ...]:
    sentences = [
        (
            "Frame f of n belongs to segment floor(k f / n) of a recording's k; a recording "
            "scores its highest segment."
        ),
        (
            f"Alarms are scores at or above {report.alarms.threshold:g}: recall is the share of "
            "anomalous recordings and frames, the false-alarm rate that of recordings without an "
            "event, their segments and frames."
        ),
    ]
    if report.ranking.frames is not None:
        sentences += [
            (
                "Segment figures give every recording the same weight, one k-th a segment; a "
                "segment is anomalous by the share of its frames that is."
            ),
            (
                "Within-recording AUC is the mean over recordings that have both kinds of frames "
                "of the frame AUC among their own."
            ),
        ]
    sentences += [
        (
            "Baselines need no look at a picture: minus the recording's length (where frames are "
            "counted), perfect labels of whole recordings, and, of what is judged, only its "
            "highest score throughout a recording. Frame figures mean little but beside them."
        ),
        BOOTSTRAP,
    ]
    return tuple(sentences)


def _undefined(report: SegmentReport) -> list[str]:
    notes = []
    if report.ranking.frames is None:
        notes.append(
            "The annotations label whole recordings only (no columns frames and anomalous_frames, "
            "or not in every row): figures of segments, frames and within recordings are left out."
        )
    if report.ranking.recordings.roc_auc.value is None:
        notes.append("All recordings are of one kind: ranking figures are not defined.")
    return notes
