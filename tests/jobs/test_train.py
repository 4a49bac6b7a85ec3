"""Training from data on disk to models that analysis can use, on a data set made for the test."""

import subprocess
import sys
from collections.abc import Generator
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

from crimeview.core.errors import UsageError
from crimeview.core.job import Step
from crimeview.core.manifest import Manifest
from crimeview.jobs import train as train_jobs
from crimeview.jobs.models import ENCODER, default_models
from crimeview.nets.scorer import check_fit
from crimeview.nets.verify import verify
from crimeview.video.encode import VideoWriter

T = TypeVar("T")


def _result(job: Generator[Step, None, T]) -> T:
    while True:
        try:
            step = next(job)
        except StopIteration as end:
            result: T = end.value
            return result
        assert step.fraction is not None


def _record(path: Path, *, seed: int, seconds: float, moving: bool) -> None:
    random = np.random.default_rng(seed)
    picture = random.integers(0, 255, (32, 48, 3), np.uint8)
    path.parent.mkdir(parents=True, exist_ok=True)
    with VideoWriter(path, rate=12.5, width=48, height=32) as video:
        for _ in range(round(12.5 * seconds)):
            if moving:
                picture = random.integers(0, 255, (32, 48, 3), np.uint8)
            video.write(picture)


def _labels(folder: Path, header: str, rows: list[str]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "labels.csv").write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")


@pytest.fixture(scope="module")
def made_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Five folds of a moving and a still clip for each labeled set, and quiet recordings."""
    folder = tmp_path_factory.mktemp("data")
    for data, event, group in (
        ("surveillance_fights", "fight", "source"),
        ("car_crashes", "crash", "scene"),
    ):
        rows = []
        for fold in range(5):
            for label in (event, "normal"):
                path = folder / data / label / f"{fold}.mp4"
                _record(path, seed=fold, seconds=2, moving=label == event)
                rows.append(f"{label}/{fold}.mp4,{label},g{fold}-{label},{fold}")
        _labels(folder / data, f"path,label,{group},fold", rows)
    for number in range(5):
        name = folder / "recordings" / f"{number}.mp4"
        _record(name, seed=100 + number, seconds=4, moving=False)
    for data in ("ucsd_ped2", "avenue"):
        _record(folder / data / "train" / "01.mp4", seed=1, seconds=3, moving=False)
        _labels(folder / data, "path,anomalous_frames", ["train/01.mp4,"])
    return folder


@pytest.mark.skipif(find_spec("torch") is None, reason="the extra “train” is not installed")
def test_trains_a_pair_that_fits_and_verifies(
    made_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import torch

    from crimeview.jobs import encoder_model, encoder_training, scorer_training
    from crimeview.rendering.demonstration import demonstration
    from crimeview.rendering.variety import random_scene
    from crimeview.training.fit_scorer import ScorerRecipe
    from crimeview.training.recipe import EncoderRecipe

    torch.set_num_threads(1)
    # Rendering is tested elsewhere: a few frames are enough here.
    monkeypatch.setattr(
        "crimeview.jobs.render_scenes.random_scene",
        lambda seed, *, kind, duration: random_scene(
            seed, kind=kind, duration=4.0, size=(48, 64), rate=5.0
        ),
    )
    small = demonstration(size=(48, 64), rate=1.0)
    monkeypatch.setattr("crimeview.jobs.scorer_training.demonstration", lambda: small)
    form = replace(encoder_training.FORM, widths=(2, 2, 4, 4, 4, 4, 4, 4), sizes=(32,))
    recipe = encoder_training.Recipe(
        form=form,
        encoder=EncoderRecipe(epochs=1),
        scorer=ScorerRecipe(iterations=20, bags=2),
        scenes=3,
        views=0,
    )
    out, runs = tmp_path / "models", tmp_path / "runs"

    def trained(recipe: encoder_training.Recipe) -> Manifest:
        return _result(encoder_model.train(made_data, out=out / ENCODER, runs=runs, recipe=recipe))

    encoder = trained(recipe)
    names = {m.name for m in encoder.metrics}
    for event in ("fight", "crash"):
        assert {
            f"{event} AUC",
            f"{event} balanced accuracy",
            f"{event} AUC, control: file facts",
            f"{event} accuracy, network minus motion statistics",
            f"{event} AUC, network minus frame difference",
        } <= names
    assert "heads normal, crash, fight" in encoder.origin.description
    curves = runs / "encoder" / form.name / "seed-0" / "fold-0" / "curves.png"
    assert curves.read_bytes().startswith(b"\x89PNG")
    scorer = _result(scorer_training.train(made_data, out=out, runs=runs, recipe=recipe))
    assert scorer.threshold is not None
    assert 0 < scorer.threshold <= 1
    pair = default_models(out)
    check_fit(pair.encoder, pair.scorer)
    for model in (pair.encoder, pair.scorer):
        assert verify(model) <= model.manifest.check.tolerance
    # Again: everything is there, and the same comes out.
    assert trained(recipe).sha256 == encoder.sha256
    changed = replace(recipe, encoder=replace(recipe.encoder, seed=1))
    mismatched = scorer_training.train(made_data, out=out, runs=tmp_path / "other", recipe=changed)
    with pytest.raises(UsageError, match="train the encoder first"):
        _result(mismatched)


@pytest.mark.parametrize("job", [train_jobs.train_encoder, train_jobs.train_scorer])
def test_without_torch_the_extra_is_named(
    job: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_jobs, "find_spec", lambda name: None)
    assert callable(job)
    with pytest.raises(UsageError, match=r"pip install 'crimeview\[train\]'"):
        next(job(tmp_path, out=tmp_path, runs=tmp_path))


def test_nothing_imports_torch_before_a_job_starts() -> None:
    code = "import crimeview.jobs.train, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
