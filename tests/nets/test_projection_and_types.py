"""The shipped projections and the classifier of types, as the program runs them."""

import numpy as np
import pytest

from crimeview.core.errors import ModelError
from crimeview.nets.catalog import find_model
from crimeview.nets.projection import Projection
from crimeview.nets.type_classifier import TypeClassifier, guesses
from crimeview.nets.verify import verify

_PROJECTIONS = ("c3d-projection-slic", "c3d-projection-types")


@pytest.mark.parametrize("name", _PROJECTIONS)
def test_a_projection_gives_vectors_of_length_one_whatever_the_length(name: str) -> None:
    model = find_model(name)
    verify(model)
    rows = np.random.default_rng(0).random((5, 4096)).astype(np.float32)
    with Projection(model) as projection:
        found = projection.project(rows)
        assert found.shape == (5, projection.dimensions)
        assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(5), abs=1e-4)
        assert projection.project(rows * 3) == pytest.approx(found, abs=1e-4)
        assert projection.project(rows[:0]).shape == (0, projection.dimensions)
    with pytest.raises(ValueError, match="closed"):
        projection.project(rows)


def test_the_classifier_gives_chances_and_says_unknown() -> None:
    model = find_model("c3d-crime-type")
    verify(model)
    rows = np.random.default_rng(0).random((4, 4096)).astype(np.float32)
    with TypeClassifier(model) as classifier:
        chances = classifier.probabilities(rows)
        assert chances.shape == (4, 13)
        assert chances.sum(axis=1) == pytest.approx(np.ones(4), abs=1e-4)
        told = classifier.guesses(rows)
    assert all(len(guess.likeliest) == 3 for guess in told)
    for guess in told:
        assert (guess.known is None) == (guess.likeliest[0][1] < model.manifest.threshold)


def test_our_own_classifier_tells_nothing_of_what_is_like_nothing_it_has_seen() -> None:
    """Features are at least 0 and many: vectors that point the other way are far from all."""
    model = find_model("motion-crime-type")
    verify(model)
    assert model.manifest.feature_space == find_model("c3d-motion-small").manifest.feature_space
    rows = -np.random.default_rng(0).random((4, 128)).astype(np.float32)
    with TypeClassifier(model) as classifier:
        assert classifier.classes == ("crash", "fight", "normal")
        assert classifier.probabilities(rows) == pytest.approx(np.full((4, 3), 1 / 3), abs=1e-6)
        assert all(guess.known is None for guess in classifier.guesses(rows))


def test_a_type_is_told_from_the_threshold_on() -> None:
    chances = np.array([[0.5, 0.3, 0.2], [0.35, 0.4, 0.25]])
    one, other = guesses(chances, classes=("a", "b", "c"), threshold=0.5)
    assert one.known == "a"
    assert other.known is None
    assert [name for name, _ in other.likeliest] == ["b", "a", "c"]


def test_other_kinds_are_refused() -> None:
    with pytest.raises(ModelError, match="not a projection"):
        Projection(find_model("c3d-milr"))
    with pytest.raises(ModelError, match="not a type classifier"):
        TypeClassifier(find_model("c3d-projection-slic"))
