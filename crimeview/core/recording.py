"""A video file with its fingerprint and clock."""

from dataclasses import dataclass
from enum import Enum
from pathlib import Path


class ClockSource(Enum):
    """Where a recording's seconds come from."""

    TIMESTAMPS = "time stamps"
    FRAME_RATE = "frame rate"  # the stream has no time stamps: frame number / nominal rate


class RecordingState(Enum):
    """How far a recording of a case has come."""

    NEW = "new"
    WAITING = "waiting"
    ANALYZING = "analyzing"
    STOPPED = "stopped"  # canceled or killed part way; analysis resumes from what is stored
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """What is known of a video file without decoding all of it.

    `duration` is in seconds (0.0 where the container does not say), `frame_rate` the nominal
    frames per second, `width` and `height` pixels as shown (after `rotation`, degrees clockwise).
    """

    path: Path
    duration: float
    width: int
    height: int
    frame_rate: float
    codec: str
    container: str
    rotation: int
    clock: ClockSource


@dataclass(frozen=True, slots=True, kw_only=True)
class Fingerprint:
    """Identity of a file's bytes: SHA-256 as 64 hex digits, and the size in bytes."""

    sha256: str
    size: int
