"""Training the models that the program ships, from the data sets on disk.

PyTorch is an optional extra: nothing here imports it before a training job starts.
"""

from importlib.util import find_spec
from pathlib import Path

from crimeview.core.errors import UsageError
from crimeview.core.job import Job
from crimeview.core.manifest import Manifest


def train_encoder(data: Path, *, out: Path, runs: Path) -> Job[Manifest]:
    """Fit the clip encoder in five folds and on everything, and write `out`/c3d-motion-small.

    `data` is the folder of data sets, `runs` keeps decoded frames, rendered scenes, checkpoints and
    logs: a job that was stopped goes on from there. Raises UsageError without the extra or data.
    """
    _require_torch()
    from crimeview.jobs.encoder_training import Recipe, train

    return (yield from train(data, out=out, runs=runs, recipe=Recipe()))


def train_scorer(data: Path, *, out: Path, runs: Path) -> Job[Manifest]:
    """Fit the anomaly scorer on the encoder's features and write `out`/mil-ranking.

    The encoder in `out` must be the one trained in `runs`, whose folds are needed again: anything
    missing there is trained first. Raises UsageError.
    """
    _require_torch()
    from crimeview.jobs.encoder_training import Recipe
    from crimeview.jobs.scorer_training import train

    return (yield from train(data, out=out, runs=runs, recipe=Recipe()))


def _require_torch() -> None:
    if find_spec("torch") is None:
        raise UsageError(
            "Training needs PyTorch, which is not installed; install it with "
            "“pip install 'crimeview[train]'”."
        )
