"""Features and the frame clock of one recording's content, written chunk by chunk."""

import zlib
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.core.clip import ClipCursor
from crimeview.core.errors import CaseError
from crimeview.core.look import Gate, Look
from crimeview.core.track import Track, TrackKind
from crimeview.store.database import Database
from crimeview.store.gates import (
    Arrays,
    count_looks,
    load_gate,
    load_progress,
    save_gate,
    save_progress,
)
from crimeview.store.schema import FeatureChunkRow, FeatureSetRow

_LEVEL = 1  # of zlib: rows that are mostly zeros get hardly smaller by more
_CLOCK_PART = 1024  # clips: a megabyte of the frame clock


class OvertakenError(CaseError):
    """Another process works on the same feature set."""


class FeatureWriter:
    """What is stored of one feature set, and the way to add to it.

    A chunk and the cursor after it are one transaction: after a crash the next writer goes on
    exactly where the last stored chunk ends. `rows` counts clips, `analyzed` is the time (s) where
    the last stored clip ends, `damage` the newest sentence on what could not be read, `clip_key`
    how the content is looked at.
    """

    def __init__(self, database: Database, feature_set: FeatureSetRow) -> None:
        self._database = database
        self._id = feature_set.id
        self._packed = feature_set.packed
        self.clip_key = feature_set.clip_key
        self.complete = feature_set.complete
        self.damage = feature_set.damage
        self.rows = feature_set.rows
        self.analyzed = feature_set.analyzed
        self.cursor = _cursor(feature_set)

    def append(
        self,
        times: NDArray[np.float64],
        features: NDArray[np.float16],
        frame_times: NDArray[np.float64],
        cursor: ClipCursor,
        *,
        looks: Sequence[Look] | None = None,
        damage: str | None,
    ) -> None:
        """Store a chunk: times (k, 2), features (k, d), frame_times (m, 2), the cursor after it.

        `looks` says of each clip how it was looked at, None that the network saw all. `damage` says
        in a sentence what could not be read so far. Raises OvertakenError where another process has
        added to the same feature set meanwhile.
        """
        chunk = FeatureChunkRow(
            feature_set_id=self._id,
            first_row=self.rows,
            times=np.asarray(times, np.float64).tobytes(),
            features=self._stored(np.asarray(features, np.float16).tobytes()),
            frame_times=np.asarray(frame_times, np.float64).tobytes(),
            looks=None if looks is None else bytes(looks),
        )
        analyzed = float(times[-1, 1])
        with self._database.writing() as session:
            row = self._row(session)
            session.add(chunk)
            row.rows = self.rows + len(times)
            row.dimensions = features.shape[1]
            row.analyzed = analyzed
            row.cursor_origin = cursor.origin
            row.cursor_index = cursor.index
            row.cursor_last_frame = cursor.last_frame
            row.damage = damage
            count_looks(row, looks or ())
        self.damage = damage
        self.rows += len(times)
        self.analyzed = analyzed
        self.cursor = cursor

    def finish(self, damage: str | None) -> None:
        """Mark the set complete; `damage` says what could not be read of it, if anything."""
        with self._database.writing() as session:
            row = self._row(session)
            row.complete = True
            row.damage = damage
        self.complete = True
        self.damage = damage

    def gate(self) -> Gate | None:
        """What of the recording is decoded for these features; None where that is not known yet."""
        with self._database.reading() as session:
            return load_gate(session, self._id)

    def save_gate(self, gate: Gate) -> None:
        """Store what of the recording is decoded, before the first clip.

        Raises OvertakenError as `append` does.
        """
        with self._database.writing() as session:
            self._row(session)
            save_gate(session, self._id, gate)

    def gate_progress(self) -> Arrays | None:
        """How far the search for the gate is, as `save_gate_progress` was given it."""
        with self._database.reading() as session:
            return load_progress(session, self._id)

    def save_gate_progress(self, arrays: Arrays) -> None:
        """Store how far the search for the gate is. Raises OvertakenError as `append` does."""
        with self._database.writing() as session:
            self._row(session)
            save_progress(session, self._id, arrays)

    def parts(self, *, rows: int) -> Iterator[Track]:
        """What is stored so far, in order, about `rows` clips at a time: values (k, d) float16."""
        for first in range(0, self.rows, rows):
            with self._database.reading() as session:
                feature_set = session.get_one(FeatureSetRow, self._id)
                part = load_features(session, feature_set, first=first, stop=first + rows)
            yield part

    def frame_times(self) -> Iterator[NDArray[np.float64]]:
        """The frame clock so far, in parts: start and end (s) of every frame, (m, 2), in order."""
        chunk = FeatureChunkRow
        for first in range(0, self.rows, _CLOCK_PART):
            with self._database.reading() as session:
                found = session.scalars(
                    select(chunk.frame_times)
                    .where(
                        chunk.feature_set_id == self._id,
                        chunk.first_row >= first,
                        chunk.first_row < min(self.rows, first + _CLOCK_PART),
                    )
                    .order_by(chunk.first_row)
                ).all()
            yield np.frombuffer(b"".join(found), np.float64).reshape(-1, 2)

    def _stored(self, content: bytes) -> bytes:
        return zlib.compress(content, _LEVEL) if self._packed else content

    def _row(self, session: Session) -> FeatureSetRow:
        row = session.get(FeatureSetRow, self._id)
        if row is None or row.rows != self.rows or row.complete:
            raise OvertakenError(
                "Another crimeview is analyzing the same recording, or a copy of it, in this case; "
                "analyze it again when that is done."
            )
        return row


def load_features(
    session: Session, feature_set: FeatureSetRow, *, first: int = 0, stop: int | None = None
) -> Track:
    """The chunks that begin at row `first` or later and before `stop`, None being the end."""
    chunk = FeatureChunkRow
    found = session.execute(
        select(chunk.times, chunk.features)
        .where(
            chunk.feature_set_id == feature_set.id,
            chunk.first_row >= first,
            chunk.first_row < (feature_set.rows if stop is None else stop),
        )
        .order_by(chunk.first_row)
    ).all()
    times = np.frombuffer(b"".join(c.times for c in found), np.float64).reshape(-1, 2)
    contents = (zlib.decompress(c.features) if feature_set.packed else c.features for c in found)
    values = np.frombuffer(b"".join(contents), np.float16)
    return Track(TrackKind.FEATURES, times, values.reshape(len(times), feature_set.dimensions))


def _cursor(row: FeatureSetRow) -> ClipCursor | None:
    if row.cursor_origin is None or row.cursor_index is None or row.cursor_last_frame is None:
        return None
    return ClipCursor(
        origin=row.cursor_origin, index=row.cursor_index, last_frame=row.cursor_last_frame
    )
