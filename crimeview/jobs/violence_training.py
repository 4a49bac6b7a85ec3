"""Fitting the violence classifier: its data, one fit for each fold and seed, frames judged."""

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.jobs.encoder_training import draw_curves
from crimeview.jobs.gather import Gathered, gather_frames
from crimeview.jobs.orders import ViolenceOrder
from crimeview.jobs.phases import phase
from crimeview.jobs.render_scenes import render_scenes
from crimeview.nets.preprocess import network_input
from crimeview.training.classifier import Classifier, Prepare
from crimeview.training.data.augment import FRAMES
from crimeview.training.data.data_sets import read_data_sets
from crimeview.training.data.examples import FOLDS, Example
from crimeview.training.data.folds import held_out, with_folds
from crimeview.training.data.framecache import FrameCache
from crimeview.training.data.sampling import Draws
from crimeview.training.fit_encoder import Part, fit_encoder
from crimeview.training.heads import find_tasks
from crimeview.training.precision import Arithmetic
from crimeview.training.recipe import EncoderRecipe
from crimeview.training.violence.form import FrameForm, frame_form
from crimeview.training.violence.judging import judge_frames

HEAD = "violence"
_VIOLENT = ("fight", "violence", "violent", "assault", "abuse")
_WITHOUT = ("shoplifting", "ucf_crime")  # staged thefts, and features without video
_KEPT_BACK = 8  # one group in so many says when a fit has learned enough

FITTING = EncoderRecipe(
    epochs=12,
    batch=32,
    peak_rate=3e-3,
    dropout=0.3,
    augmentation=FRAMES,
    draws=Draws(clips={"surveillance_fights": 4.0, "hockey_fights": 0.5, "car_crashes": 2.0}),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How the classifier is trained.

    Pictures are smaller than in use, by about what random crops enlarge what they show. `scenes`
    rendered ones are added to the data: none, for they gained nothing here. With `validated` one
    group in eight is kept back, and says when a fit has learned enough.
    """

    form: FrameForm = field(
        default_factory=lambda: frame_form(front="motion", width=0.35, sizes=(72,))
    )
    fitting: EncoderRecipe = FITTING
    scenes: int = 0
    validated: bool = False

    @property
    def prepare(self) -> Prepare:
        """The preprocessing that analysis will do."""
        return partial(network_input, spec=self.form.spec, wanted=self.form.input)

    def seeded(self, seed: int) -> "Recipe":
        return replace(self, fitting=replace(self.fitting, seed=seed))


def recipe_of(order: ViolenceOrder) -> Recipe:
    """The recipe for an order: what it leaves open is as it ships."""
    recipe = Recipe()
    width = order.width or recipe.form.width
    return replace(
        recipe,
        form=frame_form(front=order.front, width=width, sizes=recipe.form.sizes),
        fitting=replace(
            recipe.fitting,
            seed=order.seed,
            epochs=order.epochs or recipe.fitting.epochs,
            patience=order.patience or recipe.fitting.patience,
        ),
        scenes=recipe.scenes if order.scenes is None else order.scenes,
        validated=order.patience is not None,
    )


@dataclass(frozen=True, slots=True)
class Material:
    """What is trained on, and the validation parts that data sets give."""

    train: Gathered
    valid: Gathered


def gather(data: Path, *, runs: Path, recipe: Recipe) -> Job[Material]:
    """Read the labels, render the scenes and decode what is not decoded yet.

    Raises UsageError, MediaError.
    """
    sets = [s for s in read_data_sets(data) if s.name not in _WITHOUT]
    train = with_folds([_named(e) for s in sets for e in s.part("train") if not e.weak])
    valid = [_named(e) for s in sets for e in s.part("valid")]
    if not any(e.label == HEAD for e in train):
        raise UsageError(f"Nothing in {data} is labeled as a fight or violence; it must be.")
    if recipe.scenes:
        rendering = render_scenes(runs / "scenes", scenes=recipe.scenes)
        train += map(_named, (yield from phase(rendering, number=0, count=3)))
    cache = FrameCache(runs / "frames", recipe.form.spec)
    gathered = yield from phase(gather_frames(train, cache), number=1, count=3)
    if not valid:
        return Material(gathered, Gathered([], [], np.zeros((0, 5))))
    return Material(gathered, (yield from phase(gather_frames(valid, cache), number=2, count=3)))


def fit(
    data: Gathered,
    *,
    fold: int | None,
    recipe: Recipe,
    runs: Path,
    arithmetic: Arithmetic | None = None,
) -> Generator[Step, None, Classifier]:
    """Fit without a fold, or on all (None); what is done already is read from its checkpoint.

    The heads are violence and whatever else is labeled, from which the network learns as well.
    """
    part = data if fold is None else data.only(held_out(data.examples, fold)[0])
    validation = None
    if recipe.validated:
        kept = _kept_back(part.examples)
        validation = _part(part.only([e for e in part.examples if e.group in kept]))
        part = part.only([e for e in part.examples if e.group not in kept])
    name = "all" if fold is None else f"fold-{fold}"
    run = fits_folder(runs, recipe) / f"seed-{recipe.fitting.seed}" / name
    model = yield from fit_encoder(
        _part(part),
        form=recipe.form,
        tasks=find_tasks(data.examples),
        prepare=recipe.prepare,
        recipe=recipe.fitting,
        run=run,
        title=("Training on everything" if fold is None else f"Training without fold {fold}")
        + f", seed {recipe.fitting.seed}",
        validation=validation,
        arithmetic=arithmetic,
    )
    draw_curves(run)
    return model


def judge_folds(
    data: Gathered,
    rows: Sequence[int],
    *,
    recipe: Recipe,
    runs: Path,
    seeds: Sequence[int],
    arithmetic: Arithmetic | None = None,
) -> Job[list[list[NDArray[np.float64]]]]:
    """Logits (frames,) by seed and example, each by a network fitted without its group's fold.

    Only the examples of the numbers `rows` are judged; the others have no logits.
    """
    found: list[list[NDArray[np.float64]]] = [[np.zeros(0)] * len(data.examples) for _ in seeds]
    count = len(seeds) * FOLDS
    for row, seed in enumerate(seeds):
        for fold in range(FOLDS):
            number = row * FOLDS + fold
            fitting = fit(
                data, fold=fold, recipe=recipe.seeded(seed), runs=runs, arithmetic=arithmetic
            )
            model = yield from phase(fitting, number=number, count=count)
            held = [n for n in rows if data.examples[n].fold == fold]
            part = data.only([data.examples[n] for n in held])
            judging = judge(model, part, recipe)
            logits = yield from phase(judging, number=number, count=count)
            for n, values in zip(held, logits, strict=True):
                found[row][n] = values
    return found


def judge(model: Classifier, part: Gathered, recipe: Recipe) -> Job[list[NDArray[np.float64]]]:
    """Logits of violence (frames,) for each example."""
    return (
        yield from judge_frames(
            model,
            part.examples,
            part.frames,
            head=HEAD,
            spec=recipe.form.spec,
            prepare=recipe.prepare,
        )
    )


def fits_folder(runs: Path, recipe: Recipe) -> Path:
    """Where the checkpoints and logs of a form's fits are."""
    return runs / "violence" / recipe.form.name


def _named(example: Example) -> Example:
    return replace(example, label=HEAD) if example.label in _VIOLENT else example


def _kept_back(examples: Sequence[Example]) -> set[str]:
    """The groups of the validation part: of each data set one in eight, in order of name."""
    kept: set[str] = set()
    for data in sorted({e.data for e in examples}):
        groups = sorted({e.group for e in examples if e.data == data})
        kept.update(groups[_KEPT_BACK // 2 :: _KEPT_BACK])
    return kept


def _part(data: Gathered) -> Part:
    return Part(data.examples, data.frames)
