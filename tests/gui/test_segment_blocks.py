from collections.abc import Sequence

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from crimeview.core.review import Origin, Review, ReviewState
from crimeview.core.segment import Segment
from crimeview.gui.look import Look
from crimeview.gui.settings import Theme
from crimeview.gui.widgets.segment_blocks import BlockCache, blocks_of, labels_of, state_brush
from crimeview.store.rows import CaseSegment


def _row(number: int, start: float, state: ReviewState, kind: str | None = None) -> CaseSegment:
    review = Review(
        id=-number,
        recording_id=1,
        start=start,
        end=start + 2,
        seen_start=start,
        seen_end=start + 2,
        state=state,
        origin=Origin.MACHINE,
        kind=kind,
    )
    segment = Segment(start=start, end=start + 2, peak=0.9, peak_time=start + 1, mean=0.8)
    given = review if state is not ReviewState.NEW else None
    return CaseSegment(id=number, recording_id=1, segment=segment, review=given)


ROWS = (
    _row(1, 30.0, ReviewState.NEW),
    _row(2, 10.0, ReviewState.CONFIRMED, "fight"),
    _row(3, 20.0, ReviewState.DISMISSED, "crash"),
    _row(4, 5.0, ReviewState.NEW),
    _row(5, 50.0, ReviewState.UNSURE, "my own"),
)


def test_segments_are_grouped_by_state_what_matters_on_top() -> None:
    blocks = blocks_of(ROWS)
    assert [b.state for b in blocks] == [
        ReviewState.DISMISSED,
        ReviewState.NEW,
        ReviewState.UNSURE,
        ReviewState.CONFIRMED,
    ]
    assert blocks[1].spans.tolist() == [[5.0, 7.0], [30.0, 32.0]]
    assert blocks_of(()) == ()


def test_what_has_a_type_is_labeled_with_it() -> None:
    assert [(label.start, label.text) for label in labels_of(ROWS)] == [
        (10.0, "Fight"),
        (50.0, "my own"),
    ]


def _replaced(number: int, state: ReviewState, kind: str | None = None) -> list[CaseSegment]:
    return [
        _row(row.id, row.segment.start, state, kind) if row.id == number else row for row in ROWS
    ]


@pytest.mark.parametrize(
    "others",
    [
        _replaced(1, ReviewState.CONFIRMED),
        _replaced(4, ReviewState.UNSURE, "fight"),
        _replaced(2, ReviewState.NEW),
        _replaced(2, ReviewState.DISMISSED, "fight"),
        [*ROWS[:4], _row(5, 51.0, ReviewState.NEW)],
        ROWS[1:],
        (),
        [_row(row.id, row.segment.start, ReviewState.CONFIRMED, "crash") for row in ROWS],
    ],
)
def test_what_is_kept_of_others_is_brought_up_to_date(others: Sequence[CaseSegment]) -> None:
    cache = BlockCache()
    for rows in (ROWS, others, ROWS):
        blocks, labels = cache.of(rows)
        told = [(b.state, b.spans.tolist()) for b in blocks]
        assert told == [(b.state, b.spans.tolist()) for b in blocks_of(rows)]
        assert labels == labels_of(rows)
        assert cache.of(rows)[0] is blocks


def test_another_decision_leaves_the_labels_of_the_rest_as_they_are() -> None:
    cache = BlockCache()
    labels = cache.of(ROWS)[1]
    assert cache.of(_replaced(1, ReviewState.CONFIRMED))[1] is labels


@pytest.mark.parametrize("theme", list(Theme))
def test_states_differ_in_form_where_they_share_a_color(qapp: QApplication, theme: Theme) -> None:
    look = Look(qapp, theme=theme)
    seen = {
        (state_brush(look, state).style(), QColor(state_brush(look, state).color()).name())
        for state in ReviewState
    }
    assert len(seen) == len(ReviewState)
    new, unsure = (state_brush(look, s) for s in (ReviewState.NEW, ReviewState.UNSURE))
    assert new.style() != unsure.style()
