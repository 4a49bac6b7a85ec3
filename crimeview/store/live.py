"""What a case knows of watching: its cameras, and the clips recorded around alarms."""

import json
from collections.abc import Container, Sequence
from dataclasses import asdict
from pathlib import Path

from sqlalchemy import Select, delete, select

from crimeview.core.clip_order import ClipOrder
from crimeview.core.segment import Segment
from crimeview.core.watching import Camera, SavedClip, WallCamera
from crimeview.store.database import Database
from crimeview.store.kept_clips import ClipRecord, put_clip, put_clip_row, replace_alarm_segments
from crimeview.store.live_cameras import camera_of_row, wall_camera, wall_camera_row
from crimeview.store.schema import CaseNoteRow, LiveCameraRow, LiveClipRow

_RECORDING = "recording around alarms"  # the name of the case's setting


class Live:
    """The watched cameras and clips of a case; usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cameras(self) -> list[Camera]:
        """The cameras in their order, without their secrets: see `store.camera_secrets`.

        Earlier versions did not know every secret of an address as one: cameras that were stored
        with it come with it, masked as all are. It goes into the keyring when they are kept again.
        """
        with self._database.reading() as session:
            return [camera_of_row(row) for row in session.scalars(_cameras())]

    def wall(self) -> list[WallCamera]:
        """The cameras in their order, as edits change them."""
        with self._database.reading() as session:
            return [wall_camera(row) for row in session.scalars(_cameras())]

    def cameras_with_secrets(self) -> frozenset[str]:
        """The names of those whose whole address only the keyring has."""
        with self._database.reading() as session:
            query = select(LiveCameraRow.name).where(LiveCameraRow.has_secret)
            return frozenset(session.scalars(query))

    def set_cameras(
        self, cameras: Sequence[Camera], *, secret: Container[str] | None = None
    ) -> None:
        """Store these in place of all, by no edit; their secrets are not stored here.

        `secret` are the names of those that have one, None: those that come with it.
        """
        with self._database.writing() as session:
            session.execute(delete(LiveCameraRow))
            for place, camera in enumerate(cameras):
                kept = camera.secret is not None if secret is None else camera.name in secret
                wall = WallCamera(place=place, camera=camera, has_secret=kept)
                session.add(wall_camera_row(wall))

    def recording(self, *, unless: ClipOrder | None) -> ClipOrder | None:
        """How clips around alarms are kept, None: they are not; `unless` before anybody said."""
        with self._database.reading() as session:
            note = session.get(CaseNoteRow, _RECORDING)
            if note is None:
                return unless
            values = json.loads(note.text)
            return ClipOrder(**values) if values is not None else None

    def set_recording(self, order: ClipOrder | None) -> None:
        """Keep clips around alarms like this from now on, None: do not."""
        text = json.dumps(asdict(order) if order is not None else None)
        with self._database.writing() as session:
            session.merge(CaseNoteRow(name=_RECORDING, text=text))

    def clips(self) -> list[SavedClip]:
        """All clips that were recorded, the oldest first."""
        with self._database.reading() as session:
            query = select(LiveClipRow).order_by(LiveClipRow.start, LiveClipRow.id)
            return [_clip(row) for row in session.scalars(query)]

    def add_clip(self, clip: SavedClip) -> None:
        """Note a clip, which the program may delete again one day."""
        with self._database.writing() as session:
            put_clip_row(session, clip)

    def put_clip(self, record: ClipRecord) -> SavedClip:
        """Store a clip as a recording of the case, all or nothing; gives it with that one's id."""
        with self._database.writing() as session:
            return put_clip(session, record)

    def replace_alarm_segments(self, clip: SavedClip, segments: Sequence[Segment]) -> bool:
        """Store what is known now of a clip's alarms, unless it was analyzed since."""
        if clip.recording_id is None:
            return False
        with self._database.writing() as session:
            return replace_alarm_segments(session, clip.recording_id, segments)

    def forget_clip(self, path: Path) -> None:
        """The clip's file is gone, or is to be left alone from now on."""
        with self._database.writing() as session:
            session.execute(delete(LiveClipRow).where(LiveClipRow.path == str(path)))


def _cameras() -> Select[LiveCameraRow]:
    return select(LiveCameraRow).order_by(LiveCameraRow.place, LiveCameraRow.name)


def _clip(row: LiveClipRow) -> SavedClip:
    return SavedClip(
        camera=row.camera,
        alarms=tuple(json.loads(row.alarms)),
        path=Path(row.path),
        start=row.start,
        end=row.end,
        sha256=row.sha256,
        size=row.size,
        recording_id=row.recording_id,
    )
