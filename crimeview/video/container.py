"""Opening a file as video, and saying in one sentence why it cannot be."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import av
import av.logging
from av.container import InputContainer
from av.stream import Disposition
from av.video.frame import VideoFrame
from av.video.stream import VideoStream

from crimeview.core.errors import MediaError
from crimeview.core.files import exists, is_file, is_folder

if TYPE_CHECKING:
    from av.packet import Packet

# FFmpeg's messages go nowhere: with a Python callback its threads wait for the interpreter lock
# while a caller that holds it waits for them (PyAV issues 751 and 2276).
av.logging.set_level(None)

_GENERIC_INDEX = 0x0100  # AVFMT_GENERIC_INDEX
_MP4_FIRST_BOXES = (b"ftyp", b"mdat", b"free", b"skip", b"wide", b"moof")


def open_container(path: Path) -> InputContainer:
    """Open `path` for reading; raises MediaError with one sentence."""
    _check_readable(path)
    try:
        # Absolute, so that no file name is taken for a protocol; files only, so that a playlist
        # in disguise reaches nothing else. Names and comments in it may be in any encoding.
        container = av.open(
            str(path.absolute()),
            options={"protocol_whitelist": "file"},
            metadata_errors="replace",
        )
    except (av.FFmpegError, OSError, ValueError) as error:
        raise MediaError(_unreadable(path)) from error
    if container.format.name == "tty":  # FFmpeg's painter of text files
        container.close()
        raise MediaError(_unreadable(path))
    return container


def video_stream(container: InputContainer, path: Path) -> VideoStream:
    """The stream with the pictures (never a cover image); raises MediaError if there is none."""
    streams = [s for s in container.streams.video if not s.disposition & Disposition.attached_pic]
    if streams:
        if streams[0].codec_context is None:
            raise MediaError(
                f"“{path.name}” uses a video codec that this program cannot decode; "
                "convert it to H.264 first."
            )
        return streams[0]
    if container.streams.audio and not _is_guess(container):
        raise MediaError(
            f"“{path.name}” holds only sound and no pictures; choose the file with the video."
        )
    raise MediaError(_unreadable(path))


def packets(container: InputContainer, stream: VideoStream) -> "Iterator[Packet[VideoStream]]":
    """The stream's packets from where the container stands; raises av.FFmpegError.

    Where another stream begins half way, as when a camera's sound is switched on, PyAV stumbles
    over it at the end, after the last packet of this one.
    """
    with suppress(IndexError):
        yield from container.demux(stream)


def decoded(container: InputContainer, stream: VideoStream) -> Iterator[VideoFrame]:
    """The stream's pictures from where the container stands; what cannot be read is left out."""
    with suppress(av.FFmpegError):
        for packet in packets(container, stream):
            yield from pictures_of(packet) or ()


def pictures_of(packet: "Packet[VideoStream]") -> list[VideoFrame] | None:
    """The pictures that decoding the packet brings out; None if it could not be decoded."""
    try:
        return packet.decode()
    except av.FFmpegError:
        return None


def _check_readable(path: Path) -> None:
    if is_folder(path) and not os.access(path, os.R_OK | os.X_OK):
        raise MediaError(
            f"The folder “{path.name}” may not be read by you; change its permissions."
        )
    if is_folder(path):
        raise MediaError(f"“{path.name}” is a folder; choose the video files in it.")
    if exists(path) and not is_file(path):  # opening a pipe would wait for its other end
        raise MediaError(f"“{path.name}” is a pipe or a device; choose a video file.")
    try:
        with path.open("rb"):
            size = path.stat().st_size
    except FileNotFoundError as error:
        raise MediaError(
            f"“{path}” does not exist; it may have been moved, renamed or be on a disk that is "
            "not connected."
        ) from error
    except PermissionError as error:
        raise MediaError(
            f"“{path.name}” may not be read by you; change its permissions or copy it to a folder "
            "of your own."
        ) from error
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else "unknown fault"
        raise MediaError(
            f"“{path.name}” cannot be read from its disk ({reason}); copy it from its source again."
        ) from error
    if size == 0:
        raise MediaError(f"“{path.name}” is empty (0 bytes); copy it from its source again.")


def _is_guess(container: InputContainer) -> bool:
    """Whether the format is a bare codec, which FFmpeg will hear in any text."""
    return bool(container.format.flags & _GENERIC_INDEX)


def _unreadable(path: Path) -> str:
    with path.open("rb") as file:
        head = file.read(12)
    if head[4:8] in _MP4_FIRST_BOXES:
        return (
            f"“{path.name}” is an MP4 file without its index, as is left when a recording or a "
            "copy is cut off; copy it from its source again."
        )
    return (
        f"“{path.name}” is not a video in any format that is known, or its beginning is damaged; "
        "check that it plays elsewhere or copy it from its source again."
    )
