"""Bags in which a known concept hides."""

import numpy as np

from crimeview.training.scorers.bag import LabeledBag

SEGMENTS, DIMENSIONS = 12, 16
EVENT = slice(5, 9)  # the segments of a positive bag that hold the concept


def made_bags(*, count: int, seed: int, strength: float = 2.0) -> list[LabeledBag]:
    """`count` bags, every other one positive: its event lifts the first two of many features.

    The concept is the same whatever the seed; features are at least 0, as after a ReLU.
    """
    random = np.random.default_rng(seed)
    bags = []
    for number in range(count):
        features = np.abs(random.normal(size=(SEGMENTS, DIMENSIONS)))
        positive = number % 2 == 0
        if positive:
            features[EVENT, :2] += strength
        bags.append(LabeledBag(features=features.astype(np.float32), positive=positive))
    return bags


def shuffled(bags: list[LabeledBag], *, seed: int) -> list[LabeledBag]:
    """The same bags with each other's labels."""
    labels = np.random.default_rng(seed).permutation([bag.positive for bag in bags])
    return [
        LabeledBag(features=bag.features, positive=bool(label))
        for bag, label in zip(bags, labels, strict=True)
    ]
