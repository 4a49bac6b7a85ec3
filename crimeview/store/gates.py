"""What of a recording was decoded, and how closely its clips were looked at."""

from collections import Counter
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from crimeview.core.look import CELLS, Gate, Look, SkipReport
from crimeview.store.schema import FeatureChunkRow, FeatureSetRow, GateProgressRow, GateRow

Arrays: TypeAlias = Mapping[str, NDArray[np.generic]]

_UNSEEN = (Look.SKIPPED_BY_KEYFRAMES, Look.SKIPPED_BY_PICTURES, Look.AUDITED_STILL)
_GAP = 0.1  # s; what lies further apart has a gap of the recording between


def save_gate(session: Session, feature_set_id: int, gate: Gate) -> None:
    """Store the gate of a feature set in place of an earlier one; its search is over."""
    session.execute(delete(GateProgressRow).filter_by(feature_set_id=feature_set_id))
    session.merge(
        GateRow(
            feature_set_id=feature_set_id,
            refusal=gate.refusal,
            spacing=gate.spacing,
            kept=None if gate.kept is None else _bytes(gate.kept),
            audited=_bytes(gate.audited),
            clock=np.packbits(gate.clock).tobytes(),
        )
    )


def load_gate(session: Session, feature_set_id: int) -> Gate | None:
    row = session.get(GateRow, feature_set_id)
    if row is None:
        return None
    bits = np.unpackbits(np.frombuffer(row.clock, np.uint8), count=CELLS[0] * CELLS[1])
    return Gate(
        kept=None if row.kept is None else _spans(row.kept),
        audited=_spans(row.audited),
        refusal=row.refusal,
        spacing=row.spacing,
        clock=bits.reshape(CELLS).astype(np.bool_),
    )


def save_progress(session: Session, feature_set_id: int, arrays: Arrays) -> None:
    """Store how far the search for a gate is."""
    packed = BytesIO()
    np.savez(packed, allow_pickle=False, **arrays)
    session.merge(GateProgressRow(feature_set_id=feature_set_id, arrays=packed.getvalue()))


def load_progress(session: Session, feature_set_id: int) -> Arrays | None:
    row = session.get(GateProgressRow, feature_set_id)
    if row is None:
        return None
    with np.load(BytesIO(row.arrays), allow_pickle=False) as arrays:
        return dict(arrays)


def count_looks(row: FeatureSetRow, looks: Sequence[Look]) -> None:
    """Add the clips of a chunk to the counts of their feature set."""
    counts = Counter(looks)
    row.by_keyframes += counts[Look.SKIPPED_BY_KEYFRAMES]
    row.by_pictures += counts[Look.SKIPPED_BY_PICTURES]
    row.audited_still += counts[Look.AUDITED_STILL]
    row.audited_moving += counts[Look.AUDITED_MOVING]


def skip_report(features: FeatureSetRow, gate: GateRow) -> SkipReport:
    return SkipReport(
        clips=features.rows,
        by_keyframes=features.by_keyframes,
        by_pictures=features.by_pictures,
        audited=features.audited_still + features.audited_moving,
        audited_moving=features.audited_moving,
        refusal=gate.refusal,
        spacing=gate.spacing,
    )


def load_skipped(session: Session, feature_set_id: int) -> list[tuple[float, float, Look]]:
    """See Case.skipped."""
    chunk = FeatureChunkRow
    found = session.execute(
        select(chunk.times, chunk.looks)
        .where(chunk.feature_set_id == feature_set_id, chunk.looks.is_not(None))
        .order_by(chunk.first_row)
    ).all()
    times = np.frombuffer(b"".join(c.times for c in found), np.float64).reshape(-1, 2)
    looks = np.frombuffer(b"".join(c.looks or b"" for c in found), np.uint8)
    if len(looks) == 0:
        return []
    breaks = (looks[1:] != looks[:-1]) | (times[1:, 0] > times[:-1, 1] + _GAP)
    firsts = np.concatenate([[0], np.flatnonzero(breaks) + 1])
    lasts = np.concatenate([firsts[1:] - 1, [len(looks) - 1]])
    runs = zip(
        times[firsts, 0].tolist(), times[lasts, 1].tolist(), looks[firsts].tolist(), strict=True
    )
    return [(start, end, Look(look)) for start, end, look in runs if look in _UNSEEN]


def _bytes(spans: NDArray[np.float64]) -> bytes:
    return np.asarray(spans, np.float64).tobytes()


def _spans(data: bytes) -> NDArray[np.float64]:
    return np.frombuffer(data, np.float64).reshape(-1, 2)
