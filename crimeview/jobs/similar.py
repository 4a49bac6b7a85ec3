"""Finding what is like a segment, a marked span or a file."""

import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import CaseError, LibraryError, MediaError
from crimeview.core.job import Job, Step
from crimeview.core.recording import Fingerprint, RecordingState
from crimeview.core.similarity import (
    Threshold,
    matching_clips,
    moved_query,
)
from crimeview.jobs.analyze import analyze
from crimeview.jobs.close_match import library_threshold
from crimeview.jobs.library_add import AddOrder, add_to_library
from crimeview.jobs.models import ModelPair
from crimeview.jobs.projecting import chosen_projections, projected, projections_of
from crimeview.jobs.recording_features import RecordingFeatures
from crimeview.jobs.segment_pictures import Pictures, segment_pictures
from crimeview.jobs.twins import Showing, twins_of
from crimeview.nets.catalog import ModelFolder
from crimeview.store.case import Case, open_case
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location
from crimeview.store.library.rows import ClipSet, Duplicates, Entry, Filter, Hit
from crimeview.store.rows import CaseRecording
from crimeview.video.fingerprint import fingerprint

_PROJECTED = 2000  # results that are ranked anew by a projection
_PAIRS = 3  # clips that are named as the reason of a match
_OVERLAP = 0.5  # of a result and the query in one recording: it found itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for: its vector (d,) of length one in a space, its clips, where it is from.

    `recording_uid` is the fingerprint of the recording, `start` and `end` seconds of it;
    `pictures` show it, `happened` is when (seconds since 1970, UTC), None where not known.
    """

    name: str
    space: str
    vector: NDArray[np.float32]
    clips: ClipSet | None
    recording_uid: str
    start: float
    end: float
    pictures: Pictures = ()
    happened: float | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Two clips that match: start and end (s) in the query's and the result's recording."""

    query: tuple[float, float]
    result: tuple[float, float]
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A segment found: how similar, whether that means something, and which clips match.

    `is_close` is None where the library is too small to tell. `is_same` says that it shows the
    query itself in another file, as a copy that was encoded anew does; then it is close, too.
    """

    entry: Entry
    similarity: float
    is_close: bool | None
    reasons: tuple[Reason, ...]
    is_same: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """The result of a search: matches, best first, and the threshold they were held against.

    `projection` is the one that ranked them, if any, of `projections` that there are.
    """

    query: Query
    matches: tuple[Match, ...]
    threshold: Threshold
    notices: tuple[str, ...]
    projection: str | None = None
    projections: tuple[str, ...] = ()

    @property
    def has_close_match(self) -> bool | None:
        """None where the library is too small to tell."""
        if any(match.is_close for match in self.matches):
            return True
        return None if self.threshold.value is None else False

    @property
    def same(self) -> int:
        """How many matches, the first ones, show the query itself."""
        return sum(match.is_same for match in self.matches)


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a person says of earlier results, by the library's numbers."""

    relevant: tuple[int, ...] = ()
    irrelevant: tuple[int, ...] = ()


def query_of_span(case: Case, recording: CaseRecording, span: tuple[float, float] | None) -> Query:
    """What a case holds of a span, of the best segment where none is given, or else of all.

    Raises CaseError where that is nothing.
    """
    features = RecordingFeatures(case, recording)
    peak_time = None
    if span is None:
        segments = case.segments(recording.id)
        if segments:
            best = segments[0].segment
            span, peak_time = (best.start, best.end), best.peak_time
        else:
            length = recording.recording.duration if recording.recording is not None else 0.0
            span = (0.0, max(length, recording.analyzed))
    described = features.describe(*span)
    assert recording.fingerprint is not None
    if peak_time is None:
        peak_time = (span[0] + span[1]) / 2
    clock = case.times.clocks().get(recording.id)
    is_known = clock is not None and clock.clock.source.is_sure
    return Query(
        name=recording.path.name,
        space=features.space,
        vector=described.vector,
        clips=described.clips,
        recording_uid=recording.fingerprint.sha256,
        start=span[0],
        end=span[1],
        pictures=segment_pictures(case, recording, *span, peak_time=peak_time),
        happened=clock.clock.instant(span[0]) if clock is not None and is_known else None,
    )


def query_of_entry(library: Library, number: int, space: str) -> Query:
    """A segment of the library as the query; raises KeyError where it is not there."""
    entry = library.entry(number)
    return Query(
        name=entry.recording.name,
        space=space,
        vector=library.vector(number, space),
        clips=library.clips(number),
        recording_uid=entry.recording.uid,
        start=entry.start,
        end=entry.end,
        pictures=tuple(library.thumbnails(number)),
        happened=entry.happened,
    )


def query_of_video(
    path: Path,
    *,
    span: tuple[float, float] | None,
    cases: tuple[Case, ...],
    models: ModelPair,
) -> Job[Query]:
    """What a video file shows: from a case that has analyzed its content, else analyzed now.

    Raises MediaError where it cannot be read, CaseError where nothing in it can be compared.
    """
    content = yield from _content(path)
    for case in cases:
        known = _known(case, content, models)
        if known is not None:
            return query_of_span(case, known, span)
    with TemporaryDirectory(prefix="crimeview-") as folder, open_case(Path(folder)) as case:
        (outcome,) = yield from analyze([path], case=case, models=replace(models, violence=None))
        if outcome.state is RecordingState.FAILED:
            raise MediaError(outcome.message)
        return query_of_span(case, case.recording(outcome.recording_id), span)


@contextmanager
def case_as_library(case: Case) -> Iterator[tuple[Library, Job[None]]]:
    """A library of the case's segments that lasts as long as the block, and the job that fills it.

    So a case is searched by the same means as a library.
    """
    with (
        TemporaryDirectory(prefix="crimeview-") as folder,
        open_library(Location(folder=Path(folder))) as library,
    ):
        yield library, _fill(case, library)


def find_similar(
    library: Library,
    query: Query,
    *,
    count: int,
    wanted: Filter | None = None,
    feedback: Feedback | None = None,
    projection: str | None = None,
) -> Job[Similar]:
    """Find the segments most like the query, of those that fit the filter.

    What shows the query itself in another file comes first.

    With a `projection` for the query's features the `_PROJECTED` most alike without it are ranked
    by it, which is all in a smaller library; raises UsageError where there is none of that name.

    What lies in the query's own recording at the same time is not a result. Feedback moves the
    query; what was called not relevant is left out. Raises LibraryError where the library has
    nothing that can be compared.
    """
    feedback = feedback or Feedback()
    yield Step(done=0, total=None, message="Opening the search index")
    _check_space(library, query)
    with closing(library.refresh(query.space)) as refreshing:  # type: ignore[type-var]
        for taken in refreshing:
            yield Step(done=taken, total=None, message="Building the search index")
    yield Step(done=0, total=None, message="Learning what a close match is")
    model = None
    if projection is not None:
        (model,) = chosen_projections([projection], space=query.space)
    threshold = library_threshold(library, query.space, projection=model)
    yield Step(done=0, total=None, message="Searching")
    vector = _moved(library, query, feedback)
    left_out = set(feedback.irrelevant)
    asked = count + len(left_out) + _same_recording(library, query)
    among = asked if model is None else max(asked, _PROJECTED)
    hits = library.search(query.space, vector, count=among, wanted=wanted)
    same = _same(library, query, wanted)
    hits += _missing(library, query.space, vector, same - {hit.segment_id for hit in hits})
    if model is not None:
        hits = _ranked_by(model, library, query.space, vector, hits)
    hits = sorted(hits, key=lambda hit: hit.segment_id not in same)[: asked + len(same)]
    entries = library.entries_of(hit.segment_id for hit in hits)
    matches: list[Match] = []
    for hit in hits:
        entry = entries.get(hit.segment_id)
        if entry is None or entry.id in left_out or _is_itself(entry, query):
            continue
        if len(matches) == count:
            break
        match = _match(library, query, entry, hit.similarity, threshold)
        if entry.id in same:
            match = replace(match, is_close=True, is_same=True)
        matches.append(match)
    return Similar(
        query=query,
        matches=tuple(matches),
        threshold=threshold,
        notices=tuple(library.take_notices()),
        projection=projection,
        projections=tuple(one.manifest.name for one in projections_of(query.space)),
    )


def _same(library: Library, query: Query, wanted: Filter | None) -> set[int]:
    """The segments that show the query itself in another file."""
    if query.clips is None:
        return set()
    shown = Showing(
        recording_uid=query.recording_uid,
        start=query.start,
        end=query.end,
        vector=query.vector,
        clips=query.clips,
        pictures=query.pictures,
        happened=query.happened,
    )
    return {entry.id for entry in twins_of(library, shown, wanted=wanted)}


def _missing(
    library: Library, space: str, vector: NDArray[np.float32], segments: set[int]
) -> list[Hit]:
    """These segments with their likeness to a vector (d,)."""
    numbers, vectors = library.vectors(space, np.array(sorted(segments), np.int64))
    alike = vectors @ vector
    return [Hit(int(n), float(value)) for n, value in zip(numbers, alike, strict=True)]


def _ranked_by(
    model: ModelFolder,
    library: Library,
    space: str,
    vector: NDArray[np.float32],
    hits: list[Hit],
) -> list[Hit]:
    """The hits by the likeness of their projected vectors to the query's (d,), best first."""
    if not hits:
        return []
    numbers, vectors = library.vectors(space, np.array([hit.segment_id for hit in hits], np.int64))
    rows = projected(model, np.concatenate([vector[None], vectors]))
    alike = rows[1:] @ rows[0]
    order = np.argsort(-alike, kind="stable")
    return [Hit(int(numbers[n]), float(alike[n])) for n in order]


def _content(path: Path) -> Job[Fingerprint]:
    with closing(fingerprint(path)) as hashing:
        while True:
            try:
                next(hashing)
            except StopIteration as end:
                return cast("Fingerprint", end.value)
            yield Step(done=0, total=None, message=f"Reading {path.name}")


def _known(case: Case, content: Fingerprint, models: ModelPair) -> CaseRecording | None:
    """The recording of that content, where the case has analyzed it with the same encoder."""
    for recording in case.recordings():
        run = case.analyses.newest(recording.id)
        if (
            recording.fingerprint == content
            and recording.state is RecordingState.DONE
            and run is not None
            and json.loads(run.settings_json)["encoder"] == models.encoder.manifest.name
        ):
            return recording
    return None


def _fill(case: Case, library: Library) -> Job[None]:
    order = AddOrder(duplicates=Duplicates.KEEP)
    added = yield from add_to_library(case, library, order)
    if not added:
        raise CaseError(
            f"The case {case.folder} holds no segments to compare with; analyze recordings into "
            "it, or lower its threshold."
        )


def _check_space(library: Library, query: Query) -> None:
    if library.has_space(query.space):
        return
    held = [name for name, _, vectors in library.figures().spaces if vectors]
    if not held:
        raise LibraryError(
            f"The library {library.place} is empty; add to it first (“crimeview library add”)."
        )
    raise LibraryError(
        f"The library {library.place} holds vectors of {', '.join(held)}, but the query is one of "
        f"{query.space}: they cannot be compared. Choose the encoder that the library was made "
        "with."
    )


def _moved(library: Library, query: Query, feedback: Feedback) -> NDArray[np.float32]:
    if not feedback.relevant and not feedback.irrelevant:
        return query.vector

    def vectors(numbers: tuple[int, ...]) -> NDArray[np.float32]:
        try:
            rows = [library.vector(number, query.space) for number in numbers]
        except KeyError as error:
            raise LibraryError(
                f"The library has no segment {error}; give numbers that a search has shown."
            ) from error
        return np.stack(rows) if rows else np.empty((0, len(query.vector)), np.float32)

    return moved_query(query.vector, vectors(feedback.relevant), vectors(feedback.irrelevant))


def _same_recording(library: Library, query: Query) -> int:
    """How many segments of the library may be the query itself."""
    own = Filter(recording_uids=(query.recording_uid,))
    return sum(_is_itself(entry, query) for entry in library.entries(own))


def _is_itself(entry: Entry, query: Query) -> bool:
    if entry.recording.uid != query.recording_uid:
        return False
    common = min(entry.end, query.end) - max(entry.start, query.start)
    shorter = min(entry.end - entry.start, query.end - query.start)
    return common >= _OVERLAP * shorter


def _match(
    library: Library, query: Query, entry: Entry, similarity: float, threshold: Threshold
) -> Match:
    return Match(
        entry=entry,
        similarity=similarity,
        is_close=None if threshold.value is None else similarity >= threshold.value,
        reasons=_reasons(query.clips, library.clips(entry.id)),
    )


def _reasons(query: ClipSet | None, result: ClipSet | None) -> tuple[Reason, ...]:
    if query is None or result is None or query.space != result.space:
        return ()
    pairs = matching_clips(query.features, result.features, count=_PAIRS)
    return tuple(
        Reason(
            (float(query.times[p.first, 0]), float(query.times[p.first, 1])),
            (float(result.times[p.second, 0]), float(result.times[p.second, 1])),
            p.similarity,
        )
        for p in pairs
    )
