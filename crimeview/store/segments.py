"""Segments in a case: what was found, and what people say of it."""

from collections.abc import Sequence
from dataclasses import asdict, replace

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.core.leads import Rest, leads, scored
from crimeview.core.segment import Segment
from crimeview.core.track import TrackKind
from crimeview.store.records import review_of
from crimeview.store.review_scores import rescore_recording
from crimeview.store.rows import CaseSegment
from crimeview.store.schema import RecordingRow, ReviewRow, SegmentRow
from crimeview.store.tracks import find_track, load_track
from crimeview.store.types import load_suggestions

_RESTS = 1 << 40  # ids of rests begin here, far above those of segments
_PARTS = 1 << 16  # more than a segment falls into


def replace_segments(
    session: Session, recording_id: int, run_id: int, segments: Sequence[Segment]
) -> None:
    """Store these in place of the recording's old ones; one of the same span keeps its id.

    What people say of the recording stays, with the scores that it now has.
    """
    rows = session.scalars(select(SegmentRow).filter_by(recording_id=recording_id)).all()
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
    listed = _explained(reviews, found)
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


def _explained(reviews: Sequence[CaseSegment], found: Sequence[CaseSegment]) -> list[CaseSegment]:
    """The reviewed segments with what found them and why, where they are what was found."""
    why = {(row.recording_id, row.segment.start, row.segment.end): row.segment for row in found}
    explained = []
    for row in reviews:
        segment = why.get((row.recording_id, row.segment.start, row.segment.end))
        if segment is not None and row.scored:
            row = replace(
                row,
                segment=replace(
                    row.segment,
                    found_by=segment.found_by,
                    per_hour=segment.per_hour,
                    reason=segment.reason,
                    number=segment.number,
                    seen_class=segment.seen_class,
                    looks=segment.looks,
                ),
            )
        explained.append(row)
    return explained


def _open(
    session: Session, found: Sequence[CaseSegment], seen: Sequence[tuple[float, float]]
) -> list[CaseSegment]:
    left = leads([row.segment for row in found], np.array(seen))
    whole = [found[i] for i in left.whole]
    return whole + _rests(session, found, left.rests) if left.rests else whole


def _rests(
    session: Session, found: Sequence[CaseSegment], rests: Sequence[Rest]
) -> list[CaseSegment]:
    row = find_track(session, found[0].recording_id, TrackKind.FRAME_SCORES)
    if row is None:
        return []
    track = load_track(session, row)
    listed = []
    for number, rest in enumerate(rests):
        segment = scored(track, start=rest.start, end=rest.end)
        if segment is not None:
            whole = found[rest.number]
            own = _RESTS + whole.id * _PARTS + number % _PARTS
            listed.append(replace(whole, id=own, segment=segment))
    return listed


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
