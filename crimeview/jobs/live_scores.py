"""Scores of a camera's clips as they come, each held against what the camera has shown so far."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.bag import SegmentMeans, segment_of_clips
from crimeview.core.clip import ClipSpec
from crimeview.core.region import Region, RegionUse
from crimeview.core.running_rows import RunningRows
from crimeview.core.track import TrackKind
from crimeview.core.watching import LiveScore, Zone
from crimeview.jobs.hiding import Hidden, hidden_from_clips
from crimeview.jobs.open_models import OpenModels
from crimeview.nets.scorer import Scorer
from crimeview.video.live_decoder import LiveClip

_WINDOW = (
    8192  # clips that a score is held against: an hour and a half where one begins each 0.64 s
)
_BAG = 2  # clips for each segment of a scorer that looks at recordings in so many segments
_Network = Callable[[NDArray[np.uint8]], NDArray[np.float32]]

EVENTS, VIOLENCE = 0, 1  # numbers of the specs


def live_specs(models: OpenModels) -> list[ClipSpec]:
    """What clips are wanted of a camera, by their numbers."""
    specs = [models.encoder.spec]
    return [*specs, models.violence.spec] if models.violence is not None else specs


class NetworkCosts:
    """What a clip of each spec costs, in seconds of the processor: a running average."""

    def __init__(self, models: OpenModels) -> None:
        """Measures each network on a few clips of noise."""
        self.seconds: list[float] = []
        noise = np.random.default_rng(0)
        networks: list[_Network] = [models.encoder.features]
        if models.violence is not None:
            networks.append(_probability(models))
        for spec, network in zip(live_specs(models), networks, strict=True):
            shape = (spec.frames, *spec.crop, spec.channels)
            frames = noise.integers(0, 256, shape, dtype=np.uint8)
            network(frames)  # the first run makes room
            began = time.perf_counter()
            for _ in range(3):
                network(frames)
            self.seconds.append((time.perf_counter() - began) / 3)

    def took(self, number: int, seconds: float) -> None:
        """A clip of the spec of that number took so long."""
        self.seconds[number] += 0.05 * (seconds - self.seconds[number])


def _probability(models: OpenModels) -> "_Network":
    violence = models.violence
    assert violence is not None
    return lambda frames: np.array([violence.probability(frames)], np.float32)


@dataclass(slots=True)
class _Place:
    """The whole picture or a zone of it: what is hidden, and what it has shown so far."""

    zone: str
    hidden: Hidden | None
    rows: RunningRows
    known: float = 0.0  # s
    until: float = -np.inf


class CameraScores:
    """Scores one camera's clips, of the whole picture and of each of its zones."""

    def __init__(
        self, camera: str, models: OpenModels, *, zones: Sequence[Zone], costs: NetworkCosts
    ) -> None:
        self._camera, self._models, self._costs = camera, models, costs
        self._bag = models.scorer.model.manifest.segments
        self._whole = self._place("", None)
        self._zones: dict[Zone, _Place] = {}
        self.watch_zones(zones)

    def watch_zones(self, zones: Sequence[Zone]) -> None:
        """Score these zones from now on; those that stay know what they knew."""
        self._zones = {zone: self._zones.get(zone) or self._zone(zone) for zone in zones}

    def take(self, live: LiveClip) -> list[LiveScore]:
        """The scores that a clip adds, those of the whole picture first."""
        began = time.thread_time()
        if live.number == VIOLENCE:
            scores = [self._violence(live)]
        else:
            places = [self._whole, *self._zones.values()]
            scores = [self._events(live, place) for place in places]
        self._costs.took(live.number, (time.thread_time() - began) / len(scores))
        return scores

    def _events(self, live: LiveClip, place: _Place) -> LiveScore:
        clip = live.clip if place.hidden is None else place.hidden.applied(live.clip)
        place.rows.add(self._models.encoder.features(clip.frames))
        place.known += max(0.0, live.end - max(live.start, place.until))
        place.until = live.end
        scorer = self._models.scorer
        score = newest_score(place.rows.rows, scorer)
        return self._told(live, TrackKind.CLIP_SCORES, score, scorer.threshold, place)

    def _violence(self, live: LiveClip) -> LiveScore:
        classifier = self._models.violence
        assert classifier is not None
        probability = classifier.probability(live.clip.frames)
        return self._told(live, TrackKind.VIOLENCE, probability, classifier.threshold, self._whole)

    def _told(
        self, live: LiveClip, kind: TrackKind, score: float, threshold: float, place: _Place
    ) -> LiveScore:
        return LiveScore(
            camera=self._camera,
            kind=kind,
            start=live.start,
            end=live.end,
            score=score,
            threshold=threshold,
            known=place.known,
            told=time.time(),
            zone=place.zone,
        )

    def _zone(self, zone: Zone) -> _Place:
        encoder = self._models.encoder
        region = Region(id=0, recording_id=0, use=RegionUse.WATCH, points=zone.points)
        hidden = hidden_from_clips([region], encoder.spec, encoder.model.manifest.input)
        return self._place(zone.name, hidden)

    def _place(self, name: str, hidden: Hidden | None) -> _Place:
        most = _WINDOW if self._bag is None else _BAG * self._bag
        return _Place(name, hidden, RunningRows(self._models.encoder.dimensions, most=most))


def newest_score(rows: NDArray[np.float32], scorer: Scorer) -> float:
    """The score of the last of the features (n, d), as an analysis that ends there gives it.

    A scorer that looks at a recording in so many segments is shown the newest clips in as many.
    """
    segments = scorer.model.manifest.segments
    if segments is None:
        return float(scorer.scores(rows)[-1])
    means = SegmentMeans(len(rows), segments=segments)
    means.take(rows)
    return float(scorer.scores(means.means())[segment_of_clips(len(rows), segments=segments)[-1]])
