"""What a map shows: the segments of a case or of a library, each with its vector."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import unit
from crimeview.core.errors import UsageError
from crimeview.core.found_by import FoundBy
from crimeview.core.job import Job, Step
from crimeview.core.review import ReviewState
from crimeview.core.wall_clock import camera_in_name
from crimeview.jobs.phases import phase
from crimeview.jobs.projecting import (
    ARROW,
    chosen_projections,
    common_space,
    projected,
    projections_of,
)
from crimeview.jobs.segment_vectors import segment_vectors
from crimeview.store.case import Case
from crimeview.store.library.library import Library
from crimeview.store.library.location import kept_folder
from crimeview.store.library.rows import Entry
from crimeview.store.rows import CaseClock, CaseRecording, CaseSegment

Floats = NDArray[np.float32]

MAP_FILE = "map.npz"
MOST = 100_000  # segments of a library on one map: it moves at 60 pictures a second to there
_AT_ONCE = 2000  # entries of a library between two steps


@dataclass(frozen=True, slots=True, kw_only=True)
class MapItem:
    """One point: a segment from `start` to `end` (s) of the recording at `path`.

    `segment_id` is that of the open case, None for a segment of a library only, whose number is
    `entry`. `kind` is the crime type that a person gave, `suggested` what the program says where
    nobody has, `state` what a person decided (None: not known), `outcome`
    what came of it (of a library only, empty: not known), `day` when it happened by a clock that
    is sure; `case` names the case it is from, `found_by` what found it (of a library: not known).
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
    outcome: str = ""
    suggested: str | None = None
    found_by: FoundBy = FoundBy.NOTHING

    @property
    def key(self) -> tuple[int | None, int | None, float, float]:
        """What stays when something is said of a segment."""
        return self.recording_id, self.entry, self.start, self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoints:
    """`items` in order and their `vectors` (n, d), at length one; `center` (d,) is what is usual.

    `space` names what the vectors mean, `file` is where the map of them is kept. `missing` counts
    segments that have no vector, `left_out` those of a library that is too large for a map.
    `feature_space` is what projections must be for, empty where there are several; `projection` the
    one that was used, `projections` those there are.
    """

    items: tuple[MapItem, ...]
    vectors: Floats
    center: Floats
    space: str
    file: Path | None
    missing: int
    left_out: int = 0
    feature_space: str = ""
    projection: str | None = None
    projections: tuple[str, ...] = ()


def points_of_case(case: Case, *, segments: Sequence[CaseSegment] | None = None) -> Job[MapPoints]:
    """All segments of a case that have features, dismissed ones too; None to read them.

    Raises UsageError where there is none.
    """
    found = yield from phase(
        segment_vectors(case, leave_out=frozenset(), segments=segments),
        number=0,
        count=2,
        width=1,
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
        feature_space=common_space(case, {s.recording_id for s in found.segments}),
    )


def points_of_library(library: Library) -> Job[MapPoints]:
    """All segments of a library in the space that most of them have a vector in.

    Of more than `MOST` as many are drawn, always the same ones. Raises UsageError where there is
    none.
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
    total = len(numbers)
    if total > MOST:
        numbers = np.sort(np.random.default_rng(0).choice(numbers, MOST, replace=False))
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
    return MapPoints(
        items=tuple(items),
        vectors=vectors,
        center=np.zeros(vectors.shape[1], np.float32),
        space=name,
        file=_map_file(library),
        missing=0,
        left_out=total - len(items),
        feature_space=name,
    )


def _map_file(library: Library) -> Path | None:
    """Where the library's map is kept: beside it, or on this computer where it is on a server."""
    folder = library.folder or kept_folder(library.uid)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:  # then it is laid out each time
        return None
    return folder / MAP_FILE


def by_projection(points: MapPoints, name: str | None) -> MapPoints:
    """The points by a projection, None for as they are; the map of each is kept by itself.

    Raises UsageError where there is none of that name for these features, ModelError.
    """
    there = tuple(model.manifest.name for model in projections_of(points.feature_space))
    if name is None:
        return replace(points, projections=there)
    (model,) = chosen_projections([name], space=points.feature_space)
    vectors = projected(model, points.vectors)
    file = points.file
    return replace(
        points,
        vectors=vectors,
        center=np.zeros(vectors.shape[1], np.float32),
        space=f"{points.space}{ARROW}{name} {model.manifest.sha256[:12]}",
        file=file.with_name(f"{file.stem}-{name}{file.suffix}") if file is not None else None,
        projection=name,
        projections=there,
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
        suggested = _suggested(segment)
        said = segment.id, kind, segment.state, suggested
        if said != (item.segment_id, item.kind, item.state, item.suggested):
            item = replace(
                item, segment_id=segment.id, kind=kind, state=segment.state, suggested=suggested
            )
        renewed.append(item)
    return tuple(renewed)


class _Describing:
    """What is known of the segments of a case beside themselves."""

    def __init__(self, case: Case) -> None:
        self._name = case.folder.name
        self._clocks = case.times.clocks()
        self._recordings = {recording.id: recording for recording in case.recordings()}
        self._cameras = {
            number: _camera(recording, self._clocks.get(number))
            for number, recording in self._recordings.items()
        }

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
            camera=self._cameras[recording.id],
            day=_day(clock, span.start),
            case=self._name,
            suggested=_suggested(segment),
            found_by=span.found_by,
        )


def _suggested(segment: CaseSegment) -> str | None:
    """The type that the program suggests, where no person has said one."""
    if segment.suggested is None or (segment.review is not None and segment.review.kind):
        return None
    return segment.suggested.kind


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
        outcome=facts.outcome,
    )


def _day_of(happened: float | None) -> date | None:
    if happened is None:
        return None
    return datetime.fromtimestamp(happened).astimezone().date()
