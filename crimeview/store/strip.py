"""Small pictures of a recording's content, in order of time, for looking at it without decoding."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, exists, func, select
from sqlalchemy.dialects.sqlite import insert
from sqlalchemy.orm import Session

from crimeview.store.database import Database
from crimeview.store.schema import RecordingRow, StripPictureRow


class StripWriter:
    """What is stored of one content's strip, and the way to add to it; copies share it.

    `newest` is the time (s) of the last picture stored, None where there is none: whoever goes on
    begins after it.
    """

    def __init__(self, database: Database, sha256: str) -> None:
        self._database = database
        self._sha256 = sha256
        with database.reading() as session:
            self.newest: float | None = session.scalar(
                select(func.max(StripPictureRow.time)).filter_by(sha256=sha256)
            )

    def append(self, pictures: Sequence[tuple[float, bytes]]) -> None:
        """Store times (s) with their JPEG files, all in one transaction.

        One that is stored already stays as it is: another process may work on a copy. None is
        stored where no recording has the content any more.
        """
        if not pictures:
            return
        rows = [{"sha256": self._sha256, "time": t, "jpeg": jpeg} for t, jpeg in pictures]
        with self._database.writing() as session:
            if _is_used(session, self._sha256):
                session.execute(insert(StripPictureRow).on_conflict_do_nothing(), rows)
        last = max(time for time, _ in pictures)
        self.newest = last if self.newest is None else max(self.newest, last)


class Strips:
    """The small pictures of a case; usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def writer(self, sha256: str) -> StripWriter:
        """What is stored of the small pictures of a content (fingerprint), to go on."""
        return StripWriter(self._database, sha256)

    def picture(self, recording_id: int, seconds: float) -> tuple[float, bytes] | None:
        """The newest small picture (JPEG) at or before a time (s), with its own time.

        None where there is none. Quick enough to be asked at every move of the mouse.
        """
        with self._database.reading() as session:
            found = session.execute(_NEWEST, {"recording_id": recording_id, "seconds": seconds})
            row = found.first()
        return (row.time, row.jpeg) if row is not None else None


# Made once: that takes longer than to run it, and it is run at every move of the mouse.
_NEWEST = (
    select(StripPictureRow.time, StripPictureRow.jpeg)
    .where(
        StripPictureRow.sha256
        == select(RecordingRow.sha256)
        .where(RecordingRow.id == bindparam("recording_id"))
        .scalar_subquery(),
        StripPictureRow.time <= bindparam("seconds"),
    )
    .order_by(StripPictureRow.time.desc())
    .limit(1)
)


def delete_unused_strip(session: Session, sha256: str) -> None:
    """Delete the pictures of a content if no recording has it any more."""
    if not _is_used(session, sha256):
        session.execute(delete(StripPictureRow).filter_by(sha256=sha256))


def _is_used(session: Session, sha256: str) -> bool:
    return session.scalar(select(exists().where(RecordingRow.sha256 == sha256))) is True
