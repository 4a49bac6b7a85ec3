"""Reads the recordings of a case as values."""

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from crimeview.core.recording import Fingerprint, Recording, RecordingState
from crimeview.store.gates import skip_report
from crimeview.store.rows import CaseRecording
from crimeview.store.schema import DescriptionRow, FeatureSetRow, GateRow, RecordingRow, RunRow


def present_recording(session: Session, recording_id: int) -> RecordingRow:
    """The row of a recording; raises KeyError where there is none of that id."""
    row = session.get(RecordingRow, recording_id)
    if row is None:
        raise KeyError(recording_id)
    return row


def load_recordings(
    session: Session,
    recording_id: int | None = None,
    *,
    state: Callable[[RecordingState, str | None], RecordingState],
) -> list[CaseRecording]:
    """One recording or all in the order they were added.

    `state` tells a present state from the stored one and the name of whoever is at work.
    """
    features = aliased(FeatureSetRow)
    newest = (
        select(features.id)
        .join(RunRow, RunRow.feature_set_id == features.id)
        .where(RunRow.recording_id == RecordingRow.id, features.sha256 == RecordingRow.sha256)
        .order_by(RunRow.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = (
        select(RecordingRow, DescriptionRow, FeatureSetRow, GateRow)
        .outerjoin(DescriptionRow, DescriptionRow.recording_id == RecordingRow.id)
        .outerjoin(FeatureSetRow, FeatureSetRow.id == newest)
        .outerjoin(GateRow, GateRow.feature_set_id == FeatureSetRow.id)
        .where(RecordingRow.removed.is_(None))
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
            state=state(row.state, row.worker),
            analyzed=known.analyzed if known is not None else 0.0,
            note=row.note,
            error=row.error,
            skip=skip_report(known, gate) if gate is not None else None,
        )
        for row, description, known, gate in session.execute(query)
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
