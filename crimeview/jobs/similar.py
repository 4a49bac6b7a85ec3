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
    learn_threshold,
    matching_clips,
    moved_query,
)
from crimeview.jobs.analyze import analyze
from crimeview.jobs.library_add import AddOrder, add_to_library
from crimeview.jobs.models import ModelPair
from crimeview.jobs.recording_features import RecordingFeatures
from crimeview.store.case import Case, open_case
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location
from crimeview.store.library.rows import ClipSet, Duplicates, Entry, Filter
from crimeview.store.rows import CaseRecording
from crimeview.video.fingerprint import fingerprint

_PAIRS = 3  # clips that are named as the reason of a match
_SAMPLE = 20_000  # segments that the threshold is learned from
_OVERLAP = 0.5  # of a result and the query in one recording: it found itself


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is looked for: its vector (d,) of length one in a space, its clips, where it is from.

    `recording_uid` is the fingerprint of the recording, `start` and `end` seconds of it.
    """

    name: str
    space: str
    vector: NDArray[np.float32]
    clips: ClipSet | None
    recording_uid: str
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Reason:
    """Two clips that match: start and end (s) in the query's and the result's recording."""

    query: tuple[float, float]
    result: tuple[float, float]
    similarity: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A segment found: how similar, whether that means something, and which clips match.

    `is_close` is None where the library is too small to tell.
    """

    entry: Entry
    similarity: float
    is_close: bool | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Similar:
    """The result of a search: matches, best first, and the threshold they were held against."""

    query: Query
    matches: tuple[Match, ...]
    threshold: Threshold
    notices: tuple[str, ...]

    @property
    def has_close_match(self) -> bool | None:
        """None where the library is too small to tell."""
        if self.threshold.value is None:
            return None
        return any(match.is_close for match in self.matches)


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
    if span is None:
        segments = case.segments(recording.id)
        if segments:
            span = (segments[0].segment.start, segments[0].segment.end)
        else:
            length = recording.recording.duration if recording.recording is not None else 0.0
            span = (0.0, max(length, recording.analyzed))
    described = features.describe(*span)
    assert recording.fingerprint is not None
    return Query(
        name=recording.path.name,
        space=features.space,
        vector=described.vector,
        clips=described.clips,
        recording_uid=recording.fingerprint.sha256,
        start=span[0],
        end=span[1],
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
) -> Job[Similar]:
    """Find the segments most like the query, of those that fit the filter.

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
    threshold = library_threshold(library, query.space)
    yield Step(done=0, total=None, message="Searching")
    vector = _moved(library, query, feedback)
    left_out = set(feedback.irrelevant)
    asked = count + len(left_out) + _same_recording(library, query)
    hits = library.search(query.space, vector, count=asked, wanted=wanted)
    entries = library.entries_of(hit.segment_id for hit in hits)
    matches: list[Match] = []
    for hit in hits:
        entry = entries.get(hit.segment_id)
        if entry is None or entry.id in left_out or _is_itself(entry, query):
            continue
        if len(matches) == count:
            break
        matches.append(_match(library, query, entry, hit.similarity, threshold))
    return Similar(
        query=query,
        matches=tuple(matches),
        threshold=threshold,
        notices=tuple(library.take_notices()),
    )


def library_threshold(library: Library, space: str) -> Threshold:
    """From what similarity on a match in this library means something."""
    numbers = library.numbers(space)
    total = len(numbers)
    if total > _SAMPLE:
        numbers = np.sort(np.random.default_rng(0).choice(numbers, _SAMPLE, replace=False))
    kinds = library.kinds(numbers.tolist())
    numbers = np.array([n for n in numbers.tolist() if n in kinds], np.int64)
    if len(numbers) == 0:
        return Threshold(value=None, basis="nothing", segments=0)
    found, vectors = library.vectors(space, numbers)
    return learn_threshold(
        vectors,
        np.array([kinds[int(n)][0] for n in found], np.int64),
        np.array([kinds[int(n)][1] for n in found], np.str_),
        total=total,
    )


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
        run = case.newest_run(recording.id)
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
