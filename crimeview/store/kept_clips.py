"""A clip around alarms as a recording of a case: all that is known of it, in one transaction."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crimeview.core.recording import Recording, RecordingState
from crimeview.core.segment import Segment
from crimeview.core.track import Track
from crimeview.core.watching import SavedClip
from crimeview.store.alarm_segments import is_live
from crimeview.store.rows import CaseClock
from crimeview.store.runs import find_or_add_feature_set, newest_run, now_text
from crimeview.store.schema import DescriptionRow, LiveClipRow, RecordingRow, RunRow
from crimeview.store.segments import replace_segments
from crimeview.store.times import clock_row
from crimeview.store.tracks import save_track


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipRecord:
    """A clip, what its file says of itself, and what was scored and alarmed of while it came.

    `encoder_sha256`, `scorer_sha256`, `clip_key` and `settings_json` are those of a run.
    """

    clip: SavedClip
    recording: Recording
    clock: CaseClock
    encoder_sha256: str
    scorer_sha256: str
    clip_key: str
    settings_json: str
    tracks: Sequence[Track]
    segments: Sequence[Segment]


def put_clip(session: Session, record: ClipRecord) -> SavedClip:
    """Store a clip as a recording that is done; gives it with the recording's id."""
    number = _recording(session, record)
    session.merge(clock_row(number, record.clock))
    run_id = _run(session, number, record)
    for track in record.tracks:
        save_track(session, run_id, track.kind, [track])
    replace_segments(session, number, run_id, record.segments)
    clip = replace(record.clip, recording_id=number)
    put_clip_row(session, clip)
    return clip


def put_clip_row(session: Session, clip: SavedClip) -> None:
    """Note a file that the program may delete again one day."""
    session.execute(delete(LiveClipRow).where(LiveClipRow.path == str(clip.path)))
    session.add(
        LiveClipRow(
            recording_id=clip.recording_id,
            camera=clip.camera,
            alarms=json.dumps(clip.alarms),
            path=str(clip.path),
            start=clip.start,
            end=clip.end,
            sha256=clip.sha256,
            size=clip.size,
        )
    )


def replace_alarm_segments(
    session: Session, recording_id: int, segments: Sequence[Segment]
) -> bool:
    """Put these in place of a clip's, unless it is gone or was analyzed since; whether it was."""
    run = newest_run(session, recording_id)
    if run is None or not is_live(run.settings_json):
        return False
    replace_segments(session, recording_id, run.id, segments)
    return True


def _recording(session: Session, record: ClipRecord) -> int:
    """The id of the clip's recording, made anew unless there is one at its path."""
    path = str(record.clip.path)
    row = session.scalar(select(RecordingRow).where(RecordingRow.path == path))
    if row is None:
        row = RecordingRow(path=path)
        session.add(row)
    row.state, row.removed, row.worker = RecordingState.DONE, None, None
    row.sha256, row.size = record.clip.sha256, record.clip.size
    session.flush()
    values = asdict(record.recording)
    del values["path"]
    session.merge(DescriptionRow(recording_id=row.id, **values))
    return row.id


def _run(session: Session, recording_id: int, record: ClipRecord) -> int:
    found = find_or_add_feature_set(
        session,
        sha256=record.clip.sha256,
        encoder_sha256=record.encoder_sha256,
        clip_key=record.clip_key,
    )
    now = now_text()
    row = RunRow(
        recording_id=recording_id,
        feature_set_id=found.id,
        scorer_sha256=record.scorer_sha256,
        settings=record.settings_json,
        started=now,
        finished=now,
    )
    session.add(row)
    session.flush()
    return row.id
