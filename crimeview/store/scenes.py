"""Cameras of a case, and what was learned of each.

What is found by comparing recordings with it is in novelty.py.
"""

from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from crimeview.core.scene import Camera, CameraName, Lesson, RecordingCamera, TaughtLesson
from crimeview.store.database import Database
from crimeview.store.schema import CameraRow, LessonRow, RecordingRow


@dataclass(frozen=True, slots=True, kw_only=True)
class CameraSight:
    """What a camera looks like: its usual brightness u8 (rows, columns), and where it was found."""

    camera: Camera
    folder: Path
    background: NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewLesson:
    """What a camera can learn from a span (s) of a recording: counts, see `CameraLesson`."""

    recording_id: int
    kind: Lesson
    span: tuple[float, float]
    counts: bytes
    classes: bytes | None = None


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


class NameTakenError(Exception):
    """Another of a kind has that name by now."""


class Scenes:
    """The cameras of a case; usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def cameras(self) -> list[CameraSight]:
        """All cameras that a recording is of, in the order they were found."""
        with self._database.reading() as session:
            return [_sight(row) for row in session.scalars(_cameras())]

    def learned(self) -> frozenset[str]:
        """The names of those of which anything was learned."""
        with self._database.reading() as session:
            taught = select(LessonRow.camera_id).filter_by(forgotten=None).distinct()
            return frozenset(
                session.scalars(select(CameraRow.name).where(CameraRow.id.in_(taught)))
            )

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
            rows = session.scalars(_cameras()).all()
            row = next((row for row in rows if fits(_sight(row))), None)
            if row is None:
                unique = _unique(name, {row.name for row in rows})
                row = _added(session, unique, folder, background)
            session.get_one(RecordingRow, recording_id).camera_id = row.id
            return _camera(row)

    def add(self, *, name: str, folder: Path, background: NDArray[np.uint8]) -> int:
        """The id of a new camera, which is nowhere shown until an edit gives it a recording.

        A name that is taken gets a number.
        """
        with self._database.writing() as session:
            names = set(session.scalars(select(CameraRow.name).where(_in_use())))
            return _added(session, _unique(name, names), folder, background).id

    def learn(self, camera_id: int, lesson: NewLesson) -> Camera:
        """Keep what was learned; a recording has one lesson of its quiet time."""
        with self._changing(camera_id) as (session, camera):
            if lesson.kind is Lesson.QUIET:
                session.execute(
                    delete(LessonRow).filter_by(
                        camera_id=camera_id, recording_id=lesson.recording_id, kind=lesson.kind
                    )
                )
            session.add(_lesson_row(camera_id, lesson, version=camera.version))
            return _camera(camera)

    def prepare(self, camera_id: int, lesson: NewLesson) -> TaughtLesson:
        """Keep what can be learned; an edit with the lesson has it learned."""
        with self._database.writing() as session:
            version = session.get_one(CameraRow, camera_id).version + 1
            row = _lesson_row(camera_id, lesson, version=version)
            row.forgotten = row.made
            session.add(row)
            session.flush()
            return taught_lesson(row)

    def taught(self, camera_id: int) -> list[TaughtLesson]:
        """All that a camera has learned, as edits have it forgotten, the oldest first."""
        with self._database.reading() as session:
            return [taught_lesson(row) for row in session.scalars(_learned(camera_id))]

    def lessons(self, camera_id: int) -> list[CameraLesson]:
        """All that a camera has learned, the oldest first."""
        with self._database.reading() as session:
            return [_lesson(row) for row in session.scalars(_learned(camera_id))]

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


def _added(session: Session, name: str, folder: Path, background: NDArray[np.uint8]) -> CameraRow:
    row = CameraRow(
        name=name,
        folder=str(folder),
        grid="x".join(map(str, background.shape)),
        background=background.tobytes(),
        version=0,
        taught=0,
    )
    session.add(row)
    session.flush()
    return row


def find_camera(session: Session, recording_id: int) -> RecordingCamera | None:
    """Which camera a recording is of, if it is of any."""
    row = session.get(RecordingRow, recording_id)
    if row is None or row.camera_id is None:
        return None
    return RecordingCamera(recording_id=recording_id, camera_id=row.camera_id)


def find_camera_name(session: Session, camera_id: int) -> CameraName | None:
    row = session.get(CameraRow, camera_id)
    return CameraName(camera_id=row.id, name=row.name) if row is not None else None


def put_camera_name(session: Session, named: CameraName) -> None:
    """Raises NameTakenError where another camera that is in use has the name."""
    others = select(CameraRow.id).where(_in_use(), CameraRow.id != named.camera_id)
    if session.scalar(others.filter_by(name=named.name).limit(1)) is not None:
        raise NameTakenError(named.name)
    session.get_one(CameraRow, named.camera_id).name = named.name


def give_to_camera(session: Session, given: RecordingCamera) -> None:
    """Give a recording with its lessons to a camera; both cameras get a new version.

    That of the new one is higher than any by which the recording was compared with the one before:
    else what was found by that might count as newer. A camera that is left without recordings
    stays, out of sight, so that one can come back. Raises NoResultFound where there is no such
    camera or recording.
    """
    to = session.get_one(CameraRow, given.camera_id)
    recording = session.get_one(RecordingRow, given.recording_id)
    before = recording.camera_id
    if before == to.id:
        return
    names = select(CameraRow.name).where(_in_use(), CameraRow.id != to.id)
    to.name = _unique(to.name, set(session.scalars(names)))  # another may have taken it meanwhile
    former = session.get_one(CameraRow, before) if before is not None else None
    if former is not None:
        to.version = max(to.version, former.version)
        _changed_by_person(former)
    _changed_by_person(to)
    if former is not None:
        lessons = update(LessonRow).filter_by(camera_id=before, recording_id=recording.id)
        session.execute(lessons.values(camera_id=to.id, version=to.version))
    recording.camera_id = to.id


def _cameras() -> Select[CameraRow]:
    return select(CameraRow).where(_in_use()).order_by(CameraRow.id)


def _in_use() -> ColumnElement[bool]:
    """Whether a recording is of a camera."""
    used = select(RecordingRow.camera_id).where(RecordingRow.camera_id.is_not(None))
    return CameraRow.id.in_(used)


def delete_unused_cameras(session: Session) -> None:
    """Delete the cameras that no recording is of, with what they have learned."""
    used = select(RecordingRow.camera_id).where(RecordingRow.camera_id.is_not(None))
    session.execute(delete(CameraRow).where(CameraRow.id.not_in(used)))


def raise_versions(session: Session, recording_ids: Iterable[int]) -> None:
    """The cameras of these recordings have learned or forgotten something."""
    ids = select(RecordingRow.camera_id).where(RecordingRow.id.in_(recording_ids))
    for camera in session.scalars(select(CameraRow).where(CameraRow.id.in_(ids))):
        _changed_by_person(camera)


def _changed_by_person(camera: CameraRow) -> None:
    camera.version += 1
    camera.taught = camera.version


def _learned(camera_id: int) -> Select[LessonRow]:
    query = select(LessonRow).filter_by(camera_id=camera_id, forgotten=None)
    return query.order_by(LessonRow.id)


def _lesson_row(camera_id: int, lesson: NewLesson, *, version: int) -> LessonRow:
    """A lesson that is made now."""
    start, end = lesson.span
    return LessonRow(
        camera_id=camera_id,
        recording_id=lesson.recording_id,
        kind=lesson.kind,
        start=start,
        end=end,
        version=version,
        made=datetime.now(UTC).isoformat(),
        counts=lesson.counts,
        classes=lesson.classes,
    )


def taught_lesson(row: LessonRow) -> TaughtLesson:
    return TaughtLesson(
        id=row.id, recording_id=row.recording_id, kind=row.kind, start=row.start, end=row.end
    )


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
