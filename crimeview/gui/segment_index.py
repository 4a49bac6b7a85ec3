"""The segments of a case, to be found by id and by recording."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from crimeview.core.review import ReviewState
from crimeview.store.rows import CaseSegment


class SegmentIndex:
    """Segments as they were read, the highest peak first; `rows` are all of them."""

    def __init__(self, rows: Sequence[CaseSegment] = ()) -> None:
        self.rows = rows
        self._places: dict[int, tuple[int, int]] = {}  # among all, and among the recording's
        self._of_recording: dict[int, list[CaseSegment]] = {}
        for number, row in enumerate(rows):
            own = self._of_recording.setdefault(row.recording_id, [])
            self._places[row.id] = (number, len(own))
            own.append(row)
        self._counts = {
            number: Counter(row.state for row in own) for number, own in self._of_recording.items()
        }

    def replaced(self, others: Mapping[int, CaseSegment]) -> "SegmentIndex":
        """The same with other segments of the same spans and recordings in place of some, by id.

        What is not replaced is not looked through: of thousands that takes a while.
        """
        made = SegmentIndex()
        rows = list(self.rows)
        made.rows = rows
        made._places = dict(self._places)
        made._of_recording = dict(self._of_recording)
        made._counts = dict(self._counts)
        known = {number: row for number, row in others.items() if number in self._places}
        for number in {row.recording_id for row in known.values()}:
            made._of_recording[number] = list(self._of_recording[number])
            made._counts[number] = Counter(self._counts[number])
        for number in known:
            del made._places[number]
        for number, row in known.items():
            made._places[row.id] = at, own = self._places[number]
            counts = made._counts[row.recording_id]
            counts[self.rows[at].state] -= 1
            counts[row.state] += 1
            rows[at] = made._of_recording[row.recording_id][own] = row
        return made

    def kept(self, rows: Iterable[CaseSegment]) -> list[CaseSegment]:
        """The rows, those that are as they stand here as the very same objects.

        What comes of thousands is then seen to be the same at once, and there are no more objects
        than before for the collection of garbage to look through.
        """
        pairs = ((row, self.get(row.id)) for row in rows)
        return [known if known is not None and known == row else row for row, known in pairs]

    def get(self, segment_id: int | None) -> CaseSegment | None:
        place = self._places.get(segment_id) if segment_id is not None else None
        return self.rows[place[0]] if place is not None else None

    @property
    def counts(self) -> Mapping[ReviewState, int]:
        """How many segments there are of each decision."""
        return _summed(self._counts.values())

    def counts_of(self, recording_id: int | None) -> Mapping[ReviewState, int]:
        """The same of one recording; none of None."""
        return _summed(part for number, part in self._counts.items() if number == recording_id)

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


def _summed(parts: Iterable[Counter[ReviewState]]) -> Mapping[ReviewState, int]:
    kept = list(parts)
    return {state: sum(part[state] for part in kept) for state in ReviewState}
