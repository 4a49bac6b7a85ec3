"""Segments in a case: what was found, and what people say of it."""

from collections.abc import Sequence
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.core.alarm_rate import TWO_AN_HOUR
from crimeview.core.leads import Rest, leads, scored
from crimeview.core.review import ReviewState
from crimeview.core.segment import Segment
from crimeview.store.alarm_segments import alarm_rows, beside_alarms, is_live
from crimeview.store.explained import explained
from crimeview.store.records import review_of
from crimeview.store.review_scores import rescore_recording
from crimeview.store.rows import CaseSegment
from crimeview.store.schema import RecordingRow, ReviewRow, RunRow, SegmentRow
from crimeview.store.tracks import find_track, load_track
from crimeview.store.types import load_suggestions

if TYPE_CHECKING:
    from crimeview.core.track import Track, TrackKind

_RESTS = 1 << 40  # ids of rests begin here, far above those of segments
_PARTS = 1 << 16  # more than a segment falls into


def replace_segments(
    session: Session, recording_id: int, run_id: int, segments: Sequence[Segment]
) -> None:
    """Store these in place of the recording's old ones; one of the same span keeps its id.

    Alarms that were raised while a camera was watched stay beside what an analysis finds. What
    people say of the recording stays, with the scores that it now has.
    """
    rows = session.scalars(select(SegmentRow).filter_by(recording_id=recording_id)).all()
    if not is_live(session.get_one(RunRow, run_id).settings):
        alarms = alarm_rows(session, recording_id)
        rows = [row for row in rows if row not in alarms]
        segments = beside_alarms(segments, alarms)
    old = {(row.start, row.end): row for row in rows}
    for segment in segments:
        row = old.pop((segment.start, segment.end), None)
        if row is not None:
            row.run_id = run_id
            for name, value in asdict(segment).items():
                setattr(row, name, value)
        else:
            session.add(SegmentRow(recording_id=recording_id, run_id=run_id, **asdict(segment)))
    for row in old.values():
        session.delete(row)
    rescore_recording(session, recording_id)


def load_segments(session: Session, recording_id: int | None) -> list[CaseSegment]:
    """Segments of one recording or of all, the least expected first, see `Segment.rank`.

    Those are what people reviewed, and what was found and nobody has looked at yet.
    """
    reviews = _reviews(session, recording_id)
    found = _found(session, recording_id)
    by_recording: dict[int, list[CaseSegment]] = {}
    for row in found:
        by_recording.setdefault(row.recording_id, []).append(row)
    spans: dict[int, list[tuple[float, float]]] = {}
    for row in reviews:
        if row.review is not None:
            span = (row.review.seen_start, row.review.seen_end)
            spans.setdefault(row.recording_id, []).append(span)
    listed = explained(reviews, found)
    for number, rows in by_recording.items():
        listed += _open(session, rows, spans[number]) if number in spans else rows
    listed = _suggested(session, listed, recording_id)
    return sorted(listed, key=lambda s: (*s.segment.rank, s.recording_id, s.segment.start))


def _suggested(
    session: Session, rows: list[CaseSegment], recording_id: int | None
) -> list[CaseSegment]:
    """The segments with the types that are suggested for exactly their spans."""
    known = load_suggestions(session, recording_id)
    if not known:
        return rows
    keys = [(row.recording_id, row.segment.start, row.segment.end) for row in rows]
    return [
        replace(row, suggested=known[key]) if key in known else row
        for row, key in zip(rows, keys, strict=True)
    ]


def _open(
    session: Session, found: Sequence[CaseSegment], seen: Sequence[tuple[float, float]]
) -> list[CaseSegment]:
    left = leads([row.segment for row in found], np.array(seen))
    whole = [found[i] for i in left.whole]
    return whole + _rests(session, found, left.rests) if left.rests else whole


def _rests(
    session: Session, found: Sequence[CaseSegment], rests: Sequence[Rest]
) -> list[CaseSegment]:
    tracks: dict[TrackKind, Track | None] = {}
    listed = []
    for number, rest in enumerate(rests):
        whole = found[rest.number]
        kind = whole.segment.found_by.track
        if kind not in tracks:
            row = find_track(session, whole.recording_id, kind)
            tracks[kind] = load_track(session, row) if row is not None else None
        track = tracks[kind]
        segment = scored(track, start=rest.start, end=rest.end) if track is not None else None
        if segment is not None:
            own = _RESTS + whole.id * _PARTS + number % _PARTS
            segment = _of_the_same(segment, whole.segment)
            listed.append(replace(whole, id=own, segment=segment))
    return listed


def _of_the_same(rest: Segment, whole: Segment) -> Segment:
    """The rest with what found all of it, and why if the peak lies in it.

    If not, it is no rarer than what is worth a look at all.
    """
    if whole.per_hour is None or rest.start <= whole.peak_time < rest.end:
        return replace(
            rest,
            found_by=whole.found_by,
            per_hour=whole.per_hour,
            reason=whole.reason,
            number=whole.number,
            seen_class=whole.seen_class,
            looks=whole.looks,
        )
    return replace(rest, found_by=whole.found_by, per_hour=max(whole.per_hour, TWO_AN_HOUR))


def _found(session: Session, recording_id: int | None) -> list[CaseSegment]:
    row = SegmentRow
    query = (
        select(
            row.id,
            row.recording_id,
            row.start,
            row.end,
            row.peak,
            row.peak_time,
            row.mean,
            row.found_by,
            row.per_hour,
            row.reason,
            row.number,
            row.seen_class,
            row.looks,
            RecordingRow.sha256,
        )
        .join(RecordingRow, RecordingRow.id == row.recording_id)
        .where(RecordingRow.removed.is_(None))
        .order_by(row.recording_id, row.start)
    )
    if recording_id is not None:
        query = query.where(row.recording_id == recording_id)
    return [
        CaseSegment(
            id=found.id,
            recording_id=found.recording_id,
            segment=Segment(
                start=found.start,
                end=found.end,
                peak=found.peak,
                peak_time=found.peak_time,
                mean=found.mean,
                found_by=found.found_by,
                per_hour=found.per_hour,
                reason=found.reason,
                number=found.number,
                seen_class=found.seen_class,
                looks=found.looks,
            ),
            content=found.sha256,
        )
        for found in session.execute(query)
    ]


def load_confirmed(session: Session, recording_id: int) -> NDArray[np.float64]:
    """The spans (n, 2; s) of a recording that people confirmed."""
    row = ReviewRow
    query = select(row.start, row.end).where(
        row.recording_id == recording_id, row.state == ReviewState.CONFIRMED
    )
    spans = [(start, end) for start, end in session.execute(query)]
    return np.array(spans, np.float64).reshape(-1, 2)


def _reviews(session: Session, recording_id: int | None) -> list[CaseSegment]:
    query = (
        select(ReviewRow, RecordingRow.sha256)
        .join(RecordingRow, RecordingRow.id == ReviewRow.recording_id)
        .where(RecordingRow.removed.is_(None))
    )
    if recording_id is not None:
        query = query.where(ReviewRow.recording_id == recording_id)
    return [_reviewed(row, content) for row, content in session.execute(query)]


def _reviewed(row: ReviewRow, content: str | None) -> CaseSegment:
    middle = (row.start + row.end) / 2
    return CaseSegment(
        id=row.id,
        recording_id=row.recording_id,
        segment=Segment(
            start=row.start,
            end=row.end,
            peak=row.peak if row.peak is not None else 0.0,
            peak_time=row.peak_time if row.peak_time is not None else middle,
            mean=row.mean if row.mean is not None else 0.0,
        ),
        review=review_of(row),
        scored=row.peak is not None,
        content=content,
    )
