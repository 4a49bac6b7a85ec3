"""Segments by id and recording, and how many are decided how, also after some are replaced."""

from dataclasses import replace

from crimeview.core.review import Origin, Review, ReviewState
from crimeview.core.segment import Segment
from crimeview.gui.segment_index import SegmentIndex
from crimeview.store.rows import CaseSegment


def _row(number: int, recording: int, state: ReviewState = ReviewState.NEW) -> CaseSegment:
    start = 10.0 * number
    segment = Segment(start=start, end=start + 5, peak=0.9, peak_time=start + 1, mean=0.8)
    row = CaseSegment(id=number, recording_id=recording, segment=segment)
    return row if state is ReviewState.NEW else _decided(row, state)


def _decided(row: CaseSegment, state: ReviewState) -> CaseSegment:
    start, end = row.segment.start, row.segment.end
    review = Review(
        id=-row.id,
        recording_id=row.recording_id,
        start=start,
        end=end,
        seen_start=start,
        seen_end=end,
        state=state,
        origin=Origin.MACHINE,
    )
    return replace(row, id=-row.id, review=review)


ROWS = [_row(1, 1), _row(2, 2), _row(3, 1, ReviewState.UNSURE), _row(4, 2), _row(5, 1)]


def _same(index: SegmentIndex, rows: list[CaseSegment]) -> None:
    """It is as one made of these rows."""
    made = SegmentIndex(rows)
    assert list(index.rows) == rows
    assert index.counts == made.counts
    for number in (None, 1, 2, 3):
        assert index.counts_of(number) == made.counts_of(number)
    for number in (1, 2, 3):
        assert list(index.of(number)) == [row for row in rows if row.recording_id == number]
    for row in rows:
        assert index.get(row.id) is row


def test_counts_are_those_of_all_and_of_each_recording() -> None:
    index = SegmentIndex(ROWS)
    _same(index, ROWS)
    assert index.counts[ReviewState.NEW] == 4
    assert index.counts[ReviewState.UNSURE] == 1
    assert index.counts_of(1)[ReviewState.NEW] == 2
    assert sum(index.counts_of(None).values()) == 0


def test_some_are_replaced_and_the_others_stay() -> None:
    index = SegmentIndex(ROWS)
    first = _decided(ROWS[0], ReviewState.CONFIRMED)
    last = _decided(ROWS[3], ReviewState.DISMISSED)
    others = index.replaced({ROWS[0].id: first, ROWS[3].id: last})
    _same(others, [first, *ROWS[1:3], last, ROWS[4]])
    assert others.get(ROWS[0].id) is None
    _same(index, ROWS)
    _same(others.replaced({first.id: ROWS[0], last.id: ROWS[3]}), ROWS)


def test_what_is_not_there_is_not_replaced() -> None:
    index = SegmentIndex(ROWS)
    _same(index.replaced({77: _row(77, 1)}), ROWS)


def test_what_is_read_again_as_it_was_is_the_same_object() -> None:
    index = SegmentIndex(ROWS)
    read = [replace(row) for row in ROWS]
    read[1] = _decided(read[1], ReviewState.CONFIRMED)
    read[4] = replace(read[4], content="other")
    kept = index.kept([read[4], *read[:4]])
    assert kept == [read[4], *read[:4]]
    assert [row is known for row, known in zip(kept[1:], ROWS[:4], strict=True)] == [
        True,
        False,
        True,
        True,
    ]
    assert kept[0] is read[4]
