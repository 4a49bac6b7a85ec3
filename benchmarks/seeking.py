"""How long the player's reader takes to a random exact frame, to a keyframe near it, and to step.

Builds busy 1080p recordings (see `benchmarks.recordings`) with a keyframe every 50 and every 250
frames, the latter also with B-frames. Run as `python -m benchmarks.seeking [--times N] [--json
FILE]`. “CPU” is the median of the processor's time: what the wall time would be on one idle core.
"""

import argparse
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np

from benchmarks.recordings import CACHE, DATA, Recipe, build
from benchmarks.tables import table
from crimeview.video.frames import FrameReader

_STEPS = 30
_SECONDS = 60.0
_ENCODER = {"preset": "fast", "g": "250", "bf": "3", "sc_threshold": "0", "b": "4M"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waited:
    """Milliseconds that one kind of request took."""

    recording: str
    request: str
    median: float
    p95: float
    cpu: float


class _Watch:
    """Measures requests of one kind."""

    def __init__(self) -> None:
        self._walls: list[float] = []
        self._cpus: list[float] = []

    def measure(self, request: Callable[[], object]) -> None:
        wall, cpu = time.perf_counter(), time.process_time()
        request()
        self._walls.append(1000 * (time.perf_counter() - wall))
        self._cpus.append(1000 * (time.process_time() - cpu))

    def waited(self, recording: str, request: str) -> Waited:
        return Waited(
            recording=recording,
            request=request,
            median=float(np.median(self._walls)),
            p95=float(np.percentile(self._walls, 95)),
            cpu=float(np.median(self._cpus)),
        )


def measure(name: str, path: Path, *, times: int) -> list[Waited]:
    """Random requests of every kind, always the same ones."""
    chance = np.random.default_rng(0)
    exact, near, on, back, over = (_Watch() for _ in range(5))
    with FrameReader(path) as reader:
        reader.at(0.0)
        for _ in range(times):
            seconds = chance.uniform(0.0, reader.recording.duration)
            near.measure(partial(reader.near, seconds))
            exact.measure(partial(reader.at, seconds))
        reader.at(reader.recording.duration / 2)
        for _ in range(_STEPS):
            on.measure(reader.after)
        for _ in range(_STEPS):
            back.measure(reader.before)
        reader.at(reader.recording.duration * 0.7)
        for _ in range(2 * _STEPS):
            over.measure(reader.before)
    return [
        exact.waited(name, "exact frame"),
        near.waited(name, "keyframe near it"),
        on.waited(name, "step forward"),
        back.waited(name, "step back, kept"),
        over.waited(name, "step back after a seek"),
    ]


def with_b_frames(source: Path) -> Path:
    """The recording encoded anew with a keyframe every 250 frames and three B-frames."""
    target = source.with_name(f"{source.stem}-gop250-b3.mp4")
    if target.is_file():
        return target
    part = target.with_suffix(".part.mp4")
    with av.open(str(source)) as container, av.open(str(part), "w") as output:
        stream = output.add_stream("libx264", rate=25, options=_ENCODER)
        shown = container.decode(video=0)
        for number, frame in enumerate(shown):
            if number == 0:
                stream.width, stream.height = frame.width, frame.height
            frame.pts, frame.time_base = number, Fraction(1, 25)
            frame.pict_type = 0
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))
    return part.replace(target)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=40, help="random times asked for")
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--data", type=Path, default=DATA)
    parser.add_argument("--json", type=Path)
    options = parser.parse_args()

    def made(gop: int) -> Path:
        recipe = Recipe(scene="busy", gop=gop, kbps=4000, loop=_SECONDS)
        return build(recipe, cache=options.cache, data=options.data)

    paths = {"GOP 50": made(50), "GOP 250": made(250)}
    paths["GOP 250, B-frames"] = with_b_frames(paths["GOP 50"])
    found = [w for name, path in paths.items() for w in measure(name, path, times=options.times)]
    rows = [
        (w.recording, w.request, f"{w.median:.1f}", f"{w.p95:.1f}", f"{w.cpu:.1f}") for w in found
    ]
    print(table(("1080p25", "ms to", "median", "p95", "CPU"), rows))
    if options.json is not None:
        options.json.write_text(json.dumps([asdict(w) for w in found], indent=1))


if __name__ == "__main__":
    main()
