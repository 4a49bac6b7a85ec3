"""Runs, an analysis of a recording each, and the feature sets they work on."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, delete, func, select, union
from sqlalchemy.orm import InstrumentedAttribute, Session

from crimeview.store.rows import CaseRun
from crimeview.store.schema import FeatureSetRow, RecordingRow, RunRow


def now_text() -> str:
    """The present time as runs store it: ISO 8601, UTC."""
    return datetime.now(UTC).isoformat()


def find_or_add_feature_set(
    session: Session, *, sha256: str, encoder_sha256: str, clip_key: str, packed: bool = False
) -> FeatureSetRow:
    """The set of that key; a new one is `packed`, its features compressed, where that is asked."""
    key = {"sha256": sha256, "encoder_sha256": encoder_sha256, "clip_key": clip_key}
    row = session.scalars(select(FeatureSetRow).filter_by(**key)).one_or_none()
    if row is None:
        row = FeatureSetRow(
            **key,
            complete=False,
            rows=0,
            dimensions=0,
            analyzed=0.0,
            by_keyframes=0,
            by_pictures=0,
            audited_still=0,
            audited_moving=0,
            packed=packed,
        )
        session.add(row)
        session.flush()
    return row


def delete_unused_feature_sets(session: Session) -> None:
    """Delete the feature sets, with their tracks, that no run uses."""
    run = RunRow
    used: CompoundSelect[Any] = union(
        select(run.feature_set_id),
        select(run.violence_set_id).where(run.violence_set_id.is_not(None)),
        select(run.people_set_id).where(run.people_set_id.is_not(None)),
        select(run.scene_set_id).where(run.scene_set_id.is_not(None)),
        select(run.objects_set_id).where(run.objects_set_id.is_not(None)),
    )
    session.execute(delete(FeatureSetRow).where(FeatureSetRow.id.not_in(used)))


def of_present_content() -> ColumnElement[bool]:
    """Joins a recording to a run and its set: the run's, and of the content that it has now."""
    return (RecordingRow.id == RunRow.recording_id) & (RecordingRow.sha256 == FeatureSetRow.sha256)


def newest_feature_set(
    session: Session,
    recording_id: int,
    *,
    of: InstrumentedAttribute[Any] = RunRow.feature_set_id,
) -> FeatureSetRow | None:
    """The feature set of the newest run on the content that the recording has now.

    `of` is the column of runs that tells the set: of those runs that have one.
    """
    return session.scalars(
        select(FeatureSetRow)
        .join(RunRow, of == FeatureSetRow.id)
        .join(RecordingRow, of_present_content())
        .where(RecordingRow.id == recording_id)
        .order_by(RunRow.id.desc())
        .limit(1)
    ).first()


def newest_run(session: Session, recording_id: int | None) -> CaseRun | None:
    """The run begun last, of one recording or of all.

    Of all it is one that analyzed a recording: clips around alarms have runs too, whose segments no
    rule of the case has found.
    """
    query = select(RunRow).order_by(RunRow.id.desc()).limit(1)
    if recording_id is not None:
        query = query.filter_by(recording_id=recording_id)
    else:
        query = query.where(func.json_extract(RunRow.settings, "$.live").is_(None))
    row = session.scalars(query).first()
    if row is None:
        return None
    return CaseRun(
        id=row.id,
        recording_id=row.recording_id,
        scorer_sha256=row.scorer_sha256,
        settings_json=row.settings,
        violence=row.violence_set_id is not None,
    )
