"""Hard recordings, made by code.

Every picture carries its number in black and white blocks, so that a test reads back which picture
was shown: `paint` draws it and `read_number` reads it from any size, in gray or color. The blocks
also say which way up the picture is. `HARD` lists inputs that every reader of video must get right;
each is written by `write(folder)`, which tells the truth about it as a `Made`.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from crimeview.core.recording import ClockSource

_CELLS = 4  # a side: 16 cells, of which the first is white, the last black, and 14 hold the number
_TICKS = 1000  # time stamps a second while encoding


@dataclass(frozen=True, kw_only=True)
class Made:
    """A recording and the truth about it: `times[i]` (s) is when picture i comes."""

    path: Path
    times: tuple[float, ...]
    width: int = 96
    height: int = 64
    rotation: int = 0
    clock: ClockSource = ClockSource.TIMESTAMPS
    precision: float = 0.0006  # s; to which the container keeps times


def paint(number: int, *, width: int = 96, height: int = 64) -> NDArray[np.uint8]:
    """A picture (height, width, 3) RGB that carries `number`, 0 to 16383."""
    bits = [1, *((number >> b) & 1 for b in range(14)), 0]
    cells = np.array(bits, np.uint8).reshape(_CELLS, _CELLS) * 255
    rows = np.arange(height) * _CELLS // height
    columns = np.arange(width) * _CELLS // width
    return np.repeat(cells[rows][:, columns, None], 3, axis=2)


def read_number(picture: NDArray[np.uint8]) -> int:
    """The number that a picture carries; raises ValueError if it does not stand upright."""
    gray = picture[..., :3].mean(axis=2) if picture.ndim == 3 else picture
    height, width = gray.shape
    bits = [
        int(gray[_middle(row, height), _middle(column, width)].mean() > 127)
        for row in range(_CELLS)
        for column in range(_CELLS)
    ]
    if bits[0] != 1 or bits[-1] != 0:
        raise ValueError("the picture does not stand upright")
    return sum(bit << b for b, bit in enumerate(bits[1:-1]))


def _middle(cell: int, length: int) -> slice:
    center = (2 * cell + 1) * length // (2 * _CELLS)
    return slice(center, center + 1)


def steady(count: int, *, rate: float = 25.0) -> tuple[float, ...]:
    """Times (s) of `count` pictures at a constant rate."""
    return tuple(i / rate for i in range(count))


def write_recording(
    path: Path,
    times: Sequence[float],
    *,
    numbers: Sequence[int] | None = None,
    codec: str = "libx264",
    container: str | None = None,
    pixel_format: str = "yuv420p",
    size: tuple[int, int] = (64, 96),
    rate: int = 25,
    rotation: int = 0,
    pixel_aspect: Fraction = Fraction(1),
    uptime: float = 0.0,
    noise: NDArray[np.uint8] | None = None,
    ticks: int = _TICKS,
    options: dict[str, str] | None = None,
    muxing: dict[str, str] | None = None,
) -> None:
    """Write pictures that come at `times` (s) and carry `numbers`, where None 0, 1, 2 and so on.

    `size` is (height, width) as shown but for `pixel_aspect`, a pixel's width over its height;
    `rotation` degrees clockwise that a player must turn the stored pictures; `uptime` (s) is added
    to all time stamps, of which there are `ticks` a second; `noise` (height, width, 3) is taken
    from what is white, and moves, so that there is much to encode.
    """
    turns = rotation // 90
    with av.open(str(path), "w", format=container, options=muxing or {}) as output:
        stream = output.add_stream(codec, rate=rate, options=options or {})
        assert isinstance(stream, av.VideoStream)
        stream.height, stream.width = size if turns % 2 == 0 else size[::-1]
        stream.pix_fmt = pixel_format
        stream.codec_context.time_base = Fraction(1, ticks)
        stream.codec_context.sample_aspect_ratio = pixel_aspect
        if rotation:
            stream.set_display_rotation(-rotation)
        for index, time in enumerate(times):
            number = index if numbers is None else numbers[index]
            upright = paint(number, height=size[0], width=size[1])
            if noise is not None:
                upright = np.where(upright > 127, upright - np.roll(noise, number, 0), upright)
            stored = np.ascontiguousarray(np.rot90(upright, turns))
            frame = av.VideoFrame.from_ndarray(stored, format="rgb24")
            frame.pts, frame.time_base = round((time + uptime) * ticks), Fraction(1, ticks)
            output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


def write_sound(path: Path) -> None:
    """Write a file with half a second of sound and no picture."""
    with av.open(str(path), "w") as output:
        stream = output.add_stream("aac", rate=8000)
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 4096), np.float32), "fltp", "mono")
        frame.rate = 8000
        output.mux(stream.encode(frame))
        output.mux(stream.encode(None))


def truncate(path: Path, share: float) -> None:
    """Cut the file off after that share of its bytes."""
    data = path.read_bytes()
    path.write_bytes(data[: int(len(data) * share)])


def scribble(path: Path, share: float, *, length: int = 600) -> None:
    """Overwrite bytes from that share of the file on, as a bad disk block would."""
    data = bytearray(path.read_bytes())
    at = int(len(data) * share)
    data[at : at + length] = np.random.default_rng(0).bytes(length)
    path.write_bytes(data)


@dataclass(frozen=True)
class Hard:
    """One hard input; `name` says what is hard about it."""

    name: str
    make: Callable[[Path], Made] = field(repr=False)

    def write(self, folder: Path) -> Made:
        return self.make(folder / self.name.replace(" ", "_"))


def _plain(
    suffix: str,
    times: Sequence[float],
    *,
    clock: ClockSource = ClockSource.TIMESTAMPS,
    shown: Sequence[float] | None = None,
    size: tuple[int, int] = (64, 96),
    **writing: object,
) -> Callable[[Path], Made]:
    """Makes a recording of `times` that is to be read as `shown` (where None, the same)."""

    def make(stem: Path) -> Made:
        path = stem.with_suffix(suffix)
        write_recording(path, times, size=size, **writing)  # type: ignore[arg-type]
        height, width = size
        return Made(
            path=path,
            times=tuple(times if shown is None else shown),
            width=width,
            height=height,
            rotation=writing.get("rotation", 0),  # type: ignore[arg-type]
            clock=clock,
        )

    return make


def _restarted(stem: Path) -> Made:
    """A transport stream of a camera that restarted twice, its clock beginning anew each time."""
    pieces = []
    for first in (0, 40, 80):
        piece = stem.with_suffix(f".{first}")
        numbers = range(first, first + 40)
        write_recording(piece, steady(40), numbers=numbers, container="mpegts", options={"g": "12"})
        pieces.append(piece.read_bytes())
    path = stem.with_suffix(".ts")
    path.write_bytes(b"".join(pieces))
    return Made(path=path, times=steady(120))


def _repeated(stem: Path) -> Made:
    """Pictures 11 and 31 repeat the time stamp of the one before: they come just after it."""
    path = stem.with_suffix(".mkv")
    _repeat(path, codec="mjpeg", pixel_format="yuvj420p", fields=("pts", "dts"))
    return Made(path=path, times=_REPEATED)


def _repeated_presentation(stem: Path) -> Made:
    """The same with decoding times that are as they should be."""
    path = stem.with_suffix(".ts")
    _repeat(path, codec="libx264", pixel_format="yuv420p", fields=("pts",))
    return Made(path=path, times=_REPEATED)


_REPEATED = tuple((i - 1) / 25 + 0.001 if i in (11, 31) else i / 25 for i in range(60))


def _repeat(path: Path, *, codec: str, pixel_format: str, fields: tuple[str, ...]) -> None:
    plain = path.with_suffix(".plain.mkv")
    options = {"bf": "0", "g": "12"} if codec == "libx264" else {}
    write_recording(plain, steady(60), codec=codec, pixel_format=pixel_format, options=options)
    with av.open(str(plain)) as source, av.open(str(path), "w") as target:
        stream = target.add_stream_from_template(source.streams.video[0])
        for number, packet in enumerate(p for p in source.demux(video=0) if p.size):
            packet.pts, packet.dts = 40 * number + 40, 40 * number
            if number in (11, 31):
                for field in fields:
                    setattr(packet, field, getattr(packet, field) - 40)
            packet.stream = stream
            target.mux(packet)


def _oblong(stem: Path) -> Made:
    """As of cameras that store 704 columns of a picture that is 768 wide."""
    path = stem.with_suffix(".mp4")
    write_recording(path, steady(30), pixel_aspect=Fraction(12, 11), options={"g": "12"})
    return Made(path=path, times=steady(30), width=105)


def _uneven(count: int) -> tuple[float, ...]:
    """Times whose steps vary from 20 to 200 ms."""
    steps = np.random.default_rng(1).integers(20, 200, count)
    return tuple((np.cumsum(steps) - steps[0]).tolist() / np.float64(1000))


_GAPS = tuple(
    t + (5.0 if i >= 40 else 0.0) + (30.0 if i >= 55 else 0.0) for i, t in enumerate(steady(80))
)
HARD = (
    Hard(
        "B-frames and one keyframe",
        _plain(".mp4", steady(120), options={"g": "250", "sc_threshold": "0"}),
    ),
    Hard(
        "open groups of pictures",
        _plain(".mkv", steady(120), options={"g": "12", "bf": "3", "x264-params": "open-gop=1"}),
    ),
    Hard("variable frame rate", _plain(".mp4", _uneven(90), options={"g": "20"})),
    Hard("variable frame rate in Matroska", _plain(".mkv", _uneven(90), options={"g": "20"})),
    Hard("gaps", _plain(".mkv", _GAPS, options={"g": "15"})),
    Hard("a picture every two seconds", _plain(".mp4", steady(12, rate=0.5), rate=1)),
    Hard(
        "no time stamps",
        _plain(".h264", steady(60), clock=ClockSource.FRAME_RATE, container="h264", ticks=25),
    ),
    Hard("numbered as decoded", _plain(".avi", steady(60), clock=ClockSource.FRAME_RATE, ticks=25)),
    Hard("MJPEG", _plain(".avi", steady(60), codec="mjpeg", pixel_format="yuvj420p", ticks=25)),
    Hard(
        "MPEG-4 with B-frames in AVI",
        _plain(".avi", steady(60), codec="mpeg4", options={"bf": "2"}, ticks=25),
    ),
    Hard(
        "MPEG-2 program stream",
        _plain(".mpg", steady(60), codec="mpeg2video", options={"bf": "2"}, ticks=25),
    ),
    Hard(
        "HEVC",
        _plain(
            ".mp4",
            steady(60),
            codec="libx265",
            options={"preset": "ultrafast", "x265-params": "log-level=none:keyint=15"},
        ),
    ),
    Hard(
        "VP9",
        _plain(
            ".webm",
            steady(40),
            codec="libvpx-vp9",
            options={"deadline": "realtime", "cpu-used": "8", "g": "15"},
        ),
    ),
    Hard("10 bit", _plain(".mp4", steady(40), pixel_format="yuv420p10le", options={"g": "12"})),
    Hard("turned 90", _plain(".mp4", steady(40), rotation=90, options={"g": "12"})),
    Hard("turned 180", _plain(".mp4", steady(40), rotation=180, options={"g": "12"})),
    Hard("turned 270", _plain(".mov", steady(40), rotation=270, options={"g": "12"})),
    Hard(
        "odd size",
        _plain(".mp4", steady(40), size=(67, 93), pixel_format="yuv444p", options={"g": "12"}),
    ),
    Hard(
        "interlaced",
        _plain(
            ".ts",
            steady(60),
            codec="mpeg2video",
            options={"flags": "+ildct+ilme", "bf": "2", "g": "12"},
            ticks=25,
        ),
    ),
    Hard("one picture", _plain(".mp4", (0.0,))),
    Hard("hours of uptime", _plain(".ts", steady(60), uptime=5 * 3600.0, options={"g": "12"})),
    Hard(
        "fragments",
        _plain(
            ".mp4", steady(60), options={"g": "12"}, muxing={"movflags": "frag_keyframe+empty_moov"}
        ),
    ),
    Hard("oblong pixels", _oblong),
    Hard("restarted clock", _restarted),
    Hard("repeated time stamps", _repeated),
    Hard("repeated presentation times", _repeated_presentation),
    Hard(
        "rolling refresh without keyframes",
        _plain(".ts", steady(80), options={"x264-params": "intra-refresh=1:keyint=15"}),
    ),
)
