"""Fitting learns, and a run that was killed goes on as if nothing had happened, bit for bit."""

from collections.abc import Generator
from functools import partial
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.job import Step  # noqa: E402
from crimeview.nets.preprocess import network_input  # noqa: E402
from crimeview.training.fit_encoder import (  # noqa: E402
    LABELS,
    Classifier,
    EncoderRecipe,
    embed,
    fit_encoder,
)
from crimeview.training.fit_scorer import ScorerRecipe, fit_scorer  # noqa: E402
from crimeview.training.tracks import FeatureTrack  # noqa: E402
from tests.training.made_examples import INPUT, SPEC, make_examples  # noqa: E402

T = TypeVar("T")
PREPARE = partial(network_input, spec=SPEC, wanted=INPUT)
RECIPE = EncoderRecipe(epochs=3, batch=4, train_size=16, widths=(2, 2, 4, 4, 4, 4, 4, 4))
SCORER = ScorerRecipe(iterations=40, bags=4)


def _result(job: Generator[Step, None, T]) -> T:
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: T = end.value
            return result


def _fit(run: Path, recipe: EncoderRecipe = RECIPE) -> Generator[Step, None, Classifier]:
    examples, frames = make_examples(12)
    return fit_encoder(
        examples, frames, spec=SPEC, prepare=PREPARE, recipe=recipe, run=run, title="Training"
    )


def _same(one: torch.nn.Module, two: torch.nn.Module) -> bool:
    first, second = one.state_dict(), two.state_dict()
    return all(torch.equal(first[name], second[name]) for name in first)


@pytest.mark.parametrize("steps", [1, 4])
def test_an_encoder_run_goes_on_after_a_kill(tmp_path: Path, steps: int) -> None:
    whole = _result(_fit(tmp_path / "whole"))
    killed = _fit(tmp_path / "killed")
    for _ in range(steps):  # 3 batches an epoch
        next(killed)
    killed.close()
    torch.manual_seed(99)  # another process starts with another random state
    assert _same(_result(_fit(tmp_path / "killed")), whole)
    log = (tmp_path / "killed" / "log.csv").read_text(encoding="utf-8").splitlines()
    assert log == (tmp_path / "whole" / "log.csv").read_text(encoding="utf-8").splitlines()
    assert log[0] == "epoch,loss,accuracy"
    assert len(log) == 1 + RECIPE.epochs


def test_a_finished_run_is_not_run_again(tmp_path: Path) -> None:
    whole = _result(_fit(tmp_path))
    assert _same(_result(_fit(tmp_path)), whole)
    with pytest.raises(StopIteration):
        next(_fit(tmp_path))


def test_the_checkpoint_of_another_recipe_is_not_taken(tmp_path: Path) -> None:
    _result(_fit(tmp_path))
    other = EncoderRecipe(epochs=1, batch=4, train_size=16, widths=RECIPE.widths, seed=1)
    assert next(_fit(tmp_path, other)).done > 0


def test_the_encoder_learns_what_moves(tmp_path: Path) -> None:
    recipe = EncoderRecipe(epochs=15, batch=6, train_size=16, dropout=0.0, peak_rate=1e-2)
    model = _result(_fit(tmp_path, recipe))
    examples, frames = make_examples(9)
    for example, seen in zip(examples, frames, strict=True):
        ((_, chances),) = embed(model, seen, np.array([0.3]), spec=SPEC, prepare=PREPARE)
        assert LABELS[int(chances[0].argmax())] == example.label


def _tracks() -> list[FeatureTrack]:
    random = np.random.default_rng(0)
    tracks = []
    for example, _ in zip(*make_examples(12), strict=True):
        features = random.normal(0, 1, (6, 8)).astype(np.float32)
        anomalous = np.full(6, example.label != "normal")
        features[anomalous, 0] += 4
        starts = np.arange(6) * 0.64
        times = np.column_stack([starts, starts + 1.36])
        tracks.append(FeatureTrack(example, times, features, anomalous))
    return tracks


def test_a_scorer_run_goes_on_after_a_kill(tmp_path: Path) -> None:
    tracks = _tracks()
    whole = _result(fit_scorer(tracks, recipe=SCORER, run=tmp_path / "whole", title="x"))
    killed = fit_scorer(tracks, recipe=SCORER, run=tmp_path / "killed", title="x")
    next(killed)
    killed.close()
    torch.manual_seed(99)
    again = _result(fit_scorer(tracks, recipe=SCORER, run=tmp_path / "killed", title="x"))
    assert _same(again, whole)


def test_the_scorer_finds_the_event_in_the_bag(tmp_path: Path) -> None:
    recipe = ScorerRecipe(iterations=100, bags=8, weight_penalty=0.0)
    scorer = _result(fit_scorer(_tracks(), recipe=recipe, run=tmp_path, title="x"))
    with torch.inference_mode():
        for track in _tracks():
            scores = scorer(torch.from_numpy(track.features))
            assert bool((scores.mean() > 0.5) == track.anomalous.any())
