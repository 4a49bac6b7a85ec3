"""The protocols by which an encoder is judged: what is trained, and on which clips it is tested."""

from collections.abc import Generator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.jobs.encoder_training import Recipe, fit, fit_part, fits_folder
from crimeview.jobs.gather import Gathered, gather_frames
from crimeview.jobs.phases import phase
from crimeview.training.classifier import Classifier
from crimeview.training.controls import transferred
from crimeview.training.data.data_sets import read_data_set
from crimeview.training.data.examples import FOLDS, NORMAL
from crimeview.training.data.framecache import FrameCache
from crimeview.training.encoder_report import FACTS, LABELED, MOTION, Trial
from crimeview.training.heads import find_tasks
from crimeview.training.judging import (
    judge_clips,
    judge_without_network,
    moving,
    rank_without_network,
)
from crimeview.training.precision import Arithmetic

FIGHTS, HOCKEY = "surveillance_fights", "hockey_fights"
_FOLDS = (
    "{data}: {count} clips, {groups} groups, each scored by a network trained without its group's "
    f"fold ({FOLDS} folds by group), the head’s probability averaged over three windows of the "
    "middle 2 s"
)


def five_folds(
    data: Gathered,
    *,
    recipe: Recipe,
    runs: Path,
    seeds: Sequence[int],
    arithmetic: Arithmetic | None = None,
) -> Job[tuple[Trial, ...]]:
    """Fit without each fold and judge the labeled sets that are in the data, by their own heads."""
    sets = [name for name in LABELED if any(e.data == name for e in data.examples)]
    parts = {name: part_of(data, name) for name in sets}
    scores = {name: np.zeros((len(seeds), len(parts[name].examples))) for name in sets}
    fits = len(seeds) * FOLDS
    count = fits + len(sets)
    for row, seed in enumerate(seeds):
        seeded = recipe.seeded(seed)
        for fold in range(FOLDS):
            fitting = fit(data, fold=fold, recipe=seeded, runs=runs, arithmetic=arithmetic)
            model = yield from phase(fitting, number=row * FOLDS + fold, count=count)
            for name in sets:
                held = np.array([e.fold == fold for e in parts[name].examples])
                judging = _judge(model, rows_of(parts[name], held), LABELED[name], seeded)
                scores[name][row, held] = yield from phase(
                    judging, number=row * FOLDS + fold, count=count
                )
    trials = []
    for number, name in enumerate(sets):
        comparing = _with_controls(parts[name], name, scores[name])
        trials.append((yield from phase(comparing, number=fits + number, count=count)))
    return tuple(trials)


def zero_shot(
    data: Gathered,
    tested: Sequence[Gathered],
    *,
    recipe: Recipe,
    runs: Path,
    seeds: Sequence[int],
    arithmetic: Arithmetic | None = None,
) -> Job[tuple[Trial, ...]]:
    """Fit without any surveillance fight and judge clips of fights that are `tested`."""
    train = rows_of(data, np.array([e.data != FIGHTS for e in data.examples]))
    tasks = find_tasks(train.examples)
    scores = [np.zeros((len(seeds), len(part.examples))) for part in tested]
    count = len(seeds) + len(tested)
    for row, seed in enumerate(seeds):
        seeded = recipe.seeded(seed)
        fitting = fit_part(
            train,
            tasks=tasks,
            recipe=seeded,
            run=fits_folder(runs, recipe) / f"seed-{seed}" / "zero-shot",
            title=f"Training without surveillance fights, seed {seed}",
            arithmetic=arithmetic,
        )
        model = yield from phase(fitting, number=row, count=count)
        for part, found in zip(tested, scores, strict=True):
            judging = _judge(model, part, "fight", seeded)
            found[row] = yield from phase(judging, number=row, count=count)
    trials = []
    for number, (part, found) in enumerate(zip(tested, scores, strict=True), start=len(seeds)):
        comparing = _elsewhere(train, part, found)
        trials.append((yield from phase(comparing, number=number, count=count)))
    return tuple(trials)


def gather_valid(folder: Path, *, runs: Path, recipe: Recipe) -> Job[Gathered]:
    """The validation part of a data set's folder."""
    examples = read_data_set(folder).part("valid")
    return (yield from gather_frames(examples, FrameCache(runs / "frames", recipe.form.spec)))


def part_of(data: Gathered, name: str) -> Gathered:
    """The clips of one data set."""
    return rows_of(data, np.array([e.data == name for e in data.examples]))


def rows_of(data: Gathered, wanted: NDArray[np.bool_]) -> Gathered:
    return data.only([e for e, w in zip(data.examples, wanted, strict=True) if w])


def _judge(
    model: Classifier, part: Gathered, head: str, recipe: Recipe
) -> Generator[Step, None, NDArray[np.float64]]:
    return (
        yield from judge_clips(
            model,
            part.examples,
            part.frames,
            head=head,
            spec=recipe.form.spec,
            prepare=recipe.prepare,
        )
    )


def _with_controls(part: Gathered, name: str, scores: NDArray[np.float64]) -> Job[Trial]:
    positive = _positive(part)
    controls = yield from judge_without_network(part.examples, part.frames, part.facts, positive)
    rankings = yield from rank_without_network(part.examples, part.frames)
    groups = [e.group for e in part.examples]
    return Trial(
        title=LABELED[name],
        protocol=_FOLDS.format(data=name, count=len(groups), groups=len(set(groups))),
        positive=positive,
        groups=groups,
        scores=scores,
        controls=controls,
        rankings=rankings,
    )


def _elsewhere(train: Gathered, part: Gathered, scores: NDArray[np.float64]) -> Job[Trial]:
    """A trial on a data set that is not trained on; neither are the controls."""
    name = part.examples[0].data
    clips = rows_of(train, np.array([e.central is not None for e in train.examples]))
    positive, folds = _positive(clips), [e.fold for e in clips.examples]
    known, asked = (yield from moving(clips.frames)), (yield from moving(part.frames))
    rankings = yield from rank_without_network(part.examples, part.frames)
    told = {
        MOTION: transferred(known, positive, folds, asked),
        FACTS: transferred(clips.facts, positive, folds, part.facts),
    }
    groups = [e.group for e in part.examples]
    learned = ", ".join(sorted({e.data for e in train.examples}))
    return Trial(
        title=f"{name} after other data",
        protocol=f"{name}: {len(groups)} clips, {len(set(groups))} groups, scored by a network "
        f"trained on {learned}; three windows of the middle 2 s averaged",
        positive=_positive(part),
        groups=groups,
        scores=scores,
        controls=told,
        rankings=rankings,
    )


def _positive(part: Gathered) -> NDArray[np.bool_]:
    return np.array([e.label != NORMAL for e in part.examples])
