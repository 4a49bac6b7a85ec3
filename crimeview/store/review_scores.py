"""The scores of spans that people reviewed, from the newest track."""

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.core.leads import scored
from crimeview.core.review import Review
from crimeview.core.track import Track, TrackKind
from crimeview.store.schema import ReviewRow
from crimeview.store.tracks import find_track, load_span, load_track

_FEW = 32  # spans of one recording; of more, the whole track is read at once


def rescore(session: Session, reviews: Sequence[Review]) -> None:
    """Give the reviews the scores that the newest track has within their spans."""
    by_recording: dict[int, list[int]] = {}
    for review in reviews:
        by_recording.setdefault(review.recording_id, []).append(review.id)
    for recording_id, ids in by_recording.items():
        rows = [row for i in ids if (row := session.get(ReviewRow, i)) is not None]
        _rescore(session, recording_id, rows)


def rescore_recording(session: Session, recording_id: int) -> None:
    """Do so for all reviews of a recording, whose scores are new."""
    rows = session.scalars(select(ReviewRow).filter_by(recording_id=recording_id)).all()
    if rows:
        _rescore(session, recording_id, rows)


def _rescore(session: Session, recording_id: int, rows: Sequence[ReviewRow]) -> None:
    track = find_track(session, recording_id, TrackKind.FRAME_SCORES)
    if track is None:
        _clear(rows)
        return
    whole = load_track(session, track) if len(rows) > _FEW else None
    for row in rows:
        scores = whole or load_span(session, track, start=row.start, end=row.end)
        _set(row, scores)


def _set(row: ReviewRow, scores: Track) -> None:
    found = scored(scores, start=row.start, end=row.end)
    if found is None:
        _clear([row])
    else:
        row.peak, row.peak_time, row.mean = found.peak, found.peak_time, found.mean


def _clear(rows: Iterable[ReviewRow]) -> None:
    for row in rows:
        row.peak = row.peak_time = row.mean = None
