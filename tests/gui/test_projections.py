"""Projections chosen in the window: for the map, groupings and searches, where there are any."""

import itertools
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from crimeview.gui.grouping import is_of_segments
from crimeview.gui.pages.groupings.page import GroupingsPage
from crimeview.gui.similar_search import Corpus
from crimeview.gui.widgets.compare_dialog import CompareDialog
from crimeview.gui.widgets.projection_choice import ProjectionChoice
from crimeview.gui.widgets.yielding_label import YieldingLabel
from crimeview.jobs.compare_groupings import compare_groupings
from crimeview.store.case import open_case
from tests.gui.driven import Driven
from tests.jobs.finished import finished
from tests.jobs.made_case import RECORDINGS, SEGMENTS, SIZE, fill_case
from tests.store.begun import description
from tests.tiny_models import make_projection

OpenWindow = Callable[..., Driven]
_COUNT = RECORDINGS * SEGMENTS
_WEIGHTS = np.random.default_rng(4).standard_normal((SIZE, 5)).astype(np.float32)


@pytest.fixture
def driven(open_window: OpenWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driven:
    """A window on a case of features of “made”, for which there is a projection."""
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tmp_path / "projections"))
    make_projection(tmp_path / "projections", "made-slic", space="made", weights=_WEIGHTS)
    with open_case(tmp_path / "case") as case:
        fill_case(case)
        for recording in case.recordings():
            case.describe(recording.id, replace(description(recording.path), duration=40.0))
            run = case.analyses.newest(recording.id)
            assert run is not None
            case.analyses.set_settings(run.id, '{"encoder": "made", "rule": {"threshold": 0.5}}')
    # UMAP takes seconds to compile: a test of its own has the real one.
    monkeypatch.setattr("crimeview.jobs.map_segments.FEWEST", _COUNT + 1)
    return open_window()


def _choose(driven: Driven, name: str | None) -> ProjectionChoice:
    (choice,) = driven.window.page.findChildren(ProjectionChoice)
    assert not choice.isHidden()
    assert [choice.itemData(n) for n in range(choice.count())] == [None, "made-slic"]
    choice.setCurrentIndex(choice.findData(name) if name else 0)
    choice.activated.emit(choice.currentIndex())
    driven.settle()
    return choice


def test_the_map_is_laid_out_by_a_projection(driven: Driven) -> None:
    driven.window.parts.navigation.show("map")
    driven.settle()
    making = driven.window.parts.map_making
    plain = making.positions.copy()
    choice = _choose(driven, "made-slic")
    assert making.points is not None
    assert making.points.projection == "made-slic"
    assert making.positions.shape == (_COUNT, 2)
    assert not np.allclose(making.positions, plain)
    assert choice.currentText() == "made-slic"
    _choose(driven, None)
    assert making.positions == pytest.approx(plain)


def test_results_are_ranked_by_a_projection(driven: Driven) -> None:
    search = driven.window.parts.similar
    driven.window.parts.navigation.show("similar")
    search.look_in(Corpus.CASE)
    search.of_span(driven.workspace.recordings[0], (2.0, 7.0))
    driven.wait(lambda: not search.busy)
    assert search.found is not None
    assert search.found.projection is None
    plain = [match.similarity for match in search.found.matches]
    _choose(driven, "made-slic")
    driven.wait(lambda: not search.busy)
    assert search.found is not None
    assert search.found.projection == "made-slic"
    assert [match.similarity for match in search.found.matches] != plain
    search.of_span(driven.workspace.recordings[1], (2.0, 7.0))
    driven.wait(lambda: not search.busy)
    assert search.projection is None, "another query may be of other features"


def test_what_is_looked_for_is_told_whole_beside_the_projection(driven: Driven) -> None:
    window, search = driven.window, driven.window.parts.similar
    window.resize(1280, 800)
    window.parts.navigation.show("similar")
    search.look_in(Corpus.CASE)
    search.of_span(driven.workspace.recordings[0], (2.0, 7.0))
    driven.wait(lambda: not search.busy)
    driven.settle()
    assert window.page.findChildren(ProjectionChoice)[0].isVisible()
    (told,) = (w for w in window.page.findChildren(YieldingLabel) if w.isVisible())
    assert told.text()
    assert not told.cut


@pytest.mark.parametrize("count", [2, 6])
def test_what_is_compared_does_not_cover_each_other(driven: Driven, count: int) -> None:
    window = driven.window
    window.parts.navigation.show("map")
    driven.settle()
    window.parts.map_sight.choose(range(count))
    window.commands["map-compare"].trigger()
    (dialog,) = window.findChildren(CompareDialog)
    QApplication.processEvents()
    for cell in (label.parent() for label in dialog.findChildren(QLabel)):
        if not isinstance(cell, QWidget) or cell is dialog:
            continue
        places = [w.geometry() for w in cell.findChildren(QWidget) if w.parent() is cell]
        assert len(places) > 3
        assert not any(a.intersects(b) for a, b in itertools.combinations(places, 2))
        assert cell.height() >= cell.minimumSizeHint().height()
    dialog.close()


def test_groupings_by_a_projection_stand_beside_the_others(driven: Driven) -> None:
    driven.window.parts.navigation.show("groupings")
    driven.settle()
    page, grouper = driven.window.page, driven.window.parts.grouper
    assert isinstance(page, GroupingsPage)
    found = finished(compare_groupings(driven.workspace.case, count=2, methods=("finch",)))
    grouper._on_found((found, {}))
    texts = [
        page._table.item(row, column).text()
        for row in range(page._table.rowCount())
        for column in range(2)
    ]
    assert "Anomalous clips only, by made-slic" in texts
    assert "FINCH" in texts
    assert not any("SLIC/" in text for text in texts)
    (own,) = [g for g in found.groupings if "→" in g.embedding]
    assert is_of_segments(own)
    grouper.choose(own)
    page._clusters.setCurrentIndex(page._clusters.model().index(0))
    page._give_name("robbery")
    driven.wait(lambda: not grouper.busy)
    assert grouper.name_of(own, 0) == "robbery"
    assert "Robbery" in page._clusters._model.rows[0].title
    others = [g for g in found.groupings if g is not own]
    assert all(grouper.name_of(g, 0) is None for g in others)
