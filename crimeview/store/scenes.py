"""Cameras of a case, and what was learned of each."""

import io
from collections.abc import Callable, Container, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crimeview.core.scene import Camera, Lesson
from crimeview.store.database import Database
from crimeview.store.features import FeatureWriter
from crimeview.store.runs import find_or_add_feature_set
from crimeview.store.schema import (
    CameraRow,
    FeatureSetRow,
    LessonRow,
    MarksRow,
    RecordingRow,
    RunRow,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraSight:
    """What a camera looks like: its usual brightness u8 (rows, columns), and where it was found."""

    camera: Camera
    folder: Path
    background: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraLesson:
    """Something that a camera learned: from which span (s) of which recording; counts as stored.

    `classes` are those of objects, None where no detector looked.
    """

    id: int
    recording_id: int
    kind: Lesson
    start: float
    end: float
    version: int
    made: str
    counts: bytes
    classes: bytes | None


@dataclass(frozen=True, slots=True)
class StoredObjects:
    """The rows of objects of a recording, what tells by what they were found, and its run."""

    finder: str
    settings_json: str  # of the run, see `CaseRun`
    writer: FeatureWriter


class Scenes:
    """The cameras of a case; usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cameras(self) -> list[CameraSight]:
        """All cameras, in the order they were found."""
        with self._database.reading() as session:
            return [
                _sight(row) for row in session.scalars(select(CameraRow).order_by(CameraRow.id))
            ]

    def camera_of(self, recording_id: int) -> Camera | None:
        """The camera that a recording is of; None before its first analysis."""
        with self._database.reading() as session:
            row = session.scalars(
                select(CameraRow)
                .join(RecordingRow, RecordingRow.camera_id == CameraRow.id)
                .where(RecordingRow.id == recording_id)
            ).one_or_none()
            return _camera(row) if row is not None else None

    def recordings_of(self, camera_id: int) -> list[int]:
        """The ids of a camera's recordings, in the order they were added."""
        with self._database.reading() as session:
            query = select(RecordingRow.id).filter_by(camera_id=camera_id, removed=None)
            return list(session.scalars(query.order_by(RecordingRow.id)))

    def find_or_add(
        self,
        recording_id: int,
        *,
        name: str,
        folder: Path,
        background: NDArray[np.uint8],
        fits: Callable[[CameraSight], bool],
    ) -> Camera:
        """Make the recording one of the first camera that `fits`, or of a new one of that name.

        One transaction: of two recordings analyzed at the same time the second finds the camera of
        the first. A name that is taken gets a number.
        """
        with self._database.writing() as session:
            rows = session.scalars(select(CameraRow).order_by(CameraRow.id)).all()
            row = next((row for row in rows if fits(_sight(row))), None)
            if row is None:
                shape = "x".join(map(str, background.shape))
                row = CameraRow(
                    name=_unique(name, {row.name for row in rows}),
                    folder=str(folder),
                    grid=shape,
                    background=background.tobytes(),
                    version=0,
                )
                session.add(row)
                session.flush()
            session.get_one(RecordingRow, recording_id).camera_id = row.id
            return _camera(row)

    def assign(self, recording_id: int, camera_id: int) -> None:
        """Make the recording one of that camera's."""
        with self._database.writing() as session:
            session.get_one(RecordingRow, recording_id).camera_id = camera_id

    def rename(self, camera_id: int, name: str) -> None:
        with self._database.writing() as session:
            session.get_one(CameraRow, camera_id).name = name

    def learn(
        self,
        camera_id: int,
        *,
        kind: Lesson,
        recording_id: int,
        span: tuple[float, float],
        counts: bytes,
        classes: bytes | None = None,
    ) -> Camera:
        """Keep what was learned from a span (s); a recording has one lesson of its quiet time."""
        with self._changing(camera_id) as (session, camera):
            same = {"camera_id": camera_id, "recording_id": recording_id, "kind": kind}
            if kind is Lesson.QUIET:
                session.execute(delete(LessonRow).filter_by(**same))
            session.add(
                LessonRow(
                    **same,
                    start=span[0],
                    end=span[1],
                    version=camera.version,
                    made=datetime.now(UTC).isoformat(),
                    counts=counts,
                    classes=classes,
                )
            )
            return _camera(camera)

    def forget(self, camera_id: int, *, lesson_id: int | None = None) -> Camera:
        """Forget one lesson of a camera, or all that it has learned."""
        with self._changing(camera_id) as (session, camera):
            query = delete(LessonRow).filter_by(camera_id=camera_id)
            session.execute(query if lesson_id is None else query.filter_by(id=lesson_id))
            return _camera(camera)

    def lessons(self, camera_id: int) -> list[CameraLesson]:
        """All that a camera has learned, the oldest first."""
        with self._database.reading() as session:
            query = select(LessonRow).filter_by(camera_id=camera_id).order_by(LessonRow.id)
            return [_lesson(row) for row in session.scalars(query)]

    def writer(self, run_id: int, *, version: str, clip_key: str) -> FeatureWriter:
        """What is stored of the moments of a run's content, to go on; compressed."""
        with self._database.writing() as session:
            run = session.get_one(RunRow, run_id)
            content = session.get_one(FeatureSetRow, run.feature_set_id).sha256
            found = find_or_add_feature_set(
                session, sha256=content, encoder_sha256=version, clip_key=clip_key, packed=True
            )
            run.scene_set_id = found.id
            return FeatureWriter(self._database, found)

    def objects_writer(self, run_id: int, *, finder_sha256: str, clip_key: str) -> FeatureWriter:
        """What is stored of the objects in a run's content, to go on: `core.objects.ROW` a look."""
        with self._database.writing() as session:
            run = session.get_one(RunRow, run_id)
            content = session.get_one(FeatureSetRow, run.feature_set_id).sha256
            found = find_or_add_feature_set(
                session,
                sha256=content,
                encoder_sha256=finder_sha256,
                clip_key=clip_key,
                packed=True,
            )
            run.objects_set_id = found.id
            return FeatureWriter(self._database, found)

    def objects(self, run_id: int) -> StoredObjects | None:
        """The objects of a run, if they were looked for to its end."""
        with self._database.reading() as session:
            found = session.execute(
                select(RunRow.settings, FeatureSetRow)
                .join(FeatureSetRow, RunRow.objects_set_id == FeatureSetRow.id)
                .where(RunRow.id == run_id, FeatureSetRow.complete)
            ).one_or_none()
            if found is None:
                return None
            settings, row = found
            writer = FeatureWriter(self._database, row)
            return StoredObjects(row.encoder_sha256, settings, writer)

    def stored(self, recording_id: int, *, version: str) -> tuple[int, FeatureWriter] | None:
        """The newest run whose moments of that version are all stored, and the way to read them."""
        with self._database.reading() as session:
            found = session.execute(
                select(RunRow.id, FeatureSetRow)
                .join(FeatureSetRow, FeatureSetRow.id == RunRow.scene_set_id)
                .join(RecordingRow, RecordingRow.id == RunRow.recording_id)
                .where(
                    RunRow.recording_id == recording_id,
                    RecordingRow.sha256 == FeatureSetRow.sha256,
                    FeatureSetRow.encoder_sha256 == version,
                    FeatureSetRow.complete,
                )
                .order_by(RunRow.id.desc())
                .limit(1)
            ).first()
            return None if found is None else (found[0], FeatureWriter(self._database, found[1]))

    def save_marks(self, run_id: int, arrays: Mapping[str, NDArray[np.generic]]) -> None:
        """Store where a run's novelty found what, in place of what was there."""
        packed = io.BytesIO()
        np.savez_compressed(packed, allow_pickle=False, **arrays)
        with self._database.writing() as session:
            session.merge(MarksRow(run_id=run_id, arrays=packed.getvalue()))

    def marks(self, recording_id: int) -> Mapping[str, NDArray[Any]] | None:
        """The arrays of the newest run on the content that the recording has now."""
        with self._database.reading() as session:
            content = session.scalars(
                select(MarksRow.arrays)
                .join(RunRow, RunRow.id == MarksRow.run_id)
                .join(FeatureSetRow, FeatureSetRow.id == RunRow.feature_set_id)
                .join(
                    RecordingRow,
                    (RecordingRow.id == RunRow.recording_id)
                    & (RecordingRow.sha256 == FeatureSetRow.sha256),
                )
                .where(RecordingRow.id == recording_id)
                .order_by(RunRow.id.desc())
                .limit(1)
            ).first()
        if content is None:
            return None
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return dict(arrays)

    @contextmanager
    def _changing(self, camera_id: int) -> Iterator[tuple[Session, CameraRow]]:
        with self._database.writing() as session:
            camera = session.get_one(CameraRow, camera_id)
            camera.version += 1
            yield session, camera


def _unique(name: str, taken: Container[str]) -> str:
    number, unique = 1, name
    while unique in taken:
        number += 1
        unique = f"{name} {number}"
    return unique


def delete_unused_cameras(session: Session) -> None:
    """Delete the cameras that no recording is of, with what they have learned."""
    used = select(RecordingRow.camera_id).where(RecordingRow.camera_id.is_not(None))
    session.execute(delete(CameraRow).where(CameraRow.id.not_in(used)))


def _camera(row: CameraRow) -> Camera:
    rows, columns = row.grid.split("x")
    return Camera(id=row.id, name=row.name, version=row.version, grid=(int(rows), int(columns)))


def _sight(row: CameraRow) -> CameraSight:
    camera = _camera(row)
    background = np.frombuffer(row.background, np.uint8).reshape(camera.grid)
    return CameraSight(camera=camera, folder=Path(row.folder), background=background)


def _lesson(row: LessonRow) -> CameraLesson:
    return CameraLesson(
        id=row.id,
        recording_id=row.recording_id,
        kind=row.kind,
        start=row.start,
        end=row.end,
        version=row.version,
        made=row.made,
        counts=row.counts,
        classes=row.classes,
    )
