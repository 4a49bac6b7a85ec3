"""Scores of a camera's clips as they come, each held against what the camera has shown so far."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from crimeview.core.bag import SegmentMeans, segment_of_clips
from crimeview.core.capacity import CameraCost
from crimeview.core.live_spec import LiveSpec
from crimeview.core.region import Region, RegionUse
from crimeview.core.running_rows import RunningRows
from crimeview.core.track import TrackKind
from crimeview.core.watching import LiveScore, Zone
from crimeview.jobs.hiding import Hidden, hidden_from_clips
from crimeview.jobs.live_novelty import KnownScene, NoveltyTrack
from crimeview.jobs.live_theft import TheftTrack
from crimeview.jobs.open_models import OpenModels
from crimeview.nets.frame_classifier import FrameClassifier
from crimeview.nets.scorer import Scorer
from crimeview.video.live_decoder import LiveClip

_WINDOW = (
    8192  # clips that a score is held against: an hour and a half where one begins each 0.64 s
)
_STANDS = 8  # clips at most that one stands for: five seconds, where one begins each 0.64 s
_BAG = 2  # clips for each segment of a scorer that looks at recordings in so many segments
_Network = Callable[[NDArray[np.uint8]], object]
_FIRST_COSTS: Mapping[TrackKind, float] = {  # s for a clip, before one was measured
    TrackKind.NOVELTY: 0.025,
    TrackKind.THEFT: 0.06,
}


def live_specs(models: OpenModels) -> list[LiveSpec]:
    """What clips every camera is asked for, in the order of its tracks."""
    specs = [models.encoder.spec]
    if models.violence is not None:
        specs.append(models.violence.spec)
    return [LiveSpec.fixed(spec) for spec in specs]


class NetworkCosts:
    """What a clip of each kind of track costs, in seconds of the processor: a running average.

    And how much longer it takes, where other programs want the processor as well.
    """

    def __init__(self, models: OpenModels) -> None:
        """Measures the networks that every camera is shown to on a few clips of noise."""
        self._seconds = dict(_FIRST_COSTS)
        self._worked = self._passed = 0.0  # s of the processor, and of the clock, for scores
        noise = np.random.default_rng(0)
        networks: list[tuple[TrackKind, _Network]] = [
            (TrackKind.CLIP_SCORES, models.encoder.features)
        ]
        specs = [models.encoder.spec]
        if models.violence is not None:
            networks.append((TrackKind.VIOLENCE, models.violence.probability))
            specs.append(models.violence.spec)
        for spec, (kind, network) in zip(specs, networks, strict=True):
            shape = (spec.frames, *spec.crop, spec.channels)
            frames = noise.integers(0, 256, shape, dtype=np.uint8)
            network(frames)  # the first run makes room
            began = Stopwatch()
            for _ in range(3):
                network(frames)
            self._seconds[kind] = began.worked / 3
            self._note(began)

    def of(self, kind: TrackKind) -> float:
        """Seconds for a clip."""
        return self._seconds[kind]

    @property
    def slowed(self) -> float:
        """How many times as long scoring takes as the processor works on it, of late."""
        return max(1.0, self._passed / self._worked) if self._worked > 0.0 else 1.0

    def took(self, kind: TrackKind, watch: "Stopwatch", *, times: int = 1) -> None:
        """So many clips took that long."""
        self._seconds[kind] += 0.05 * (watch.worked / times - self._seconds[kind])
        self._note(watch)

    def fade(self) -> None:
        """What was before counts half from now on."""
        self._worked, self._passed = self._worked / 2, self._passed / 2

    def _note(self, watch: "Stopwatch") -> None:
        self._worked += watch.worked
        self._passed += watch.passed


class Stopwatch:
    """Seconds since it was made: of this thread on the processor, and of the clock."""

    def __init__(self) -> None:
        self._worked, self._passed = time.thread_time(), time.perf_counter()

    @property
    def worked(self) -> float:
        return time.thread_time() - self._worked

    @property
    def passed(self) -> float:
        return time.perf_counter() - self._passed


class LiveTrack(Protocol):
    """Scores of one kind of one camera's clips, as they come."""

    kind: TrackKind
    spec: LiveSpec

    def take(self, frames: NDArray[np.uint8], start: float, end: float) -> list[LiveScore]:
        """The scores that are known now that a clip (T, h, w, c) from `start` to `end` has come."""


@dataclass(slots=True)
class _Place:
    """The whole picture or a zone of it: what is hidden, and what it has shown so far."""

    zone: str
    hidden: Hidden | None
    rows: RunningRows
    known: float = 0.0  # s
    until: float = -np.inf
    newest: float = np.inf  # when the newest clip began


class EventsTrack:
    """Clip scores of the whole picture and of each of a camera's zones."""

    kind = TrackKind.CLIP_SCORES

    def __init__(self, camera: str, models: OpenModels, zones: Sequence[Zone]) -> None:
        self.spec = LiveSpec.fixed(models.encoder.spec)
        self._camera, self._models = camera, models
        self._whole = self._place("", None)
        self._zones: dict[Zone, _Place] = {}
        self.watch_zones(zones)

    def watch_zones(self, zones: Sequence[Zone]) -> None:
        """Score these zones from now on; those that stay know what they knew."""
        self._zones = {zone: self._zones.get(zone) or self._zone(zone) for zone in zones}

    @property
    def places(self) -> int:
        """How many parts of the picture are scored, the whole among them."""
        return 1 + len(self._zones)

    def take(self, frames: NDArray[np.uint8], start: float, end: float) -> list[LiveScore]:
        """The scores that a clip adds, that of the whole picture first."""
        places = [self._whole, *self._zones.values()]
        return [self._scored(frames, start, end, place) for place in places]

    def _scored(
        self, frames: NDArray[np.uint8], start: float, end: float, place: _Place
    ) -> LiveScore:
        if place.hidden is not None:
            frames = place.hidden.hide(frames)
        row = self._models.encoder.features(frames)
        for _ in range(self._times(start - place.newest)):
            place.rows.add(row)
        place.newest = start
        place.known += max(0.0, end - max(start, place.until))
        place.until = end
        scorer = self._models.scorer
        return LiveScore(
            camera=self._camera,
            kind=self.kind,
            start=start,
            end=end,
            score=newest_score(place.rows.rows, scorer),
            threshold=scorer.threshold,
            known=place.known,
            told=0.0,
            zone=place.zone,
        )

    def _times(self, passed: float) -> int:
        """How many clips one stands for that begins so long (s) after the one before it.

        Scorers know by the number of clips alone how long something took. Where clips are left out,
        what comes now and then would seem to come all the time, and be usual.
        """
        return min(max(1, round(passed * self.spec.per_second)), _STANDS) if passed > 0 else 1

    def _zone(self, zone: Zone) -> _Place:
        encoder = self._models.encoder
        region = Region(id=0, recording_id=0, use=RegionUse.WATCH, points=zone.points)
        hidden = hidden_from_clips([region], encoder.spec, encoder.model.manifest.input)
        return self._place(zone.name, hidden)

    def _place(self, name: str, hidden: Hidden | None) -> _Place:
        most = held_against(self._models.scorer)
        return _Place(name, hidden, RunningRows(self._models.encoder.dimensions, most=most))


class ViolenceTrack:
    """The probability of violence in each clip."""

    kind = TrackKind.VIOLENCE

    def __init__(self, camera: str, classifier: FrameClassifier) -> None:
        self.spec = LiveSpec.fixed(classifier.spec)
        self._camera, self._classifier = camera, classifier
        self._known, self._until = 0.0, -np.inf

    def take(self, frames: NDArray[np.uint8], start: float, end: float) -> list[LiveScore]:
        self._known += max(0.0, end - max(start, self._until))
        self._until = end
        return [
            LiveScore(
                camera=self._camera,
                kind=self.kind,
                start=start,
                end=end,
                score=self._classifier.probability(frames),
                threshold=self._classifier.threshold,
                known=self._known,
                told=0.0,
            )
        ]


class CameraScores:
    """All that is scored of one camera; a clip's number says of which track it is."""

    def __init__(
        self,
        camera: str,
        models: OpenModels,
        *,
        zones: Sequence[Zone],
        costs: NetworkCosts,
        scene: KnownScene | None = None,
    ) -> None:
        """`scene` is what is usual for the camera, None: not known, and novelty is not scored."""
        self._costs = costs
        self._events = EventsTrack(camera, models, zones)
        self.novelty = NoveltyTrack(camera, scene) if scene is not None else None
        self.tracks: list[LiveTrack] = [self._events]
        if models.violence is not None:
            self.tracks.append(ViolenceTrack(camera, models.violence))
        if self.novelty is not None:
            self.tracks.append(self.novelty)
        if models.theft is not None:
            self.tracks.append(TheftTrack(camera, models.theft))

    @property
    def specs(self) -> list[LiveSpec]:
        """What clips are wanted of the camera, by their numbers."""
        return [track.spec for track in self.tracks]

    @property
    def sequences(self) -> frozenset[int]:
        """The numbers of what is of use at its own rate only."""
        return frozenset(n for n, track in enumerate(self.tracks) if track.spec.each)

    def watch_zones(self, zones: Sequence[Zone]) -> None:
        """Score these zones from now on; those that stay know what they knew."""
        self._events.watch_zones(zones)

    def take(self, live: LiveClip) -> list[LiveScore]:
        """The scores that a clip adds, those of the whole picture first."""
        track = self.tracks[live.number]
        watch = Stopwatch()
        scores = track.take(live.clip.frames, live.start, live.end)
        self._costs.took(track.kind, watch, times=self._times(track))
        now = time.time()
        return [replace(score, told=now) for score in scores]

    def cost(self, *, reading: float) -> CameraCost:
        """What the camera takes of the processor, `reading` of it for its pictures."""
        analyzing = following = 0.0
        for track in self.tracks:
            rate = track.spec.per_second * self._times(track)
            seconds = self._costs.of(track.kind) * rate
            if track.spec.each:
                following += seconds
            else:
                analyzing += seconds
        return CameraCost(reading=reading, analyzing=analyzing, following=following)

    def _times(self, track: LiveTrack) -> int:
        return self._events.places if track is self._events else 1


def held_against(scorer: Scorer) -> int:
    """How many of the newest clips, its own among them, a score is held against."""
    segments = scorer.model.manifest.segments
    return _WINDOW if segments is None else _BAG * segments


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
