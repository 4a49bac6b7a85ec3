"""Bags for multiple-instance training: an event somewhere in quiet footage, or quiet footage."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from crimeview.training.data.examples import NORMAL, RENDERED
from crimeview.training.scorers.bag import LabeledBag
from crimeview.training.tracks import FeatureTrack

SEGMENTS = 32  # clips a bag


class Bags:
    """Draws bags of 32 clips from feature tracks.

    Quiet footage is drawn as rendered or real, then by source, then by recording, and events by
    data set and class, each with equal chances: no long recording rules the rest. Quiet data sets
    have no equal chances, for those of a single camera would be learned by heart. The quiet part of
    a bag is of one source.
    """

    def __init__(self, tracks: Sequence[FeatureTrack]) -> None:
        """Raises ValueError where quiet footage or events are missing."""
        self._quiet: dict[bool, dict[str, list[NDArray[np.float32]]]] = defaultdict(
            lambda: defaultdict(list)
        )
        self._events: dict[str, list[NDArray[np.float32]]] = defaultdict(list)
        for track in tracks:
            example, anomalous = track.example, track.anomalous
            if anomalous.any():
                key = f"{example.data} {example.label}"
                self._events[key].append(track.features[anomalous])
            elif example.label == NORMAL:
                self._quiet[example.data == RENDERED][example.group].append(track.features)
        if not self._quiet or not self._events:
            raise ValueError("bags need quiet footage and events")

    def labeled(self, count: int, *, seed: int) -> list[LabeledBag]:
        """`count` bags with an event and `count` without, of features (32, d)."""
        anomalous, normal = self.draw(count, np.random.default_rng(seed))
        return [
            *(LabeledBag(features=bag, positive=True) for bag in anomalous),
            *(LabeledBag(features=bag, positive=False) for bag in normal),
        ]

    def draw(
        self, count: int, random: np.random.Generator
    ) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
        """`count` anomalous and `count` normal bags, each (count, 32, d)."""
        anomalous = np.stack([self._with_event(random) for _ in range(count)])
        normal = np.stack([self._quiet_clips(SEGMENTS, random) for _ in range(count)])
        return anomalous, normal

    def _with_event(self, random: np.random.Generator) -> NDArray[np.float32]:
        kinds = sorted(self._events)
        events = self._events[kinds[random.integers(len(kinds))]]
        event = events[random.integers(len(events))][: SEGMENTS // 2]
        quiet = self._quiet_clips(SEGMENTS - len(event), random)
        at = random.integers(len(quiet) + 1)
        return np.concatenate([quiet[:at], event, quiet[at:]])

    def _quiet_clips(self, count: int, random: np.random.Generator) -> NDArray[np.float32]:
        kinds = sorted(self._quiet)
        groups = self._quiet[kinds[random.integers(len(kinds))]]
        names = sorted(groups)
        recordings = groups[names[random.integers(len(names))]]
        runs: list[NDArray[np.float32]] = []
        while sum(map(len, runs)) < count:
            features = recordings[random.integers(len(recordings))]
            runs.append(features[random.integers(max(1, len(features) - count + 1)) :])
        return np.concatenate(runs)[:count]
