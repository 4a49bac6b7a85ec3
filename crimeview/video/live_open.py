"""Opening a camera, and saying in one sentence why it cannot be."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import av
from av.container import InputContainer
from av.video.stream import VideoStream

from crimeview.core.address import MASK, SourceKind, System, device_of, kind_of
from crimeview.core.errors import MediaError
from crimeview.core.watching import Camera
from crimeview.video.container import open_container, video_stream

_OPEN_SECONDS = 5.0
_READ_SECONDS = 2.0  # FFmpeg waits for it twice before it gives up
_PROTOCOLS = "file,rtp,rtsp,rtsps,udp,tcp,tls,http,https,httpproxy,crypto,rtmp,rtmps,srt,hls,data"
# Half a second is enough to see what a stream holds, and its frame rate need not be guessed: a
# camera that comes back is read again the sooner.
_PROBING = {"analyzeduration": "500000", "fpsprobesize": "0"}
# Formats that tell of things as they happen; all others are read ahead of time, and are paced.
_RUNNING = ("rtsp", "rtp", "sdp", "mpegts", "mpjpeg", "flv", "live_flv", "v4l2", "avfoundation")
_UNTIMED = ("mpjpeg", "mjpeg", "jpeg_pipe", "image2pipe")


class CameraError(MediaError):
    """A camera cannot be read; `refused` says that it does not accept user and password."""

    def __init__(self, sentence: str, *, refused: bool = False) -> None:
        super().__init__(sentence)
        self.refused = refused


@dataclass(frozen=True, slots=True)
class Connection:
    """A camera that is being read.

    `paced` says that it gives more than has happened yet, `timed` that its pictures have times:
    those of MJPEG over HTTP have none but that of their coming.
    """

    container: InputContainer
    stream: VideoStream
    paced: bool
    timed: bool


@contextmanager
def connected(camera: Camera) -> Iterator[Connection]:
    """Open a camera; raises CameraError, in whose sentence no password is.

    It may take five seconds, and so may closing it.
    """
    if MASK in camera.opened:
        raise CameraError(
            f"The password of “{camera.name}” is not in this computer's keyring; unlock it and "
            "start watching anew, or give the camera's address anew.",
            refused=True,
        )
    container = _opened(camera)
    try:
        try:
            stream = video_stream(container, Path(camera.name))
        except MediaError as error:
            raise CameraError(
                f"The camera “{camera.name}” sends no picture that this program can decode; choose "
                "another of its streams (H.264 is always known)."
            ) from error
        stream.thread_type = "NONE"
        timed = container.format.name not in _UNTIMED
        yield Connection(container, stream, timed and _is_paced(container, camera), timed)
    finally:
        container.close()


def sentence(error: Exception, camera: Camera) -> CameraError:
    """What an error of FFmpeg means for a person; never its own text, which holds the address."""
    name = f"The camera “{camera.name}”"
    match error:
        case av.error.HTTPUnauthorizedError() | av.error.HTTPForbiddenError():
            return CameraError(
                f"{name} does not accept this user and password; correct them in its address.",
                refused=True,
            )
        case av.error.HTTPNotFoundError():
            return CameraError(
                f"{name} has no stream of that path; look it up in the camera's manual."
            )
        case av.error.ConnectionRefusedError():
            return CameraError(
                f"{name} refuses connections; check that it is on, and the port in its address."
            )
        case av.error.ExitError() | av.error.TimeoutError():
            return CameraError(f"{name} does not answer; check that it is on and connected.")
        case FileNotFoundError():
            return CameraError(f"{name} is not there ({camera.address}); check its address.")
        case PermissionError():
            return CameraError(f"{name} may not be opened by you; allow it in the system.")
        case OSError(errno=16):
            return CameraError(f"{name} is in use by another program; close that one first.")
        case OSError() if error.strerror:
            return CameraError(f"{name} cannot be read ({error.strerror}); check the connection.")
        case _:
            return CameraError(f"{name} cannot be read; check its address and the connection.")


def _opened(camera: Camera) -> InputContainer:
    kind = kind_of(camera.opened)
    try:
        match kind:
            case SourceKind.FILE:
                return open_container(Path(camera.opened.removeprefix("file://")))
            case SourceKind.DEVICE:
                return _device(camera)
            case _:
                return _network(camera, kind)
    except MediaError as error:
        raise CameraError(str(error)) from error
    except (av.FFmpegError, OSError, ValueError) as error:
        raise sentence(error, camera) from None  # the cause tells the address with its password


def _network(camera: Camera, kind: SourceKind) -> InputContainer:
    options = {"protocol_whitelist": _PROTOCOLS, **_PROBING}
    if kind is SourceKind.RTSP:
        options["rtsp_transport"] = "tcp"
    return av.open(
        camera.opened,
        options=options,
        timeout=(_OPEN_SECONDS, _READ_SECONDS),
        metadata_errors="replace",
    )


def _device(camera: Camera) -> InputContainer:
    system: System = (
        "win32" if sys.platform == "win32" else "darwin" if sys.platform == "darwin" else "linux"
    )
    device = device_of(camera.opened, system=system)
    try:
        return av.open(
            device.file,
            format=device.format,
            options=device.options,
            timeout=(_OPEN_SECONDS, _READ_SECONDS),
        )
    except ValueError as error:
        raise CameraError(
            f"This build of FFmpeg has no {device.format}, so cameras of this computer cannot be "
            "opened; connect one over the network instead."
        ) from error


def _is_paced(container: InputContainer, camera: Camera) -> bool:
    if kind_of(camera.opened) is SourceKind.FILE:
        return True
    names = container.format.name.split(",")
    return not any(name in _RUNNING or "grab" in name or "dshow" in name for name in names)
