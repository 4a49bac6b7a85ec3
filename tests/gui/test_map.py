"""The map page in a real window, on a case with features."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest

from crimeview.core.review import ReviewState
from crimeview.gui.map_making import Layout, MapSource
from crimeview.gui.pages.map.page import MapPage
from crimeview.gui.widgets.map_card import MapCard
from crimeview.gui.widgets.map_view import MapView
from crimeview.jobs.map_facets import Facet
from crimeview.store.case import open_case
from tests.gui.driven import Driven, pass_time, pixels
from tests.jobs.made_case import RECORDINGS, SEGMENTS, fill_case
from tests.store.begun import description

OpenWindow = Callable[..., Driven]
_COUNT = RECORDINGS * SEGMENTS


@pytest.fixture
def mapped(open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driven:
    """A window that shows the map of a case of 24 segments as PCA first shows it."""
    monkeypatch.chdir(tmp_path)
    with open_case(tmp_path / "case") as case:
        fill_case(case)
        for recording in case.recordings():
            case.describe(recording.id, replace(description(recording.path), duration=40.0))
    # UMAP takes seconds to compile: a test of its own has the real one.
    monkeypatch.setattr("crimeview.jobs.map_segments.FEWEST", _COUNT + 1)
    driven = open_window()
    driven.window.parts.navigation.show("map")
    driven.settle()
    return driven


def _view(driven: Driven) -> MapView:
    found = driven.window.findChild(MapView)
    assert isinstance(found, MapView)
    return found


def _click(view: MapView, number: int, *, control: bool = False) -> None:
    held = Qt.KeyboardModifier.ControlModifier if control else Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, held, view.place_of(number).toPoint())


def test_all_segments_are_points_and_how_far_to_trust_them_is_told(mapped: Driven) -> None:
    making, view = mapped.window.parts.map_making, _view(mapped)
    assert making.layout is Layout.WHOLE
    assert len(making.items) == _COUNT
    assert making.positions.shape == (_COUNT, 2)
    image = pixels(view.grab().toImage())
    ground = image[2, 2]
    for number in range(_COUNT):
        place = view.place_of(number)
        near = image[round(place.y()) - 3 : round(place.y()) + 4, round(place.x()) - 3 :][:, :7]
        assert (near != ground).any(), "each point is painted where it is found"


def test_a_click_selects_the_segment_and_seeks_to_it(mapped: Driven) -> None:
    view, making = _view(mapped), mapped.window.parts.map_making
    _click(view, 7)
    selected = mapped.workspace.segment
    assert selected is not None
    assert selected.id == making.items[7].segment_id
    assert mapped.workspace.playhead.position == pytest.approx(making.items[7].start, abs=0.1)
    assert view.current == 7


def test_the_card_says_what_is_under_the_pointer(mapped: Driven) -> None:
    view = _view(mapped)
    QTest.mouseMove(view, view.place_of(3).toPoint())
    card = mapped.window.findChild(MapCard)
    mapped.wait(lambda: bool(card.isVisible()))
    assert "0.90" in card.accessibleName()
    assert card.moving.moving
    QTest.mouseMove(view, QPoint(1, 1))
    mapped.wait(lambda: not card.isVisible())
    assert not card.moving.moving


def test_a_lasso_chooses_what_it_holds_and_escape_nothing(mapped: Driven) -> None:
    view, sight = _view(mapped), mapped.window.parts.map_sight
    corners = [
        QPoint(2, 2),
        QPoint(view.width() - 3, 2),
        QPoint(view.width() - 3, view.height() - 3),
    ]
    corners.append(QPoint(2, view.height() - 3))
    shift = Qt.KeyboardModifier.ShiftModifier
    QTest.mousePress(view, Qt.MouseButton.LeftButton, shift, corners[0])
    for corner in corners[1:]:
        QTest.mouseMove(view, corner)
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, shift, corners[-1])
    assert sorted(sight.chosen) == list(range(_COUNT))
    QTest.keyClick(view, Qt.Key.Key_Escape)
    assert sight.chosen == ()


def test_a_rectangle_round_one_point_chooses_that(mapped: Driven) -> None:
    view, sight = _view(mapped), mapped.window.parts.map_sight
    places = [view.place_of(n) for n in range(_COUNT)]
    alone = max(
        range(_COUNT), key=lambda n: min(_far(places[n], p) for p in places if p != places[n])
    )
    mapped.window.commands["map-rectangle"].trigger()
    at = places[alone].toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=at - QPoint(6, 6))
    QTest.mouseMove(view, at)
    QTest.mouseMove(view, at + QPoint(6, 6))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=at + QPoint(6, 6))
    assert alone in sight.chosen
    assert len(sight.chosen) < _COUNT / 2


def _far(one: QPointF, other: QPointF) -> float:
    return float((one - other).manhattanLength())


def test_the_keyboard_walks_chooses_and_shows_in_the_review(mapped: Driven) -> None:
    view, parts = _view(mapped), mapped.window.parts
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Right)
    first = view.current
    assert first is not None
    x = parts.map_making.positions[:, 0]
    while True:
        before = view.current
        QTest.keyClick(view, Qt.Key.Key_Right)
        if view.current == before:
            break
        assert x[view.current] > x[before], "each step is to the right"
    QTest.keyClick(view, Qt.Key.Key_Space)
    assert parts.map_sight.chosen == (view.current,)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert parts.navigation.current == "review"
    assert mapped.workspace.segment is not None
    assert mapped.workspace.segment.id == parts.map_making.items[view.current].segment_id


def test_the_legend_leaves_out_and_points_left_out_are_not_found(mapped: Driven) -> None:
    view, sight = _view(mapped), mapped.window.parts.map_sight
    sight.tell_by(Facet.RECORDING)
    mapped.settle()
    assert sight.values is not None
    assert set(sight.values.counts) == {SEGMENTS}
    sight.show_only(sight.values.values[0])
    mapped.settle()
    assert sight.visible.sum() == SEGMENTS
    hidden = int(np.flatnonzero(~sight.visible)[0])
    QTest.mouseMove(view, view.place_of(hidden).toPoint())
    pass_time(20)
    assert view.under is None or sight.visible[view.under]
    sight.show_only(sight.values.values[0])
    assert sight.visible.all()


def test_a_type_is_given_to_what_is_chosen_and_shown_at_once(mapped: Driven) -> None:
    parts = mapped.window.parts
    parts.map_sight.choose([0, 1, 5])
    page = mapped.window.page
    assert isinstance(page, MapPage)
    page._name("theft")
    mapped.settle()
    kinds = [item.kind for item in parts.map_making.items]
    assert [n for n, kind in enumerate(kinds) if kind == "theft"] == [0, 1, 5]
    assert parts.map_sight.chosen == (0, 1, 5)
    assert parts.map_sight.values is not None
    assert parts.map_sight.values.values == ("theft", None)
    mapped.window.commands["undo"].trigger()
    mapped.settle()
    assert not any(item.kind for item in parts.map_making.items)


def test_dismissed_segments_stay_on_the_map(mapped: Driven) -> None:
    parts = mapped.window.parts
    _click(_view(mapped), 4)
    parts.reviewing.judge(ReviewState.DISMISSED)
    mapped.settle()
    assert parts.map_making.items[4].state is ReviewState.DISMISSED
    parts.map_sight.tell_by(Facet.STATE)
    assert parts.map_sight.values is not None
    assert dict(zip(parts.map_sight.values.values, parts.map_sight.values.counts, strict=True)) == {
        "new": _COUNT - 1,
        "dismissed": 1,
    }


def test_what_a_search_finds_is_shown_before_all_others(mapped: Driven) -> None:
    parts = mapped.window.parts
    ids = [parts.map_making.items[n].segment_id for n in (9, 2)]
    parts.map_sight.find([i for i in ids if i is not None])
    assert parts.map_sight.hits == (9, 2)
    mapped.settle()
    image = pixels(_view(mapped).grab().toImage()).astype(int)
    places = [_view(mapped).place_of(n) for n in range(_COUNT)]
    away = max(places, key=lambda place: min(_far(place, places[n]) for n in (9, 2)))
    pale, strong = (_contrast(image, place) for place in (away, places[9]))
    assert 0 < pale < strong / 3
    mapped.window.commands["map-choose-none"].trigger()
    assert parts.map_sight.hits is None


def _contrast(image: NDArray[np.int64], place: QPointF) -> int:
    """The strongest contrast with the ground at a point or round it."""
    across, down = round(place.x()), round(place.y())
    around = image[down - 10 : down + 11, across - 10 : across + 11, :3]
    return int(np.abs(around - image[2, 2, :3]).sum(axis=2).max())


def test_what_is_chosen_is_written_as_a_table(mapped: Driven, tmp_path: Path) -> None:
    page = mapped.window.page
    assert isinstance(page, MapPage)
    mapped.window.parts.map_sight.choose([3, 8])
    file = tmp_path / "chosen.csv"
    page._exporting.write(page._shown(only_chosen=True), file, subtitle="", name_of=str)
    mapped.wait(file.exists)
    mapped.settle()
    rows = list(csv.DictReader(file.read_text("utf-8").splitlines()))
    items = mapped.window.parts.map_making.items
    assert [int(row["segment"]) for row in rows] == [items[3].segment_id, items[8].segment_id]


def test_clusters_are_made_when_colors_are_to_stand_for_them(mapped: Driven) -> None:
    sight = mapped.window.parts.map_sight
    mapped.window.commands["map-by-cluster"].trigger()
    mapped.settle()
    assert sight.clusters is not None
    assert sight.values is not None
    assert sum(sight.values.counts) == _COUNT
    assert len([v for v in sight.values.values if v is not None]) > 1


def test_an_empty_case_teaches_what_to_do(open_window: OpenWindow) -> None:
    driven = open_window()
    driven.window.parts.navigation.show("map")
    driven.settle()
    page = driven.window.page
    assert isinstance(page, MapPage)
    assert "Analyze recordings" in page._empty.accessibleName()
    assert page._stack.currentWidget() is page._empty
    assert not driven.window.commands["map-export"].isEnabled()


def test_a_library_that_is_not_there_is_told(mapped: Driven) -> None:
    mapped.window.commands["map-of-library"].trigger()
    mapped.settle()
    making = mapped.window.parts.map_making
    assert making.source is MapSource.LIBRARY
    assert making.problem
    mapped.window.commands["map-of-case"].trigger()
    mapped.settle()
    assert len(making.items) == _COUNT


def test_nothing_is_read_before_somebody_looks(
    open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with open_case(tmp_path / "case") as case:
        fill_case(case)
    driven = open_window()
    driven.settle()
    assert driven.window.parts.map_making.points is None
