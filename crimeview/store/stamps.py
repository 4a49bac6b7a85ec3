"""What is stored of recordings, told so briefly that it can be held against what was made of it."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from crimeview.core.track import TrackKind
from crimeview.store.runs import of_present_content
from crimeview.store.schema import (
    FeatureSetRow,
    RecordingRow,
    RunRow,
    TrackChunkRow,
    TrackRow,
)


def clip_stamps(session: Session) -> dict[int, str]:
    """By recording: which features of which content, by what scored, and how far.

    Other features or scores have another stamp. None of a recording whose newest run has no scores
    of clips yet.
    """
    newest = (
        select(RunRow.recording_id, func.max(RunRow.id).label("run_id"))
        .join(FeatureSetRow, FeatureSetRow.id == RunRow.feature_set_id)
        .join(RecordingRow, of_present_content())
        .group_by(RunRow.recording_id)
        .subquery()
    )
    chunk = TrackChunkRow
    query = (
        select(
            newest.c.recording_id,
            FeatureSetRow.sha256,
            FeatureSetRow.encoder_sha256,
            FeatureSetRow.clip_key,
            FeatureSetRow.rows,
            TrackRow.scorer_sha256,
            TrackRow.id,
            func.count(chunk.first_entry),
            func.max(chunk.finish),
        )
        .join(RunRow, RunRow.id == newest.c.run_id)
        .join(FeatureSetRow, FeatureSetRow.id == RunRow.feature_set_id)
        .join(
            TrackRow,
            (TrackRow.feature_set_id == RunRow.feature_set_id)
            & (TrackRow.scorer_sha256 == RunRow.scorer_sha256)
            & (TrackRow.kind == TrackKind.CLIP_SCORES),
        )
        .join(chunk, (chunk.track_id == TrackRow.id) & (chunk.level == 0))
        .group_by(newest.c.recording_id)
    )
    return {row[0]: " ".join(map(str, row[1:])) for row in session.execute(query)}
