"""Records that people change, as rows of the case and as JSON of its log."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.core.edit import CaseNote, Place, Record
from crimeview.core.region import Region, RegionUse
from crimeview.core.review import Origin, Review, ReviewState
from crimeview.store.schema import CaseNoteRow, RecordingRow, RegionRow, ReviewRow


def find_record(session: Session, like: Record) -> Record | None:
    """The record of the same kind and identity as the case holds it now."""
    match like:
        case Review():
            review = session.get(ReviewRow, like.id)
            return review_of(review) if review is not None else None
        case Region():
            region = session.get(RegionRow, like.id)
            return region_of(region) if region is not None else None
        case Place():
            place = session.get(RecordingRow, like.recording_id)
            return _place_of(place) if place is not None else None
        case CaseNote():
            note = session.get(CaseNoteRow, like.name)
            return CaseNote(name=note.name, text=note.text) if note is not None else None


def put_record(session: Session, record: Record) -> None:
    """Store a record in place of the one with its identity, if any."""
    match record:
        case Review():
            values = asdict(record) | {"tags": json.dumps(record.tags)}
            session.merge(ReviewRow(**values))
        case Region():
            values = asdict(record) | {"points": json.dumps(record.points)}
            session.merge(RegionRow(**values))
        case Place():
            row = session.get_one(RecordingRow, record.recording_id)
            row.path, row.removed = str(record.path), record.removed
        case CaseNote():
            session.merge(CaseNoteRow(name=record.name, text=record.text))


def delete_record(session: Session, record: Record) -> None:
    """Delete the row of a record; a recording's place is never deleted."""
    row: ReviewRow | RegionRow | CaseNoteRow | None = None
    match record:
        case Review():
            row = session.get(ReviewRow, record.id)
        case Region():
            row = session.get(RegionRow, record.id)
        case CaseNote():
            row = session.get(CaseNoteRow, record.name)
    if row is not None:
        session.delete(row)


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


def to_json(record: Record | None) -> dict[str, Any] | None:
    """A record as it stands in the log."""
    match record:
        case None:
            return None
        case Review():
            enums = {"state": record.state.value, "origin": record.origin.value}
            return {"record": "review"} | asdict(record) | enums
        case Region():
            return {"record": "region"} | asdict(record) | {"use": record.use.value}
        case Place():
            # A path need not be valid Unicode; JSON keeps lone surrogates as escapes.
            return {"record": "place"} | asdict(record) | {"path": str(record.path)}
        case CaseNote():
            return {"record": "note"} | asdict(record)


def from_json(values: dict[str, Any] | None) -> Record | None:
    """The record of the log's values; raises KeyError and ValueError for what is none."""
    if values is None:
        return None
    fields = dict(values)
    match fields.pop("record"):
        case "review":
            fields |= {
                "state": ReviewState(fields["state"]),
                "origin": Origin(fields["origin"]),
                "tags": tuple(fields["tags"]),
            }
            return Review(**fields)
        case "region":
            fields |= {
                "use": RegionUse(fields["use"]),
                "points": tuple((x, y) for x, y in fields["points"]),
            }
            return Region(**fields)
        case "place":
            return Place(**fields | {"path": Path(fields["path"])})
        case "note":
            return CaseNote(**fields)
        case unknown:
            raise ValueError(f"{unknown!r} is no kind of record")


def _place_of(row: RecordingRow) -> Place:
    return Place(recording_id=row.id, path=Path(row.path), removed=row.removed)
