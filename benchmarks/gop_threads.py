"""Decoding a recording on several cores: by frame threads, or whole groups side by side.

Groups of pictures do not refer to each other, so each of several decoders of one thread can take
every second one. What comes out is thrown away, or scaled as the networks want it. Run as
`python -m benchmarks.gop_threads RECORDING [--decoders 2] [--rounds 2] [--scale]`.
"""

import argparse
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, cast

import av
from av.codec.context import CodecContext, ThreadType
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation, VideoReformatter

from benchmarks.tables import table

if TYPE_CHECKING:
    from av.packet import Packet
    from av.video.codeccontext import VideoCodecContext
    from av.video.stream import VideoStream

_SIZES = ((180, 320, "gray"), (128, 171, "rgb24"))  # of scene novelty and of clips
_EVERY = 2  # frames


def main() -> None:
    args = _arguments()
    ways: dict[str, Callable[[], int]] = {
        f"frame threads, {threads}": partial(
            frame_threads, args.recording, threads=threads, scaled=args.scale
        )
        for threads in (args.decoders, args.decoders + 2)
    }
    ways[f"groups side by side, {args.decoders}"] = partial(
        groups_side_by_side, args.recording, decoders=args.decoders, scaled=args.scale
    )
    taken: dict[str, list[tuple[float, float, int]]] = {name: [] for name in ways}
    for turn in range(args.rounds):
        names = list(ways)
        for name in names[turn % len(names) :] + names[: turn % len(names)]:
            began, cpu = time.perf_counter(), time.process_time()
            frames = ways[name]()
            taken[name].append((time.perf_counter() - began, time.process_time() - cpu, frames))
    rows = []
    for name, runs in taken.items():
        wall, cpu = median(run[0] for run in runs), median(run[1] for run in runs)
        span = f"{min(run[0] for run in runs):.2f} to {max(run[0] for run in runs):.2f}"
        rows.append((name, f"{wall:.2f}", span, f"{cpu:.2f}", f"{cpu / wall:.2f}", f"{runs[0][2]}"))
    print(table(("", "s", "range", "CPU s", "cores busy", "frames"), rows))


def frame_threads(path: Path, *, threads: int, scaled: bool) -> int:
    """Decode as the program does; gives the number of frames."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        _prepare(stream.codec_context, threads=threads)
        return sum(_used(container.decode(stream), scaled=scaled))


def groups_side_by_side(path: Path, *, decoders: int, scaled: bool) -> int:
    """Decode each group by whichever of the decoders is free; gives the number of frames."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        parts: list[list[Packet[VideoStream]]] = []
        for packet in container.demux(stream):
            if packet.is_keyframe:
                parts.append([])
            if packet.size:
                parts[-1].append(packet)
        free = [_decoder(stream.codec_context) for _ in range(decoders)]

        def decode(part: "list[Packet[VideoStream]]") -> int:
            context = free.pop()
            try:
                found = (frame for packet in [*part, None] for frame in context.decode(packet))
                return sum(_used(found, scaled=scaled))
            finally:
                context.flush_buffers()
                free.append(context)

        with ThreadPoolExecutor(decoders) as pool:
            return sum(pool.map(decode, parts))


def _decoder(like: CodecContext) -> "VideoCodecContext":
    context = cast("VideoCodecContext", CodecContext.create(like.name, "r"))
    context.extradata = like.extradata
    _prepare(context, threads=1)
    return context


def _prepare(context: CodecContext, *, threads: int) -> None:
    context.thread_type = ThreadType.FRAME
    context.thread_count = threads
    context.options = {"skip_loop_filter": "all"}


def _used(frames: Iterable[VideoFrame], *, scaled: bool) -> Iterable[int]:
    """One for each frame, of which every second one is scaled as an analysis would."""
    scalers = [VideoReformatter() for _ in _SIZES]
    for number, frame in zip(count(), frames, strict=False):
        if scaled and number % _EVERY == 0:
            for scaler, (height, width, to) in zip(scalers, _SIZES, strict=True):
                scaler.reformat(
                    frame,
                    width=width,
                    height=height,
                    format=to,
                    interpolation=Interpolation.AREA,
                    threads=1,
                ).to_ndarray()
        yield 1


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path)
    parser.add_argument("--decoders", type=int, default=2)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--scale", action="store_true", help="as an analysis does")
    return parser.parse_args()


if __name__ == "__main__":
    main()
