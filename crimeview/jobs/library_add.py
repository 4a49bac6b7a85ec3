"""Adding what a case has found to a library."""

import getpass
import hashlib
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from crimeview.core.errors import CaseError, LibraryError, MediaError
from crimeview.core.files import is_file
from crimeview.core.job import Job, Step
from crimeview.core.review import ReviewState
from crimeview.jobs.recording_features import RecordingFeatures
from crimeview.jobs.segment_pictures import segment_pictures
from crimeview.jobs.twins import Showing, twins_of
from crimeview.store.case import Case
from crimeview.store.library.library import Library
from crimeview.store.library.rows import (
    Added,
    ClipCopy,
    Duplicates,
    Facts,
    NewEntry,
    SourceRecording,
)
from crimeview.store.rows import CaseClock, CaseRecording, CaseSegment
from crimeview.video.fingerprint import fingerprint
from crimeview.video.remux import copy_packets

_MARGIN = 2.0  # s before and after a segment in its copy
_AT_ONCE = 16  # segments stored in one transaction


@dataclass(frozen=True, slots=True, kw_only=True)
class AddOrder:
    """Which segments of a case are added, and what is said of them.

    `recordings` are the case's numbers, None for all; `segments` the case's numbers of segments,
    None for all of at least `least_peak` that touch `span` (s). `started` is the wall clock at the
    recordings' first frame.
    """

    recordings: tuple[int, ...] | None = None
    segments: tuple[int, ...] | None = None
    span: tuple[float, float] | None = None
    least_peak: float = 0.0
    facts: Facts = field(default_factory=Facts)
    started: datetime | None = None
    duplicates: Duplicates = Duplicates.MARK
    copy_clips: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class AddedSegment:
    """What became of a segment of the case; `number` is that of the library."""

    recording: Path
    start: float
    end: float
    outcome: Added
    number: int | None
    copied: bool = False


def add_to_library(case: Case, library: Library, order: AddOrder) -> Job[list[AddedSegment]]:
    """Add segments of a case; gives what became of each.

    Each recording's are stored a few at a time, all or none; what is acknowledged by a step is
    kept. Adding the same again adds nothing. Raises LibraryError and CaseError; MediaError where a
    clip is to be copied and the recording is not there or is another one.
    """
    if order.copy_clips and library.clips_folder is None:
        raise LibraryError(
            "A library on a server keeps no copies of clips; leave --copy-clips out, or add to a "
            "library in a folder."
        )
    chosen = _chosen(case, order)
    clocks = case.times.clocks()
    total = sum(len(segments) for _, segments in chosen)
    done: list[AddedSegment] = []
    for recording, segments in chosen:
        message = f"Adding from {recording.path.name}"
        yield Step(done=len(done), total=total, message=message)
        features = RecordingFeatures(case, recording)
        source = _source(case, recording, order)
        if order.copy_clips:
            yield from _check_content(recording, done=len(done), total=total)
        for first in range(0, len(segments), _AT_ONCE):
            part = segments[first : first + _AT_ONCE]
            entries = [
                _entry(case, recording, s, features, clock=clocks.get(recording.id), order=order)
                for s in part
            ]
            outcomes = library.add(
                source,
                entries,
                duplicates=order.duplicates,
                twin=partial(_twin, library, source),
            )
            for segment, (outcome, number) in zip(part, outcomes, strict=True):
                copied = False
                if order.copy_clips and outcome in (Added.NEW, Added.MARKED, Added.KNOWN):
                    assert number is not None
                    copied = _copy(library, recording, number)
                done.append(
                    AddedSegment(
                        recording=recording.path,
                        start=segment.segment.start,
                        end=segment.segment.end,
                        outcome=outcome,
                        number=number,
                        copied=copied,
                    )
                )
                yield Step(done=len(done), total=total, message=message)
    return done


def _chosen(case: Case, order: AddOrder) -> list[tuple[CaseRecording, list[CaseSegment]]]:
    chosen = []
    for recording in case.recordings():
        if order.recordings is not None and recording.id not in order.recordings:
            continue
        segments = [s for s in case.segments(recording.id) if _is_wanted(s, order)]
        if segments:
            chosen.append((recording, segments))
    return chosen


def _is_wanted(segment: CaseSegment, order: AddOrder) -> bool:
    if order.segments is not None and segment.id not in order.segments:
        return False
    if segment.state is ReviewState.DISMISSED:  # a person said that it is nothing
        return False
    if order.span is not None:
        start, end = order.span
        if segment.segment.start >= end or segment.segment.end <= start:
            return False
    return segment.segment.peak >= order.least_peak


def _source(case: Case, recording: CaseRecording, order: AddOrder) -> SourceRecording:
    content = recording.fingerprint
    if content is None:
        raise CaseError(f"“{recording.path.name}” is not analyzed; analyze it first.")
    return SourceRecording(
        uid=content.sha256,
        name=recording.path.name,
        sha256=content.sha256,
        size=content.size,
        path=str(recording.path),
        case_name=case.folder.name,
        duration=recording.recording.duration if recording.recording is not None else None,
        started=order.started.isoformat() if order.started is not None else None,
    )


def _entry(
    case: Case,
    recording: CaseRecording,
    found: CaseSegment,
    features: RecordingFeatures,
    *,
    clock: CaseClock | None,
    order: AddOrder,
) -> NewEntry:
    segment = found.segment
    described = features.describe(segment.start, segment.end)
    assert recording.fingerprint is not None
    identity = f"{recording.fingerprint.sha256} {segment.start:.3f} {segment.end:.3f}"
    happened = None
    if order.started is not None:
        happened = order.started.timestamp() + segment.start
    elif clock is not None and clock.clock.source.is_sure:
        happened = clock.clock.instant(segment.start)
    return NewEntry(
        uid=hashlib.sha256(identity.encode()).hexdigest()[:32],
        start=segment.start,
        end=segment.end,
        peak=segment.peak,
        peak_time=segment.peak_time,
        vectors={features.space: described.vector},
        facts=_facts(found, clock, order),
        happened=happened,
        clips=described.clips,
        thumbnails=segment_pictures(
            case, recording, segment.start, segment.end, peak_time=segment.peak_time
        ),
        added=datetime.now(UTC).isoformat(timespec="seconds"),
        added_by=_user(),
    )


def _facts(found: CaseSegment, clock: CaseClock | None, order: AddOrder) -> Facts:
    """What was given, and for the rest what the case knows of the segment."""
    given, review = order.facts, found.review
    said = review if review is not None and not found.outdated else None
    return replace(
        given,
        crime_type=given.crime_type or (said.kind if said is not None and said.kind else ""),
        notes=given.notes or (said.note if said is not None else ""),
        camera=given.camera or (clock.camera if clock is not None else ""),
    )


def _twin(library: Library, source: SourceRecording, entry: NewEntry) -> int | None:
    """A segment of another file that shows the same, as an encoded copy does; None for none."""
    clips = entry.clips
    if clips is None:
        return None
    shown = Showing(
        recording_uid=source.uid,
        start=entry.start,
        end=entry.end,
        vector=entry.vectors[clips.space],
        clips=clips,
        pictures=entry.thumbnails,
        happened=entry.happened,
    )
    twin = next(twins_of(library, shown), None)
    return None if twin is None else twin.duplicate_of or twin.id


def _check_content(recording: CaseRecording, *, done: int, total: int) -> Job[None]:
    """Raise MediaError unless the file is the one that was analyzed: a copy names its source."""
    message = f"Checking {recording.path.name}"
    with closing(fingerprint(recording.path)) as hashing:
        while True:
            try:
                next(hashing)
            except StopIteration as end:
                content = end.value
                break
            yield Step(done=done, total=total, message=message)
    if content != recording.fingerprint:
        raise MediaError(
            f"“{recording.path.name}” is not the file that was analyzed; nothing was copied of it. "
            "Analyze it again."
        )


def _copy(library: Library, recording: CaseRecording, number: int) -> bool:
    """Copy the segment's packets into the library, where that was not done."""
    entry = library.entry(number)
    folder = library.clips_folder
    assert folder is not None
    if entry.copy is not None and is_file(folder / entry.copy.file):
        return False
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise LibraryError(
            f"The folder {folder} cannot be made ({error.strerror}); free some space."
        ) from error
    target = folder / f"{entry.uid}.mkv"
    start, end = copy_packets(
        recording.path,
        target,
        start=max(0.0, entry.start - _MARGIN),
        end=entry.end + _MARGIN,
    )
    content = _hashed(target)
    assert recording.fingerprint is not None
    library.set_copy(
        number,
        ClipCopy(
            file=target.name,
            sha256=content[0],
            size=content[1],
            source_sha256=recording.fingerprint.sha256,
            start=start,
            end=end,
        ),
    )
    return True


def _hashed(path: Path) -> tuple[str, int]:
    hashing = fingerprint(path)
    while True:
        try:
            next(hashing)
        except StopIteration as end:
            found = end.value
            return found.sha256, found.size


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""
