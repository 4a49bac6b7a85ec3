"""What is not sure of types is in the open: unknown, the three likeliest, suggested on the map."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage, QPainter

from crimeview.core.type_suggestion import ORDINARY, TypeSuggestion
from crimeview.gui.map_symbols import Mark, Symbol, draw_mark, marks_of
from crimeview.gui.map_text import point_lines, value_text
from crimeview.gui.widgets.suggested_row import SuggestedRow
from crimeview.jobs.map_facets import SUGGESTED, Facet
from crimeview.jobs.review import Reviewer, named
from crimeview.store.case import open_case
from tests.gui.driven import Driven
from tests.jobs.made_case import RECORDINGS, SEGMENTS, fill_case
from tests.store.begun import description

OpenWindow = Callable[..., Driven]
_COUNT = RECORDINGS * SEGMENTS


def _told(kind: str | None, *likeliest: tuple[str, float]) -> TypeSuggestion:
    return TypeSuggestion(
        kind=kind,
        confidence=likeliest[0][1],
        likeliest=likeliest,
        source="model motion-crime-type",
    )


FIGHT = _told("fight", ("fight", 0.72), (ORDINARY, 0.2), ("crash", 0.08))
UNKNOWN = _told(None, ("fight", 0.41), ("crash", 0.35), (ORDINARY, 0.24))
USUAL = _told(None, (ORDINARY, 0.8), ("fight", 0.15), ("crash", 0.05))


@pytest.fixture
def driven(open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driven:
    """Of each recording's segments one is a fight by a person, one suggested, two unknown."""
    with open_case(tmp_path / "case") as case:
        fill_case(case)
        by = Reviewer(name="test", now="2024-05-17T12:00:00+00:00")
        for recording in case.recordings():
            case.describe(recording.id, replace(description(recording.path), duration=40.0))
            rows = sorted(case.segments(recording.id), key=lambda row: row.segment.start)
            spans = [(row.segment.start, row.segment.end) for row in rows]
            told = dict(zip(spans[1:], (FIGHT, UNKNOWN, USUAL), strict=True))
            case.types.suggest(recording.id, told)
            edit = named([rows[0]], "fight", by=by)
            assert edit is not None
            case.edits.make(edit, reviewer="test")
    monkeypatch.setattr("crimeview.jobs.map_segments.FEWEST", _COUNT + 1)
    return open_window()


def _shown(driven: Driven, suggested: TypeSuggestion) -> tuple[str, str]:
    """What the row says of the first segment of which that is suggested."""
    (row,) = driven.window.findChildren(SuggestedRow)
    segment = next(s for s in driven.workspace.segments if s.suggested and s.suggested == suggested)
    driven.workspace.select_segment(segment.id)
    driven.settle()
    assert not row.isHidden()
    assert row._button.isHidden() is (suggested.kind is None)
    assert not row._likeliest.isHidden()
    return row._text.text(), row._likeliest.text()


def test_the_likeliest_types_stand_in_the_row_and_unknown_is_said(driven: Driven) -> None:
    driven.settle()
    assert _shown(driven, FIGHT) == ("Suggested: Fight, 72%", "Fight 72%, ordinary 20%, Crash 8%")
    assert _shown(driven, UNKNOWN) == ("Type unknown", "Fight 41%, Crash 35%, ordinary 24%")
    assert _shown(driven, USUAL) == ("Probably ordinary", "ordinary 80%, Fight 15%, Crash 5%")
    (row,) = driven.window.findChildren(SuggestedRow)
    said = next(s for s in driven.workspace.segments if s.review is not None)
    driven.workspace.select_segment(said.id)
    driven.settle()
    assert row.isHidden()


def test_the_map_shows_what_is_suggested_as_outlines(driven: Driven) -> None:
    driven.window.parts.navigation.show("map")
    driven.settle()
    sight = driven.window.parts.map_sight
    assert sight.values is not None
    assert sight.values.values == ("fight", f"fight{SUGGESTED}", None)
    assert sight.values.counts == (RECORDINGS, RECORDINGS, 2 * RECORDINGS)
    said, suggested, none = marks_of(sight.values, driven.window.parts.look)
    assert (said.symbol, said.color) == (suggested.symbol, suggested.color)
    assert (said.hollow, suggested.hollow) == (False, True)
    assert none.symbol is Symbol.RING
    assert value_text(Facet.TYPE, f"fight{SUGGESTED}") == "Fight (suggested)"
    item = next(item for item in sight.items if item.suggested)
    assert point_lines(item)[0].startswith("Fight (suggested)")
    # A person's word takes its place at once.
    segment = next(s for s in driven.workspace.segments if s.id == item.segment_id)
    driven.workspace.select_segment(segment.id)
    driven.window.parts.reviewing.choose([segment.id])
    driven.window.parts.reviewing.name("crash")
    driven.settle()
    driven.wait(lambda: sight.values is not None and "crash" in sight.values.values)
    assert sight.values.counts[list(sight.values.values).index(f"fight{SUGGESTED}")] == 5


def test_an_outline_leaves_its_inside_free() -> None:
    insides = []
    for hollow in (False, True):
        image = QImage(24, 24, QImage.Format.Format_ARGB32_Premultiplied)
        image.fill(0)
        painter = QPainter(image)
        mark = Mark(Symbol.SQUARE, "#ff0000", hollow=hollow)
        draw_mark(painter, QPointF(12, 12), mark, radius=10, edge=None)
        painter.end()
        assert image.pixelColor(4, 12).alpha() > 0, "its edge"
        insides.append(image.pixelColor(16, 12).alpha() > 0)
        assert image.pixelColor(12, 12).alpha() > 0, "its dot"
    assert insides == [True, False]
