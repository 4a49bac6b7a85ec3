"""How fast keyframes are found and decoded, beside decoding by other means, in turn.

Builds quiet recordings (see `benchmarks.recordings`), and of the first also Matroska and transport
stream files, to index. Run as `python -m benchmarks.keyframes [--rounds N] [--json FILE]`.

“By CPU time” is what the wall time would allow if nothing else ran: seconds of video over CPU
seconds, times the processor's cores for what runs in parallel.
"""

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import av

from benchmarks.recordings import CACHE, DATA, SIZES, Recipe, build
from benchmarks.tables import table
from crimeview.core.look import CELLS
from crimeview.video.container import open_container, packets, pictures_of, video_stream
from crimeview.video.gops import gops_of
from crimeview.video.index import packet_index
from crimeview.video.keyframe_pictures import keyframe_pictures
from crimeview.video.luma import LumaScaler
from crimeview.video.probe import Probe, probe

if TYPE_CHECKING:
    from av.video.stream import VideoStream

CORES = os.cpu_count() or 1
RECIPES = (
    Recipe(scene="day", gop=50),
    Recipe(scene="day", gop=25),
    Recipe(scene="night", gop=50),
    Recipe(scene="day", gop=50, codec="hevc"),
    Recipe(scene="day", gop=50, kbps=1000, size=SIZES["576"]),
)
_INDEXED = ("mp4", "mkv", "ts")
_SEQUENTIAL = 40.0  # s of video that are enough for decoding everything


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One run: seconds of video gone through, keyframes or pictures decoded, what it took."""

    recording: str
    way: str
    video: float
    decoded: int
    wall: float
    cpu: float
    cores: int  # that it can use


def by_position(probed: Probe, *, workers: int) -> tuple[float, int]:
    """As the program does it, the index included."""
    height, width = CELLS
    index = packet_index(probed.recording.path, probed.clock)
    found = gops_of(index, probed.clock)
    pictures = keyframe_pictures(probed, found, height=height, width=width, workers=workers)
    return float(found.ends[-1]), sum(1 for _ in pictures)


def by_demuxing(probed: Probe) -> tuple[float, int]:
    """The whole file is read, and the decoder told to skip all but keyframes."""
    with _stream(probed, skip_frame="nokey", skip_loop_filter="all") as (stream, shown):
        stream.codec_context.thread_count = 1
        return _scaled(probed, shown)


def all_pictures(probed: Probe) -> tuple[float, int]:
    """Everything is decoded, by as many threads as there are cores, and scaled as small."""
    with _stream(probed, skip_loop_filter="all") as (stream, shown):
        stream.thread_type = "FRAME"
        stream.codec_context.thread_count = CORES
        return _scaled(probed, shown, until=_SEQUENTIAL)


@contextmanager
def _stream(
    probed: Probe, **options: str
) -> "Iterator[tuple[VideoStream, Iterator[av.VideoFrame]]]":
    with open_container(probed.recording.path) as container:
        stream = video_stream(container, probed.recording.path)
        stream.codec_context.options = options
        yield (
            stream,
            (p for packet in packets(container, stream) for p in pictures_of(packet) or ()),
        )


def _scaled(
    probed: Probe, shown: Iterator[av.VideoFrame], *, until: float | None = None
) -> tuple[float, int]:
    height, width = CELLS
    scaler, count, now = LumaScaler(height=height, width=width), 0, 0.0
    for picture in shown:
        scaler.scale(picture)
        count += 1
        now = probed.clock.seconds(picture.pts or 0)
        if until is not None and now >= until:
            return now, count
    return probed.recording.duration, count


WAYS: dict[str, tuple[Callable[[Probe], tuple[float, int]], int]] = {
    "keyframes by position": (lambda probed: by_position(probed, workers=CORES), CORES),
    "the same, one thread": (lambda probed: by_position(probed, workers=1), 1),
    "demuxing, keyframes only": (by_demuxing, 1),
    "demuxing, all pictures": (all_pictures, CORES),
}


def measure(path: Path, *, rounds: int) -> Iterator[Measured]:
    """Each way in turn, so many times."""
    probed = probe(path)
    for _ in range(rounds):
        for way, (run, cores) in WAYS.items():
            wall, cpu = time.perf_counter(), time.process_time()
            video, decoded = run(probed)
            yield Measured(
                recording=path.stem,
                way=way,
                video=video,
                decoded=decoded,
                wall=time.perf_counter() - wall,
                cpu=time.process_time() - cpu,
                cores=cores,
            )


def measure_indexes(path: Path, *, rounds: int) -> Iterator[Measured]:
    """Indexing the same pictures in several containers."""
    files = [_copied(path, suffix) for suffix in _INDEXED]
    for _ in range(rounds):
        for file in files:
            probed = probe(file)
            wall, cpu = time.perf_counter(), time.process_time()
            index = packet_index(file, probed.clock)
            yield Measured(
                recording=path.stem,
                way=f"index of {file.suffix[1:]}",
                video=probed.recording.duration,
                decoded=len(index.times),
                wall=time.perf_counter() - wall,
                cpu=time.process_time() - cpu,
                cores=1,
            )


def _copied(path: Path, suffix: str) -> Path:
    copy = path.with_suffix(f".{suffix}")
    if not copy.is_file():
        with av.open(str(path)) as source, av.open(str(copy), "w") as target:
            stream = target.add_stream_from_template(source.streams.video[0])
            for packet in source.demux(video=0):
                if packet.dts is not None:
                    packet.stream = stream
                    target.mux(packet)
    return copy


def keyframe_table(runs: list[Measured]) -> str:
    """Medians for each recording and way, and the ratio to the first way."""
    rows = []
    for recording in dict.fromkeys(run.recording for run in runs):
        first = _of(runs, recording, next(iter(WAYS)))
        for way in WAYS:
            found = _of(runs, recording, way)
            ratios = [
                a.video / a.wall / (b.video / b.wall) for a, b in zip(found, first, strict=True)
            ]
            rows.append(
                (
                    recording,
                    way,
                    f"{median(run.video / run.wall for run in found):.0f}",
                    f"{median(run.video / run.cpu * run.cores for run in found):.0f}",
                    f"{median(1000 * run.cpu / run.decoded for run in found):.1f}",
                    f"{median(ratios):.2f}",
                )
            )
    head = ("recording", "way", "times realtime", "by CPU time", "CPU ms a picture", "ratio")
    return table(head, rows)


def index_table(runs: list[Measured]) -> str:
    ways = dict.fromkeys(run.way for run in runs)
    rows = []
    for way in ways:
        taken = [run for run in runs if run.way == way]
        rows.append(
            (
                way,
                f"{median(3600 * run.wall / run.video for run in taken):.3f}",
                f"{median(3600 * run.cpu / run.video for run in taken):.3f}",
            )
        )
    return table(("", "s an hour of video", "CPU s"), rows)


def _of(runs: list[Measured], recording: str, way: str) -> list[Measured]:
    return [run for run in runs if (run.recording, run.way) == (recording, way)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=480.0, help="of video")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--data", type=Path, default=DATA)
    args = parser.parse_args()
    files = [
        build(recipe, seconds=args.seconds, cache=args.cache, data=args.data) for recipe in RECIPES
    ]
    runs = [run for file in files for run in measure(file, rounds=args.rounds)]
    indexing = list(measure_indexes(files[0], rounds=args.rounds))
    print(f"\n### Keyframes, {CORES} cores\n\n{keyframe_table(runs)}")
    print(f"\n### Index\n\n{index_table(indexing)}")
    if args.json is not None:
        args.json.write_text(json.dumps([asdict(run) for run in [*runs, *indexing]], indent=1))


if __name__ == "__main__":
    main()
