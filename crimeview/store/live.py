"""What a case knows of watching: its cameras, and the clips recorded around alarms."""

import json
from collections.abc import Sequence
from pathlib import Path

from sqlalchemy import delete, select

from crimeview.core.watching import Camera, SavedClip, Zone
from crimeview.store.database import Database
from crimeview.store.schema import LiveCameraRow, LiveClipRow


class Live:
    """The watched cameras and clips of a case; usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cameras(self) -> list[Camera]:
        """The cameras in their order, without their secrets: see `store.camera_secrets`."""
        with self._database.reading() as session:
            query = select(LiveCameraRow).order_by(LiveCameraRow.place)
            return [_camera(row) for row in session.scalars(query)]

    def cameras_with_secrets(self) -> frozenset[str]:
        """The names of those whose whole address only the keyring has."""
        with self._database.reading() as session:
            query = select(LiveCameraRow.name).where(LiveCameraRow.has_secret)
            return frozenset(session.scalars(query))

    def set_cameras(self, cameras: Sequence[Camera]) -> None:
        """Store these in place of all; their secrets are not stored here."""
        with self._database.writing() as session:
            session.execute(delete(LiveCameraRow))
            for place, camera in enumerate(cameras):
                session.add(_row(camera, place))

    def clips(self) -> list[SavedClip]:
        """All clips that were recorded, the oldest first."""
        with self._database.reading() as session:
            query = select(LiveClipRow).order_by(LiveClipRow.start, LiveClipRow.id)
            return [_clip(row) for row in session.scalars(query)]

    def add_clip(self, clip: SavedClip) -> None:
        """Note a clip, which the program may delete again one day."""
        with self._database.writing() as session:
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

    def forget_clip(self, path: Path) -> None:
        """The clip's file is gone, or is to be left alone from now on."""
        with self._database.writing() as session:
            session.execute(delete(LiveClipRow).where(LiveClipRow.path == str(path)))


def _row(camera: Camera, place: int) -> LiveCameraRow:
    return LiveCameraRow(
        name=camera.name,
        place=place,
        address=camera.address,
        has_secret=camera.secret is not None,
        looped=camera.looped,
        zones=json.dumps([[zone.name, zone.points] for zone in camera.zones]),
    )


def _camera(row: LiveCameraRow) -> Camera:
    zones = tuple(
        Zone(name=name, points=tuple((x, y) for x, y in points))
        for name, points in json.loads(row.zones)
    )
    return Camera(name=row.name, address=row.address, looped=row.looped, zones=zones)


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
