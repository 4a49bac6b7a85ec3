"""A scene: what stands, who moves, how it is lit and seen; rendered frame by frame."""

from collections.abc import Generator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.rendering.backdrop import Backdrop
from crimeview.rendering.camera import Camera
from crimeview.rendering.canvas import Canvas
from crimeview.rendering.crash import Crash
from crimeview.rendering.gait import Person
from crimeview.rendering.incident import Incident
from crimeview.rendering.item import Item
from crimeview.rendering.lettering import Caption
from crimeview.rendering.light import NIGHT, Light
from crimeview.rendering.place import Place
from crimeview.rendering.texture import sensor_noise
from crimeview.rendering.traffic import CarRun
from crimeview.rendering.vehicle import Car
from crimeview.rendering.view import paint_place
from crimeview.rendering.wreckage import Smoke, Splinters

_NOISE_PICTURES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """Everything there is to render; a value, equal seeds give equal pictures.

    `duration` in seconds, `rate` in frames a second, `noise` the sensor noise's standard deviation
    (levels of 255). `caption` is burnt in where given.
    """

    camera: Camera
    light: Light
    place: Place
    props: tuple[Item, ...]
    people: tuple[Person, ...]
    cars: tuple[CarRun, ...]
    crashes: tuple[Crash, ...]
    incidents: tuple[Incident, ...]
    duration: float
    rate: float
    noise: float
    caption: Caption | None
    seed: int

    @property
    def size(self) -> tuple[int, int]:
        """Height and width of the frames in pixels."""
        return self.camera.size

    @property
    def frame_count(self) -> int:
        return round(self.duration * self.rate)

    def frames(self) -> Generator[NDArray[np.uint8], None, None]:
        """Render frame after frame, uint8 (height, width, 3) RGB; each is the caller's to keep."""
        rng = np.random.default_rng(self.seed)
        height, width = self.size
        margin = 32
        bank = sensor_noise(
            rng, size=(height + margin, width + margin), strength=self.noise, count=_NOISE_PICTURES
        )
        ground = paint_place(self.place, camera=self.camera, light=self.light)
        backdrop = Backdrop(ground, self.props)
        vignette = _vignette(self.size)
        planes = np.empty_like(backdrop.planes)
        for number in range(self.frame_count):
            seconds = number / self.rate
            np.copyto(planes, backdrop.planes)
            backdrop.paint(Canvas(planes), self._moving(seconds))
            planes *= vignette
            dy, dx = (int(n) for n in rng.integers(margin, size=2))
            picture = bank[int(rng.integers(len(bank)))]
            planes += picture[dy : dy + height, dx : dx + width]
            np.clip(planes, 0.0, 255.0, out=planes)
            frame = np.empty((height, width, 3), np.uint8)
            for channel in range(3):
                frame[:, :, channel] = planes[channel]
            if self.caption is not None:
                self.caption.burn_in(frame, seconds=seconds)
            yield frame

    def _moving(self, seconds: float) -> list[Item]:
        """All people, cars and wreckage at a time."""
        camera, light = self.camera, self.light
        night = light.level < NIGHT
        figures = (person.figure(seconds, camera=camera, light=light) for person in self.people)
        states = ((run.look, run.state(seconds)) for run in self.cars)
        items: list[Item] = [figure for figure in figures if figure is not None]
        items += [
            Car(look, state, camera=camera, light=light, lamps_on=night)
            for look, state in states
            if state is not None and camera.may_see(state.at, margin=5.0)
        ]
        for happened in self.crashes:
            if seconds >= happened.plan.hit:
                items.append(Splinters(happened, seconds, camera=camera, light=light))
                items.append(Smoke(happened, seconds, camera=camera, light=light))
        return items


def _vignette(size: tuple[int, int]) -> NDArray[np.float32]:
    y = np.linspace(-1.0, 1.0, size[0])[:, None]
    x = np.linspace(-1.0, 1.0, size[1])[None, :]
    return np.asarray(1.0 - 0.16 * (x * x + y * y) ** 1.3 / 2.0, np.float32)
