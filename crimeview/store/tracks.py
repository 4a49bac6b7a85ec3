"""Score tracks in a case: stored in chunks with their min-max pyramid, read whole or as drawn."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from crimeview.core.pyramid import FACTOR, Level, Pyramid, thinned
from crimeview.core.track import Track, TrackKind
from crimeview.store.runs import of_present_content
from crimeview.store.schema import FeatureSetRow, RecordingRow, RunRow, TrackChunkRow, TrackRow

_CHUNK = 4096  # entries: 100 kB, a few times what a screen draws

Envelope = tuple[NDArray[np.float64], NDArray[np.float32], NDArray[np.float32]]


def save_track(session: Session, run_id: int, kind: TrackKind, parts: Iterable[Track]) -> None:
    """Store a score track ((n,) values) under the run's key in place of an earlier one.

    It may come in any number of parts, of which no more than one is held.
    """
    for _ in _saving(session, run_id, kind, parts):
        pass


def saving_track(session: Session, run_id: int, track: Track) -> Iterator[None]:
    """The same, yielding after each part that is stored."""
    starts = range(0, len(track.values), _CHUNK)
    parts = (
        replace(track, times=track.times[n : n + _CHUNK], values=track.values[n : n + _CHUNK])
        for n in starts
    )
    yield from _saving(session, run_id, track.kind, parts)


def _saving(
    session: Session, run_id: int, kind: TrackKind, parts: Iterable[Track]
) -> Iterator[None]:
    run = session.get_one(RunRow, run_id)
    key = {
        "feature_set_id": run.feature_set_id,
        "scorer_sha256": run.scorer_sha256,
        "kind": kind,
    }
    session.execute(delete(TrackRow).filter_by(**key))
    row = TrackRow(**key, levels=0)
    session.add(row)
    session.flush()

    def store(number: int, first: int, level: Level) -> None:
        chunk = {"track_id": row.id, "level": number, "first_entry": first, **_chunk(level)}
        session.execute(insert(TrackChunkRow), chunk)

    pyramid = Pyramid(store, _CHUNK)
    for part in parts:
        pyramid.add(Level.of(part.times, part.values))
        yield
    row.levels = pyramid.finish()


def _chunk(level: Level) -> dict[str, Any]:
    return {
        "begin": float(level.starts[0]),
        "finish": float(level.ends.max()),
        "starts": level.starts.tobytes(),
        "ends": level.ends.tobytes(),
        "lows": level.lows.tobytes(),
        "highs": level.highs.tobytes() if level.rows > 1 else None,
    }


def find_track(session: Session, recording_id: int, kind: TrackKind) -> TrackRow | None:
    """The newest run's track of that kind, of the content the recording now has."""
    return session.scalars(
        select(TrackRow)
        .join(FeatureSetRow, FeatureSetRow.id == TrackRow.feature_set_id)
        .join(
            RunRow,
            (RunRow.feature_set_id == TrackRow.feature_set_id)
            & (RunRow.scorer_sha256 == TrackRow.scorer_sha256),
        )
        .join(RecordingRow, of_present_content())
        .where(RecordingRow.id == recording_id, TrackRow.kind == kind)
        .order_by(RunRow.id.desc())
        .limit(1)
    ).first()


def load_track(session: Session, row: TrackRow) -> Track:
    level = _load_level(session, row.id, 0, start=-np.inf, end=np.inf)
    return Track(row.kind, np.stack([level.starts, level.ends], axis=1), level.lows)


def load_span(session: Session, row: TrackRow, *, start: float, end: float) -> Track:
    """The rows of a track that touch start to end (s)."""
    level = _load_level(session, row.id, 0, start=start, end=end)
    return Track(row.kind, np.stack([level.starts, level.ends], axis=1), level.lows)


def load_envelope(
    session: Session, row: TrackRow, *, start: float, end: float, entries: int
) -> Envelope:
    """See Case.envelope."""
    top = row.levels - 1
    level = _load_level(session, row.id, top, start=start, end=end)
    rows = _rows_within(level, start, end)
    wanted = min(top, int(np.log(max(1.0, rows / entries)) / np.log(FACTOR)))
    if wanted < top:
        level = _load_level(session, row.id, wanted, start=start, end=end)
    return thinned(level, entries)


def _rows_within(level: Level, start: float, end: float) -> float:
    """About how many of the track's rows lie between start and end."""
    lengths = np.maximum(level.ends - level.starts, 1e-9)
    overlap = np.minimum(level.ends, end) - np.maximum(level.starts, start)
    return float(np.clip(overlap / lengths, 0.0, 1.0).sum() * level.rows)


def _load_level(session: Session, track_id: int, number: int, *, start: float, end: float) -> Level:
    """The entries of one level that touch start to end."""
    chunk = TrackChunkRow
    found = session.execute(
        select(chunk.starts, chunk.ends, chunk.lows, chunk.highs)
        .where(
            chunk.track_id == track_id,
            chunk.level == number,
            chunk.begin <= end,
            chunk.finish >= start,
        )
        .order_by(chunk.first_entry)
    ).all()
    starts = np.frombuffer(b"".join(c.starts for c in found), np.float64)
    ends = np.frombuffer(b"".join(c.ends for c in found), np.float64)
    lows = np.frombuffer(b"".join(c.lows for c in found), np.float32)
    highs = np.frombuffer(b"".join(c.highs or c.lows for c in found), np.float32)
    touching = (starts <= end) & (ends >= start)
    return Level(FACTOR**number, starts[touching], ends[touching], lows[touching], highs[touching])
