"""What the benchmarks' recordings show: pictures made from real footage, or else rendered.

A scene is a generator of pictures, uint8 (3 * height / 2, width): the luma plane with the two
chroma planes, of half its height and width, below it, as swscale's yuv420p.
"""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count, islice
from math import floor, pi, sin
from pathlib import Path
from typing import Literal, cast

import av
import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter
from numpy.typing import NDArray

from crimeview.rendering.demonstration import demonstration
from crimeview.rendering.lettering import Caption

SceneKind = Literal["busy", "day", "night", "mixed"]
Picture = NDArray[np.uint8]
Spans = tuple[tuple[float, float], ...]

# Real recordings from a fixed camera, relative to the folder of data.
STREET, CROWD = Path("recordings/traffic_camera.mp4"), Path("avenue/train/12.avi")
TUNNEL, ARCADE = Path("recordings/highway_tunnel.mp4"), Path("avenue/test/17.avi")

_BLOCK = 8  # pixels; what has changed against the background is taken over in blocks
_CHANGED = 18  # levels of luma that a moving thing differs from the background
_LOOKS = 15  # pictures that a background is the median of
_BANK = 4  # different pictures of noise


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """A still scene: `share` of the time something moves, in events of `event` seconds.

    `level` darkens the picture, `noise` is the sensor's standard deviation (levels of 255).
    """

    footage: Path
    share: float
    event: float
    level: float
    noise: float


QUIET: dict[SceneKind, Quiet] = {
    "day": Quiet(footage=STREET, share=0.1, event=6.0, level=1.0, noise=1.5),
    "night": Quiet(footage=CROWD, share=0.1, event=6.0, level=0.35, noise=4.0),
    "mixed": Quiet(footage=STREET, share=0.5, event=20.0, level=1.0, noise=1.5),
}
BUSY = (STREET, CROWD, TUNNEL, ARCADE)  # a quarter of the picture each


def moving_spans(kind: SceneKind, *, seconds: float) -> Spans:
    """The spans (s) of a scene of that length in which something moves."""
    if kind == "busy":
        return ((0.0, seconds),)
    quiet = QUIET[kind]
    events = max(1, round(quiet.share * seconds / quiet.event))
    length = quiet.share * seconds / events
    middles = ((number + 0.5) * seconds / events for number in range(events))
    return tuple((middle - length / 2, middle + length / 2) for middle in middles)


def scene(
    kind: SceneKind, *, height: int, width: int, rate: float, seconds: float, data: Path
) -> Generator[Picture]:
    """The pictures of a scene; the same for the same arguments, where `data` holds the same.

    `height` must be a multiple of 8 and `width` of 16.
    """
    if kind == "busy":
        pictures = _mosaic([_cycle(data / name, height // 2, width // 2) for name in BUSY])
    else:
        pictures = _still(
            QUIET[kind], moving_spans(kind, seconds=seconds), (height, width), rate, data
        )
    began = datetime(2026, 11, 20, 22, 15, tzinfo=UTC)
    clock = Caption(camera="CAM 1", began=began, scale=max(1, height // 270))
    with closing(pictures):
        for number, picture in enumerate(islice(pictures, round(seconds * rate))):
            clock.burn_in(picture[:height, :, None], seconds=number / rate)
            yield picture


def _mosaic(parts: list[Iterator[Picture]]) -> Generator[Picture]:
    for four in zip(*parts, strict=True):
        top, bottom = (
            [np.concatenate(pair, axis=1) for pair in zip(_planes(a), _planes(b), strict=True)]
            for a, b in (four[:2], four[2:])
        )
        yield np.concatenate(
            [
                np.concatenate(halves).reshape(-1, top[0].shape[1])
                for halves in zip(top, bottom, strict=True)
            ]
        )


def _still(
    quiet: Quiet, spans: Spans, size: tuple[int, int], rate: float, data: Path
) -> Generator[Picture]:
    height, width = size
    background = _background(data / quiet.footage, height, width)
    noise = _Noise(height, width, quiet.noise)
    footage = _cycle(data / quiet.footage, height, width)
    for number in count():
        seconds = number / rate
        picture = _darkened(background, quiet.level)
        if any(start <= seconds < end for start, end in spans):
            real = next(footage)
            changed = _changed(real[:height], background[:height])
            real = _darkened(real, quiet.level)
            for plane, other in zip(_planes(picture), _planes(real), strict=True):
                rows, columns = plane.shape
                mask = changed.repeat(rows // len(changed), 0).repeat(
                    columns // changed.shape[1], 1
                )
                np.copyto(plane, other, where=mask)
        noise.add(picture[:height], light=1.5 * sin(2 * pi * seconds / 60))  # clouds
        yield picture


def _planes(picture: Picture) -> tuple[Picture, Picture, Picture]:
    """Views of the luma and the two chroma planes."""
    height, width = picture.shape[0] * 2 // 3, picture.shape[1]
    blue, red = picture[height:].reshape(2, height // 2, width // 2)
    return picture[:height], blue, red


def _changed(luma: Picture, background: Picture) -> NDArray[np.bool_]:
    """Which blocks of the picture show something that is not the background."""
    rows, columns = luma.shape[0] // _BLOCK, luma.shape[1] // _BLOCK
    difference = np.maximum(luma, background) - np.minimum(luma, background)
    most = difference.reshape(rows, _BLOCK, columns, _BLOCK).max(axis=3).max(axis=1)
    found: NDArray[np.bool_] = np.pad(most > _CHANGED, 1)
    tall = found[:-2] | found[1:-1] | found[2:]
    return tall[:, :-2] | tall[:, 1:-1] | tall[:, 2:]


def _darkened(picture: Picture, level: float) -> Picture:
    """The picture with less light: luma and colors fade together."""
    values = np.arange(256)
    luma = np.clip((values - 16) * level + 16, 30, 220).astype(np.uint8)
    color = np.clip((values - 128) * level + 128, 16, 240).astype(np.uint8)
    height = picture.shape[0] * 2 // 3
    return np.concatenate([luma[picture[:height]], color[picture[height:]]])


class _Noise:
    """Pictures of sensor noise at random offsets; what they are added to is 30 to 220."""

    def __init__(self, height: int, width: int, strength: float) -> None:
        self._random = np.random.default_rng(0)
        size = (_BANK, height + 64, width + 64)
        drawn = self._random.standard_normal(size, np.float32) * strength
        # Negative ones wrap around, and so does their sum with a level.
        self._bank = drawn.round().clip(-28, 28).astype(np.int8).view(np.uint8)
        self._rounding = self._random.integers(0, 256, (height, width), np.uint8)

    def add(self, luma: Picture, *, light: float) -> None:
        """Add noise, and `light` levels (-2 to 2) to the whole picture.

        Parts of a level are added to that part of the pixels: a step of a whole one everywhere is
        what no camera shows.
        """
        number, top, left = self._random.integers((_BANK, 64, 64))
        height, width = luma.shape
        luma += self._bank[number, top : top + height, left : left + width]
        whole = floor(light)
        luma += np.uint8(whole % 256) + (self._rounding < round(256 * (light - whole)))


def _background(path: Path, height: int, width: int) -> Picture:
    """What is there most of the time."""
    frames: Iterator[VideoFrame]
    if path.is_file():
        step = max(1, _length(path) // _LOOKS)
        frames = islice(_decoded(path), 0, step * _LOOKS, step)
    else:
        frames = _rendered(path, rate=1.0, pictures=_LOOKS)
    reformatter = VideoReformatter()
    looks = np.stack([_sized(frame, reformatter, height, width) for frame in frames])
    middle = len(looks) // 2
    background: Picture = np.partition(looks, middle, axis=0)[middle].copy()
    return background


def _length(path: Path) -> int:
    with av.open(str(path)) as container:
        return sum(1 for packet in container.demux(video=0) if packet.size)


def _cycle(path: Path, height: int, width: int) -> Generator[Picture]:
    """The footage's pictures at that size, again and again; rendered ones where it is absent."""
    reformatter = VideoReformatter()
    while True:
        for frame in _decoded(path) if path.is_file() else _rendered(path):
            yield _sized(frame, reformatter, height, width)


def _sized(frame: VideoFrame, reformatter: VideoReformatter, height: int, width: int) -> Picture:
    sized = reformatter.reformat(
        frame, width=width, height=height, format="yuv420p", interpolation=Interpolation.BICUBIC
    )
    return cast("Picture", sized.to_ndarray())


def _decoded(path: Path) -> Generator[VideoFrame]:
    with av.open(str(path)) as container:
        container.streams.video[0].thread_type = "AUTO"
        yield from container.decode(video=0)


def _rendered(path: Path, *, rate: float = 25.0, pictures: int = 500) -> Generator[VideoFrame]:
    """A piece of the demonstration that differs from one name to another."""
    seed = sum(str(path.name).encode())
    for picture in islice(demonstration(seed, rate=rate).frames(), pictures):
        yield VideoFrame.from_ndarray(picture, format="rgb24")
