"""One of the cameras that are watched: what it shows, and what is made of it."""

import time
from collections.abc import Callable, Sequence

from crimeview.core.capacity import CameraCost
from crimeview.core.clip import ClipSpec
from crimeview.core.errors import UsageError
from crimeview.core.watching import Camera, CameraHealth, CameraState, LiveScore, NotScored
from crimeview.jobs.live_doubts import Doubts, Unseen
from crimeview.jobs.live_novelty import KnownScene
from crimeview.jobs.live_scores import CameraScores, NetworkCosts
from crimeview.jobs.open_models import OpenModels
from crimeview.video.live import LiveCamera
from crimeview.video.live_packets import PacketRing

_LATE = 1.0  # s that a clip may wait before newer ones are looked at instead
_UNSEEN = 20.0  # s of pictures without a clip after which that is said
_SPAN = 2.0  # s at least over which the cost of reading is measured


class WatchedCamera:
    """A camera and its scores. Made and used by the thread that watches."""

    def __init__(
        self,
        camera: Camera,
        models: OpenModels,
        *,
        costs: NetworkCosts,
        ready: Callable[[], None],
        ring: PacketRing | None,
        height: int | None,
        scene: KnownScene | None = None,
    ) -> None:
        self._scores = CameraScores(
            camera.name, models, zones=camera.zones, costs=costs, scene=scene
        )
        self._doubts = Doubts(camera.name, self._scores.novelty)
        self._followed = False
        self._seen = (0.0, 0)  # when a clip was last whole, and the pictures left out until then
        self._spent = (time.monotonic(), 0.0)
        self._reading = 0.0
        self._told: CameraHealth | None = None
        self._due = 0.0
        self.camera = camera
        self.live = LiveCamera(camera, self._scores.specs, ready=ready, ring=ring)
        self.live.show(height)
        self.follow(people=False)  # until there is known to be room for it

    def watch_zones(self, camera: Camera) -> None:
        self.camera = camera
        self._scores.watch_zones(camera.zones)

    def follow(self, *, people: bool) -> None:
        """Whether people are followed, which takes much, where they should be."""
        self._followed = people
        self.live.pause(frozenset() if people else self._scores.sequences)

    def doubts(self) -> list[NotScored]:
        """What is wanted and not scored, or not to be trusted, where that is new."""
        measured = self._reading > 0.0
        crowded = bool(self._scores.sequences) and not self._followed and measured
        return list(self._doubts.told(crowded=crowded, unseen=self._unseen()))

    def _unseen(self) -> Unseen | None:
        """Why none of its pictures make a clip, if they have not for long."""
        health = self.live.health()
        seen = max(health.since, self.live.whole or 0.0)
        if seen > self._seen[0]:
            self._seen = seen, health.drops
        if health.state is not CameraState.LIVE or health.time - self._seen[0] < _UNSEEN:
            return None
        return Unseen.TOO_SLOW if health.drops > self._seen[1] else Unseen.TOO_FEW

    def score_next(self) -> list[LiveScore]:
        """Score the clip that has waited longest, if any; what waited too long is passed over."""
        live = self.live.take()
        while live is not None and self.live.waiting and time.time() - live.made > _LATE:
            self.live.skipped(1)
            live = self.live.take()
        if live is None:
            return []
        scores = self._scores.take(live)
        now = time.time()
        self.live.scored(delay=now - live.arrival, at=now)
        return scores

    def news(self, *, every: float) -> CameraHealth | None:
        """Its health where its state has changed, or where that was not told for so long."""
        if self.live.fault is not None:
            raise self.live.fault
        health = self.live.health()
        changed = self._told is None or self._told.state is not health.state
        if not changed and health.time < self._due:
            return None
        self._told, self._due = health, health.time + every
        return health

    def cost(self) -> CameraCost:
        """What it takes of the processor."""
        now, spent = time.monotonic(), self.live.processor_seconds
        before, spent_before = self._spent
        if now - before >= _SPAN:
            self._reading = max(0.0, spent - spent_before) / (now - before)
            self._spent = now, spent
        return self._scores.cost(reading=self._reading)


def clip_step(spec: ClipSpec) -> float:
    """Seconds from one clip of the spec to the next; where it takes every frame, of 25 a second."""
    return spec.step / (spec.rate or 25.0)


def checked(cameras: Sequence[Camera]) -> tuple[Camera, ...]:
    """The cameras; raises UsageError where two have the same name."""
    names = [camera.name for camera in cameras]
    for name in names:
        if names.count(name) > 1:
            raise UsageError(
                f"Two cameras are called “{name}”; give each a name of its own, as in "
                "entrance=rtsp://192.168.1.20/stream1."
            )
    return tuple(cameras)
