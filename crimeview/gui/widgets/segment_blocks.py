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
    """Blocks and labels of the segments asked for last: of thousands they take a while."""

    def __init__(self) -> None:
        self._segments: Sequence[CaseSegment] | None = None
        self._found: tuple[tuple[Blocks, ...], tuple[TypeLabel, ...]] = ((), ())

    def of(
        self, segments: Sequence[CaseSegment]
    ) -> tuple[tuple[Blocks, ...], tuple[TypeLabel, ...]]:
        """`blocks_of` and `labels_of`; the very same sequence is not looked through again."""
        if segments is not self._segments:
            self._segments = segments
            self._found = blocks_of(segments), labels_of(segments)
        return self._found


def blocks_of(segments: Sequence[CaseSegment]) -> tuple[Blocks, ...]:
    """The segments by state, in the order in which they are painted."""
    spans = np.array([(s.segment.start, s.segment.end) for s in segments]).reshape(-1, 2)
    states = np.array(
        [_RANK[s.review.state] if s.review is not None else _NEW for s in segments], np.int8
    )
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
        if row.review is not None and row.review.kind and row.state is not ReviewState.DISMISSED
    ]
    return tuple(sorted(found, key=lambda label: label.start))


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
