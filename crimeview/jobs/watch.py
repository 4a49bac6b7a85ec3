"""Watching cameras: their pictures, scores and alarms as they come."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from threading import Event
from typing import Literal

from crimeview.core.clip_order import ClipOrder
from crimeview.core.job import Job, Step
from crimeview.core.watching import (
    Camera,
    CameraHealth,
    CameraState,
    Judge,
    LiveEvent,
    LivePicture,
    LiveScore,
    NotScored,
    PatientJudge,
)
from crimeview.jobs.clip_keeper import ClipKeeper, ring_for, ring_seconds
from crimeview.jobs.live_clips import ClipShelf
from crimeview.jobs.live_doubts import unknown_scene
from crimeview.jobs.live_load import LoadWatch
from crimeview.jobs.live_novelty import KnownScene, known_scene
from crimeview.jobs.live_scores import NetworkCosts
from crimeview.jobs.models import ModelPair
from crimeview.jobs.open_models import OpenModels, Wish, opened_models
from crimeview.jobs.watched_camera import WatchedCamera, checked, clip_step
from crimeview.nets.catalog import Precision
from crimeview.nets.engine_names import Engine
from crimeview.nets.engines import usable_cores
from crimeview.store.case import Case
from crimeview.video.live_packets import PacketRing

_STEP = 0.2  # s at most between steps
_AT_ONCE = 0.2  # s of scoring in one step


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveStep(Step):
    """A step of watching: `done` is seconds since it began, `events` what has happened since."""

    events: tuple[LiveEvent, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchSettings:
    """`violence`: score that as well. `clips` None: nothing is recorded.

    `novelty`: score what is unusual for a camera; None: where the case knows what is usual for it,
    and nothing is said where it does not. `theft`: follow people, if the models are there and as
    far as there is room for it. `health_every` are seconds between two reports of a camera's
    health.
    """

    violence: bool = True
    novelty: bool | None = None
    theft: bool = False
    clips: ClipOrder | None = None
    health_every: float = 2.0
    engine: Engine | Literal["auto"] = "auto"
    precision: Precision | Literal["auto"] = "auto"


class Watch:
    """Watches cameras. `run` is the job; everything else may be called from any thread."""

    def __init__(
        self,
        cameras: Sequence[Camera],
        *,
        models: ModelPair,
        judge: Judge,
        settings: WatchSettings | None = None,
        case: Case | None = None,
        unheard: Sequence[NotScored] = (),
    ) -> None:
        """`judge` makes alarms of scores; clips are kept in the case.

        `unheard` is what rules want and will not get, to be told first. Raises UsageError where two
        cameras have one name.
        """
        self._wanted = checked(cameras)
        self._models = models
        self._judge = judge
        self._settings = settings or WatchSettings()
        self._case = case
        self._watched: dict[str, WatchedCamera] = {}  # replaced as a whole, never changed
        self._leaving: list[WatchedCamera] = []
        self._heights: dict[str, int | None] = {}
        self._ready = Event()
        self._turn = 0
        self._load = LoadWatch()
        self._keeper: ClipKeeper | None = None
        self._unknown = list(unheard)  # to be told
        self._patience = 0.0  # s after its beginning at which an alarm is told

    def run(self) -> Job[None]:
        """Watch until closed, or until all files played as cameras are over; yields LiveSteps.

        A step comes at least four times a second. Raises ModelError.
        """
        wish = Wish(engine=self._settings.engine, precision=self._settings.precision)
        models = self._models if self._settings.violence else replace(self._models, violence=None)
        models = models if self._settings.theft else replace(models, theft=None)
        models = replace(models, types=None, objects=None)
        with opened_models(models, wish=wish, threads=usable_cores()) as opened:
            costs = NetworkCosts(opened)
            began = time.monotonic()
            self._keeper = self._recording(opened)
            try:
                while True:
                    self._hold_enough()
                    self._take_up(opened, costs)
                    events = [*self._unknown, *self._scored(), *self._news(opened, costs)]
                    self._unknown = []
                    yield self._step(began, self._judged(events))
                    if self._is_over():
                        break
                    self._wait()
            finally:
                self._leave()
            yield self._step(began, self._kept())

    def last_clips(self) -> tuple[LiveEvent, ...]:
        """What became of clips since the last step: of those that closing `run` has completed."""
        return self._kept()

    def show(self, camera: str, *, height: int | None) -> None:
        """Make pictures of that many lines of a camera, None: none (they cost time)."""
        self._heights[camera] = height
        watched = self._watched.get(camera)
        if watched is not None:
            watched.live.show(height)

    def picture(self, camera: str) -> LivePicture | None:
        """The newest picture of a camera, None before the first. Costs nothing."""
        watched = self._watched.get(camera)
        return watched.live.picture if watched is not None else None

    def health(self, camera: str) -> CameraHealth:
        """How it is with a camera now. Raises KeyError where there is none of that name."""
        watched = self._watched.get(camera)
        if watched is not None:
            return watched.live.health()
        if all(known.name != camera for known in self._wanted):
            raise KeyError(camera)
        now = time.time()
        return CameraHealth(camera=camera, time=now, state=CameraState.CONNECTING, since=now)

    @property
    def cameras(self) -> Sequence[Camera]:
        """Those that are watched, or will be with the next step."""
        return self._wanted

    def change(self, cameras: Sequence[Camera]) -> None:
        """Watch these from now on: those that stay are not interrupted.

        Zones of a camera that stays are those given here from then on. Raises UsageError where two
        have one name.
        """
        self._wanted = checked(cameras)
        self._ready.set()

    def _take_up(self, models: OpenModels, costs: NetworkCosts) -> None:
        """Begin with what is wanted newly, leave what is not any more."""
        self._leaving = [camera for camera in self._leaving if not _gone(camera)]
        wanted = self._wanted
        before, now = self._watched, dict[str, WatchedCamera]()
        for camera in wanted:
            known = before.get(camera.name)
            if known is not None and _alike(known.camera, camera):
                if known.camera != camera:
                    known.watch_zones(camera)
                now[camera.name] = known
                continue
            now[camera.name] = WatchedCamera(
                camera,
                models,
                costs=costs,
                ready=self._ready.set,
                ring=self._ring(),
                height=self._heights.get(camera.name),
                scene=self._scene_of(camera.name),
            )
        if now.keys() == before.keys() and all(now[name] is before[name] for name in now):
            return
        self._watched = now
        for name, camera_before in before.items():
            if now.get(name) is not camera_before:
                camera_before.live.stop()
                self._leaving.append(camera_before)

    def _scene_of(self, camera: str) -> KnownScene | None:
        """What is usual for a camera, if its novelty is to be scored and the case knows."""
        if self._settings.novelty is False:
            return None
        scene = known_scene(self._case, camera) if self._case is not None else None
        if scene is None and self._settings.novelty:
            self._unknown.append(unknown_scene(camera))
        return scene

    def _scored(self) -> list[LiveScore]:
        """The scores of clips that wait, one clip of each camera after the other, for a while."""
        until = time.monotonic() + _AT_ONCE
        cameras = list(self._watched.values())
        scores: list[LiveScore] = []
        while cameras and time.monotonic() < until:
            self._turn += 1
            camera = cameras[self._turn % len(cameras)]
            found = camera.score_next()
            if found:
                scores += found
            elif not any(camera.live.waiting for camera in cameras):
                break
        return scores

    def _news(self, models: OpenModels, costs: NetworkCosts) -> list[LiveEvent]:
        events: list[LiveEvent] = []
        if not self._load.is_due(len(self._watched)):
            return events
        cameras = list(self._watched.values())
        for camera in cameras:
            health = camera.news(every=self._settings.health_every)
            if health is not None:
                events.append(health)
            events += camera.doubts()
        found = self._load.measured(cameras, costs, step=clip_step(models.encoder.spec))
        return [*events, found] if found is not None else events

    def _judged(self, events: Sequence[LiveEvent]) -> tuple[LiveEvent, ...]:
        judged: list[LiveEvent] = []
        for event in events:
            judged.append(event)
            if isinstance(event, LiveScore | CameraHealth):
                judged += self._judge.take(event)
        if self._keeper is not None:
            for event in judged:
                self._keeper.take(event)
        return (*judged, *self._kept())

    def _recording(self, models: OpenModels) -> ClipKeeper | None:
        if self._settings.clips is None or self._case is None:
            return None
        shelf = ClipShelf(self._case, models)
        return ClipKeeper(shelf, self._settings.clips, self._ring_of)

    def _ring(self) -> PacketRing | None:
        clips = self._settings.clips
        return ring_for(clips, wait=self._patience) if clips is not None else None

    def _hold_enough(self) -> None:
        """Hold packets and scores for as long as the rules wait before they raise an alarm."""
        judge, clips = self._judge, self._settings.clips
        wait = judge.longest_wait if isinstance(judge, PatientJudge) else 0.0
        if clips is None or self._keeper is None or wait == self._patience:
            return
        self._patience = wait
        self._keeper.wait_for(wait)
        for camera in self._watched.values():
            if camera.live.ring is not None:
                camera.live.ring.hold(ring_seconds(clips, wait=wait))

    def _ring_of(self, camera: str) -> PacketRing | None:
        watched = self._watched.get(camera)
        return watched.live.ring if watched is not None else None

    def _kept(self) -> tuple[LiveEvent, ...]:
        """What became of clips since."""
        if self._keeper is None:
            return ()
        if self._keeper.fault is not None:
            raise self._keeper.fault
        return tuple(self._keeper.told())

    def _step(self, began: float, events: tuple[LiveEvent, ...]) -> LiveStep:
        count = len(self._watched)
        return LiveStep(
            done=time.monotonic() - began,
            total=None,
            message=f"Watching {count} camera{'' if count == 1 else 's'}",
            events=events,
        )

    def _is_over(self) -> bool:
        cameras = self._watched.values()
        return bool(cameras) and all(camera.live.ended for camera in cameras)

    def _wait(self) -> None:
        if not any(camera.live.waiting for camera in self._watched.values()):
            self._ready.wait(_STEP)
        self._ready.clear()

    def _leave(self) -> None:
        """End all cameras at once, so that those that do not answer are waited for together."""
        cameras = [*self._watched.values(), *self._leaving]
        for camera in cameras:
            camera.live.stop()
        if self._keeper is not None:
            self._keeper.close()
        for camera in cameras:
            camera.live.close()
        self._watched, self._leaving = {}, []


def _gone(camera: WatchedCamera) -> bool:
    if not camera.live.is_gone:
        return False
    camera.live.close()
    return True


def _alike(first: Camera, second: Camera) -> bool:
    """Whether they differ in their zones alone."""
    return replace(first, zones=()) == replace(second, zones=())
