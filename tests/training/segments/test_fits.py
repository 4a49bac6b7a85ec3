"""Projections and the classifier of types on made examples: they learn, repeat and keep apart."""

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from numpy.typing import NDArray  # noqa: E402
from torch import nn  # noqa: E402

from crimeview.atlas.finch import finch  # noqa: E402
from crimeview.core.embedding import Pooling, pooling_weights, unit  # noqa: E402
from crimeview.evaluation.retrieval import Searches  # noqa: E402
from crimeview.training.segments.crime_type import (  # noqa: E402
    calibration_error,
    classifier,
    fit_types,
    told_threshold,
)
from crimeview.training.segments.examples import Example, halves, vectors  # noqa: E402
from crimeview.training.segments.frame import Views, fit_frame  # noqa: E402
from crimeview.training.segments.multinomial import (  # noqa: E402
    cross_entropy,
    fit_multinomial,
    fit_temperature,
    probabilities,
)
from crimeview.training.segments.slic import SlicRecipe, fit_slic  # noqa: E402
from crimeview.training.segments.supervised import fit_supervised  # noqa: E402
from tests.jobs.finished import finished  # noqa: E402
from tests.training.segments.made_segments import made_segments  # noqa: E402

_QUICK = SlicRecipe(directions=24, dimensions=24, rounds=3, steps=20, batch=32, window=4, rate=1e-2)


def _cluster(rows: NDArray[np.float32]) -> NDArray[np.intp]:
    return finch(rows)[0]


def _precision(examples: list[Example], rows: NDArray[np.floating]) -> float:
    known = [n for n, e in enumerate(examples) if e.label is not None]
    searches = Searches([str(examples[n].label) for n in known], [examples[n].group for n in known])
    figure = searches.figures(searches.found(unit(rows[known]))).mean_average_precision
    assert figure.value is not None
    return figure.value


def _projected(network: nn.Module, rows: NDArray[np.float32]) -> NDArray[np.float32]:
    with torch.inference_mode():
        return network(torch.from_numpy(rows)).numpy()


def test_halves_part_no_group() -> None:
    examples = made_segments()
    one, other = halves(examples, seed=3)
    assert sorted([*one, *other]) == list(range(len(examples)))
    assert not {examples[n].group for n in one} & {examples[n].group for n in other}
    assert abs(len(one) - len(other)) <= 4


def test_a_frame_keeps_what_its_examples_span() -> None:
    examples = made_segments(count=30)
    rows = vectors(examples)
    frame = fit_frame(examples, count=40)
    turned = frame.directions.T @ frame.directions
    assert turned == pytest.approx(np.eye(len(turned)), abs=1e-4)
    back = frame.coordinates(rows) @ frame.directions.T + frame.center
    assert back == pytest.approx(rows, abs=1e-4)


def test_a_view_has_the_coordinates_of_the_mean_of_its_clips() -> None:
    examples = made_segments(count=12)
    frame = fit_frame(examples, count=10)
    views = Views(examples, frame)
    weights = pooling_weights(examples[7].scores, pooling=Pooling.TOP)
    mean = unit(weights @ unit(examples[7].clips))
    assert views.coordinates(7, weights) == pytest.approx(frame.coordinates(mean), abs=1e-5)


def test_types_bring_what_is_of_one_type_together() -> None:
    seen, held = (made_segments(seed=seed, strength=0.6) for seed in (1, 2))
    network = finished(fit_supervised(seen))
    rows = vectors(held)
    learned = _projected(network, rows)
    assert np.linalg.norm(learned, axis=1) == pytest.approx(np.ones(len(held)), abs=1e-5)
    assert _precision(held, learned) > _precision(held, rows - rows.mean(axis=0)) + 0.05


def test_slic_learns_without_labels_what_views_share() -> None:
    """What differs from clip to clip of a recording is not what recordings are told apart by."""
    examples = _noisy_clips()
    first, again = (
        finished(fit_slic(examples, cluster=_cluster, seed=0, recipe=_QUICK)) for _ in range(2)
    )
    other = finished(fit_slic(examples, cluster=_cluster, seed=1, recipe=_QUICK))
    rows = vectors(examples)
    learned = _projected(first, rows)
    assert learned.shape == (60, 24)
    assert np.linalg.norm(learned, axis=1) == pytest.approx(np.ones(60), abs=1e-5)
    assert (learned == _projected(again, rows)).all()
    assert np.abs(learned - _projected(other, rows)).max() > 1e-3
    frame = fit_frame(examples, count=24)
    plain = np.stack([frame.coordinates(_two_views(e)) for e in examples])
    turned = np.stack([_projected(first, _two_views(e)) for e in examples])
    assert _alike_views(turned) > _alike_views(plain) + 0.05


def _noisy_clips() -> list[Example]:
    """Sixty recordings, the same throughout in ten numbers and never in thirty."""
    random = np.random.default_rng(5)
    scale = np.repeat([1.0, 0.0], [10, 30])
    examples = []
    for number in range(60):
        noise = random.normal(size=(12, 40)) * (1 - scale) * 1.5
        clips = random.normal(size=40) * scale + noise
        scores = np.full(12, 0.5, np.float32)
        examples.append(
            Example(clips=clips.astype(np.float32), scores=scores, label=None, group=str(number))
        )
    return examples


def _two_views(example: Example) -> NDArray[np.float32]:
    clips = unit(example.clips)
    return unit(np.stack([clips[0:12:2].mean(axis=0), clips[1:12:2].mean(axis=0)]))


def _alike_views(views: NDArray[np.float32]) -> float:
    """How much more alike two views (n, 2, k) of an example are than those of two examples."""
    one, other = unit(views[:, 0]), unit(views[:, 1])
    alike = one @ other.T
    apart = ~np.eye(len(views), dtype=bool)
    return float(np.diag(alike).mean() - np.abs(alike[apart]).mean())


@pytest.mark.parametrize("loss", ["contrast", "triplets"])
def test_both_losses_of_slic_change_the_projection(loss: str) -> None:
    examples = made_segments(count=40)
    recipe = SlicRecipe(
        directions=16, dimensions=8, rounds=2, steps=5, batch=16, rate=1e-2, loss=loss
    )
    rows = vectors(examples)
    learned = _projected(
        finished(fit_slic(examples, cluster=_cluster, seed=0, recipe=recipe)), rows
    )
    plain = unit(fit_frame(examples, count=16).coordinates(rows)[:, :8])
    assert np.abs(learned - plain).max() > 1e-2


def test_too_few_examples_are_refused() -> None:
    with pytest.raises(ValueError, match="at least four"):
        finished(fit_slic(made_segments(count=3), cluster=_cluster, seed=0))
    quiet = [e for e in made_segments() if e.label in (None, "type 0")]
    with pytest.raises(ValueError, match="two types"):
        finished(fit_supervised(quiet))


def test_the_regression_is_at_its_minimum() -> None:
    random = np.random.default_rng(0)
    rows, kinds = random.normal(size=(80, 6)), random.integers(3, size=80)
    weight, bias = fit_multinomial(rows, kinds, count=3, penalty=0.7)
    residual = probabilities(rows @ weight.T + bias) - np.eye(3)[kinds]
    assert np.abs(residual.T @ rows + 0.7 * weight).max() < 1e-3
    assert np.abs(residual.sum(axis=0)).max() < 1e-3
    with pytest.raises(ValueError, match="needs a row"):
        fit_multinomial(rows, np.zeros(80, np.intp), count=2, penalty=1)


def test_the_temperature_undoes_what_was_too_sure() -> None:
    random = np.random.default_rng(1)
    logits = random.normal(size=(4000, 4)) * 1.5
    kinds = np.array([random.choice(4, p=p) for p in probabilities(logits)])
    found = fit_temperature(logits * 5, kinds)
    assert found == pytest.approx(5, rel=0.15)
    assert cross_entropy(logits * 5 / found, kinds) < cross_entropy(logits * 5, kinds)
    assert calibration_error(probabilities(logits), kinds) < 0.04
    assert calibration_error(probabilities(logits * 5), kinds) > 0.1


def test_the_classifier_tells_types_it_has_seen_and_not_others() -> None:
    seen, held = made_segments(count=150, seed=1), made_segments(count=150, seed=2)
    classes = ("type 0", "type 1", "type 2", "never seen")
    map_ = finished(fit_types(seen, classes=classes))
    network = classifier(map_, temperature=1.0)
    chances = _projected(network, vectors(held))
    assert chances.sum(axis=1) == pytest.approx(np.ones(len(held)), abs=1e-5)
    known = [n for n, e in enumerate(held) if e.label is not None]
    right = [classes[int(chances[n].argmax())] == held[n].label for n in known]
    assert np.mean(right) > 0.8
    assert chances[:, 3].max() < 0.01


def test_what_is_told_is_as_often_right_as_wanted() -> None:
    random = np.random.default_rng(3)
    chances = random.dirichlet(np.full(5, 0.5), size=2000)
    kinds = np.array([random.choice(5, p=p) for p in chances])
    threshold = told_threshold(chances, kinds, share=0.8)
    told = chances.max(axis=1) >= threshold
    assert (chances.argmax(axis=1) == kinds)[told].mean() >= 0.8
    below = chances.max(axis=1) >= threshold - 0.02
    assert (chances.argmax(axis=1) == kinds)[below].mean() < 0.8
    assert told_threshold(chances, (chances.argmax(axis=1) + 1) % 5, share=0.9) > 0.9
