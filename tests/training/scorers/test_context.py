import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.scorers.bag import LabeledBag, bag_logits  # noqa: E402
from crimeview.training.scorers.context import (  # noqa: E402
    ContextScorer,
    RecordingKernel,
    fit_context,
)
from tests.jobs.finished import finished  # noqa: E402
from tests.training.scorers.made_bags import DIMENSIONS, made_bags  # noqa: E402


def test_likeness_is_a_gaussian_of_the_distance_between_maxima() -> None:
    bags = made_bags(count=30, seed=1)
    kernel = RecordingKernel(bags, directions=DIMENSIONS, width=2.0)
    maxima = []
    for bag in bags:
        rows = bag.features / np.linalg.norm(bag.features, axis=1, keepdims=True)
        maxima.append(rows.max(axis=0))
    squared = np.square(np.stack(maxima)[:, None] - np.stack(maxima)).sum(axis=-1)
    # With every direction kept nothing is lost by turning. Torch takes the lower of two medians.
    median = np.sort(squared.ravel())[(squared.size - 1) // 2]
    for bag, row in zip(bags, squared, strict=True):
        found = kernel(torch.from_numpy(bag.features)).numpy()
        np.testing.assert_allclose(found, np.exp(-row / (2 * median)), rtol=1e-3)


def test_a_recording_is_most_like_itself_whatever_is_left_out() -> None:
    bags = made_bags(count=30, seed=1)
    kernel = RecordingKernel(bags, directions=3, width=1.0)
    for number, bag in enumerate(bags):
        likeness = kernel(torch.from_numpy(bag.features))
        assert likeness[number].item() == pytest.approx(1, abs=1e-4)
        assert int(likeness.argmax()) == number


def test_the_whole_recording_lifts_all_of_its_rows_alike() -> None:
    scorer = finished(fit_context(made_bags(count=60, seed=1), seed=0))
    assert isinstance(scorer, ContextScorer)
    lifts = []
    for bag in made_bags(count=20, seed=2):
        own = bag_logits(scorer.local, bag) / scorer.scales[0].item()
        lift = bag_logits(scorer, bag) - own
        np.testing.assert_allclose(lift, lift[0], atol=1e-4)
        lifts.append(lift[0])
    with_event, without = np.array(lifts[::2]), np.array(lifts[1::2])
    assert with_event.mean() > without.mean() + 0.5


def test_another_order_of_rows_is_the_same_recording() -> None:
    bags = made_bags(count=30, seed=1)
    kernel = RecordingKernel(bags, directions=5, width=1.0)
    rows = torch.from_numpy(bags[0].features)
    assert torch.allclose(kernel(rows), kernel(rows.flip(0)))


def test_both_labels_are_needed() -> None:
    bags = [LabeledBag(features=b.features, positive=True) for b in made_bags(count=6, seed=1)]
    with pytest.raises(ValueError, match="both labels"):
        finished(fit_context(bags, seed=0))
