"""Which segments are listed, and in what order: filters and sorting by any column."""

import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeAlias

from crimeview.core.errors import UsageError
from crimeview.core.review import Origin, Review, ReviewState
from crimeview.store.rows import CaseSegment

Value: TypeAlias = str | float
Names: TypeAlias = Mapping[int, str]  # of recordings, by id


class Column(Enum):
    """What there is to know of a listed segment; values are the words of queries."""

    RANK = "rank"  # how rarely to be expected, 0 to 1
    SCORE = "score"
    RECORDING = "recording"
    START = "start"
    END = "end"
    LENGTH = "length"
    MEAN = "mean"
    STATE = "state"
    TYPE = "type"
    TAGS = "tags"
    NOTE = "note"
    REVIEWER = "reviewer"
    CHANGED = "changed"
    ORIGIN = "origin"
    FOUND = "found"
    REASON = "reason"


NUMBERS = (
    Column.RANK,
    Column.SCORE,
    Column.START,
    Column.END,
    Column.LENGTH,
    Column.MEAN,
)
ALL_STATES = frozenset(ReviewState)

_TEXTS = (Column.RECORDING, Column.TYPE, Column.TAGS, Column.NOTE, Column.REVIEWER)
_STATE_ORDER = {state: number for number, state in enumerate(ReviewState)}
_TERM = re.compile(
    r'(?:(?P<column>\w+)(?P<sign>:|>=|<=|>|<|=))?(?:"(?P<quoted>[^"]*)"|(?P<word>\S+))'
)
_COMPARE: Mapping[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One condition: a word in some column, in any text (`column` None), or a comparison."""

    column: Column | None
    sign: str
    value: Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Which segments are listed, in what order; `query` as `parse_query` takes it."""

    states: frozenset[ReviewState] = ALL_STATES
    query: str = ""
    order: Column = Column.RANK
    descending: bool = True

    @property
    def filters(self) -> bool:
        """Whether something may be left out."""
        return self.states != ALL_STATES or bool(self.query.strip())

    def arranged(self, rows: Sequence[CaseSegment], *, names: Names) -> list[CaseSegment]:
        """Those of the rows that are listed, in order.

        The rows come ranked, as a case gives them: the least expected first. Raises UsageError for
        a query that makes no sense.
        """
        terms = parse_query(self.query)
        kept = list(rows)
        if self.states != ALL_STATES:
            kept = [row for row in kept if row.state in self.states]
        if terms:
            kept = [row for row in kept if all(_holds(term, row, names) for term in terms)]
        if self.order is not Column.RANK or not self.descending:
            kept.sort(key=_sort_key(self.order, names), reverse=self.descending)
        return kept


def _said(read: Callable[[Review], str], *, unsaid: str = "") -> Callable[[CaseSegment], Value]:
    return lambda row: read(row.review) if row.review is not None else unsaid


_VALUES: Mapping[Column, Callable[[CaseSegment], Value]] = {
    Column.RANK: lambda row: -row.segment.rank[0],
    Column.SCORE: lambda row: row.segment.peak,
    Column.MEAN: lambda row: row.segment.mean,
    Column.START: lambda row: row.segment.start,
    Column.END: lambda row: row.segment.end,
    Column.LENGTH: lambda row: row.segment.end - row.segment.start,
    Column.STATE: lambda row: row.state.value,
    Column.TYPE: _said(lambda review: review.kind or ""),
    Column.TAGS: _said(lambda review: ", ".join(review.tags)),
    Column.NOTE: _said(lambda review: review.note),
    Column.REVIEWER: _said(lambda review: review.reviewer),
    Column.CHANGED: _said(lambda review: review.changed),
    Column.FOUND: lambda row: " ".join(row.segment.found_by.words),
    Column.REASON: lambda row: row.segment.reason.value if row.segment.reason is not None else "",
    Column.ORIGIN: _said(lambda review: review.origin.value, unsaid=Origin.MACHINE.value),
}


def parse_query(text: str) -> list[Term]:
    """Conditions that all must hold, parted by spaces: `fight`, `type:fight`, `score>0.5`.

    A word alone is looked for in the texts, without regard to case; `column:word` in one column;
    `column>number`, with `<`, `>=`, `<=` and `=` too, compares. Words with spaces stand in quotes.
    Raises UsageError for an unknown column or no number.
    """
    return [_term(match) for match in _TERM.finditer(text)]


def value_of(row: CaseSegment, column: Column, names: Names) -> Value:
    """What stands in a column: numbers for `NUMBERS` (s and scores), else text."""
    if column is Column.RECORDING:
        return names.get(row.recording_id, "")
    return _VALUES[column](row)


def _sort_key(column: Column, names: Names) -> Callable[[CaseSegment], Any]:
    """What rows are sorted by; chosen once, as thousands of them are sorted at once."""
    if column is Column.RANK:  # what several scorers found is ranked by how rarely to expect it
        return _less_expected
    if column is Column.STATE:
        return lambda row: _STATE_ORDER[row.state]
    if column is Column.RECORDING:
        folded = {number: name.casefold() for number, name in names.items()}
        return lambda row: folded.get(row.recording_id, "")
    read: Any = _VALUES[column]
    return read if column in NUMBERS else lambda row: read(row).casefold()


def _less_expected(row: CaseSegment) -> tuple[float, float]:
    rarity, peak = row.segment.rank
    return -rarity, -peak


def _term(match: re.Match[str]) -> Term:
    word = match["quoted"] if match["quoted"] is not None else match["word"]
    name, sign = match["column"], match["sign"] or ":"
    if name is None:
        return Term(column=None, sign=":", value=word)
    column = next((c for c in Column if c.value == name.lower()), None)
    if column is None:
        known = ", ".join(c.value for c in Column)
        raise UsageError(f"“{name}” is no column; there are {known}.")
    if sign == ":":
        return Term(column=column, sign=sign, value=word)
    try:
        return Term(column=column, sign=sign, value=float(word))
    except ValueError:
        raise UsageError(f"“{name}{sign}” needs a number, not “{word}”.") from None


def _holds(term: Term, row: CaseSegment, names: Names) -> bool:
    if isinstance(term.value, float):
        assert term.column is not None
        value = value_of(row, term.column, names)
        return isinstance(value, float | int) and _COMPARE[term.sign](value, term.value)
    columns = _TEXTS if term.column is None else (term.column,)
    wanted = term.value.casefold()
    return any(wanted in str(value_of(row, column, names)).casefold() for column in columns)
