"""The people of a recording, as they were found frame by frame."""

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from crimeview.core.people import Finder, People
from crimeview.store.features import load_features
from crimeview.store.runs import newest_feature_set
from crimeview.store.schema import FeatureChunkRow, FeatureSetRow, RunRow


def find_people(
    session: Session, recording_id: int, start: float, end: float
) -> list[tuple[float, People]]:
    """See Case.people."""
    found = _newest_set(session, recording_id)
    if found is None:
        return []
    first, last = (_chunk_before(session, found, time) for time in (start, end))
    if last is None:
        return []
    rows = load_features(session, found, first=first or 0, stop=last + 1)
    begins = rows.times[:, 0]
    before = max(0, int(np.searchsorted(begins, start, side="right")) - 1)
    after = int(np.searchsorted(begins, end, side="right"))
    return [(float(begins[n]), People.of_row(rows.values[n])) for n in range(before, after)]


def people_finder(session: Session, recording_id: int) -> Finder | None:
    """See Case.people_finder."""
    found = _newest_set(session, recording_id)
    if found is None:
        return None
    return Finder.REGION if f"by={Finder.REGION.value}" in found.clip_key else Finder.PERSON


def _newest_set(session: Session, recording_id: int) -> FeatureSetRow | None:
    """That of the newest run that looked for people in the content the recording has now."""
    return newest_feature_set(session, recording_id, of=RunRow.people_set_id)


def _chunk_before(session: Session, found: FeatureSetRow, seconds: float) -> int | None:
    """The first row of the last chunk that begins at or before a time (s).

    Halving: chunks have no column of time, and there are thousands in a day.
    """
    firsts = session.scalars(
        select(FeatureChunkRow.first_row)
        .where(FeatureChunkRow.feature_set_id == found.id)
        .order_by(FeatureChunkRow.first_row)
    ).all()
    low, high = 0, len(firsts)
    while low < high:
        middle = (low + high) // 2
        if _begin(session, found.id, firsts[middle]) <= seconds:
            low = middle + 1
        else:
            high = middle
    return firsts[low - 1] if low else None


def _begin(session: Session, set_id: int, first_row: int) -> float:
    times = session.scalars(
        select(FeatureChunkRow.times).where(
            FeatureChunkRow.feature_set_id == set_id, FeatureChunkRow.first_row == first_row
        )
    ).one()
    return float(np.frombuffer(times, np.float64)[0])
