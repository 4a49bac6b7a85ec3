"""What a case tells about its recordings and segments: frozen values, safe in any thread."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.look import SkipReport
from crimeview.core.recording import Fingerprint, Recording, RecordingState
from crimeview.core.review import Review, ReviewState
from crimeview.core.segment import Segment
from crimeview.core.type_suggestion import TypeSuggestion
from crimeview.core.wall_clock import WallClock


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRecording:
    """A recording of a case.

    `recording` is None until the file has been opened once, `fingerprint` until it has been read.
    `analyzed` is seconds of the recording's clock, `note` a sentence about damage or the clock,
    `error` the sentence that says why it failed. `skip` says how closely it was looked at, None
    where all of it was analyzed without asking whether anything moves.
    """

    id: int
    path: Path
    recording: Recording | None
    fingerprint: Fingerprint | None
    state: RecordingState
    analyzed: float
    note: str | None
    error: str | None
    skip: SkipReport | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSegment:
    """A segment of one of the case's recordings, and what a person says of it, if anything.

    Ids are unique in the case, those of reviews below zero. Where it is not `scored` nothing is
    known of its scores, which are 0 then. `content` is the SHA-256 of the file's present content;
    `outdated` says that another one was reviewed. `suggested` is what type the program suggests,
    None where it was not asked.
    """

    id: int
    recording_id: int
    segment: Segment
    review: Review | None = None
    scored: bool = True
    content: str | None = None
    suggested: TypeSuggestion | None = None

    @property
    def outdated(self) -> bool:
        said = self.review.content if self.review is not None else None
        return said is not None and said != self.content

    @property
    def state(self) -> ReviewState:
        return self.review.state if self.review is not None else ReviewState.NEW


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseClock:
    """When one of the case's recordings was made, and by which camera."""

    camera: str
    clock: WallClock


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseRun:
    """An analysis of a recording of the case; `settings_json` is as `Analyses.begin` was given.

    `violence` says whether the probability of violence was asked for as well.
    """

    id: int
    recording_id: int
    scorer_sha256: str
    settings_json: str
    violence: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeLesson:
    """Something that was learned of types: when (ISO 8601, UTC), by whom, in which feature space.

    `figures` (JSON) say how it did on segments that it had not seen, `arrays` are as stored.
    """

    id: int
    space: str
    made: str
    reviewer: str
    used: bool
    figures: str
    arrays: bytes


@dataclass(frozen=True, slots=True, eq=False)
class StoredCluster:
    """A cluster of segments, see `atlas.naming`: its center (d,), and how like it members (k,) are.

    `name` is None where it has none now.
    """

    id: int
    name: str | None
    center: NDArray[np.float32]
    members: NDArray[np.float32]
