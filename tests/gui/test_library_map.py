"""The library on the map, and what a search by likeness has found shown there."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from crimeview.gui.map_making import Layout, MapSource
from crimeview.gui.pages.library.page import LibraryPage
from crimeview.gui.similar_search import Corpus
from crimeview.gui.widgets.entry_list import EntryList
from crimeview.gui.widgets.map_card import MapCard
from crimeview.gui.widgets.map_view import MapView
from crimeview.jobs.map_facets import Facet
from crimeview.store.library.library import open_library
from crimeview.store.library.location import Location
from crimeview.store.library.rows import Facts
from crimeview.video.jpeg import jpeg_of_array
from tests.gui.driven import Driven, pixels
from tests.store.library.made import entry, recording, unit_vectors
from tests.tiny_models import DIMENSIONS

OpenWindow = Callable[..., Driven]
_COUNT, _SPACE = 24, "tiny-motion"
_DAY = 86_400.0


@pytest.fixture(autouse=True)
def _quick(models: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(models.encoder.folder.parent))  # type: ignore[attr-defined]
    # UMAP takes seconds to compile: a test of its own has the real one.
    monkeypatch.setattr("crimeview.jobs.map_segments.FEWEST", _COUNT + 2)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A library of two cases, each segment with two red pictures, the recordings not here."""
    made = tmp_path / "library"
    red = jpeg_of_array(np.full((54, 96, 3), (220, 20, 20), np.uint8))
    with open_library(Location(folder=made)) as library:
        for number, vector in enumerate(-np.abs(unit_vectors(_COUNT, dimensions=DIMENSIONS))):
            one = entry(f"u{number}", vector, happened=1.6e9 + _DAY * (number % 3))
            facts = Facts(
                crime_type="theft" if number % 2 else "fight",
                camera=f"gate {number % 4}",
                outcome="convicted" if number < 6 else "",
            )
            one = replace(
                one, vectors={_SPACE: vector}, facts=facts, thumbnails=((0.0, red), (2.0, red))
            )
            case = f"case {number % 2}"
            library.add(replace(recording(f"r{number // 2}-{number % 2}"), case_name=case), [one])
    return made


def _open(driven: Driven, folder: Path) -> None:
    driven.window.parts.shelf.open(str(folder), create=False)
    driven.settle()


def _to_map(driven: Driven) -> MapView:
    driven.window.parts.navigation.show("map")
    driven.window.commands["map-of-library"].trigger()
    driven.settle()
    found = driven.window.findChild(MapView)
    assert isinstance(found, MapView)
    return found


@pytest.fixture
def shown(open_window: OpenWindow, folder: Path) -> Driven:
    """A window that shows the map of the library."""
    driven = open_window()
    _open(driven, folder)
    _to_map(driven)
    return driven


def test_the_open_library_is_on_the_map(shown: Driven) -> None:
    making = shown.window.parts.map_making
    assert making.source is MapSource.LIBRARY
    assert making.layout is Layout.WHOLE
    assert [item.entry for item in making.items] == list(range(1, _COUNT + 1))
    assert making.positions.shape == (_COUNT, 2)
    assert np.ptp(making.positions, axis=0).min() > 0


@pytest.mark.parametrize(
    ("facet", "counts"),
    [
        (Facet.TYPE, {"fight": 12, "theft": 12}),
        (Facet.CAMERA, {f"gate {n}": 6 for n in range(4)}),
        (Facet.CASE, {"case 0": 12, "case 1": 12}),
        (Facet.DATE, None),
        (Facet.OUTCOME, {"convicted": 6, None: 18}),
    ],
)
def test_colors_stand_for_what_the_library_knows(
    shown: Driven, facet: Facet, counts: dict[str | None, int] | None
) -> None:
    shown.window.commands[f"map-by-{facet.value}"].trigger()
    shown.settle()
    values = shown.window.parts.map_sight.values
    assert values is not None
    assert values.facet is facet
    told = dict(zip(values.values, values.counts, strict=True))
    if counts is None:
        assert set(told.values()) == {8}
        assert len(told) == 3
    else:
        assert told == counts


def test_what_only_a_case_or_only_a_library_has_is_not_offered(shown: Driven) -> None:
    sight = shown.window.parts.map_sight
    assert Facet.STATE not in sight.facets
    assert Facet.OUTCOME in sight.facets
    shown.window.commands["map-of-case"].trigger()
    shown.settle()
    assert Facet.STATE in sight.facets
    assert Facet.OUTCOME not in sight.facets


def test_the_card_plays_the_pictures_that_the_library_keeps(shown: Driven) -> None:
    view = shown.window.findChild(MapView)
    assert isinstance(view, MapView)
    QTest.mouseMove(view, view.place_of(5).toPoint())
    card = shown.window.findChild(MapCard)
    shown.wait(lambda: bool(card.isVisible()))
    assert card.moving.moving
    assert "Theft" in card.accessibleName()
    shown.wait(lambda: card.moving.picture is not None)
    picture = card.moving.picture
    assert picture is not None
    assert not picture.isNull()
    blue, _, red, _ = pixels(picture.toImage())[20, 20].tolist()
    assert red > 180
    assert blue < 60
    image = pixels(card.grab().toImage())
    assert (image[..., 2].astype(int) - image[..., 0] > 150).mean() > 0.3, "it is painted, too"
    QTest.mouseMove(view, QPoint(1, 1))
    shown.wait(lambda: not card.isVisible())


def test_what_is_in_no_case_here_is_opened_in_the_library(shown: Driven) -> None:
    view, parts = shown.window.findChild(MapView), shown.window.parts
    assert isinstance(view, MapView)
    left, bare = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QTest.mouseClick(view, left, bare, view.place_of(9).toPoint())
    assert view.current == 9
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    shown.settle()
    assert parts.navigation.current == "library"
    assert parts.shelf.entry is not None
    assert parts.shelf.entry.id == 10
    list_ = shown.window.findChild(EntryList)
    assert list_ is not None
    assert [e.id for e in list_.chosen] == [10]
    page = shown.window.page
    assert isinstance(page, LibraryPage)
    assert [e.recording.name for e in parts.shelf.entries] == ["r4-1.mp4"]
    assert page._filter.all_recordings.isVisible()
    page._filter.all_recordings.click()
    shown.settle()
    assert len(parts.shelf.entries) == _COUNT
    assert not page._filter.all_recordings.isVisible()


def test_a_click_on_what_is_in_this_case_seeks_to_it(
    reviewing: Driven, folder: Path, recording: Path
) -> None:
    here = next(r for r in reviewing.workspace.recordings)
    with open_library(Location(folder=folder)) as library:
        vector = unit_vectors(1, dimensions=DIMENSIONS, seed=9)[0]
        one = replace(entry("here", vector, start=20.0), vectors={_SPACE: vector})
        source = _recording_at(here.path)
        library.add(source, [one])
    _open(reviewing, folder)
    view = _to_map(reviewing)
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.place_of(_COUNT).toPoint())
    assert reviewing.workspace.recording is not None
    assert reviewing.workspace.recording.id == here.id
    assert reviewing.workspace.playhead.position == pytest.approx(20.0, abs=0.1)


def _recording_at(path: Path) -> object:
    return replace(recording("here"), path=str(path), name=path.name)


def test_another_word_on_a_segment_and_another_library_are_taken_over(
    shown: Driven, folder: Path, tmp_path: Path
) -> None:
    parts = shown.window.parts
    first = parts.shelf.entries[0]
    parts.shelf.set_facts(first, replace(first.facts, crime_type="arson"))
    shown.settle()
    parts.map_making._settling.setInterval(0)
    shown.wait(lambda: parts.map_making.items[0].kind == "arson")
    with open_library(Location(folder=tmp_path / "other")) as library:
        for number, vector in enumerate(unit_vectors(6)):
            library.add(recording(f"x{number}"), [entry(f"x{number}", vector)])
    parts.shelf.open(str(tmp_path / "other"), create=False)
    shown.wait(lambda: len(parts.map_making.items) == 6)
    shown.settle()
    assert parts.map_making.problem is None


def test_hits_of_the_library_are_shown_on_its_map(reviewing: Driven, folder: Path) -> None:
    _open(reviewing, folder)
    reviewing.click_segment(0)
    reviewing.settle()
    reviewing.window.commands["find-similar"].trigger()
    reviewing.settle()
    parts = reviewing.window.parts
    found = parts.similar.found
    assert found is not None
    button = _button(reviewing, "Show the results on the map")
    assert button.isVisible()
    button.click()
    reviewing.settle()
    assert parts.navigation.current == "map"
    assert parts.map_making.source is MapSource.LIBRARY
    hits = parts.map_sight.hits
    assert hits is not None
    items = parts.map_making.items
    assert [items[n].entry for n in hits] == [match.entry.id for match in found.matches]
    assert len(hits) == _COUNT


def test_hits_of_the_case_are_shown_on_its_map_by_a_key(reviewing: Driven) -> None:
    reviewing.click_segment(0)
    reviewing.settle()
    parts = reviewing.window.parts
    parts.similar.corpus = Corpus.CASE
    reviewing.window.commands["find-similar"].trigger()
    reviewing.settle()
    reviewing.press(Qt.Key.Key_M)
    reviewing.settle()
    assert parts.navigation.current == "map"
    assert parts.map_making.source is MapSource.CASE
    asked = parts.workspace.segment
    assert asked is not None
    (other,) = [s.id for s in parts.workspace.segments if s.id != asked.id]
    hits = parts.map_sight.hits
    assert hits is not None
    assert [parts.map_making.items[n].segment_id for n in hits] == [other]
    reviewing.window.commands["map-choose-none"].trigger()
    assert parts.map_sight.hits is None


def test_without_results_there_is_nothing_to_show(reviewing: Driven) -> None:
    reviewing.window.commands["page-similar"].trigger()
    reviewing.settle()
    assert not reviewing.window.commands["similar-map"].isEnabled()


def _button(driven: Driven, name: str) -> QPushButton:
    found = [b for b in driven.window.findChildren(QPushButton) if b.accessibleName() == name]
    return found[0]
