"""Quiet recordings with known events: real still backgrounds, real moving things pasted in.

What a camera adds (noise, a running clock, changes of light, trees, rain) comes before encoding.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from scipy import ndimage

from benchmarks.gate_cutouts import Cutout

Plane = NDArray[np.float32]
Light = Literal["day", "dusk", "night"]
Weather = Literal["calm", "clouds", "step", "trees", "rain"]
_GAIN: dict[Light, float] = {"day": 1.0, "dusk": 0.6, "night": 0.35}
_NOISE: dict[Light, float] = {"day": 2.0, "dusk": 3.0, "night": 5.0}  # levels at middle gray
_LEAST_CONTRAST: dict[Light, float] = {"day": 10.0, "dusk": 8.0, "night": 6.0}  # levels
_SLACK = 64  # pixels by which fields of noise are larger than the picture
_MOVING = 0.13  # share of the time


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A recording to make. `rate_control` is crf:N, vbr:bits or cbr:bits (a second)."""

    name: str
    height: int
    width: int
    light: Light
    weather: Weather
    codec: Literal["libx264", "libx265"]
    rate_control: str
    gop: int
    seed: int
    b_frames: int = 0
    preset: str = "superfast"
    noise_size: float = 0.7  # pixels (sigma) over which noise is alike
    rate: Fraction = Fraction(25, 2)
    seconds: float = 140.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something moves from `start` to `end` (s).

    It is `height` pixels tall and differs by `contrast` (levels) from what is behind it.
    """

    start: float
    end: float
    height: float
    contrast: float


def make(path: Path, wanted: Wanted, background: Plane, things: Sequence[Cutout]) -> list[Event]:
    """Write the recording; `background` is luma of any size."""
    random = np.random.default_rng(wanted.seed)
    scene = _Scene(wanted, background, random)
    acts = _acts(wanted, scene.ground, things, random)
    count = round(wanted.seconds * wanted.rate)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(wanted.codec, rate=wanted.rate, options=_options(wanted))
        stream.width, stream.height, stream.pix_fmt = wanted.width, wanted.height, "yuv420p"
        stream.thread_count = 1
        stream.gop_size = wanted.gop
        if not wanted.rate_control.startswith("crf"):
            stream.bit_rate = int(wanted.rate_control.split(":")[1])
        planes = np.full((wanted.height * 3 // 2, wanted.width), 128, np.uint8)
        for number in range(count):
            time = float(number / wanted.rate)
            luma = scene.picture(time)
            for act in acts:
                act.paste(luma, time)
            planes[: wanted.height] = scene.sensor(luma, time)
            frame = av.VideoFrame.from_ndarray(planes, "yuv420p")
            frame.pts = number
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return [act.event for act in acts]


def _options(wanted: Wanted) -> dict[str, str]:
    kind, value = wanted.rate_control.split(":")
    gop, kilobits = wanted.gop, int(value) // 1000
    common = f"keyint={gop}:min-keyint={gop}:scenecut=0:open-gop=0:bframes={wanted.b_frames}"
    if kind == "cbr":
        common += f":vbv-maxrate={kilobits}:vbv-bufsize={kilobits}"
    if wanted.codec == "libx265":
        quality = f":crf={value}" if kind == "crf" else ""
        parameters = f"{common}{quality}:pools=1:log-level=none"
        return {"preset": wanted.preset, "x265-params": parameters}
    x264 = f"{common}:nal-hrd=cbr" if kind == "cbr" else common
    options = {"preset": wanted.preset, "x264-params": x264}
    return options | ({"crf": value} if kind == "crf" else {})


class _Scene:
    """The place without events, and what the camera does to it."""

    def __init__(self, wanted: Wanted, background: Plane, random: np.random.Generator) -> None:
        height, width = wanted.height, wanted.width
        enlarged = Image.fromarray(background).resize((width, height), Image.Resampling.BICUBIC)
        ground = np.asarray(enlarged, np.float32)
        # Enlarged footage is smoother than what a camera of this size sees.
        texture = ndimage.gaussian_filter(random.normal(size=ground.shape), 0.8) * 6.0
        contrast = ndimage.gaussian_filter(np.abs(ndimage.laplace(ground)), 6.0)
        ground = ground + texture * np.clip(contrast, 0.3, 2.0)
        self._level = _GAIN[wanted.light]
        self.ground = np.clip(ground * self._level, 4, 245).astype(np.float32)
        self._wanted = wanted
        size = (height + _SLACK, width + _SLACK)
        fields = [
            ndimage.gaussian_filter(random.normal(size=size).astype(np.float32), wanted.noise_size)
            for _ in range(5)
        ]
        self._fields = [field / field.std() for field in fields]
        middle = np.sqrt(np.maximum(self.ground, 8) / (110 * self._level))
        self._sigma = (_NOISE[wanted.light] * middle).astype(np.float32)
        self._random = random
        self._phase = random.uniform(0, 6.28)
        self._crown = _crown(height, width, random) if wanted.weather == "trees" else None
        self._drops = _drops(size, random) if wanted.weather == "rain" else []
        font = ImageFont.load_default(size=height // 32)
        self._font = font
        self._clock_at = (width // 40, height // 40) if wanted.seed % 2 else (
            int(width * 0.7), height - height // 16)  # fmt: skip

    def picture(self, time: float) -> Plane:
        """The still place at a time, without noise."""
        luma: Plane = self.ground.copy()
        if self._crown is not None:
            self._sway(luma, time)
        return luma

    def sensor(self, luma: Plane, time: float) -> NDArray[np.uint8]:
        """What the camera makes of it: gain, rain, noise, the clock."""
        luma *= self._gain(time)
        if self._drops:
            luma += self._shifted(self._drops) * 25.0
        luma += self._shifted(self._fields) * self._sigma
        np.clip(luma, 0, 255, out=luma)
        picture = luma.astype(np.uint8)
        self._write_clock(picture, time)
        return picture

    def _shifted(self, fields: list[Plane]) -> Plane:
        field = fields[self._random.integers(len(fields))]
        y, x = self._random.integers(_SLACK, size=2)
        field = field[y : y + self._wanted.height, x : x + self._wanted.width]
        return np.flip(field, 1) if self._random.random() < 0.5 else field

    def _gain(self, time: float) -> float:
        gain = 1 + 0.03 * np.sin(time / 40 + self._phase)
        if self._wanted.weather == "clouds":
            gain += 0.12 * np.sin(time / 11 + self._phase) * np.sin(time / 27)
        if self._wanted.weather == "step" and time > self._wanted.seconds * 0.55:
            gain *= 1.15
        return float(gain)

    def _sway(self, luma: Plane, time: float) -> None:
        assert self._crown is not None
        rows, columns, weight = self._crown
        gust = 0.4 + 0.6 * np.sin(time / 7 + self._phase) ** 2
        y, x = np.mgrid[rows, columns]
        wave = 5.0 * gust * weight
        dx = wave * np.sin(time * 4.1 + y / 23 + x / 60)
        dy = 0.6 * wave * np.sin(time * 5.3 + x / 31)
        ys = np.clip(y + dy, 0, luma.shape[0] - 1).astype(int)
        xs = np.clip(x + dx, 0, luma.shape[1] - 1).astype(int)
        luma[rows, columns] = self.ground[ys, xs]

    def _write_clock(self, picture: NDArray[np.uint8], time: float) -> None:
        seconds = int(time)
        text = f"2026-03-05 {seconds // 3600 + 11:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}"
        x, y = self._clock_at
        height, width = self._wanted.height // 24, self._wanted.width // 4
        patch = Image.fromarray(picture[y : y + height, x : x + width])
        draw = ImageDraw.Draw(patch)
        draw.text((2, 0), text, fill=235, font=self._font, stroke_width=1, stroke_fill=16)
        picture[y : y + height, x : x + width] = np.asarray(patch)


def _crown(
    height: int, width: int, random: np.random.Generator
) -> tuple[slice, slice, NDArray[np.float64]]:
    """A tree: where it is, and how freely each pixel moves (0 to 1)."""
    h, w = int(height * 0.35), int(width * 0.3)
    top = int(random.integers(height // 8, height - h))
    left = int(random.integers(0, width - w))
    y, x = np.mgrid[-1 : 1 : h * 1j, -1 : 1 : w * 1j]
    return slice(top, top + h), slice(left, left + w), np.clip(1.2 - np.hypot(x, y), 0, 1)


def _drops(size: tuple[int, int], random: np.random.Generator) -> list[Plane]:
    """Fields of rain: short bright streaks."""
    fields = []
    for _ in range(8):
        field = np.zeros(size, np.float32)
        count = size[0] * size[1] // 9000
        ys, xs = random.integers(size[0] - 30, size=count), random.integers(size[1], size=count)
        for y, x, length in zip(ys, xs, random.integers(8, 30, size=count), strict=True):
            field[y : y + length, x] = random.uniform(0.3, 1.0)
        fields.append(ndimage.gaussian_filter(field, (0.6, 0.6)))
    return fields


def _options_of_length(random: np.random.Generator) -> float:
    return float(np.exp(random.uniform(np.log(0.5), np.log(20.0))))


def _acts(
    wanted: Wanted, ground: Plane, things: Sequence[Cutout], random: np.random.Generator
) -> list["_Act"]:
    """Events that fill about `_MOVING` of the time and do not touch."""
    acts: list[_Act] = []
    left = _MOVING * wanted.seconds
    for _ in range(400):
        if left < 0.5:
            break
        length = min(_options_of_length(random), left)
        start = float(random.uniform(3, wanted.seconds - length - 1))
        if any(start < a.event.end + 4 and start + length > a.event.start - 4 for a in acts):
            continue
        act = _Act(wanted, ground, things[int(random.integers(len(things)))], start, length, random)
        if act.event.contrast >= _LEAST_CONTRAST[wanted.light]:
            acts.append(act)
            left -= length
    return acts


class _Act:
    """A cutout on its way through the picture, wandering on from side to side."""

    def __init__(
        self,
        wanted: Wanted,
        ground: Plane,
        thing: Cutout,
        start: float,
        length: float,
        random: np.random.Generator,
    ) -> None:
        height = float(np.exp(random.uniform(np.log(20), np.log(150))))
        height *= min(1.0, wanted.height / 720)  # as large a part of a small picture
        self._thing, self._wanted, self._start = thing, wanted, start
        self._scale = height / thing.height
        self._mirror = bool(random.random() < 0.5)
        self._level = _GAIN[wanted.light]
        low = wanted.height * 0.2 + height
        self._foot = (
            float(random.uniform(0.1, 0.9) * wanted.width),
            float(random.uniform(low, wanted.height * 0.95)),
        )
        frames = (start + np.linspace(0, length, 5)[1:-1]).tolist()
        contrast = float(np.mean([self._contrast(ground, time) for time in frames]))
        self.event = Event(start=start, end=start + length, height=height, contrast=contrast)

    def paste(self, luma: Plane, time: float) -> None:
        """Paste it into a picture in place."""
        if not self.event.start <= time < self.event.end:
            return
        patch, alpha, rows, columns = self._placed(luma, time)
        behind = luma[rows, columns]
        behind += alpha * (patch - behind)

    def _contrast(self, ground: Plane, time: float) -> float:
        patch, alpha, rows, columns = self._placed(ground, time)
        different = np.abs(patch - ground[rows, columns]) * alpha
        return float(different.sum() / max(1.0, float(alpha.sum())))

    def _placed(self, luma: Plane, time: float) -> tuple[Plane, Plane, slice, slice]:
        thing, number = self._thing, round((time - self._start) * 12.5)
        rounds, at = divmod(number, len(thing.patches))
        way = thing.feet[at] - thing.feet[0] + rounds * (thing.feet[-1] - thing.feet[0])
        way = way * self._scale * ((-1 if self._mirror else 1), 1)
        height, width = luma.shape
        x, turned = _reflected(self._foot[0] + way[0], 0.04 * width, 0.96 * width)
        y, _ = _reflected(self._foot[1] + way[1], 0.2 * height, 0.97 * height)
        patch = self._sized(thing.patches[at], turned) * self._level
        alpha = self._sized(thing.alphas[at], turned)
        top = int(np.clip(round(y) - patch.shape[0], 0, height - patch.shape[0]))
        left = int(np.clip(round(x) - patch.shape[1] // 2, 0, width - patch.shape[1]))
        rows, columns = slice(top, top + patch.shape[0]), slice(left, left + patch.shape[1])
        return patch, alpha, rows, columns

    def _sized(self, patch: Plane, turned: bool) -> Plane:  # noqa: FBT001
        height, width = (max(3, round(side * self._scale)) for side in patch.shape)
        image = Image.fromarray(patch).resize((width, height), Image.Resampling.BILINEAR)
        array = np.asarray(image, np.float32)
        return array[:, ::-1] if turned != self._mirror else array


def _reflected(value: float, low: float, high: float) -> tuple[float, bool]:
    """`value` folded into low to high as between mirrors, and whether it is on a way back."""
    turns, rest = divmod(value - low, high - low)
    back = int(turns) % 2 == 1
    return (high - rest if back else low + rest), back
