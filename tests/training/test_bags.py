from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.bags import Bags
from crimeview.training.data.examples import Example
from crimeview.training.tracks import FeatureTrack, events_of


def _track(value: float, *, label: str, data: str, clips: int) -> FeatureTrack:
    example = Example(path=Path("x"), data=data, label=label, group=f"{data}/{value}", fold=0)
    starts = np.arange(clips) * 0.64
    return FeatureTrack(
        example,
        np.column_stack([starts, starts + 1.36]),
        np.full((clips, 2), value, np.float32),
        events_of(example),
    )


def test_a_bag_holds_one_event_in_one_piece_or_none() -> None:
    tracks = [
        _track(100, label="fight", data="a", clips=3),
        *[_track(n, label="normal", data="a", clips=2) for n in range(5)],
        _track(9, label="normal", data="b", clips=500),
    ]
    anomalous, normal = Bags(tracks).draw(50, np.random.default_rng(0))
    assert anomalous.shape == normal.shape == (50, 32, 2)
    assert not (normal == 100).any()
    for bag in anomalous[:, :, 0]:
        where = np.flatnonzero(bag == 100)
        assert where.tolist() == list(range(where[0], where[0] + 3))


def test_a_long_recording_does_not_rule_the_rest() -> None:
    tracks = [
        _track(100, label="crash", data="a", clips=2),
        _track(1, label="normal", data="a", clips=2),
        _track(9, label="normal", data="b", clips=500),
    ]
    _, normal = Bags(tracks).draw(50, np.random.default_rng(0))
    assert 0.3 < (normal == 1).mean() < 0.7


def test_bags_need_both_kinds() -> None:
    with pytest.raises(ValueError, match="quiet footage and events"):
        Bags([_track(1, label="normal", data="a", clips=2)])


def test_labeled_bags_are_of_both_kinds_and_the_same_for_a_seed() -> None:
    tracks = [
        _track(100, label="crash", data="a", clips=2),
        _track(1, label="normal", data="a", clips=40),
    ]
    bags, again = (Bags(tracks).labeled(3, seed=5) for _ in range(2))
    assert [bag.positive for bag in bags] == [True] * 3 + [False] * 3
    assert [bool((bag.features == 100).any()) for bag in bags] == [bag.positive for bag in bags]
    for one, other in zip(bags, again, strict=True):
        np.testing.assert_array_equal(one.features, other.features)
