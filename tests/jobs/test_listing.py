import pytest

from crimeview.core.errors import UsageError
from crimeview.core.review import Origin, Review, ReviewState
from crimeview.core.segment import Segment
from crimeview.jobs.listing import Column, Listing, parse_query
from crimeview.store.rows import CaseSegment

NAMES = {1: "gate.mp4", 2: "Yard.mp4"}


def row(
    number: int, start: float, peak: float, *, recording: int = 1, **said: object
) -> CaseSegment:
    review = None
    if said:
        values: dict[str, object] = {
            "state": ReviewState.CONFIRMED,
            "origin": Origin.MACHINE,
        } | said
        review = Review(
            id=number,
            recording_id=recording,
            start=start,
            end=start + 5,
            seen_start=start,
            seen_end=start + 5,
            **values,  # type: ignore[arg-type]
        )
    segment = Segment(start=start, end=start + 5, peak=peak, peak_time=start, mean=peak / 2)
    return CaseSegment(id=number, recording_id=recording, segment=segment, review=review)


ROWS = [  # ranked, as a case gives them
    row(1, 40, 0.9, kind="fight", note="two men", reviewer="kim"),
    row(2, 10, 0.8, recording=2),
    row(3, 90, 0.7, state=ReviewState.DISMISSED, tags=("red car", "night"), reviewer="Lee"),
    row(4, 20, 0.6, origin=Origin.PERSON, kind="theft", changed="2026-01-02"),
    row(5, 70, 0.5),
]


def listed(**settings: object) -> list[int]:
    return [r.id for r in Listing(**settings).arranged(ROWS, names=NAMES)]  # type: ignore[arg-type]


def test_without_filters_all_are_listed_as_ranked() -> None:
    assert listed() == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("fight", [1]),
        ("FIGHT kim", [1]),
        ("lee", [3]),
        ('tags:"red car"', [3]),
        ('"red car"', [3]),
        ("gate", [1, 3, 4, 5]),
        ("recording:yard", [2]),
        ("score>0.6", [1, 2, 3]),
        ("score>=0.6 start<50", [1, 2, 4]),
        ("state:dismissed", [3]),
        ("origin:person", [4]),
        ("origin:machine length=5", [1, 2, 3, 5]),
        ("note:men type:theft", []),
        ("changed:2026", [4]),
        ("  ", [1, 2, 3, 4, 5]),
    ],
)
def test_queries(query: str, expected: list[int]) -> None:
    assert listed(query=query) == expected


@pytest.mark.parametrize("query", ["color:red", "score>high", "note>3x"])
def test_queries_that_make_no_sense(query: str) -> None:
    with pytest.raises(UsageError):
        parse_query(query)


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (Column.START, [2, 4, 1, 5, 3]),
        (Column.SCORE, [5, 4, 3, 2, 1]),
        (Column.RECORDING, [1, 3, 4, 5, 2]),
        (Column.STATE, [2, 5, 1, 4, 3]),
        (Column.TYPE, [2, 3, 5, 1, 4]),
        (Column.REVIEWER, [2, 4, 5, 1, 3]),
        (Column.ORIGIN, [1, 2, 3, 5, 4]),
    ],
)
def test_every_column_sorts_and_ties_stay_ranked(column: Column, expected: list[int]) -> None:
    assert listed(order=column, descending=False) == expected


@pytest.mark.parametrize("column", list(Column))
def test_every_column_can_be_asked_for_and_turned_round(column: Column) -> None:
    assert len(parse_query(f"{column.value}:x")) == 1
    assert sorted(listed(order=column, descending=True)) == [1, 2, 3, 4, 5]


def test_states_are_left_out() -> None:
    assert listed(states=frozenset({ReviewState.NEW})) == [2, 5]
    assert Listing(states=frozenset({ReviewState.NEW})).filters
    assert not Listing().filters


def test_the_words_of_the_command_line_are_these() -> None:
    from crimeview.cli.review_words import COLUMNS, STATES

    assert set(COLUMNS) == {c.value for c in Column}
    assert set(STATES) == {s.value for s in ReviewState}
