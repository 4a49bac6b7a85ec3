"""What a library tells about its segments: frozen values, safe in any thread."""

from dataclasses import dataclass, field
from enum import Enum

import numpy as np
from numpy.typing import NDArray

Half = NDArray[np.float16]


class Duplicates(Enum):
    """What becomes of a segment that shows what another already shows.

    A segment of the same content and time is never added twice; this is about what looks the same
    in another file.
    """

    MARK = "mark"  # added, and left out of searches: the other is found in its place
    SKIP = "skip"
    KEEP = "keep"


class Kept(Enum):
    """That something is to stay what it is."""

    KEPT = "kept"


KEPT = Kept.KEPT


class Added(Enum):
    """What became of a segment that was to be added."""

    NEW = "new"
    KNOWN = "known"  # the same content and time was there
    MARKED = "marked"  # looks like another and was added as its duplicate
    SKIPPED = "skipped"  # looks like another and was not added


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRecording:
    """A recording that segments come from.

    `uid` is its identity across libraries: the fingerprint where there is one. `started` is its
    wall clock at the first frame (ISO 8601), None where that is not known.
    """

    uid: str
    name: str
    sha256: str | None = None
    size: int | None = None
    path: str | None = None
    case_name: str | None = None
    duration: float | None = None
    started: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipSet:
    """The clips of a segment in the encoder's space: times (n, 2), scores (n,), features (n, d)."""

    space: str
    times: NDArray[np.float64]
    scores: NDArray[np.float32]
    features: Half


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a person says about a segment; empty text where nothing is known."""

    crime_type: str = ""
    outcome: str = ""
    notes: str = ""
    camera: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """A segment to be added. `vectors` are (d,) of length one, by the name of their space.

    Times are seconds on the recording's clock, `happened` seconds since 1970 (UTC). `thumbnails`
    are times with JPEG files. `uid` is its identity across libraries.
    """

    uid: str
    start: float
    end: float
    peak: float
    peak_time: float
    vectors: dict[str, NDArray[np.floating]]
    facts: Facts = field(default_factory=Facts)
    happened: float | None = None
    clips: ClipSet | None = None
    thumbnails: tuple[tuple[float, bytes], ...] = ()
    added: str = ""
    added_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipCopy:
    """A piece of a recording kept in the library, see schema.CopyRow."""

    file: str
    sha256: str
    size: int
    source_sha256: str
    start: float
    end: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A segment of a library."""

    id: int
    uid: str
    recording: SourceRecording
    start: float
    end: float
    peak: float
    peak_time: float
    facts: Facts
    happened: float | None
    added: str
    added_by: str
    duplicate_of: int | None
    revision: int
    copy: ClipCopy | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """Which segments are wanted; nothing given: all but marked duplicates.

    Of each tuple one must fit. `after` and `before` are seconds since 1970 (UTC): a segment whose
    date is not known fits neither.
    """

    crime_types: tuple[str, ...] = ()
    cameras: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    outcomes: tuple[str, ...] = ()
    after: float | None = None
    before: float | None = None
    recording_uids: tuple[str, ...] = ()
    not_recording_uids: tuple[str, ...] = ()
    duplicates: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether every segment that is no duplicate fits."""
        return self == Filter()


@dataclass(frozen=True, slots=True)
class Hit:
    """A segment found, and the cosine of its vector with the query's."""

    segment_id: int
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryFigures:
    """What a library holds. `types` are numbers of segments by type, the most frequent first."""

    segments: int
    recordings: int
    duplicates: int
    copies: int
    types: tuple[tuple[str, int], ...]
    spaces: tuple[tuple[str, int, int], ...]  # name, dimensions, vectors
