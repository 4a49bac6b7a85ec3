"""Recordings to measure with, built once into a folder and kept.

A minute or two of a scene is encoded and lengthened by repeating its packets with later time
stamps, so that an hour costs seconds and a day is possible. Every file is named by its parameters.
Run as `python -m benchmarks.recordings --scene day --size 1080p --gop 25 --kbps 2000 --minutes 60`;
it prints the file's path.
"""

import argparse
import json
import os
import shutil
import sys
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from fractions import Fraction
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast, get_args

import av
from av.video.frame import VideoFrame

from benchmarks.scenes import Picture, SceneKind, Spans, moving_spans, scene

if TYPE_CHECKING:
    from av.container import OutputContainer
    from av.packet import Packet
    from av.video.stream import VideoStream

Codec = Literal["h264", "hevc", "mjpeg"]

SIZES = {"1080p": (1080, 1920), "720p": (720, 1280), "576": (576, 704), "240": (240, 320)}
CACHE, DATA = Path("runs/bench/recordings"), Path("../shared/data")
_MADE = 2  # of this code: a change of what is built makes all files anew
_LEFT_FREE = 4e9  # bytes of the disk
_WARM_UP = 10  # s


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """What a recording is made by; `size` (height, width), `loop` the seconds that are encoded.

    `gop` counts pictures from one keyframe to the next, which is always the same; there are no
    pictures predicted from both sides, as in most cameras. For MJPEG `gop` and `kbps` say nothing.
    """

    scene: SceneKind = "day"
    size: tuple[int, int] = SIZES["1080p"]
    codec: Codec = "h264"
    gop: int = 50
    kbps: int = 2000
    rate: int = 25
    loop: float = 120.0

    @property
    def name(self) -> str:
        height, width = self.size
        kept = "" if self.codec == "mjpeg" else f"-gop{self.gop}-{self.kbps}k"
        return f"{self.scene}-{width}x{height}-{self.codec}{kept}-{self.rate}fps-{self.loop:g}s"


def build(
    recipe: Recipe, *, seconds: float | None = None, cache: Path = CACHE, data: Path = DATA
) -> Path:
    """The recording of that length (None: of its loop), made if it is not there yet.

    A file <name>.json beside it says in which spans (s) something moves. Raises SystemExit where
    the disk has no room.
    """
    source = "footage" if data.is_dir() else "rendered"
    loop = cache / f"{recipe.name}-{source}-v{_MADE}.mp4"
    cache.mkdir(parents=True, exist_ok=True)
    if not loop.is_file():
        _tell(f"encoding {loop.name}")
        with _appearing(loop) as part:
            _encode(recipe, part, data=data)
        _tell_truth(loop, moving_spans(recipe.scene, seconds=recipe.loop))
    if seconds is None or seconds == recipe.loop:
        return loop
    long = loop.with_name(f"{loop.stem}-x{seconds:g}s.mp4")
    if not long.is_file():
        _tell(f"lengthening to {long.name}")
        _check_room(long, loop.stat().st_size * seconds / recipe.loop)
        with _appearing(long) as part:
            repeat(loop, part, seconds=seconds)
        _tell_truth(long, moving(recipe, seconds=seconds))
    return long


def moving(recipe: Recipe, *, seconds: float | None = None) -> Spans:
    """The spans (s) of the recording of that length in which something moves."""
    seconds = recipe.loop if seconds is None else seconds
    once = moving_spans(recipe.scene, seconds=recipe.loop)
    begins = [number * recipe.loop for number in range(int(seconds / recipe.loop) + 1)]
    every = [(begin + start, begin + end) for begin in begins for start, end in once]
    return tuple((start, min(end, seconds)) for start, end in every if start < seconds)


def repeat(source: Path, target: Path, *, seconds: float) -> int:
    """Write the recording's packets again and again until that length; gives their number.

    It ends before the first packet that would be decoded after `seconds`.
    """
    frames, begun = 0, 0
    with av.open(str(target), "w", format="mp4") as output:
        stream: VideoStream | None = None
        while True:
            with av.open(str(source)) as container:
                video = container.streams.video[0]
                assert video.time_base is not None
                if stream is None:
                    stream = output.add_stream_from_template(video)
                end, last = begun, round(seconds / video.time_base)
                for packet in container.demux(video):
                    if packet.dts is None or packet.pts is None:
                        continue
                    packet.dts, packet.pts = packet.dts + begun, packet.pts + begun
                    if packet.dts >= last:
                        return frames
                    end = max(end, packet.pts + (packet.duration or 0))
                    packet.stream = stream
                    output.mux(packet)
                    frames += 1
                begun = end


def _encode(recipe: Recipe, path: Path, *, data: Path) -> None:
    height, width = recipe.size
    with av.open(str(path), "w", format="mp4") as output:
        added = output.add_stream(_ENCODERS[recipe.codec], rate=recipe.rate)
        stream = cast("VideoStream", added)
        stream.height, stream.width = height, width
        stream.pix_fmt = "yuvj420p" if recipe.codec == "mjpeg" else "yuv420p"
        stream.options = dict(_options(recipe))
        if recipe.codec == "hevc":
            stream.codec_tag = "hvc1"
        if recipe.codec != "mjpeg":
            stream.bit_rate = recipe.kbps * 1000
        with closing(_pictures(recipe, data=data)) as pictures:
            for number, picture in enumerate(pictures, start=-_warm_up(recipe)):
                frame = VideoFrame.from_ndarray(picture, format="yuv420p")
                frame.pts, frame.time_base = number, Fraction(1, recipe.rate)
                _mux(output, stream.encode(frame))
        _mux(output, stream.encode(None))


def _pictures(recipe: Recipe, *, data: Path) -> Generator[Picture]:
    """The loop's pictures after some by which the encoder warms up."""
    height, width = recipe.size
    for count in (_warm_up(recipe), None):
        pictures = scene(
            recipe.scene,
            height=height,
            width=width,
            rate=recipe.rate,
            seconds=recipe.loop,
            data=data,
        )
        with closing(pictures):
            yield from islice(pictures, count)


def _warm_up(recipe: Recipe) -> int:
    """How many pictures, in whole groups, are encoded first and thrown away.

    An encoder begins with bad pictures, which in a loop would be seen again and again.
    """
    return min(_WARM_UP * recipe.rate, round(recipe.loop * recipe.rate)) // recipe.gop * recipe.gop


def _mux(output: "OutputContainer", packets: "Iterable[Packet[VideoStream]]") -> None:
    output.mux([packet for packet in packets if packet.pts is not None and packet.pts >= 0])


_ENCODERS = {"h264": "libx264", "hevc": "libx265", "mjpeg": "mjpeg"}


def _options(recipe: Recipe) -> dict[str, str]:
    kept = f"keyint={recipe.gop}:min-keyint={recipe.gop}:scenecut=0:bframes=0:open-gop=0"
    threads = str(os.cpu_count() or 1)
    if recipe.codec == "mjpeg":
        return {"qmin": "5", "qmax": "5", "threads": threads}
    limited = {"maxrate": f"{2 * recipe.kbps}k", "bufsize": f"{4 * recipe.kbps}k"}
    if recipe.codec == "hevc":
        return {**limited, "preset": "ultrafast", "x265-params": f"{kept}:log-level=error"}
    return {**limited, "preset": "superfast", "x264-params": kept, "threads": threads}


@contextmanager
def _appearing(path: Path) -> Iterator[Path]:
    """A file to write that takes its name when it is complete."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        yield part
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _tell_truth(path: Path, spans: Spans) -> None:
    path.with_suffix(".json").write_text(json.dumps({"moving": spans}), encoding="utf-8")


def _check_room(path: Path, size: float) -> None:
    free = shutil.disk_usage(path.parent).free
    if size > free - _LEFT_FREE:
        raise SystemExit(
            f"{path.name} needs {size / 1e9:.1f} GB and {free / 1e9:.1f} GB are free in "
            f"{path.parent}; make room or measure with fewer kbps."
        )


def _tell(sentence: str) -> None:
    print(f"… {sentence}", file=sys.stderr, flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    plain = Recipe()
    parser.add_argument("--scene", choices=get_args(SceneKind), default=plain.scene)
    parser.add_argument("--size", choices=SIZES, default="1080p")
    parser.add_argument("--codec", choices=get_args(Codec), default=plain.codec)
    parser.add_argument("--gop", type=int, default=plain.gop)
    parser.add_argument("--kbps", type=int, default=plain.kbps)
    parser.add_argument("--rate", type=int, default=plain.rate)
    parser.add_argument("--loop", type=float, default=plain.loop, help="seconds that are encoded")
    parser.add_argument("--minutes", type=float, help="to which the loop is lengthened")
    parser.add_argument("--cache", type=Path, default=CACHE)
    parser.add_argument("--data", type=Path, default=DATA)
    args = parser.parse_args()
    recipe = Recipe(
        scene=args.scene,
        size=SIZES[args.size],
        codec=args.codec,
        gop=args.gop,
        kbps=args.kbps,
        rate=args.rate,
        loop=args.loop,
    )
    seconds = None if args.minutes is None else 60 * args.minutes
    print(build(recipe, seconds=seconds, cache=args.cache, data=args.data))


if __name__ == "__main__":
    main()
