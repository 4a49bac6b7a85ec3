"""Training the clip encoder: data, folds, figures, export."""

import datetime as dt
import subprocess
from collections.abc import Generator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from crimeview.core.clip import ClipSpec
from crimeview.core.job import Job, Step
from crimeview.core.manifest import Check, Input, Manifest, Origin, Output, check_input
from crimeview.jobs.gather import Gathered, gather_frames
from crimeview.jobs.models import ENCODER
from crimeview.jobs.phases import phase
from crimeview.jobs.render_scenes import SCENES, render_scenes
from crimeview.nets.preprocess import network_input
from crimeview.nets.session import run_file
from crimeview.training.catform import CatForm
from crimeview.training.data.examples import FOLDS, held_out, read_examples
from crimeview.training.data.framecache import FrameCache
from crimeview.training.encoder_report import judge_clips, report_encoder
from crimeview.training.export import export_model, weights_digest
from crimeview.training.fit_encoder import Classifier, EncoderRecipe, fit_encoder
from crimeview.training.fit_scorer import ScorerRecipe

SIZE = 64  # pixels, height and width of what the network sees
SPEC = ClipSpec(frames=17, rate=12.5, step=8, resize=(SIZE, SIZE), crop=(SIZE, SIZE), color="gray")
INPUT = Input(
    name="clip",
    shape=(1, SPEC.channels, SPEC.frames, SIZE, SIZE),
    layout="NCTHW",
    scale=1 / 255,
    mean=(0.0,),
    std=(1.0,),
)
DATA = (
    "surveillance_fights (seymanurakti/fight-detection-surv-dataset; MIT for the collection)",
    "car_crashes (arceda/violence-detection; no license stated)",
    "recordings (intel-iot-devkit/sample-videos CC BY 4.0, DVR-Scan BSD-2, bgslibrary MIT)",
    "recordings of federicoparroni/highway-cams (MIT)",
    "UCSD Ped2 training clips (Mahadevan 2010; research use)",
    "CUHK Avenue, two training clips (Lu 2013; research use)",
    "scenes rendered by crimeview itself",
)
prepare = partial(network_input, spec=SPEC, wanted=INPUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How both models are trained, and on how many rendered scenes.

    The scorer gets each labeled clip as it is and in `views` randomly changed views.
    """

    encoder: EncoderRecipe = field(default_factory=EncoderRecipe)
    scorer: ScorerRecipe = field(default_factory=ScorerRecipe)
    scenes: int = SCENES
    views: int = 3


def gather(data: Path, *, runs: Path, recipe: Recipe) -> Job[Gathered]:
    """Read the labels, render the scenes, and decode what is not decoded yet."""
    examples = read_examples(data)
    examples += yield from render_scenes(runs / "scenes", scenes=recipe.scenes)
    return (yield from gather_frames(examples, FrameCache(runs / "frames", SPEC)))


def fit(
    data: Gathered, *, fold: int | None, recipe: Recipe, runs: Path
) -> Generator[Step, None, Classifier]:
    """Fit without a fold, or on all (None); what is done already is read from its checkpoint."""
    part = data if fold is None else data.only(held_out(data.examples, fold)[0])
    return (
        yield from fit_encoder(
            part.examples,
            part.frames,
            spec=SPEC,
            prepare=prepare,
            recipe=recipe.encoder,
            run=runs / "encoder" / ("all" if fold is None else f"fold-{fold}"),
            title="Training on everything" if fold is None else f"Training without fold {fold}",
        )
    )


def train(data: Path, *, out: Path, runs: Path, recipe: Recipe) -> Job[Manifest]:
    """Fit in folds for the figures, then on everything, and write the model folder."""
    phases = FOLDS + 3
    job = gather(data, runs=runs, recipe=recipe)
    gathered = yield from phase(job, number=0, count=phases)
    models = []
    for fold in range(FOLDS):
        fitting = fit(gathered, fold=fold, recipe=recipe, runs=runs)
        models.append((yield from phase(fitting, number=fold + 1, count=phases)))
    final_job = fit(gathered, fold=None, recipe=recipe, runs=runs)
    final = yield from phase(final_job, number=FOLDS + 1, count=phases)
    judging = judge_clips(
        models, gathered.examples, gathered.frames, gathered.facts, spec=SPEC, prepare=prepare
    )
    judged = yield from phase(judging, number=FOLDS + 2, count=phases)
    draft = Manifest(
        name=ENCODER,
        kind="encoder",
        file=f"{ENCODER}.onnx",
        sha256="",
        clip=SPEC,
        input=INPUT,
        output=Output(name="features", shape=(1, final.dimensions)),
        feature_space=feature_space(final),
        segments=None,
        threshold=None,
        calibration=None,
        metrics=report_encoder(judged),
        origin=origin("Small C3D on median background and frame difference, trained from scratch."),
        check=Check(expected=(), tolerance=0.0),
        variants=(),
    )
    pattern = check_input((SPEC.frames, *SPEC.crop, SPEC.channels))
    return export_model(
        CatForm(final.encoder),
        draft=draft,
        check_values=prepare(pattern),
        run=run_file,
        folder=out / ENCODER,
    )


def feature_space(model: Classifier) -> str:
    """A name for this very encoder's features: trained again, it is another space."""
    return f"{ENCODER}-{weights_digest(model.encoder)}"


def origin(description: str) -> Origin:
    """Where a model trained here and now comes from."""
    return Origin(
        data=DATA,
        license="Apache-2.0",
        commit=_commit(),
        date=dt.datetime.now(dt.UTC).date().isoformat(),
        description=description,
    )


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
