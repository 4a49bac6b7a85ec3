"""Writing a camera's packets to a file as they come, never encoded anew.

What is written is an MP4 in fragments, of which a crash costs the last one, a second; when it
is complete it becomes an ordinary MP4. Codecs that MP4 has no place for go into Matroska.
"""

import io
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
from av.video.stream import VideoStream
from numpy.typing import NDArray

from crimeview.core.errors import MediaError
from crimeview.video.container import open_container, packets, video_stream
from crimeview.video.fragments import cut_to_whole_fragments
from crimeview.video.live_packets import LivePacket, StreamForm

_IN_MP4 = ("h264", "hevc", "mpeg4", "av1", "vp9")
_FRAGMENT = "1000000"  # microseconds at most in a fragment
PART = ".part"  # what the name of a file ends with that is not complete


@dataclass(frozen=True, slots=True, eq=False)
class WrittenClip:
    """A complete file. `start` and `end` are wall time, `frame_times` (n, 2) s of its own clock."""

    path: Path
    start: float
    end: float
    frame_times: NDArray[np.float64]


class ClipWriter:
    """Writes one clip. The file appears under its name only when complete.

    Raises MediaError where the disk refuses; `finish` then keeps what could be written.
    """

    def __init__(self, folder: Path, stem: str, form: StreamForm, *, title: str, note: str) -> None:
        """`title` and `note` are written into the file, which says so what it is after a crash."""
        ending, kind = (".mp4", "mp4") if form.coding.decoder in _IN_MP4 else (".mkv", "matroska")
        self.form = form
        self._folder = folder
        self.path = _free(folder / f"{stem}{ending}")
        self._part = self.path.with_name(f".{self.path.name}{PART}")
        self._first: LivePacket | None = None
        self._dts = -1  # of the newest packet, in units of the form's time base
        self._end = 0.0
        self._shown: list[int] = []
        self._labels = {"title": title, "comment": note}
        self._kind = kind

    @property
    def start(self) -> float | None:
        """When its first picture came, None before that."""
        return self._first.wall if self._first is not None else None

    @property
    def end(self) -> float:
        """When its newest picture came."""
        return self._end

    def write(self, found: Iterable[LivePacket]) -> None:
        """Append packets, all of the writer's form; they begin with a keyframe."""
        try:
            for packet in found:
                self._write(packet)
        except (av.FFmpegError, OSError) as error:
            raise self._refused(error) from error

    def finish(self) -> WrittenClip | None:
        """Complete the file; None where nothing that plays could be written.

        Raises MediaError where the disk refuses even that.
        """
        if self._first is None:
            return None
        try:
            whole = self._closed()
            return self._kept(self._first.wall, whole=whole)
        except (av.FFmpegError, OSError) as error:
            raise self._refused(error) from error
        finally:
            with suppress(OSError):
                self._part.unlink(missing_ok=True)

    def _write(self, packet: LivePacket) -> None:
        if self._first is None:
            if not packet.is_keyframe:
                return
            self._open(packet)
            self._first = packet
        dts, pts = packet.dts - self._first.dts, packet.pts - self._first.dts
        if dts <= self._dts or pts < dts:  # no file holds those: a clock that was set, a lost time
            return
        coded = av.Packet(packet.data)
        coded.pts, coded.dts, coded.duration = pts, dts, packet.duration
        coded.time_base, coded.is_keyframe = self.form.time_base, packet.is_keyframe
        coded.stream = self._stream
        self._container.mux(coded)
        self._dts, self._end = dts, packet.wall + packet.duration * float(self.form.time_base)
        self._shown.append(pts)

    def _open(self, first: LivePacket) -> None:
        self._folder.mkdir(parents=True, exist_ok=True)
        options = {"flush_packets": "1"}  # a crash of the program loses nothing that was written
        if self._kind == "mp4":
            options |= {
                "movflags": "hybrid_fragmented+frag_keyframe",
                "frag_duration": _FRAGMENT,
            }
        self._container = av.open(
            str(self._part.absolute()), "w", format=self._kind, options=options
        )
        with av.open(io.BytesIO(self.form.header)) as template:
            stream = template.streams.video[0]
            self._stream = _copied(self._container, stream)
        made = datetime.fromtimestamp(first.wall, UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        self._container.metadata.update(self._labels | {"creation_time": made})

    def _closed(self) -> bool:
        """Close the file; whether it could be completed."""
        try:
            self._container.close()
        except (av.FFmpegError, OSError):
            return False  # as on a full disk: its fragments are there
        with self._part.open("rb") as file:
            os.fsync(file.fileno())
        return True

    def _kept(self, start: float, *, whole: bool) -> WrittenClip | None:
        times = self._frame_times()
        if not whole:
            cut_to_whole_fragments(self._part)
            times = readable_times(self._part)
            if len(times) == 0:
                return None
        self._part.replace(self.path)
        return WrittenClip(self.path, start, start + float(times[-1, 1]), times)

    def _frame_times(self) -> NDArray[np.float64]:
        begins = np.sort(np.array(self._shown, np.int64)) * float(self.form.time_base)
        begins -= begins[0]
        usual = 1 / self.form.rate
        return np.column_stack([begins, np.append(begins[1:], begins[-1] + usual)])

    def _refused(self, error: Exception) -> MediaError:
        reason = getattr(error, "strerror", None) or type(error).__name__
        return MediaError(
            f"“{self.path}” cannot be written ({reason}); check the folder and the free space."
        )


def readable_times(path: Path) -> NDArray[np.float64]:
    """Start and end (s) of the pictures that can be read of a file; none where it is no video."""
    found: list[int] = []
    try:
        with open_container(path) as container:
            stream = video_stream(container, path)
            base = float(stream.time_base or 1 / 1000)
            rate = float(stream.guessed_rate or stream.average_rate or 25)
            with suppress(av.FFmpegError):
                found = [p.pts for p in packets(container, stream) if p.size and p.pts is not None]
    except MediaError:
        return np.empty((0, 2))
    if not found:
        return np.empty((0, 2))
    begins = np.sort(np.array(found, np.int64)) * base
    begins -= begins[0]
    return np.column_stack([begins, np.append(begins[1:], begins[-1] + 1 / rate)])


def labels_of(path: Path) -> tuple[str, str, float | None]:
    """The title and the note in a file, and when it begins (wall time) if it says so."""
    with open_container(path) as container:
        found = dict(container.metadata)
    try:
        made = datetime.fromisoformat(found.get("creation_time", "")).timestamp()
    except ValueError:
        made = None
    return found.get("title", ""), found.get("comment", ""), made


def _copied(container: "av.container.OutputContainer", template: VideoStream) -> VideoStream:
    try:
        return container.add_stream_from_template(template)
    except ValueError:  # there is no encoder of that name, and none is needed
        return container.add_stream_from_template(template, opaque=True)


def _free(path: Path) -> Path:
    """The path, with a number where there is a file of that name already."""
    number, free = 1, path
    while free.exists() or free.with_name(f".{free.name}{PART}").exists():
        number += 1
        free = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return free
