"""What a case knows of time: clocks and cameras, and what recordings really show and when."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crimeview.core.ground_truth import RecordingTruth, TruthSpan
from crimeview.core.wall_clock import RecordingClock, WallClock
from crimeview.store.database import Database
from crimeview.store.rows import CaseClock
from crimeview.store.schema import RecordingRow, TruthSpanRow, WallClockRow


class Times:
    """Clocks and ground truth of a case; usable from any thread. Raises as `Case` does."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def clocks(self) -> dict[int, CaseClock]:
        """When recordings were made and by which camera, by their ids, as far as it is known."""
        with self._database.reading() as session:
            return {row.recording_id: _clock(row) for row in session.scalars(select(WallClockRow))}

    def set_clocks(self, clocks: Mapping[int, CaseClock]) -> None:
        """Store when these recordings were made, as it is found: nobody is to undo that.

        Those that were removed meanwhile are left out.
        """
        with self._database.writing() as session:
            for recording_id, known in clocks.items():
                if session.get(RecordingRow, recording_id) is not None:
                    session.merge(clock_row(recording_id, known))

    def truth(self, recording_id: int) -> list[TruthSpan]:
        """What the recording really shows, by annotations that were read, in order of time."""
        with self._database.reading() as session:
            known = find_truth(session, recording_id)
            return list(known.spans) if known is not None else []

    def truths(self) -> dict[int, RecordingTruth]:
        """The same of all recordings of which it is known, by their ids."""
        with self._database.reading() as session:
            ids = session.scalars(select(TruthSpanRow.recording_id).distinct())
            found = {number: find_truth(session, number) for number in ids}
            return {number: known for number, known in found.items() if known is not None}


def _clock(row: WallClockRow) -> CaseClock:
    return CaseClock(
        camera=row.camera,
        clock=WallClock(
            start=datetime.fromisoformat(row.start),
            zone=row.zone,
            offset=row.offset,
            source=row.source,
        ),
    )


def recording_clock(row: WallClockRow) -> RecordingClock:
    known = _clock(row)
    return RecordingClock(recording_id=row.recording_id, camera=known.camera, clock=known.clock)


def clock_row(recording_id: int, known: CaseClock | RecordingClock) -> WallClockRow:
    clock = known.clock
    return WallClockRow(
        recording_id=recording_id,
        camera=known.camera,
        start=clock.start.isoformat(),
        zone=clock.zone,
        offset=clock.offset,
        source=clock.source,
    )


def find_truth(session: Session, recording_id: int) -> RecordingTruth | None:
    """What the recording really shows, as far as the case knows it."""
    query = select(TruthSpanRow).filter_by(recording_id=recording_id)
    rows = session.scalars(query.order_by(TruthSpanRow.start))
    spans = (TruthSpan(start=row.start, end=row.end, label=row.label) for row in rows)
    return RecordingTruth.of(recording_id, spans)


def put_truth(session: Session, recording_id: int, spans: Sequence[TruthSpan]) -> None:
    """Store what the recording really shows, in place of what was known of it."""
    session.execute(delete(TruthSpanRow).filter_by(recording_id=recording_id))
    session.add_all(
        TruthSpanRow(recording_id=recording_id, start=span.start, end=span.end, label=span.label)
        for span in spans
    )
