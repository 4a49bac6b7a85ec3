"""Segments along time as blocks: by what is said of them, in color and in form."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor

from crimeview.core.review import ReviewState
from crimeview.gui.look import Look
from crimeview.gui.review_text import kind_text
from crimeview.store.rows import CaseSegment

# What is painted first lies beneath what comes later.
_ORDER = (ReviewState.DISMISSED, ReviewState.NEW, ReviewState.UNSURE, ReviewState.CONFIRMED)
_RANK = {state: rank for rank, state in enumerate(_ORDER)}
_NEW = _RANK[ReviewState.NEW]


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """Spans (n, 2) in seconds, ascending, of the segments of one state."""

    state: ReviewState
    spans: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class TypeLabel:
    """The crime type that a person gave a segment, and where (s) it lies."""

    start: float
    end: float
    text: str


class BlockCache:
    """Blocks and labels of the segments asked for last: of thousands they take a while.

    All that show the same recording share one.
    """

    def __init__(self) -> None:
        self._segments: Sequence[CaseSegment] = ()
        self._spans, self._states = _spans_and_states(())
        self._found: tuple[tuple[Blocks, ...], tuple[TypeLabel, ...]] = ((), ())

    def of(
        self, segments: Sequence[CaseSegment]
    ) -> tuple[tuple[Blocks, ...], tuple[TypeLabel, ...]]:
        """`blocks_of` and `labels_of`; what is the very same is not looked through again."""
        if segments is not self._segments:
            before, self._segments = self._segments, segments
            changed = _changed(before, segments)
            if changed is None:
                self._spans, self._states = _spans_and_states(segments)
                self._found = _blocks(self._spans, self._states), labels_of(segments)
            else:
                self._states[changed] = [_rank(segments[number]) for number in changed]
                named = any(_is_labeled(s[n]) for s in (before, segments) for n in changed)
                labels = labels_of(segments) if named else self._found[1]
                self._found = _blocks(self._spans, self._states), labels
        return self._found


def blocks_of(segments: Sequence[CaseSegment]) -> tuple[Blocks, ...]:
    """The segments by state, in the order in which they are painted."""
    return _blocks(*_spans_and_states(segments))


def _changed(before: Sequence[CaseSegment], after: Sequence[CaseSegment]) -> list[int] | None:
    """The numbers of those that others of the same spans stand in for; None: all are others."""
    if len(before) != len(after):
        return None
    pairs = enumerate(zip(before, after, strict=True))
    changed = [number for number, (a, b) in pairs if a is not b]
    spans = [[(s[n].segment.start, s[n].segment.end) for n in changed] for s in (before, after)]
    return changed if spans[0] == spans[1] else None


def _spans_and_states(
    segments: Sequence[CaseSegment],
) -> tuple[NDArray[np.float64], NDArray[np.int8]]:
    starts = [s.segment.start for s in segments]
    ends = [s.segment.end for s in segments]  # far quicker than an array of pairs
    spans = np.column_stack([starts, ends]).astype(np.float64)
    return spans, np.array([_rank(s) for s in segments], np.int8)


def _rank(segment: CaseSegment) -> int:
    return _RANK[segment.review.state] if segment.review is not None else _NEW


def _blocks(spans: NDArray[np.float64], states: NDArray[np.int8]) -> tuple[Blocks, ...]:
    order = np.argsort(spans[:, 0])
    spans, states = spans[order], states[order]
    return tuple(
        Blocks(state, spans[states == number])
        for number, state in enumerate(_ORDER)
        if (states == number).any()
    )


def labels_of(segments: Sequence[CaseSegment]) -> tuple[TypeLabel, ...]:
    """The types of those segments that have one, in order of time."""
    found = [
        TypeLabel(row.segment.start, row.segment.end, kind_text(row.review.kind))
        for row in segments
        if row.review is not None and row.review.kind and _is_labeled(row)
    ]
    return tuple(sorted(found, key=lambda label: label.start))


def _is_labeled(row: CaseSegment) -> bool:
    named = row.review is not None and bool(row.review.kind)
    return named and row.state is not ReviewState.DISMISSED


def segment_spans(segments: Iterable[CaseSegment]) -> NDArray[np.float64]:
    """The spans (n, 2) of segments in any order, in order of time."""
    spans = np.array([(s.segment.start, s.segment.end) for s in segments], np.float64)
    return spans[np.argsort(spans[:, 0])] if len(spans) else np.empty((0, 2))


def state_color(look: Look, state: ReviewState) -> str:
    """The color of a state, as `#rrggbb`."""
    if state is ReviewState.CONFIRMED:
        return look.colors.good
    return look.colors.faint if state is ReviewState.DISMISSED else look.colors.lead


def state_brush(look: Look, state: ReviewState) -> QBrush:
    """Full for new and confirmed ones, dotted for unsure, hatched for dismissed."""
    color = QColor(state_color(look, state))
    if state is ReviewState.UNSURE:
        return QBrush(color, Qt.BrushStyle.Dense4Pattern)
    if state is ReviewState.DISMISSED:
        return QBrush(color, Qt.BrushStyle.Dense6Pattern)
    return QBrush(color)
