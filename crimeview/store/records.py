"""Records that people change, as rows of the case."""

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.core.alarm_rule import ListedRule
from crimeview.core.edit import CaseNote, Place, Record
from crimeview.core.ground_truth import RecordingTruth
from crimeview.core.region import Region
from crimeview.core.review import Origin, Review
from crimeview.core.scene import CameraName, RecordingCamera, TaughtLesson
from crimeview.core.segment import RulePreset
from crimeview.core.type_suggestion import ClusterName, TypeLessonUse
from crimeview.core.wall_clock import RecordingClock
from crimeview.core.watching import WallCamera
from crimeview.store.alarm_rows import listed_rule, row_of_listed
from crimeview.store.alarm_schema import AlarmRuleRow
from crimeview.store.live_cameras import wall_camera, wall_camera_row
from crimeview.store.presets import preset_of, preset_row
from crimeview.store.runs import now_text
from crimeview.store.scenes import (
    find_camera,
    find_camera_name,
    give_to_camera,
    put_camera_name,
    taught_lesson,
)
from crimeview.store.schema import (
    Base,
    CaseNoteRow,
    ClusterRow,
    LessonRow,
    LiveCameraRow,
    RecordingRow,
    RegionRow,
    ReviewRow,
    RulePresetRow,
    TypeLessonRow,
    WallClockRow,
)
from crimeview.store.times import clock_row, find_truth, put_truth, recording_clock

R = TypeVar("R")
B = TypeVar("B", bound=Base)


@dataclass(frozen=True, slots=True)
class _Kind(Generic[R]):
    """How records of one kind are found, stored and deleted."""

    find: Callable[[Session, R], R | None]
    put: Callable[[Session, R], object]
    delete: Callable[[Session, R], object] | None = None


def find_record(session: Session, like: Record) -> Record | None:
    """The record of the same kind and identity as the case holds it now."""
    found: Record | None = _KINDS[type(like)].find(session, like)
    return found


def put_record(session: Session, record: Record) -> None:
    """Store a record in place of the one with its identity, if any.

    Raises NoResultFound where what it is about is gone for good, and NameTakenError or
    IntegrityError where another one has its name.
    """
    _KINDS[type(record)].put(session, record)


def delete_record(session: Session, record: Record) -> None:
    """Delete a record; what is only ever changed stays, and a lesson is kept, forgotten."""
    delete = _KINDS[type(record)].delete
    if delete is not None:
        delete(session, record)


def is_reviewed_already(session: Session, review: Review) -> bool:
    """Whether there is another word on just what was found there."""
    row = ReviewRow
    found = session.scalar(
        select(row.id).where(
            row.recording_id == review.recording_id,
            row.seen_start == review.seen_start,
            row.seen_end == review.seen_end,
            row.origin == Origin.MACHINE,
            row.id != review.id,
        )
    )
    return review.origin is Origin.MACHINE and found is not None


def review_of(row: ReviewRow) -> Review:
    return Review(
        id=row.id,
        recording_id=row.recording_id,
        start=row.start,
        end=row.end,
        seen_start=row.seen_start,
        seen_end=row.seen_end,
        state=row.state,
        origin=row.origin,
        kind=row.kind,
        note=row.note,
        tags=tuple(json.loads(row.tags)),
        reviewer=row.reviewer,
        changed=row.changed,
        content=row.content,
    )


def region_of(row: RegionRow) -> Region:
    return Region(
        id=row.id,
        recording_id=row.recording_id,
        use=row.use,
        name=row.name,
        points=tuple((x, y) for x, y in json.loads(row.points)),
    )


def _row_of_review(review: Review) -> ReviewRow:
    return ReviewRow(**asdict(review) | {"tags": json.dumps(review.tags)})


def _row_of_region(region: Region) -> RegionRow:
    return RegionRow(**asdict(region) | {"points": json.dumps(region.points)})


def _find_place(session: Session, like: Place) -> Place | None:
    row = session.get(RecordingRow, like.recording_id)
    if row is None:
        return None
    return Place(recording_id=row.id, path=Path(row.path), removed=row.removed)


def _put_place(session: Session, place: Place) -> None:
    row = session.get_one(RecordingRow, place.recording_id)
    row.path, row.removed = str(place.path), place.removed


def _find_truth(session: Session, like: RecordingTruth) -> RecordingTruth | None:
    return find_truth(session, like.recording_id)


def _put_truth(session: Session, truth: RecordingTruth) -> None:
    put_truth(session, truth.recording_id, truth.spans)


def _take_truth_away(session: Session, truth: RecordingTruth) -> None:
    put_truth(session, truth.recording_id, ())


def _find_camera(session: Session, like: RecordingCamera) -> RecordingCamera | None:
    return find_camera(session, like.recording_id)


def _find_lesson(session: Session, like: TaughtLesson) -> TaughtLesson | None:
    row = session.get(LessonRow, like.id)
    return taught_lesson(row) if row is not None and row.forgotten is None else None


def _put_lesson(session: Session, lesson: TaughtLesson) -> None:
    session.get_one(LessonRow, lesson.id).forgotten = None


def _forget_lesson(session: Session, lesson: TaughtLesson) -> None:
    session.get_one(LessonRow, lesson.id).forgotten = now_text()


def _find_type_lesson(session: Session, like: TypeLessonUse) -> TypeLessonUse | None:
    row = session.get(TypeLessonRow, like.id)
    return TypeLessonUse(id=like.id, used=row.used) if row is not None else None


def _put_type_lesson(session: Session, lesson: TypeLessonUse) -> None:
    session.get_one(TypeLessonRow, lesson.id).used = lesson.used


def _find_cluster_name(session: Session, like: ClusterName) -> ClusterName | None:
    row = session.get(ClusterRow, like.id)
    return ClusterName(id=row.id, name=row.name) if row is not None else None


def _put_cluster_name(session: Session, named: ClusterName) -> None:
    session.get_one(ClusterRow, named.id).name = named.name
    session.flush()  # or one that gives its name away would still have it


def _find_camera_name(session: Session, like: CameraName) -> CameraName | None:
    return find_camera_name(session, like.camera_id)


def _rows(
    kind: type[B],
    *,
    key: Callable[[R], object],
    read: Callable[[B], R],
    write: Callable[[R], B],
) -> _Kind[R]:
    """Records that are a row each."""

    def find(session: Session, like: R) -> R | None:
        row = session.get(kind, key(like))
        return read(row) if row is not None else None

    def delete(session: Session, record: R) -> None:
        row = session.get(kind, key(record))
        if row is not None:
            session.delete(row)

    return _Kind(find, lambda session, record: session.merge(write(record)), delete)


_KINDS: Mapping[type[Record], _Kind[Any]] = {
    Review: _rows(ReviewRow, key=lambda review: review.id, read=review_of, write=_row_of_review),
    Region: _rows(RegionRow, key=lambda region: region.id, read=region_of, write=_row_of_region),
    CaseNote: _rows(
        CaseNoteRow,
        key=lambda note: note.name,
        read=lambda row: CaseNote(name=row.name, text=row.text),
        write=lambda note: CaseNoteRow(name=note.name, text=note.text),
    ),
    RulePreset: _rows(
        RulePresetRow,
        key=lambda preset: (preset.camera, preset.name),
        read=preset_of,
        write=preset_row,
    ),
    RecordingClock: _rows(
        WallClockRow,
        key=lambda clock: clock.recording_id,
        read=recording_clock,
        write=lambda clock: clock_row(clock.recording_id, clock),
    ),
    ListedRule: _rows(
        AlarmRuleRow, key=lambda listed: listed.rule.id, read=listed_rule, write=row_of_listed
    ),
    WallCamera: _rows(
        LiveCameraRow,
        key=lambda wall: wall.camera.name,
        read=wall_camera,
        write=wall_camera_row,
    ),
    Place: _Kind(_find_place, _put_place),
    RecordingTruth: _Kind(_find_truth, _put_truth, _take_truth_away),
    TaughtLesson: _Kind(_find_lesson, _put_lesson, _forget_lesson),
    RecordingCamera: _Kind(_find_camera, give_to_camera),
    TypeLessonUse: _Kind(_find_type_lesson, _put_type_lesson),
    ClusterName: _Kind(_find_cluster_name, _put_cluster_name),
    CameraName: _Kind(_find_camera_name, put_camera_name),
}
