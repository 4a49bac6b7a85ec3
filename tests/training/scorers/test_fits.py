"""What every way to fit a scorer must do."""

from functools import partial
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.manifest import Manifest, Output  # noqa: E402
from crimeview.core.metrics import roc_auc  # noqa: E402
from crimeview.nets.session import run_file  # noqa: E402
from crimeview.training.calibration import Calibrated  # noqa: E402
from crimeview.training.export import export_model  # noqa: E402
from crimeview.training.scorers.bag import FitScorer, LabeledBag, bag_logits  # noqa: E402
from crimeview.training.scorers.context import fit_context  # noqa: E402
from crimeview.training.scorers.milr import fit_milr  # noqa: E402
from crimeview.training.scorers.rtfm import RtfmRecipe, fit_rtfm  # noqa: E402
from crimeview.training.scorers.sultani import SultaniRecipe, fit_sultani  # noqa: E402
from tests.jobs.finished import finished  # noqa: E402
from tests.made_model import drafted, vectors_of  # noqa: E402
from tests.training.scorers.made_bags import (  # noqa: E402
    DIMENSIONS,
    EVENT,
    SEGMENTS,
    made_bags,
    shuffled,
)

_FITS: dict[str, FitScorer] = {
    "sultani": partial(fit_sultani, recipe=SultaniRecipe(iterations=60, bags=16)),
    "rtfm": partial(fit_rtfm, recipe=RtfmRecipe(iterations=30, bags=16)),
    "milr": fit_milr,
    "context": fit_context,
}


@pytest.fixture(scope="module", params=list(_FITS))
def fit(request: pytest.FixtureRequest) -> FitScorer:
    return _FITS[request.param]


@pytest.fixture(scope="module")
def fitted(fit: FitScorer) -> "torch.nn.Module":
    return finished(fit(made_bags(count=80, seed=1), seed=3))


def _recording_auc(scorer: "torch.nn.Module", bags: list[LabeledBag]) -> float:
    peaks = np.array([bag_logits(scorer, bag).max() for bag in bags])
    return roc_auc(np.array([bag.positive for bag in bags]), peaks)


def test_a_concept_is_learned_and_found_in_other_bags(fitted: "torch.nn.Module") -> None:
    others = made_bags(count=80, seed=2)
    assert _recording_auc(fitted, others) > 0.95
    inside = np.zeros(SEGMENTS, bool)
    inside[EVENT] = True
    logits = np.concatenate([bag_logits(fitted, bag) for bag in others if bag.positive])
    assert roc_auc(np.tile(inside, 40), logits) > 0.9  # though only the bags had labels


def test_nothing_is_learned_from_shuffled_labels(fit: FitScorer) -> None:
    others = made_bags(count=200, seed=2, strength=0.0)
    bags = shuffled(made_bags(count=80, seed=1, strength=0.0), seed=4)
    assert abs(_recording_auc(finished(fit(bags, seed=3)), others) - 0.5) < 0.15


def test_the_same_seed_gives_the_same_scorer(fit: FitScorer, fitted: "torch.nn.Module") -> None:
    first = fitted.state_dict()
    again = finished(fit(made_bags(count=80, seed=1), seed=3)).state_dict()
    assert all(torch.equal(first[name], again[name]) for name in first)


def test_a_label_must_not_be_missing(fit: FitScorer) -> None:
    with pytest.raises(ValueError, match="both labels"):
        finished(fit([bag for bag in made_bags(count=10, seed=1) if bag.positive], seed=0))


def test_the_exported_scorer_agrees_for_any_number_of_rows(
    fitted: "torch.nn.Module", tmp_path: Path
) -> None:
    scorer = Calibrated(fitted, slope=1.5, offset=-0.2)
    random = np.random.default_rng(0)
    values = random.random((SEGMENTS, DIMENSIONS)).astype(np.float32)
    export_model(scorer, draft=_draft(), check_values=values, run=run_file, folder=tmp_path)
    for count in (1, 2, 7, 500):
        rows = random.random((count, DIMENSIONS)).astype(np.float32)
        with torch.inference_mode():
            wanted = scorer(torch.from_numpy(rows)).numpy()
        found = run_file(tmp_path / "tested.onnx", rows)
        assert found.shape == (count,)
        np.testing.assert_allclose(found, wanted, rtol=1e-4, atol=1e-6)


def test_the_length_of_features_means_nothing(fitted: "torch.nn.Module") -> None:
    bag = made_bags(count=1, seed=7)[0]
    longer = LabeledBag(features=5 * bag.features, positive=True)
    np.testing.assert_allclose(
        bag_logits(fitted, longer), bag_logits(fitted, bag), rtol=1e-4, atol=1e-5
    )


def test_rows_of_zeros_have_a_score(fit: FitScorer) -> None:
    scorer = finished(fit(made_bags(count=40, seed=1), seed=3))
    assert np.isfinite(
        bag_logits(scorer, LabeledBag(features=np.zeros((3, DIMENSIONS)), positive=False))
    ).all()


@pytest.mark.parametrize("name", ["sultani", "rtfm"])
def test_networks_want_bags_of_one_length(name: str) -> None:
    bags = made_bags(count=10, seed=1)
    shorter = LabeledBag(features=bags[0].features[:5], positive=True)
    with pytest.raises(ValueError, match="equally many segments"):
        finished(_FITS[name]([shorter, *bags], seed=0))


def _draft() -> Manifest:
    return drafted(
        "tested",
        "scorer",
        input=vectors_of(DIMENSIONS),
        output=Output(name="scores", shape=(None,)),
        feature_space="made",
        segments=SEGMENTS,
        threshold=0.5,
    )
