"""What the violence classifier reaches, as figures and as pictures beside its fits."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job
from crimeview.core.manifest import Metric
from crimeview.jobs.gather import Gathered
from crimeview.jobs.violence_training import HEAD
from crimeview.plots.confusion import Matrix, save_confusion
from crimeview.plots.violence import Sample, save_samples
from crimeview.training.data.examples import FOLDS, NORMAL, RENDERED
from crimeview.training.data.windows import usable_span
from crimeview.training.encoder_report import Trial, accuracy, report_trials
from crimeview.training.judging import judge_without_network, rank_without_network
from crimeview.training.violence.aggregate import AGGREGATIONS, aggregate, mean
from crimeview.training.violence.probability import calibrated_by_folds
from crimeview.training.violence.report import classification_report, confusion, report_text

FIGHTS = "surveillance_fights"
_HALF = 0.5
_SAMPLES = 9  # of each: right and sure, wrong
_PROTOCOL = (
    "{data}: {count} clips, {groups} groups, frames of the middle 2 s judged by a network trained "
    f"without the clip's group's fold ({FOLDS} folds by group), probabilities calibrated on the "
    "other folds and averaged over the frames"
)

Floats = NDArray[np.float64]
Seeds = list[list[Floats]]  # logits (frames,) by seed and example


@dataclass(frozen=True, slots=True)
class Judged:
    """Clips with the probabilities of their frames, (frames,) each."""

    clips: Gathered
    probabilities: Sequence[Floats]


def judged_sets(data: Gathered) -> list[int]:
    """The clips that figures and calibration are of: surveillance, or else all real violence."""
    labeled = {e.data for e in data.examples if e.label == HEAD} - {RENDERED}
    wanted = {FIGHTS} & labeled or labeled
    return [n for n, e in enumerate(data.examples) if e.data in wanted]


def figures(
    data: Gathered, found: Seeds, *, valid: Judged, folder: Path
) -> Job[tuple[Metric, ...]]:
    """The figures, with controls; confusion, report and samples are written to `folder`."""
    rows = judged_sets(data)
    part = data.only([data.examples[n] for n in rows])
    positive = np.array([e.label == HEAD for e in part.examples])
    folds = np.array([e.fold for e in part.examples])
    seeds = [calibrated_by_folds([seed[n] for n in rows], positive, folds) for seed in found]
    trial = yield from _trial(part, positive, np.stack([aggregate(s, mean) for s in seeds]))
    _write(Judged(part, seeds[0]), folder)
    metrics = [*(yield from report_trials([trial])), *_aggregations(seeds, positive)]
    if valid.probabilities:
        metrics.append(_valid(valid))
    return tuple(metrics)


def _trial(part: Gathered, positive: NDArray[np.bool_], scores: Floats) -> Job[Trial]:
    controls = yield from judge_without_network(part.examples, part.frames, part.facts, positive)
    rankings = yield from rank_without_network(part.examples, part.frames)
    groups = [e.group for e in part.examples]
    names = ", ".join(sorted({e.data for e in part.examples}))
    return Trial(
        title=HEAD,
        protocol=_PROTOCOL.format(data=names, count=len(groups), groups=len(set(groups))),
        positive=positive,
        groups=groups,
        scores=scores,
        controls=controls,
        rankings=rankings,
    )


def _aggregations(seeds: Sequence[list[Floats]], positive: NDArray[np.bool_]) -> list[Metric]:
    """How other ways from frames to clips than the mean would do."""
    return [
        Metric(
            name=f"{HEAD} accuracy, {name} of the frames",
            value=round(
                float(np.mean([accuracy(positive, aggregate(seed, how)) for seed in seeds])), 3
            ),
            interval=None,
            protocol="the same clips and networks",
        )
        for name, how in AGGREGATIONS.items()
        if how is not mean
    ]


def _valid(valid: Judged) -> Metric:
    examples = valid.clips.examples
    positive = np.array([e.label == HEAD for e in examples])
    names = ", ".join(sorted({e.data for e in examples}))
    return Metric(
        name=f"{HEAD} accuracy, validation part of {names}",
        value=round(accuracy(positive, aggregate(valid.probabilities, mean)), 3),
        interval=None,
        protocol=f"{len(examples)} clips, the mean of the frames' probabilities; sanity only: "
        "clips of the same broadcasts are trained on",
    )


def _write(judged: Judged, folder: Path) -> None:
    """Pictures and a table of how held-out clips were judged."""
    folder.mkdir(parents=True, exist_ok=True)
    positive = np.array([e.label == HEAD for e in judged.clips.examples])
    chances = aggregate(judged.probabilities, mean)
    counts = confusion(positive, chances > _HALF)
    labels = (NORMAL, HEAD)
    (folder / "report.txt").write_text(report_text(classification_report(counts, labels)))
    save_confusion([Matrix("held-out clips", labels, counts)], folder / "confusion.png")
    save_samples(
        _samples(judged.clips, positive, chances),
        folder / "samples.png",
        title="Held-out clips: the surest right ones, then the surest wrong ones",
    )


def _samples(clips: Gathered, positive: NDArray[np.bool_], chances: Floats) -> list[Sample]:
    sure = np.abs(chances - _HALF)
    right = (chances > _HALF) == positive
    order = np.argsort(-sure)
    chosen = [*order[right[order]][:_SAMPLES], *order[~right[order]][:_SAMPLES]]
    return [
        Sample(
            picture=_middle_picture(clips, int(n)),
            label=HEAD if positive[n] else NORMAL,
            said=HEAD if chances[n] > _HALF else NORMAL,
            probability=float(chances[n]),
        )
        for n in chosen
    ]


def _middle_picture(clips: Gathered, n: int) -> NDArray[np.uint8]:
    seen = clips.frames[n]
    start, end = usable_span(seen.times, clips.examples[n].central)
    row = int(np.searchsorted(seen.times[:, 0], (start + end) / 2))
    picture: NDArray[np.uint8] = seen.pictures[min(row, len(seen.pictures) - 1)]
    return picture[..., 0] if picture.shape[-1] == 1 else picture
