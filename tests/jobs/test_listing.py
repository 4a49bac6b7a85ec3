from dataclasses import replace

import pytest

from crimeview.core.errors import UsageError
from crimeview.core.found_by import FoundBy
from crimeview.core.novelty import Reason
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


def test_segments_are_listed_by_what_found_them_and_why() -> None:
    scorers = (FoundBy.EVENTS, FoundBy.VIOLENCE, FoundBy.EVENTS | FoundBy.NOVELTY)
    found = [
        replace(r, segment=replace(r.segment, found_by=found_by))
        for r, found_by in zip(ROWS, scorers, strict=False)
    ]
    found[2] = replace(found[2], segment=replace(found[2].segment, reason=Reason.WRONG_WAY))

    def ids(query: str) -> list[int]:
        return [r.id for r in Listing(query=query).arranged(found, names=NAMES)]

    assert ids("found:violence") == [2]
    assert ids("found:events") == [1, 3]
    assert ids("found:events found:novelty") == [3]
    assert ids('reason:"wrong way"') == [3]
    assert ids("violence") == [], "words alone are looked for in what people say"
    by_scorer = Listing(order=Column.FOUND, descending=False)
    assert [r.id for r in by_scorer.arranged(found, names=NAMES)] == [1, 3, 2]


def test_rank_and_score_are_two_orders() -> None:
    """What a scorer gives a high score may be usual; what is rare may have a low one."""
    rates = {1: 8.0, 2: 0.5, 3: 2.0}  # an hour
    rows = [
        replace(r, segment=replace(r.segment, per_hour=rates[r.id])) for r in ROWS if r.id in rates
    ]
    ranked = sorted(rows, key=lambda r: r.segment.rank)

    def ids(listing: Listing) -> list[int]:
        return [r.id for r in listing.arranged(ranked, names=NAMES)]

    assert ids(Listing()) == [2, 3, 1]
    assert ids(Listing(order=Column.RANK, descending=False)) == [1, 3, 2]
    assert ids(Listing(order=Column.SCORE)) == [1, 2, 3]
    assert ids(Listing(order=Column.SCORE, descending=False)) == [3, 2, 1]
    assert ids(Listing(query="rank>=0.5")) == [2, 3]
    assert ids(Listing(query="score>0.75")) == [2, 1]


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
        (Column.RANK, [5, 4, 3, 2, 1]),
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
