"""The segments of a case, to be found by id and by recording."""

from collections import Counter
from collections.abc import Mapping, Sequence

from crimeview.core.review import ReviewState
from crimeview.store.rows import CaseSegment


class SegmentIndex:
    """Segments as they were read, the highest peak first; `rows` are all of them."""

    def __init__(self, rows: Sequence[CaseSegment] = ()) -> None:
        self.rows = rows
        self._by_id = {row.id: row for row in rows}
        self._of_recording: dict[int, list[CaseSegment]] = {}
        for row in rows:
            self._of_recording.setdefault(row.recording_id, []).append(row)

    def get(self, segment_id: int | None) -> CaseSegment | None:
        return self._by_id.get(segment_id) if segment_id is not None else None

    def of(self, recording_id: int) -> Sequence[CaseSegment]:
        """The segments of one recording, the highest peak first."""
        return self._of_recording.get(recording_id, ())

    def heir(self, lost: CaseSegment) -> CaseSegment | None:
        """What has become of a segment under another rule: the one that shares most with it."""
        rows = self.of(lost.recording_id)
        shared = {
            row.id: min(row.segment.end, lost.segment.end)
            - max(row.segment.start, lost.segment.start)
            for row in rows
        }
        heirs = [row for row in rows if shared[row.id] > 0]
        return max(heirs, key=lambda row: shared[row.id], default=None)

    def has_spans(self, segments: Sequence[CaseSegment]) -> bool:
        """Whether segments are where those of the index are, in the same order."""
        if len(segments) != len(self.rows):
            return False
        pairs = zip(segments, self.rows, strict=True)
        return all(
            a is b
            or (
                a.recording_id == b.recording_id
                and a.segment.start == b.segment.start
                and a.segment.end == b.segment.end
                and a.segment.peak == b.segment.peak
            )
            for a, b in pairs
        )


def counted(rows: Sequence[CaseSegment]) -> Mapping[ReviewState, int]:
    """How many segments there are of each decision."""
    found = Counter(row.review.state if row.review is not None else ReviewState.NEW for row in rows)
    return {state: found[state] for state in ReviewState}
