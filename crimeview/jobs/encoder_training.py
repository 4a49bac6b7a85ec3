"""Fitting the clip encoder: its data, and one fit for each fold and seed."""

import datetime as dt
import subprocess
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from crimeview.core.job import Job, Step
from crimeview.core.manifest import Origin
from crimeview.jobs.gather import Gathered, gather_frames
from crimeview.jobs.models import ENCODER
from crimeview.jobs.render_scenes import SCENES, render_scenes
from crimeview.nets.preprocess import network_input
from crimeview.plots.training import save_curves
from crimeview.training.classifier import Classifier, Prepare
from crimeview.training.data.data_sets import read_examples
from crimeview.training.data.examples import FOLDS
from crimeview.training.data.folds import held_out
from crimeview.training.data.framecache import FrameCache
from crimeview.training.export import weights_digest
from crimeview.training.fit_encoder import Part, fit_encoder
from crimeview.training.fit_scorer import ScorerRecipe
from crimeview.training.forms import Form, make_form
from crimeview.training.heads import Tasks, find_tasks
from crimeview.training.precision import Arithmetic
from crimeview.training.recipe import EncoderRecipe

FORM = make_form("motion-small")
FITTING = EncoderRecipe(balanced=True)
SPEC, INPUT = FORM.spec, FORM.input
# Staged thefts of one shop say nothing about others; the rest here has no clips to learn from.
NOT_TRAINED_ON = ("shoplifting", "ucf_crime")
CREDITS = {
    "surveillance_fights": "seymanurakti/fight-detection-surv-dataset; MIT for the collection",
    "car_crashes": "arceda/violence-detection; no license stated",
    "hockey_fights": "Hockey Fight, Bermejo Nievas 2011; research use",
    "recordings": "intel-iot-devkit/sample-videos CC BY 4.0, DVR-Scan BSD-2, bgslibrary MIT, "
    "federicoparroni/highway-cams MIT",
    "ucsd_ped2": "UCSD Ped2 training clips, Mahadevan 2010; research use",
    "avenue": "CUHK Avenue, two training clips, Lu 2013; research use",
    "rendered": "scenes rendered by crimeview itself",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How both models are trained, and on what.

    The data sets `without` are left out and `scenes` rendered ones added. With `validated` a fold
    of what is trained on is kept back, and says when a run has learned enough.
    """

    form: Form = FORM
    encoder: EncoderRecipe = FITTING
    scorer: ScorerRecipe = field(default_factory=ScorerRecipe)
    without: tuple[str, ...] = NOT_TRAINED_ON
    scenes: int = SCENES
    validated: bool = False

    @property
    def prepare(self) -> Prepare:
        """The preprocessing that analysis will do for this form."""
        return partial(network_input, spec=self.form.spec, wanted=self.form.input)

    def seeded(self, seed: int) -> "Recipe":
        return replace(self, encoder=replace(self.encoder, seed=seed))


prepare = Recipe().prepare


def gather(data: Path, *, runs: Path, recipe: Recipe) -> Job[Gathered]:
    """Read the labels, render the scenes, and decode what is not decoded yet."""
    examples = [e for e in read_examples(data, without=recipe.without) if not e.weak]
    if recipe.scenes:
        examples += yield from render_scenes(runs / "scenes", scenes=recipe.scenes)
    return (yield from gather_frames(examples, FrameCache(runs / "frames", recipe.form.spec)))


def fit(
    data: Gathered,
    *,
    fold: int | None,
    recipe: Recipe,
    runs: Path,
    arithmetic: Arithmetic | None = None,
) -> Generator[Step, None, Classifier]:
    """Fit without a fold, or on all (None); what is done already is read from its checkpoint."""
    part = data if fold is None else data.only(held_out(data.examples, fold)[0])
    name = "all" if fold is None else f"fold-{fold}"
    title = "Training on everything" if fold is None else f"Training without fold {fold}"
    validation = None
    if recipe.validated:
        kept = 0 if fold is None else (fold + 1) % FOLDS
        rest, judged = held_out(part.examples, kept)
        part, validation = part.only(rest), _part(part.only(judged))
    return (
        yield from fit_part(
            part,
            tasks=find_tasks(data.examples),
            recipe=recipe,
            run=fits_folder(runs, recipe) / f"seed-{recipe.encoder.seed}" / name,
            title=f"{title}, seed {recipe.encoder.seed}",
            validation=validation,
            arithmetic=arithmetic,
        )
    )


def fit_part(
    data: Gathered,
    *,
    tasks: Tasks,
    recipe: Recipe,
    run: Path,
    title: str,
    validation: Part | None = None,
    arithmetic: Arithmetic | None = None,
) -> Generator[Step, None, Classifier]:
    """Fit on exactly these examples and draw the run's curves."""
    model = yield from fit_encoder(
        _part(data),
        form=recipe.form,
        tasks=tasks,
        prepare=recipe.prepare,
        recipe=recipe.encoder,
        run=run,
        title=title,
        validation=validation,
        arithmetic=arithmetic,
    )
    draw_curves(run)
    return model


def draw_curves(run: Path) -> None:
    """Draw the curves of a finished run from its log, unless they are of that log already."""
    log, picture = run / "log.csv", run / "curves.png"
    if not picture.exists() or picture.stat().st_mtime_ns < log.stat().st_mtime_ns:
        save_curves(log, picture)


def fits_folder(runs: Path, recipe: Recipe) -> Path:
    """Where the checkpoints and logs of a form's fits are."""
    return runs / "encoder" / recipe.form.name


def feature_space(model: Classifier, name: str = ENCODER) -> str:
    """A name for this very encoder's features: trained again, it is another space."""
    return f"{name}-{weights_digest(model.encoder)}"


def origin(description: str, data: Sequence[str] = tuple(CREDITS)) -> Origin:
    """Where a model trained here and now on the data sets named comes from."""
    return Origin(
        data=tuple(f"{name} ({CREDITS[name]})" if name in CREDITS else name for name in data),
        license="Apache-2.0",
        commit=_commit(),
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        description=description,
    )


def _part(data: Gathered) -> Part:
    return Part(data.examples, data.frames)


def _commit() -> str:
    """The checkout's commit, or “unknown” outside one."""
    try:
        result = subprocess.run(
            ["git", "rev-parse", "HEAD"],  # noqa: S607
            cwd=Path(__file__).parent,
            capture_output=True,
            text=True,
            check=True,
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"
    return result.stdout.strip()
