"""The figures of an evaluation of scene novelty, and how they were measured, in sentences."""

from collections.abc import Sequence
from dataclasses import replace

from crimeview.core.job import Job, Step
from crimeview.core.segment import SegmentRule
from crimeview.evaluation.frames import FrameReport, rank_frames
from crimeview.evaluation.pointing import fastest_pointing, pointing
from crimeview.evaluation.summary import Summary, figure, frame_summary
from crimeview.jobs.evaluation import BOOTSTRAP
from crimeview.jobs.novelty_reference import Reference
from crimeview.jobs.novelty_results import CONTROLS, SPEED, NoveltyResult, in_one_scale


def novelty_summary(results: Sequence[NoveltyResult], report: FrameReport) -> Job[Summary]:
    """The keys of `evaluate frames`, with pointing and the controls that need no model."""
    summary = frame_summary(report)
    pointed = [result.pointed for result in results if result.pointed is not None]
    summary["figures"]["pointing_accuracy"] = figure(pointing(pointed))
    for row, result in zip(summary["recordings"], results, strict=True):
        told = result.pointed
        row["pointing_accuracy"] = None if told is None else told.accuracy
        row["pointed_frames"] = None if told is None else told.frames
    for name in CONTROLS:
        summary["baselines"][name] = yield from _control(results, name)
    summary["baselines"][SPEED]["pointing_accuracy"] = figure(fastest_pointing(pointed))
    return summary


def _control(results: Sequence[NoveltyResult], name: str) -> Job[Summary]:
    recordings = [
        replace(result.recording, scores=values, track=None)
        for result, values in zip(results, in_one_scale(results, name), strict=True)
    ]
    step = Step(done=0, total=None, message=f"Ranking frames by {name}")
    ranked, within = yield from rank_frames(recordings, step)
    return {
        "frame_roc_auc": figure(ranked.roc_auc),
        "frame_average_precision": figure(ranked.average_precision),
        "within_recording_roc_auc": figure(within),
    }


def novelty_statement(
    rule: SegmentRule, reference: Reference, *, learned_from: int
) -> tuple[str, ...]:
    """How was measured, in sentences."""
    one = learned_from == 1
    others = "one recording" if one else f"{learned_from} recordings"
    what = {
        "clips": f"the {others} of the table that {'is' if one else 'are'} not judged",
        "self": "the judged recordings themselves, all together, without their labels",
        "quiet": "each judged recording alone, without its labels",
    }[reference]
    return (
        f"What is usual was learned from {what}; no network takes part.",
        (
            "Recordings are scored by the scorer that an analysis uses, who stays too long "
            "included. Scores are raw: one calibration for all recordings of a camera, none for "
            "each. A score of 0.5 means that two alarms an hour are expected of quiet time, by "
            "time held out of the reference. A frame's score is interpolated between moments."
        ),
        (
            f"Alarms are the segments that an analysis shows at threshold {rule.threshold:g}: "
            f"they end below {rule.hysteresis:g} of it, those at most {rule.merge_gap:g} s apart "
            f"are one, and those under {rule.min_length:g} s are dropped. An event is found when "
            "an alarm touches it; an alarm that touches no event is false."
        ),
        (
            "Frame figures pool all frames; within-recording AUC is the mean over recordings that "
            "have both kinds of frames. Controls: the ten highest speeds of cells, and the share "
            "of the picture that moves, both without any model."
        ),
        (
            "Pointing accuracy is over frames within events that have a mask or boxes: whether "
            "the middle of the first box that the window would show then lies in it; showing none "
            "counts as a miss. Of raw pixel speed it is the fastest cell."
        ),
        BOOTSTRAP,
    )
