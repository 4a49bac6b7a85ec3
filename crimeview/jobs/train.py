"""Training the models that the program ships, from data sets on disk.

PyTorch is an optional extra: nothing here imports it before a training job starts.
"""

from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.manifest import Manifest
from crimeview.jobs.fresh import set_aside
from crimeview.jobs.orders import EncoderOrder
from crimeview.training.choices import Method, UcfMethod


def train_encoder(
    data: Path, *, out: Path, runs: Path, resume: bool = True, order: EncoderOrder | None = None
) -> Job[Manifest]:
    """Fit a clip encoder in five folds and on everything, and write the model folder `out`.

    `data` is the folder of data sets, or of one; `runs` keeps decoded frames, rendered scenes,
    checkpoints and logs. A job that was stopped goes on from there, but without `resume` the form's
    fits are set aside and made anew. Raises UsageError without the extra or data.
    """
    require_torch()
    from crimeview.jobs.encoder_model import train
    from crimeview.jobs.encoder_orders import recipe_of
    from crimeview.jobs.encoder_training import fits_folder
    from crimeview.jobs.model_card import write_card
    from crimeview.training.precision import Arithmetic

    order = order or EncoderOrder()
    recipe = recipe_of(order)
    arithmetic = Arithmetic(order.device, order.precision)
    if not resume:
        set_aside(fits_folder(runs, recipe), data=data)
    manifest = yield from train(
        data, out=out, runs=runs, recipe=recipe, seeds=order.seeds, arithmetic=arithmetic
    )
    write_card(out)
    return manifest


def train_scorer(
    data: Path,
    *,
    out: Path,
    runs: Path,
    resume: bool = True,
    method: Method | None = None,
) -> Job[Manifest]:
    """Fit an anomaly scorer on our own encoder's features and write the model folder `out`.

    The encoder beside `out` must be the one trained in `runs`, whose folds are needed again:
    anything missing there is trained first. Feature tracks are kept in `runs`, but without `resume`
    they are made anew. `method` None is the one that is shipped. Raises UsageError.
    """
    require_torch()
    from crimeview.jobs.encoder_training import Recipe
    from crimeview.jobs.model_card import write_card
    from crimeview.jobs.scorer_training import train

    recipe = Recipe()
    if method is not None:
        recipe = replace(recipe, scorer=replace(recipe.scorer, method=method))
    manifest = yield from train(data, out=out, runs=runs, recipe=recipe, resume=resume)
    write_card(out)
    return manifest


def train_published_scorer(
    data: Path,
    *,
    out: Path,
    runs: Path,
    resume: bool = True,
    method: UcfMethod = "context",
    fold_sets: int = 4,
) -> Job[Manifest]:
    """Fit a scorer on the published C3D features of UCF-Crime and write the model folder `out`.

    `data` is the folder with the features, or one of data sets. Figures are of `fold_sets` sets of
    folds. Raises UsageError.
    """
    require_torch()
    from crimeview.jobs.model_card import write_card
    from crimeview.jobs.train_ucf_scorer import train_ucf_scorer

    inner = data / "ucf_crime"
    manifest = yield from train_ucf_scorer(
        method=method,
        data=inner if inner.is_dir() else data,
        out=out,
        runs=runs,
        resume=resume,
        fold_sets=fold_sets,
    )
    write_card(out)
    return manifest


def require_torch() -> None:
    """Raise UsageError, naming the extra, where PyTorch is not installed."""
    if find_spec("torch") is None:
        raise UsageError(
            "Training needs PyTorch, which is not installed; install it with "
            "“pip install 'crimeview[train]'”."
        )
