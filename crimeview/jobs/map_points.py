"""What a map shows: the segments of a case or of a library, each with its vector."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import unit
from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.core.review import ReviewState
from crimeview.core.wall_clock import camera_in_name
from crimeview.jobs.phases import phase
from crimeview.jobs.segment_vectors import segment_vectors
from crimeview.store.case import Case
from crimeview.store.library.library import Library
from crimeview.store.library.rows import Entry
from crimeview.store.rows import CaseClock, CaseRecording, CaseSegment

Floats = NDArray[np.float32]

MAP_FILE = "map.npz"
_AT_ONCE = 2000  # entries of a library between two steps


@dataclass(frozen=True, slots=True, kw_only=True)
class MapItem:
    """One point: a segment from `start` to `end` (s) of the recording at `path`.

    `segment_id` is that of the open case, None for a segment of a library only, whose number is
    `entry`. `kind` is its crime type, `state` what a person decided (None: not known), `day` when
    it happened by a clock that is sure; `case` names the case it is from.
    """

    segment_id: int | None
    entry: int | None
    recording_id: int | None
    path: Path
    start: float
    end: float
    peak: float
    peak_time: float
    kind: str | None
    state: ReviewState | None
    camera: str
    day: date | None
    case: str

    @property
    def key(self) -> tuple[int | None, float, float]:
        """What stays when something is said of a segment."""
        return self.recording_id, self.start, self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoints:
    """`items` in order and their `vectors` (n, d), at length one; `center` (d,) is what is usual.

    `space` names what the vectors mean, `file` is where the map of them is kept. `missing` counts
    segments that have no vector.
    """

    items: tuple[MapItem, ...]
    vectors: Floats
    center: Floats
    space: str
    file: Path | None
    missing: int


def points_of_case(case: Case) -> Job[MapPoints]:
    """All segments of a case that have features, dismissed ones too.

    Raises UsageError where there is none.
    """
    found = yield from phase(
        segment_vectors(case, leave_out=frozenset()), number=0, count=2, width=1
    )
    yield Step(done=1, total=2, message="Looking up cameras")
    describe = _Describing(case)
    return MapPoints(
        items=tuple(describe.item(segment) for segment in found.segments),
        vectors=found.anomalous,
        center=found.center,
        space=found.space,
        file=case.folder / MAP_FILE,
        missing=found.missing,
    )


def points_of_library(library: Library) -> Job[MapPoints]:
    """All segments of a library in the space that most of them have a vector in.

    Raises UsageError where there is none.
    """
    yield Step(done=0, total=None, message="Looking into the library")
    spaces = library.figures().spaces
    name = max(spaces, key=lambda space: space[2])[0] if spaces else ""
    numbers = library.numbers(name) if name else np.empty(0, np.int64)
    if len(numbers) == 0:
        raise UsageError(
            f"The library {library.place} has no segments yet; add some with “crimeview library "
            "add”."
        )
    items: list[MapItem] = []
    rows: list[Floats] = []
    for first in range(0, len(numbers), _AT_ONCE):
        yield Step(done=first, total=len(numbers), message="Reading the library")
        part = numbers[first : first + _AT_ONCE]
        entries = library.entries_of(part.tolist())
        owners, vectors = library.vectors(name, part)
        for owner, vector in zip(owners.tolist(), vectors, strict=True):
            if owner in entries:
                items.append(_entry_item(entries[owner]))
                rows.append(vector)
    vectors = unit(np.stack(rows))
    folder = library.folder
    return MapPoints(
        items=tuple(items),
        vectors=vectors,
        center=np.zeros(vectors.shape[1], np.float32),
        space=name,
        file=folder / MAP_FILE if folder is not None else None,
        missing=0,
    )


def with_reviews(
    items: Sequence[MapItem], segments: Sequence[CaseSegment]
) -> tuple[MapItem, ...] | None:
    """The items with what is said of the case's segments now; None where one is another or gone."""
    now = {(s.recording_id, s.segment.start, s.segment.end): s for s in segments}
    renewed = []
    for item in items:
        segment = now.get((item.recording_id or 0, item.start, item.end))
        if segment is None:
            return None
        kind = segment.review.kind if segment.review is not None else None
        if (segment.id, kind, segment.state) != (item.segment_id, item.kind, item.state):
            item = replace(item, segment_id=segment.id, kind=kind, state=segment.state)
        renewed.append(item)
    return tuple(renewed)


class _Describing:
    """What is known of the segments of a case beside themselves."""

    def __init__(self, case: Case) -> None:
        self._name = case.folder.name
        self._clocks = case.clocks()
        self._recordings = {recording.id: recording for recording in case.recordings()}

    def item(self, segment: CaseSegment) -> MapItem:
        recording = self._recordings[segment.recording_id]
        clock = self._clocks.get(recording.id)
        span = segment.segment
        return MapItem(
            segment_id=segment.id,
            entry=None,
            recording_id=recording.id,
            path=recording.path,
            start=span.start,
            end=span.end,
            peak=span.peak,
            peak_time=span.peak_time,
            kind=segment.review.kind if segment.review is not None else None,
            state=segment.state,
            camera=_camera(recording, clock),
            day=_day(clock, span.start),
            case=self._name,
        )


def _camera(recording: CaseRecording, clock: CaseClock | None) -> str:
    if clock is not None:
        return clock.camera
    return camera_in_name(recording.path.stem, recording.path.parent.name)


def _day(clock: CaseClock | None, seconds: float) -> date | None:
    if clock is None or not clock.clock.source.is_sure:
        return None
    return clock.clock.at(seconds).date()


def _entry_item(entry: Entry) -> MapItem:
    recording, facts = entry.recording, entry.facts
    return MapItem(
        segment_id=None,
        entry=entry.id,
        recording_id=None,
        path=Path(recording.path or recording.name),
        start=entry.start,
        end=entry.end,
        peak=entry.peak,
        peak_time=entry.peak_time,
        kind=facts.crime_type or None,
        state=None,
        camera=facts.camera,
        day=_day_of(entry.happened),
        case=recording.case_name or "",
    )


def _day_of(happened: float | None) -> date | None:
    if happened is None:
        return None
    return datetime.fromtimestamp(happened).astimezone().date()
