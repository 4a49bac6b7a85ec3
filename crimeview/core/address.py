"""Addresses of cameras: what they mean, and how they are shown without their passwords."""

import re
from dataclasses import dataclass
from enum import Enum
from pathlib import PurePath
from typing import Literal
from urllib.parse import SplitResult, quote, urlsplit, urlunsplit

from crimeview.core.errors import UsageError
from crimeview.core.watching import Camera

MASK = "•••"
# Parameters whose names end in one of these: `passphrase` is SRT's, `loginpas` Foscam's.
_SECRETS = re.compile(
    r"([^=?&;/#]*(?:pass|passwd|password|passphrase|loginpas|pwd|pw|token|auth|key|secret|sig"
    r"|signature|credential|credentials)=)([^&;#/?]*)",
    re.IGNORECASE,
)
_LONGEST_USER = 15  # letters
_NAMED = re.compile(r"([^=:/\\?&]+)=(.*)", re.DOTALL)
_DEVICE = re.compile(r"webcam(?::(.*))?|(/dev/video\d+)", re.DOTALL)
_SCHEMES = ("rtsp", "rtsps", "http", "https", "rtmp", "rtmps", "udp", "rtp", "srt")

System = Literal["linux", "darwin", "win32"]


class SourceKind(Enum):
    """What an address leads to."""

    RTSP = "rtsp"
    HTTP = "http"
    STREAM = "stream"  # other protocols of the network, as RTMP and SRT
    DEVICE = "device"  # a camera of this computer
    FILE = "file"  # played as a camera, at its own pace


def camera_of(text: str, *, looped: bool = False) -> Camera:
    """The camera that `NAME=ADDRESS` or an address alone means; raises UsageError.

    Without a name it is called by the address's host and path, or by the file.
    """
    name, address = _split(text.strip())
    kind = kind_of(address)
    if kind is SourceKind.RTSP or kind is SourceKind.HTTP:
        _check_host(address)
    shown = masked(address)
    return Camera(
        name=name or _name_of(shown, kind),
        address=shown,
        secret=address if shown != address else None,
        looped=looped,
    )


def kind_of(address: str) -> SourceKind:
    """What an address leads to; raises UsageError for a protocol that is not known."""
    if _DEVICE.fullmatch(address):
        return SourceKind.DEVICE
    scheme, separator, _ = address.partition("://")
    if not separator:
        return SourceKind.FILE
    match scheme.lower():
        case "rtsp" | "rtsps":
            return SourceKind.RTSP
        case "http" | "https":
            return SourceKind.HTTP
        case "file":
            return SourceKind.FILE
        case other if other in _SCHEMES:
            return SourceKind.STREAM
        case other:
            raise UsageError(
                f"“{other}” is no protocol that a camera can be watched by; give an address that "
                "begins with rtsp:// or http://, webcam:0, or a video file."
            )


def masked(address: str) -> str:
    """The address as it can be shown: passwords in it are replaced."""
    if "://" not in address:
        return address
    parts = _parts(address)
    host = parts.netloc
    if "@" in host:
        login, _, place = host.rpartition("@")
        user, separator, _ = login.partition(":")
        if separator:
            host = f"{user}:{MASK}@{place}"
        else:
            host = f"{MASK if _is_token(user) else user}@{place}"
    rest = (parts.path, parts.query, parts.fragment)
    path, query, fragment = (_SECRETS.sub(rf"\g<1>{MASK}", part) for part in rest)
    return urlunsplit((parts.scheme, host, path, query, fragment))


def filled(address: str, *, known: str) -> str | None:
    """A masked address with the secrets of the whole address `known` in place of its masks.

    So a camera keeps its password when something else of its address is changed. None where the
    known one has no secret of that name.
    """
    parts, old = _parts(address), _parts(known)
    host = parts.netloc
    if MASK in host:
        place = host.rpartition("@")[2]
        login, _, secret = old.netloc.rpartition("@")[0].partition(":")
        user = host.rpartition("@")[0].partition(":")[0]
        if not login:
            return None
        host = f"{login}@{place}" if user == MASK else f"{user}:{secret}@{place}"
    secrets: dict[str, str] = {}
    for part in (old.path, old.query, old.fragment):
        secrets.update(_SECRETS.findall(part))

    def secret_of(found: re.Match[str]) -> str:
        name, value = found.groups()
        return f"{name}{secrets.get(name, value) if value == MASK else value}"

    rest = (parts.path, parts.query, parts.fragment)
    path, query, fragment = (_SECRETS.sub(secret_of, part) for part in rest)
    whole = urlunsplit((parts.scheme, host, path, query, fragment))
    return None if MASK in whole else whole


def _is_token(login: str) -> bool:
    """Whether a login without a password is one itself, not the name of a user."""
    return len(login) > _LONGEST_USER or (len(login) > 8 and any(c.isdigit() for c in login))


def with_login(address: str, *, user: str, password: str) -> str:
    """The address with a user and a password in place of those it has."""
    parts = _parts(address)
    place = parts.netloc.rpartition("@")[2]
    login = f"{_quoted(user)}:{_quoted(password)}@" if user or password else ""
    return urlunsplit((parts.scheme, login + place, parts.path, parts.query, parts.fragment))


@dataclass(frozen=True, slots=True)
class Device:
    """How FFmpeg opens a camera of this computer."""

    file: str
    format: str
    options: dict[str, str]


def device_of(address: str, *, system: System) -> Device:
    """The device that `webcam`, `webcam:0`, `webcam:NAME` or `/dev/video0` means."""
    found = _DEVICE.fullmatch(address)
    wanted = (found[1] or found[2] or "0") if found else address
    match system:
        case "linux":
            file = f"/dev/video{wanted}" if wanted.isdigit() else wanted
            return Device(file, "v4l2", {})
        case "darwin":
            return Device(wanted, "avfoundation", {"framerate": "30", "pixel_format": "nv12"})
        case "win32":
            return Device(f"video={wanted}", "dshow", {"rtbufsize": "64M"})


def _split(text: str) -> tuple[str, str]:
    found = _NAMED.fullmatch(text)
    name, address = (found[1].strip(), found[2].strip()) if found else ("", text)
    if not address:
        raise UsageError("A camera needs an address, as in entrance=rtsp://192.168.1.20/stream1.")
    return name, address


def _parts(address: str) -> SplitResult:
    try:
        parts = urlsplit(address)
        _ = parts.port
    except ValueError as error:
        # Not with the address as it is: it may hold a password.
        raise UsageError(
            "The address of the camera is not well formed; write it as in "
            "rtsp://user:password@192.168.1.20:554/stream1, with %40 for an @ in a password."
        ) from error
    return parts


def _check_host(address: str) -> None:
    if not _parts(address).hostname:
        raise UsageError(
            "The address of the camera names no host; write it as in rtsp://192.168.1.20/stream1."
        )


def _name_of(shown: str, kind: SourceKind) -> str:
    if kind is SourceKind.FILE:
        return PurePath(shown.removeprefix("file://")).stem or shown
    if kind is SourceKind.DEVICE:
        return shown.replace("/dev/", "").replace(":", " ")
    parts = urlsplit(shown)
    return f"{parts.hostname or ''}{parts.path}".strip("/") or shown


def _quoted(text: str) -> str:
    return quote(text, safe="")
