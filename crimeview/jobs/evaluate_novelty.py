"""Evaluating scene novelty on recordings annotated frame by frame; no network takes part."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import MediaError
from crimeview.core.job import Job, Step
from crimeview.core.segment import SegmentRule
from crimeview.evaluation.alarms import ScoredRecording
from crimeview.evaluation.frames import report_frames
from crimeview.evaluation.intervals import clipped, flags
from crimeview.evaluation.labels import FrameLabel, read_frame_labels
from crimeview.evaluation.pointing import Pointed, pointing, points_at
from crimeview.evaluation.summary import figure, frame_summary
from crimeview.evaluation.table import LeftOut, Only
from crimeview.jobs.evaluate_cache import ReadingCache
from crimeview.jobs.evaluate_clips import nothing_left
from crimeview.jobs.evaluate_plots import plot_frames
from crimeview.jobs.evaluation import BOOTSTRAP, Evaluation
from crimeview.jobs.moments import parts_of
from crimeview.jobs.phases import phase
from crimeview.jobs.reading_moments import ReadMoments, read_moments
from crimeview.scene.cells import Moments
from crimeview.scene.learning import alarm_rate, learned
from crimeview.scene.marks import motion_marks
from crimeview.scene.novelty import scored, smoothed
from crimeview.scene.usual import Usual
from crimeview.video.masks import Masks

Reference = Literal["clips", "self", "quiet"]
THRESHOLD = 0.5  # two alarms an hour are expected of quiet time

_TOP = 10  # cells, for the speed that no model has seen


@dataclass(frozen=True, slots=True)
class _Read:
    label: FrameLabel
    moments: ReadMoments
    masks: Masks | None

    def parts(self) -> Iterator[Moments]:
        reading = self.moments.reading
        return parts_of(self.moments.grid, reading.times, reading.numbers)


def evaluate_novelty(
    table: Path,
    *,
    reference: Reference,
    cache: ReadingCache,
    threshold: float | None,
    out: Path | None,
    only: Only | None = None,
) -> Job[Evaluation]:
    """Judge scene novelty on the recordings of a table with `path` and `anomalous_frames`.

    `reference` is what is learned from: the table's recordings without events (“clips”; with a
    column `split`, those whose split is “train”), the judged recordings themselves together
    (“self”), or each judged recording alone (“quiet”); of the latter two by what is usual in them,
    never by labels. Recordings of one `camera`, a column, share what is learned; without it all do
    that have pictures of one shape. A column `masks` names each recording's masks. Raises
    UsageError.
    """
    rule = SegmentRule(threshold=THRESHOLD if threshold is None else threshold)
    labels, unusable = read_frame_labels(table, only=only)
    reading = _read_all(labels, table.parent, cache)
    read, unread, notes = yield from phase(reading, number=0, count=3)
    judged = [r for r in read if _is_judged(r.label)]
    left_out = (*unusable, *unread)
    if not judged:
        raise nothing_left(table, [row.reason for row in left_out] or [_NO_EVENTS])
    learning = _learn(read, judged, reference)
    usual = yield from phase(learning, number=1, count=3)
    results = []
    for number, each in enumerate(judged):
        yield Step(done=1 + number / len(judged), total=3, message=f"Scoring {each.label.name}")
        found = _scored(each, usual[number])
        if isinstance(found, LeftOut):
            left_out = (*left_out, found)
        else:
            results.append(found)
    if not results:
        raise nothing_left(table, [row.reason for row in left_out])
    recordings = [result.recording for result in results]
    report = yield from phase(
        report_frames(recordings, threshold=rule.threshold), number=2, count=3
    )
    summary = frame_summary(report)
    pointed = [result.pointed for result in results if result.pointed is not None]
    summary["figures"]["pointing_accuracy"] = figure(pointing(pointed))
    for name in ("raw pixel speed", "foreground mass"):
        controls = [
            replace(r.recording, scores=_unit(r.controls[name], results, name)) for r in results
        ]
        control = yield from phase(
            report_frames(controls, threshold=rule.threshold), number=2, count=3
        )
        figures = frame_summary(control)["figures"]
        summary["baselines"][name] = {
            key: figures[key]
            for key in ("frame_roc_auc", "frame_average_precision", "within_recording_roc_auc")
        }
    plots: tuple[Path, ...] = ()
    if out is not None:
        title = f"{table.resolve().parent.name}/{table.name}, scene novelty ({reference})"
        plots = yield from phase(plot_frames(report, out, title=title), number=2, count=3)
    return Evaluation(
        protocol="frames",
        sources={"labels": table},
        only=only,
        statement=_statement(rule, reference, len(read) - len(judged)),
        models=(),
        summary=summary,
        left_out=tuple(left_out),
        notes=(*notes, *([] if pointed else [_NO_MASKS])),
        plots=plots,
    )


_NO_EVENTS = "No recording of the table has an event."
_NO_MASKS = "The table names no masks (column masks): pointing accuracy is not defined."


@dataclass(frozen=True, slots=True)
class _Result:
    recording: ScoredRecording
    controls: dict[str, NDArray[np.float32]]
    pointed: Pointed | None


def _is_judged(label: FrameLabel) -> bool:
    split = label.columns.get("split", "").lower()
    return split != "train" if split else bool(label.events)


def _read_all(
    labels: Sequence[FrameLabel], folder: Path, cache: ReadingCache
) -> Job[tuple[list[_Read], list[LeftOut], list[str]]]:
    read, left_out, notes = [], [], []
    for number, label in enumerate(labels):
        reading = phase(read_moments(label.file, cache=cache), number=number, count=len(labels))
        try:
            moments = yield from reading
            masks = label.columns.get("masks")
            read.append(_Read(label, moments, Masks(folder / masks) if masks else None))
        except MediaError as error:
            left_out.append(LeftOut(label.line, label.name, str(error)))
            continue
        if moments.reading.damage:
            notes.append(f"{label.name}: {moments.reading.damage}")
    if cache.problem:
        notes.append(cache.problem)
    return read, left_out, notes


def _learn(
    read: Sequence[_Read], judged: Sequence[_Read], reference: Reference
) -> Job[list[Usual | None]]:
    """What is usual for each judged recording; None where there is nothing to learn from."""
    known: dict[object, Usual | None] = {}
    found = []
    for number, each in enumerate(judged):
        yield Step(done=number, total=len(judged), message="Learning what is usual")
        camera = each.label.columns.get("camera", "")
        key: object = number if reference == "quiet" else (camera, each.moments.grid)
        if key not in known:
            pool = [each] if reference == "quiet" else judged if reference == "self" else read
            from_these = [
                r
                for r in pool
                if r.label.columns.get("camera", "") == camera
                and r.moments.grid == each.moments.grid
                and (reference != "clips" or not _is_judged(r.label))
            ]
            known[key] = _usual(from_these, trust=reference == "clips")
        found.append(known[key])
    return found


def _usual(read: Sequence[_Read], *, trust: bool) -> Usual | None:
    if not read:
        return None

    def parts() -> Iterator[Moments]:
        return chain.from_iterable(each.parts() for each in read)

    return Usual(learned(parts, read[0].moments.grid, trust=trust))


def _scored(read: _Read, usual: Usual | None) -> _Result | LeftOut:
    label, reading = read.label, read.moments.reading
    if usual is None:
        return LeftOut(label.line, label.name, "No recording without events is of its camera.")
    try:
        events, _ = clipped(label.events, len(reading.frame_times))
    except ValueError as error:
        return LeftOut(label.line, label.name, str(error))
    rate = alarm_rate(usual.counts)
    score = np.concatenate([scored(part, usual).score for part in read.parts()])
    times = np.concatenate([part.times for part in read.parts()])
    value = rate.calibrated(smoothed(times, score))
    speed = np.concatenate([_raw_speed(part) for part in read.parts()])
    mass = np.concatenate([part.share.mean(axis=(1, 2)) for part in read.parts()])
    at = _over_frames(times, reading.frame_times)
    return _Result(
        recording=ScoredRecording(
            name=label.name,
            group=label.group,
            times=reading.frame_times,
            scores=at(value),
            events=events,
        ),
        controls={
            "raw pixel speed": at(smoothed(times, speed)),
            "foreground mass": at(smoothed(times, mass)),
        },
        pointed=_pointed(read, usual, events),
    )


def _over_frames(
    times: NDArray[np.float64], frame_times: NDArray[np.float64]
) -> Callable[[NDArray[np.floating]], NDArray[np.float32]]:
    middle, frames = times.mean(axis=1), frame_times.mean(axis=1)
    return lambda values: np.interp(frames, middle, values).astype(np.float32)


def _raw_speed(part: Moments) -> NDArray[np.float32]:
    flat = np.sqrt(part.energy.reshape(len(part), -1))
    return np.asarray(np.partition(flat, -_TOP, axis=1)[:, -_TOP:].mean(axis=1), np.float32)


def _unit(
    values: NDArray[np.float32], results: Sequence[_Result], name: str
) -> NDArray[np.float32]:
    """The values from 0 to 1 over all recordings together: their order is what is judged."""
    highest = max(float(r.controls[name].max()) for r in results)
    return values / np.float32(highest or 1.0)


def _pointed(read: _Read, usual: Usual, events: Sequence[tuple[int, int]]) -> Pointed | None:
    if read.masks is None:
        return None
    reading = read.moments.reading
    marks = list(
        chain.from_iterable(
            motion_marks(part, usual, np.arange(len(part))) for part in read.parts()
        )
    )
    middle = reading.times.mean(axis=1)
    inside = flags(events, len(reading.frame_times))[: len(read.masks)]
    frames = hits = 0
    for frame in np.flatnonzero(inside).tolist():
        mask = read.masks.at(frame)
        if mask.any():
            nearest = int(np.argmin(np.abs(middle - reading.frame_times[frame].mean())))
            frames += 1
            hits += points_at(mask, marks[nearest])
    return Pointed(read.label.group, frames, hits)


def _statement(rule: SegmentRule, reference: Reference, learned_from: int) -> tuple[str, ...]:
    what = {
        "clips": f"the {learned_from} recordings of the table that are not judged",
        "self": "the judged recordings themselves, all together, without their labels",
        "quiet": "each judged recording alone, without its labels",
    }[reference]
    return (
        f"What is usual was learned from {what}; no network takes part.",
        (
            "Scores are raw: one calibration for all recordings of a camera, none for each. A "
            "score of 0.5 means that two alarms an hour are expected of quiet time, by time held "
            "out of the reference."
        ),
        (
            f"Alarms are the segments at threshold {rule.threshold:g}; an event is found when an "
            "alarm touches it; an alarm that touches no event is false."
        ),
        (
            "Frame figures pool all frames; within-recording AUC is the mean over recordings that "
            "have both kinds of frames. Controls: the ten highest speeds of cells, and the share "
            "of the picture that moves, both without any model."
        ),
        (
            "Pointing accuracy is over frames within events that have a mask: whether the middle "
            "of the first box lies in it."
        ),
        BOOTSTRAP,
    )
