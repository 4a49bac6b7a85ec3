"""Reads the recordings of a case as values."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.core.recording import Fingerprint, Recording, RecordingState
from crimeview.store.rows import CaseRecording
from crimeview.store.schema import DescriptionRow, FeatureSetRow, RecordingRow, RunRow


def load_recordings(
    session: Session,
    recording_id: int | None = None,
    *,
    state: Callable[[RecordingRow], RecordingState],
) -> list[CaseRecording]:
    """One recording or all in the order they were added; `state` tells a row's present state."""
    analyzed = (
        select(FeatureSetRow.analyzed)
        .join(RunRow, RunRow.feature_set_id == FeatureSetRow.id)
        .where(RunRow.recording_id == RecordingRow.id, FeatureSetRow.sha256 == RecordingRow.sha256)
        .order_by(RunRow.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(RecordingRow, DescriptionRow, analyzed)
        .outerjoin(DescriptionRow, DescriptionRow.recording_id == RecordingRow.id)
        .order_by(RecordingRow.id)
    )
    if recording_id is not None:
        query = query.where(RecordingRow.id == recording_id)
    return [
        CaseRecording(
            id=row.id,
            path=Path(row.path),
            recording=_recording(row, description),
            fingerprint=_fingerprint(row),
            state=state(row),
            analyzed=seconds or 0.0,
            note=row.note,
            error=row.error,
        )
        for row, description, seconds in session.execute(query)
    ]


def _recording(row: RecordingRow, description: DescriptionRow | None) -> Recording | None:
    if description is None:
        return None
    return Recording(
        path=Path(row.path),
        duration=description.duration,
        width=description.width,
        height=description.height,
        frame_rate=description.frame_rate,
        codec=description.codec,
        container=description.container,
        rotation=description.rotation,
        clock=description.clock,
    )


def _fingerprint(row: RecordingRow) -> Fingerprint | None:
    if row.sha256 is None or row.size is None:
        return None
    return Fingerprint(sha256=row.sha256, size=row.size)
