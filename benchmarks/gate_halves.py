"""The recordings that the gate is judged by, in halves that share no background and no cutout.

Thresholds are chosen on the design half; the confirmation half is only ever measured.
"""

import csv
import hashlib
import pickle
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal

import av
import numpy as np
from numpy.typing import NDArray

from benchmarks import gate_cutouts, gate_recordings
from benchmarks.gate_cutouts import Cutout
from benchmarks.gate_recordings import Event, Light, Wanted, Weather
from crimeview.core.look import CELLS
from crimeview.video.picture import DisplayScaler

Half = Literal["design", "confirmation"]
Codec = Literal["libx264", "libx265"]
_THINGS: dict[Half, tuple[str, ...]] = {
    "design": (
        "avenue/train/12.avi",
        "avenue/test/17.avi",
        "recordings/traffic_camera.mp4",
        "recordings/pedestrians_msmpeg4.avi",
        "ucsd_ped2/train/01.mp4",
        "ucsd_ped2/train/07.mp4",
    ),
    "confirmation": (
        "avenue/train/16.avi",
        "avenue/test/19.avi",
        "recordings/highway_tunnel.mp4",
        "recordings/highway_milanoest.mp4",
        "recordings/one-by-one-person-detection.mp4",
        "ucsd_ped2/test/04.mp4",
        "ucsd_ped2/test/12.mp4",
    ),
}
_PLACES: dict[Half, tuple[str, ...]] = {
    "design": ("avenue/train/12.avi", "recordings/traffic_camera.mp4",
               "recordings/highway_tunnel.mp4", "recordings/car-detection.mp4"),
    "confirmation": ("ucsd_ped2/train/01.mp4", "recordings/highway_milanoest.mp4",
                     "recordings/one-by-one-person-detection.mp4",
                     "recordings/pedestrians_msmpeg4.avi"),
}  # fmt: skip
# codec, rate control, pictures a GOP, B-frames, preset
_ENCODERS: dict[Half, tuple[tuple[Codec, str, int, int, str], ...]] = {
    "design": (
        ("libx264", "crf:23", 12, 0, "superfast"),
        ("libx264", "cbr:1000000", 12, 0, "superfast"),
        ("libx264", "vbr:1000000", 25, 0, "superfast"),
        ("libx264", "vbr:1000000", 12, 0, "superfast"),
        ("libx264", "crf:23", 25, 0, "superfast"),
        ("libx265", "crf:28", 12, 0, "ultrafast"),
        ("libx264", "cbr:1000000", 25, 0, "superfast"),
    ),
    "confirmation": (
        ("libx264", "vbr:750000", 12, 2, "superfast"),
        ("libx264", "crf:26", 12, 0, "veryfast"),
        ("libx264", "cbr:1400000", 25, 0, "superfast"),
        ("libx264", "cbr:700000", 12, 0, "superfast"),
        ("libx264", "crf:21", 25, 0, "ultrafast"),
        ("libx265", "vbr:600000", 12, 0, "ultrafast"),
        ("libx264", "vbr:1400000", 25, 2, "superfast"),
    ),
}
SMALL = {576: (576, 704), 480: (480, 640), 360: (360, 640), 240: (240, 320)}  # height, width
_BITS_BY_PIXELS = 0.75  # the usual rule: small pictures have more in each pixel
_LIGHTS: tuple[Light, ...] = ("day", "night", "day", "dusk", "night")
_WEATHERS: tuple[Weather, ...] = ("calm", "calm", "clouds", "calm", "trees", "calm", "step", "rain")


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A recording made, encoded and decoded again.

    `times` (n,) s of all pictures; `gray` (n, 64, 64) and `large` (n, 112, 112) uint8 luma of them;
    of the k GOPs `key_times`, `key_ends` (s), `key_sizes` (bytes of the keyframe), `key_bytes` (of
    all packets) and `luma` (k, 90, 160) uint8.
    """

    wanted: Wanted
    events: list[Event]
    times: NDArray[np.float64]
    gray: NDArray[np.uint8]
    large: NDArray[np.uint8]
    key_times: NDArray[np.float64]
    key_ends: NDArray[np.float64]
    key_sizes: NDArray[np.int64]
    key_bytes: NDArray[np.int64]
    packets: NDArray[np.int64]
    luma: NDArray[np.uint8]


def wanted(half: Half, *, count: int, draw: int, small: int | None = None) -> list[Wanted]:
    """The recordings of a half; another `draw` gives others.

    They are of 1080 or 720 lines, or all `small`: then a rate in bits is less, as there are fewer
    pixels, and so it is for what moves.
    """
    recordings = []
    encoders = _ENCODERS[half]
    for number in range(count):
        codec, control, gop, b_frames, preset = encoders[number % len(encoders)]
        large = codec == "libx264" and number % 3 == 0
        height, width = (1080, 1920) if large else (720, 1280)
        size = ""
        if small is not None:
            control = _fewer_bits(control, (height, width), SMALL[small])
            height, width = SMALL[small]
            size = f"-{height}"
        recordings.append(
            Wanted(
                name=f"{half}-{draw}-{number:02d}{size}",
                height=height,
                width=width,
                light=_LIGHTS[number % len(_LIGHTS)],
                weather=_WEATHERS[(number + draw) % len(_WEATHERS)],
                codec=codec,
                rate_control=control,
                gop=gop,
                b_frames=b_frames,
                preset=preset,
                noise_size=0.7 if half == "design" else 0.9,
                rate=Fraction(25, 2),
                seed=1000 * draw + number + (500 if half == "confirmation" else 0),
            )
        )
    return recordings


def _fewer_bits(control: str, size: tuple[int, int], small: tuple[int, int]) -> str:
    kind, value = control.split(":")
    if kind == "crf":
        return control
    share = (small[0] * small[1] / (size[0] * size[1])) ** _BITS_BY_PIXELS
    return f"{kind}:{round(int(value) * share)}"


def measured(one: Wanted, half: Half, *, data: Path, work: Path) -> Measured:
    """Make, encode and decode a recording, or read what an earlier call has kept."""
    kept = work / f"{one.name}.pickle"
    if kept.is_file():
        return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S301
    random = np.random.default_rng(one.seed)
    places = _places(half, data)
    place = places[random.integers(len(places))]
    background = gate_cutouts.still_background(gate_cutouts.pictures(place, most=150))
    things = [thing for name in _THINGS[half] for thing in _cut(data / name, work)]
    path = work / f"{one.name}.mp4"
    events = gate_recordings.make(path, one, background.astype(np.float32), things)
    result = _decoded(path, one, events)
    path.unlink()
    _keep(kept, result)
    return result


def _keep(path: Path, value: object) -> None:
    part = path.with_suffix(".part")
    part.write_bytes(pickle.dumps(value, protocol=5))
    part.replace(path)


def _cut(path: Path, work: Path) -> list[Cutout]:
    kept = work / f"cutouts-{path.parent.parent.name}-{path.parent.name}-{path.stem}.pickle"
    if not kept.is_file():
        _keep(kept, gate_cutouts.cutouts(path))
    return pickle.loads(kept.read_bytes())  # type: ignore[no-any-return]  # noqa: S301


def cut_all(half: Half, *, data: Path, work: Path) -> None:
    """Cut what a half needs, so that several processes find it done."""
    for name in _THINGS[half]:
        _cut(data / name, work)


def _places(half: Half, data: Path) -> list[Path]:
    """Recordings of ordinary scenes; a scene is in one half only."""
    places = [data / name for name in _PLACES[half]]
    for folder, column in (("surveillance_fights", "source"), ("car_crashes", "scene")):
        seen = set()
        with (data / folder / "labels.csv").open(newline="", encoding="utf-8") as file:
            for row in csv.DictReader(file):
                scene = row[column]
                digest = hashlib.sha256(scene.encode()).digest()[0]
                ours = (digest % 2 == 0) == (half == "design")
                if row["label"] == "normal" and ours and scene not in seen:
                    seen.add(scene)
                    places.append(data / folder / row["path"])
    return places


def _decoded(path: Path, one: Wanted, events: list[Event]) -> Measured:
    with av.open(str(path)) as container:
        packets = [p for p in container.demux(video=0) if p.pts is not None]
        base = packets[0].time_base
        starts = [i for i, p in enumerate(packets) if p.is_keyframe]
        sizes = np.array([p.size for p in packets], np.int64)
        key_times = np.array([float((packets[i].pts or 0) * base) for i in starts])
        keyframes = np.array([p.is_keyframe for p in packets])
    scalers = [
        DisplayScaler(height=h, width=w, to="gray") for h, w in (CELLS, (64, 64), (112, 112))
    ]
    times, pictures, luma = [], [], []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.options = {"skip_loop_filter": "all"}
        for frame in container.decode(stream):
            times.append(frame.time or 0.0)
            pictures.append(tuple(scaler.scale(frame) for scaler in scalers[1:]))
            if frame.key_frame:
                luma.append(scalers[0].scale(frame))
    end = times[-1] + float(1 / one.rate)
    return Measured(
        wanted=one,
        events=events,
        times=np.array(times),
        gray=np.stack([small for small, _ in pictures]),
        large=np.stack([large for _, large in pictures]),
        key_times=key_times,
        key_ends=np.append(key_times[1:], end),
        key_sizes=sizes[starts],
        key_bytes=np.add.reduceat(sizes, starts),
        packets=np.where(keyframes, -sizes, sizes),
        luma=np.stack(luma),
    )
