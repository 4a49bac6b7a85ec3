import numpy as np
import pytest

from crimeview.core.embedding import (
    Pooling,
    embedding,
    pooled,
    pooling_weights,
    segment_embedding,
    unit,
)
from crimeview.core.track import Track, TrackKind


def _tracks(count: int) -> tuple[Track, Track]:
    starts = np.arange(count, dtype=np.float64)
    times = np.stack([starts, starts + 1], axis=1)
    return (
        Track(TrackKind.FEATURES, times, np.eye(count, dtype=np.float32)),
        Track(TrackKind.CLIP_SCORES, times, np.linspace(0, 0.9, count, dtype=np.float32)),
    )


def test_a_segment_is_the_mean_of_its_clips_weighted_by_score() -> None:
    features, scores = _tracks(10)
    found = segment_embedding(features, scores, start=4.0, end=7.0)
    assert found is not None
    wanted = np.zeros(10)
    wanted[4:7] = [0.4, 0.5, 0.6]
    assert found == pytest.approx(wanted / np.linalg.norm(wanted), abs=1e-6)


def test_a_short_segment_has_the_clip_that_it_lies_in() -> None:
    features, scores = _tracks(10)
    found = segment_embedding(features, scores, start=3.6, end=3.9)
    assert found is not None
    assert found.argmax() == 3
    assert segment_embedding(features, scores, start=20, end=21) is None
    nothing = Track(TrackKind.FEATURES, np.empty((0, 2)), np.empty((0, 4)))
    assert segment_embedding(nothing, nothing, start=0, end=1) is None


def test_length_of_a_clip_and_scores_of_nothing_do_not_matter() -> None:
    clips = np.array([[10.0, 0], [0, 0.1]])
    assert pooled(clips, np.zeros(2)) == pytest.approx(unit(np.array([1.0, 1.0])))
    with pytest.raises(ValueError, match="at least one"):
        pooled(np.empty((0, 3)), np.empty(0))


def test_pooling_picks_what_it_says() -> None:
    scores = np.random.default_rng(0).random(32)
    order = np.argsort(scores)
    weights = {p: pooling_weights(scores, pooling=p) for p in Pooling}
    assert (weights[Pooling.WHOLE] == 1).all()
    assert set(np.flatnonzero(weights[Pooling.TOP])) == set(order[-8:])
    assert weights[Pooling.TOP][order[-1]] == pytest.approx(scores.max())
    assert set(np.flatnonzero(weights[Pooling.LOWEST])) == set(order[:8])
    assert (weights[Pooling.RANDOM] > 0).sum() == 8
    assert (np.argsort(weights[Pooling.SOFTMAX]) == order).all()
    again = pooling_weights(scores, pooling=Pooling.RANDOM, seed=1)
    assert (weights[Pooling.RANDOM] != again).any()


def test_fewer_clips_than_wanted_are_all_taken() -> None:
    found = embedding(np.eye(3), np.array([0.2, 0.2, 0.2]), pooling=Pooling.TOP)
    assert found == pytest.approx(np.full(3, 3**-0.5))
