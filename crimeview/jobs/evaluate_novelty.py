"""Evaluating scene novelty on recordings annotated frame by frame; no network takes part."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from crimeview.core.errors import MediaError
from crimeview.core.job import Job, Step
from crimeview.core.segment import SegmentRule
from crimeview.evaluation.boxes import BoxMasks, DrawnBoxes, located_as, read_boxes
from crimeview.evaluation.frames import FrameReport, report_frames
from crimeview.evaluation.intervals import clipped
from crimeview.evaluation.labels import FrameLabel, read_frame_labels
from crimeview.evaluation.pointing import FrameMasks
from crimeview.evaluation.table import LeftOut, Only
from crimeview.jobs.evaluate_cache import ReadingCache
from crimeview.jobs.evaluate_clips import nothing_left
from crimeview.jobs.evaluate_frames import undefined_notes
from crimeview.jobs.evaluate_plots import plot_frames
from crimeview.jobs.evaluation import Evaluation
from crimeview.jobs.fuse import NOVELTY_RULE
from crimeview.jobs.novelty_reference import ReadLabel, Reference, learn, parted
from crimeview.jobs.novelty_results import NoveltyResult, scored_novelty
from crimeview.jobs.novelty_summary import novelty_statement, novelty_summary
from crimeview.jobs.phases import phase
from crimeview.jobs.reading_moments import ReadMoments, read_moments
from crimeview.scene.usual import Usual
from crimeview.video.masks import Masks

_PHASES = 4

_NO_EVENTS = "No recording of the table has an event."
_NO_REFERENCE = (
    "The table has no recording without events of its camera to learn from; give --reference self "
    "or quiet, or list one."
)
_ONE_KIND = (
    "The table has not both recordings with events and recordings without: what is usual was "
    "learned from the judged ones themselves, as with --reference self."
)
_NO_MASKS = (
    "Neither the table (column masks) nor --boxes says where events are: pointing accuracy is not "
    "defined."
)


def evaluate_novelty(
    table: Path,
    *,
    reference: Reference | None,
    cache: ReadingCache,
    threshold: float | None,
    out: Path | None,
    boxes: Path | None = None,
    only: Only | None = None,
) -> Job[Evaluation]:
    """Judge scene novelty on the recordings of a table with `path` and `anomalous_frames`.

    `reference` is what is learned from: the table's recordings without events (“clips”; where the
    table tells training from test, see `judged_flags`, those of the training), the judged
    recordings themselves together (“self”), or each judged recording alone (“quiet”); of the
    latter two by what is usual in them, never by labels. None means “clips” where there are such,
    else “self”. Recordings of one `camera`, a column, share what is learned; without it all do
    that have pictures of one shape. Where events are is told by the table `boxes`, or by a column
    `masks`. Raises UsageError.
    """
    rule = NOVELTY_RULE if threshold is None else replace(NOVELTY_RULE, threshold=threshold)
    labels, unusable = read_frame_labels(table, only=only)
    drawn, useless = read_boxes(boxes) if boxes is not None else ({}, [])
    reading = _read_all(labels, table.parent, cache, drawn)
    read = yield from phase(reading, number=0, count=_PHASES)
    parts = parted(read.read)
    if reference is None:
        reference = "clips" if parts.has_both else "self"
        read.notes += [_ONE_KIND] if reference == "self" else []
    if not parts.judged and reference != "clips":
        parts = parts.everything_judged()
    left_out = [*unusable, *useless, *read.left_out]
    if not parts.judged:
        raise nothing_left(table, [row.reason for row in left_out] or [_NO_EVENTS])
    learning = learn(parts.judged, parts.learned, reference)
    usual = yield from phase(learning, number=1, count=_PHASES)
    scored = yield from phase(_score_all(parts.judged, usual), number=2, count=_PHASES)
    left_out += scored.left_out
    if not scored.results:
        raise nothing_left(table, [row.reason for row in left_out])
    title = f"{table.resolve().parent.name}/{table.name}, scene novelty ({reference})"
    reporting = _report(scored.results, rule, out, title)
    report, plots = yield from phase(reporting, number=3, count=_PHASES)
    summary = yield from novelty_summary(scored.results, report)
    masked = any(result.pointed is not None for result in scored.results)
    read.notes += [parts.note] if parts.note else []
    notes = (*read.notes, *scored.notes, *_not_listed(drawn, labels), *undefined_notes(report))
    return Evaluation(
        protocol="frames",
        sources={"labels": table} if boxes is None else {"labels": table, "boxes": boxes},
        only=only,
        statement=novelty_statement(rule, reference, learned_from=len(parts.learned)),
        models=(),
        summary=summary,
        left_out=tuple(left_out),
        notes=notes if masked else (*notes, _NO_MASKS),
        plots=plots,
    )


@dataclass(slots=True)
class _Readings:
    read: list[ReadLabel] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(slots=True)
class _Scored:
    results: list[NoveltyResult] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def _read_all(
    labels: Sequence[FrameLabel],
    folder: Path,
    cache: ReadingCache,
    drawn: Mapping[str, DrawnBoxes],
) -> Job[_Readings]:
    found = _Readings()
    for number, label in enumerate(labels):
        reading = phase(read_moments(label.file, cache=cache), number=number, count=len(labels))
        try:
            moments = yield from reading
        except MediaError as error:
            found.left_out.append(LeftOut(label.line, label.name, str(error)))
            continue
        masks = None
        try:
            masks = _masks(label, folder, moments, drawn.get(located_as(label.name)))
        except MediaError as error:
            found.notes.append(f"{label.name}: {error} Where is pointed at does not count.")
        found.read.append(ReadLabel(label, moments, masks))
        if moments.reading.damage:
            found.notes.append(f"{label.name}: {moments.reading.damage}")
    if cache.problem:
        found.notes.append(cache.problem)
    return found


def _masks(
    label: FrameLabel, folder: Path, moments: ReadMoments, drawn: DrawnBoxes | None
) -> FrameMasks | None:
    """Where the events of a recording are; raises MediaError."""
    if drawn is not None:
        frames = len(moments.reading.frame_times)
        return BoxMasks(drawn, frames=frames, height=moments.height, width=moments.width)
    masks = label.columns.get("masks", "").replace("\\", "/")
    return Masks(folder / masks) if masks else None


def _score_all(judged: Sequence[ReadLabel], usual: Sequence[Usual | None]) -> Job[_Scored]:
    found = _Scored()
    for number, (each, known) in enumerate(zip(judged, usual, strict=True)):
        label = each.label
        step = Step(done=number, total=len(judged), message=f"Scoring {label.name}")
        yield step
        if known is None:
            found.left_out.append(LeftOut(label.line, label.name, _NO_REFERENCE))
            continue
        try:
            events, cut = clipped(label.events, len(each.moments.reading.frame_times))
            found.results.append((yield from scored_novelty(each, known, events, step)))
        except (ValueError, MediaError) as error:
            found.left_out.append(LeftOut(label.line, label.name, str(error)))
            continue
        if cut:
            found.notes.append(f"{label.name}: {cut}")
    return found


def _report(
    results: Sequence[NoveltyResult], rule: SegmentRule, out: Path | None, title: str
) -> Job[tuple[FrameReport, tuple[Path, ...]]]:
    recordings = [result.recording for result in results]
    report = yield from report_frames(recordings, threshold=rule.threshold, rule=rule)
    if out is None:
        return report, ()
    return report, (yield from plot_frames(report, out, title=title))


def _not_listed(drawn: Mapping[str, DrawnBoxes], labels: Sequence[FrameLabel]) -> list[str]:
    listed = {located_as(label.name) for label in labels}
    return [
        f"{name} has boxes, but the table of labels does not list it: they count for nothing."
        for name in drawn
        if name not in listed
    ]
