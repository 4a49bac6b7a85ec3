"""Segments in a case."""

from collections.abc import Sequence
from dataclasses import asdict

from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.core.segment import Segment
from crimeview.store.rows import CaseSegment
from crimeview.store.schema import SegmentRow


def replace_segments(
    session: Session, recording_id: int, run_id: int, segments: Sequence[Segment]
) -> None:
    """Store these in place of the recording's old ones; one of the same span keeps its id."""
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


def load_segments(session: Session, recording_id: int | None) -> list[CaseSegment]:
    """Segments of one recording or of all, the least expected first, then the highest peak.

    Those of which it is not known how often to expect them come by their peak alone.
    """
    query = select(SegmentRow).order_by(
        SegmentRow.per_hour.asc().nulls_last(),
        SegmentRow.peak.desc(),
        SegmentRow.recording_id,
        SegmentRow.start,
    )
    if recording_id is not None:
        query = query.filter_by(recording_id=recording_id)
    return [
        CaseSegment(id=row.id, recording_id=row.recording_id, segment=_segment(row))
        for row in session.scalars(query)
    ]


def _segment(row: SegmentRow) -> Segment:
    return Segment(
        start=row.start,
        end=row.end,
        peak=row.peak,
        peak_time=row.peak_time,
        mean=row.mean,
        found_by=row.found_by,
        per_hour=row.per_hour,
        reason=row.reason,
        number=row.number,
    )
