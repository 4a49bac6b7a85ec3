"""The pages of the library and of similar segments, as a person uses them."""

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import numpy as np
import pyarrow.parquet
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton

from crimeview.cli.main import main
from crimeview.gui.pages.similar.page import SimilarPage
from crimeview.gui.settings import Preferences
from crimeview.gui.similar_search import Corpus, Verdict
from crimeview.gui.widgets.entry_list import EntryList
from crimeview.gui.widgets.entry_panel import EntryPanel
from crimeview.gui.widgets.graph_row import GraphRow
from crimeview.gui.widgets.library_dialogs import AddDialog, OpenLibraryDialog
from crimeview.gui.widgets.match_list import MatchList
from crimeview.gui.widgets.reason_list import ReasonList
from crimeview.store.library import graph_building
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.local_search import IndexKind
from crimeview.store.library.location import Location, default_library_folder
from crimeview.store.library.rows import Duplicates
from tests.gui.driven import Driven
from tests.gui.held import BLOCKED, held
from tests.store.library.made import entry, recording, unit_vectors
from tests.tiny_models import DIMENSIONS


@pytest.fixture(autouse=True)
def _these_models(models: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(models.encoder.folder.parent))  # type: ignore[attr-defined]


def go(driven: Driven, page: str) -> None:
    driven.window.commands[f"page-{page}"].trigger()
    driven.settle()


def fill(folder: Path, count: int = 24) -> Path:
    """A library of strangers: their vectors are unlike those of any recording."""
    with open_library(Location(folder=folder)) as library:
        for number, vector in enumerate(-np.abs(unit_vectors(count, dimensions=DIMENSIONS))):
            made = entry(
                f"u{number}",
                vector,
                crime_type="theft" if number % 2 else "fight",
                camera="yard" if number == 3 else "",
            )
            _add(library, number, made, vector)
    return folder


def _add(library: Library, number: int, made: object, vector: np.ndarray) -> None:
    library.add(
        recording(f"r{number}"),
        [replace(made, vectors={"tiny-motion": vector})],  # type: ignore[type-var]
    )


def open_at(driven: Driven, folder: Path) -> None:
    driven.window.parts.shelf.open(str(folder), create=False)
    driven.settle()


def test_segments_of_the_case_are_added_and_listed(reviewing: Driven) -> None:
    window = reviewing.window
    go(reviewing, "library")
    assert window.parts.shelf.library is None  # nothing is made by looking
    window.commands["library-add"].trigger()
    dialog = window.findChild(AddDialog)
    assert dialog is not None
    dialog.place.setText("gate")
    dialog.scope.buttons()[-1].setChecked(True)  # all of the case
    dialog.accept()
    reviewing.settle()
    assert (default_library_folder() / "library.db").is_file()
    shelf = window.parts.shelf
    assert len(shelf.entries) == len(window.parts.workspace.segments) > 0
    assert {e.facts.place for e in shelf.entries} == {"gate"}
    list_ = window.findChild(EntryList)
    assert list_ is not None
    assert [e.id for e in list_.chosen] == [shelf.entries[0].id]


def test_a_library_is_opened_by_path_filtered_and_remembered(
    reviewing: Driven, tmp_path: Path
) -> None:
    fill(tmp_path / "library")
    window = reviewing.window
    go(reviewing, "library")
    window.commands["library-open"].trigger()
    dialog = window.findChild(OpenLibraryDialog)
    assert dialog is not None
    dialog.place.setText(str(tmp_path / "library"))
    assert not dialog.password.isEnabled()
    dialog.accept()
    reviewing.settle()
    page, shelf = window.page, window.parts.shelf
    assert len(shelf.entries) == 24
    page._filter.kind.setCurrentIndex(page._filter.kind.findData("theft"))
    page._filter.kind.activated.emit(page._filter.kind.currentIndex())
    reviewing.settle()
    assert {e.facts.crime_type for e in shelf.entries} == {"theft"}
    assert len(shelf.entries) == 12
    assert Preferences().settings.library == str(tmp_path / "library")


def test_a_url_with_a_password_is_refused_and_kept_nowhere(reviewing: Driven) -> None:
    window = reviewing.window
    go(reviewing, "library")
    window.commands["library-open"].trigger()
    dialog = window.findChild(OpenLibraryDialog)
    assert dialog is not None
    dialog.place.setText("postgresql://kim:s3cret-77@server/crimes")
    dialog.accept()
    assert dialog.isVisible()
    assert "Leave the password out" in dialog._fault.text()
    assert "s3cret-77" not in dialog._fault.text()
    dialog.reject()
    assert "s3cret-77" not in Preferences().path.read_text(encoding="utf-8")


def test_a_library_that_is_not_there_is_told_in_its_place(
    reviewing: Driven, tmp_path: Path
) -> None:
    go(reviewing, "library")
    open_at(reviewing, tmp_path / "none")
    assert "There is no library in" in reviewing.window.page._empty.accessibleName()
    assert not (tmp_path / "none").exists()


def test_what_is_said_of_a_segment_is_kept(reviewing: Driven, tmp_path: Path) -> None:
    folder = fill(tmp_path / "library")
    go(reviewing, "library")
    open_at(reviewing, folder)
    panel = reviewing.window.findChild(EntryPanel)
    assert panel is not None
    panel.kind.setCurrentText("Arson")
    panel.notes.setPlainText("behind the shed")
    panel.save.click()
    reviewing.settle()
    with open_library(Location(folder=folder)) as library:
        facts = library.entry(1).facts
    assert (facts.crime_type, facts.notes) == ("arson", "behind the shed")
    assert reviewing.window.parts.shelf.entry is not None
    assert reviewing.window.parts.shelf.entry.revision == 2  # a second change is not refused
    panel.camera.setText("c9")
    panel.save.click()
    reviewing.settle()
    with open_library(Location(folder=folder)) as library:
        assert library.entry(1).facts.camera == "c9"


def test_when_it_happened_is_set_corrected_and_kept_to_the_second(
    reviewing: Driven, tmp_path: Path
) -> None:
    folder = fill(tmp_path / "library")
    go(reviewing, "library")
    open_at(reviewing, folder)
    panel = reviewing.window.findChild(EntryPanel)
    assert panel is not None
    assert panel.date.text() == ""
    panel.date.setText("next week")
    panel.camera.setText("c1")
    panel.save.click()
    reviewing.settle()
    assert panel.date.property("wrong")
    assert panel.camera.text() == "c1", "nothing was stored, and nothing typed is lost"
    panel.date.setText("2026-11-29 22:15")
    panel.save.click()
    reviewing.settle()
    assert not panel.date.property("wrong")
    with open_library(Location(folder=folder)) as library:
        happened = library.entry(1).happened
        assert happened == datetime(2026, 11, 29, 22, 15).astimezone().timestamp()
        library.set_facts(1, library.entry(1).facts, happened=happened + 7.5)
    reviewing.window.parts.shelf.read()
    reviewing.settle()
    panel.notes.setPlainText("seen again")
    panel.save.click()
    reviewing.settle()
    with open_library(Location(folder=folder)) as library:
        assert library.entry(1).happened == happened + 7.5
        assert library.entry(1).facts.notes == "seen again"


def test_a_marked_duplicate_is_listed_when_asked_for_and_can_be_unmarked(
    reviewing: Driven, tmp_path: Path
) -> None:
    folder = fill(tmp_path / "library")
    with open_library(Location(folder=folder)) as library:
        library.mark_duplicates({5: "u0"})
    go(reviewing, "library")
    open_at(reviewing, folder)
    page, shelf = reviewing.window.page, reviewing.window.parts.shelf
    assert 5 not in {e.id for e in shelf.entries}
    page._filter.duplicates.click()
    reviewing.settle()
    marked = next(e for e in shelf.entries if e.id == 5)
    shelf.select(marked)
    panel = reviewing.window.findChild(EntryPanel)
    assert panel is not None
    assert "Shows the same as segment 1" in panel._source.text()
    panel.not_duplicate.click()
    reviewing.settle()
    assert not panel.not_duplicate.isVisible()
    page._filter.duplicates.click()
    reviewing.settle()
    assert 5 in {e.id for e in shelf.entries}


def test_a_reader_sees_that_nothing_can_be_changed(reviewing: Driven, tmp_path: Path) -> None:
    go(reviewing, "library")
    open_at(reviewing, fill(tmp_path / "library"))
    shelf = reviewing.window.parts.shelf
    assert shelf.library is not None
    shelf.library._may_write = False  # as that of a reviewer on a server
    shelf.read()
    reviewing.settle()
    panel = reviewing.window.findChild(EntryPanel)
    assert panel is not None
    assert not panel.save.isEnabled()
    assert not panel.notes.isEnabled()
    assert "you may only read it" in reviewing.window.page._facts.text()
    reviewing.window.commands["library-remove"].trigger()
    assert reviewing.window.findChild(QMessageBox) is None
    shelf.library._may_write = True
    shelf.read()
    reviewing.settle()
    reviewing.window.commands["library-remove"].trigger()
    box = reviewing.window.findChild(QMessageBox)
    assert box is not None
    box.reject()
    reviewing.settle()


def test_a_package_goes_out_and_comes_in(reviewing: Driven, tmp_path: Path) -> None:
    go(reviewing, "library")
    open_at(reviewing, fill(tmp_path / "library"))
    shelf = reviewing.window.parts.shelf
    shelf.export(tmp_path / "package", with_clips=True)
    reviewing.settle()
    assert (tmp_path / "package" / "manifest.json").is_file()
    shelf.open(str(tmp_path / "other"), create=True)
    reviewing.settle()
    assert shelf.entries == ()
    shelf.take_in(tmp_path / "package")
    reviewing.settle()
    assert len(shelf.entries) == 24


def test_the_selected_segment_is_looked_for_by_a_key(reviewing: Driven, tmp_path: Path) -> None:
    open_at(reviewing, fill(tmp_path / "library"))
    reviewing.click_segment(0)
    reviewing.settle()
    reviewing.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    reviewing.settle()
    page = reviewing.window.page
    assert isinstance(page, SimilarPage)
    found = reviewing.window.parts.similar.found
    assert found is not None
    assert len(found.matches) == 24
    assert found.has_close_match is False
    assert "No close match" in page._verdict.text()
    assert page._comparing.query is not None
    assert page._comparing.query.path == reviewing.workspace.recordings[0].path


def _in_case(reviewing: Driven) -> None:
    """Look for the first segment in the case itself."""
    reviewing.click_segment(0)
    reviewing.settle()
    reviewing.window.parts.similar.corpus = Corpus.CASE
    reviewing.window.commands["find-similar"].trigger()
    reviewing.settle()


def test_both_pictures_play_in_step_and_a_reason_shows_its_moments(reviewing: Driven) -> None:
    _in_case(reviewing)
    page, window = reviewing.window.page, reviewing.window
    assert isinstance(page, SimilarPage)
    found = window.parts.similar.found
    assert found is not None
    (match,) = found.matches  # the other segment; the first is the query itself
    comparing = page._comparing
    assert comparing.follower is not None
    reasons = window.findChild(ReasonList)
    assert reasons is not None
    reasons.findChildren(QPushButton)[0].click()
    reviewing.settle()
    first = match.reasons[0]
    assert comparing.playhead.position == pytest.approx(first.query[0], abs=0.11)
    assert comparing.follower.playhead.position == pytest.approx(first.result[0], abs=0.11)
    apart = comparing.follower.playhead.position - comparing.playhead.position
    reviewing.press(Qt.Key.Key_Space)
    began = comparing.playhead.position
    reviewing.wait(lambda: comparing.playhead.position != began)
    reviewing.press(Qt.Key.Key_Space)
    reviewing.settle()
    assert not comparing.playhead.playing
    now = comparing.follower.playhead.position - comparing.playhead.position
    assert now == pytest.approx(apart, abs=0.21)


def test_a_verdict_ranks_anew_and_is_taken_back(reviewing: Driven, tmp_path: Path) -> None:
    open_at(reviewing, fill(tmp_path / "library"))
    reviewing.click_segment(0)
    reviewing.settle()
    reviewing.window.commands["find-similar"].trigger()
    reviewing.settle()
    search = reviewing.window.parts.similar
    assert search.found is not None
    before = [match.entry.id for match in search.found.matches]
    reviewing.press(Qt.Key.Key_X)
    reviewing.settle()
    after = [match.entry.id for match in search.found.matches]
    assert before[0] not in after
    reviewing.press(Qt.Key.Key_N)
    list_ = reviewing.window.findChild(MatchList)
    assert list_ is not None
    assert list_.match is not None
    said = list_.match.entry.id
    reviewing.press(Qt.Key.Key_R)
    reviewing.settle()
    assert search.verdicts == {before[0]: Verdict.NOT, said: Verdict.RELEVANT}
    assert list_.match.entry.id == said  # it stays the current one, wherever it stands now
    reviewing.window.commands["similar-forget"].trigger()
    reviewing.settle()
    assert [match.entry.id for match in search.found.matches] == before


def test_a_dropped_file_is_looked_for(
    reviewing: Driven, tmp_path: Path, long_recording: Path
) -> None:
    open_at(reviewing, fill(tmp_path / "library"))
    go(reviewing, "similar")
    page = reviewing.window.page
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(long_recording))])
    left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    bare = Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(QPoint(9, 9), copy, data, left, bare))
    QApplication.sendEvent(page, QDropEvent(QPointF(9, 9), copy, data, left, bare))
    reviewing.settle()
    found = reviewing.window.parts.similar.found
    assert found is not None
    assert found.query.name == long_recording.name
    assert 95.0 < found.query.start < 101.0
    assert len(reviewing.workspace.recordings) == 1  # it is not taken into the case


def test_without_a_library_the_page_says_what_to_do(reviewing: Driven) -> None:
    go(reviewing, "similar")
    page = reviewing.window.page
    assert isinstance(page, SimilarPage)
    assert "Ctrl+D" in page._empty.accessibleName()
    reviewing.window.commands["page-review"].trigger()
    reviewing.click_segment(0)
    reviewing.settle()
    reviewing.window.commands["find-similar"].trigger()
    reviewing.settle()
    assert "No library is open" in page._empty.accessibleName()
    here, library = page._instead
    assert here.isVisible()
    assert library.isVisible()
    here.click()
    reviewing.settle()
    assert reviewing.window.parts.similar.found is not None
    assert not here.isVisible()


def test_the_library_of_last_time_is_waited_for(reviewing: Driven, tmp_path: Path) -> None:
    """The first search of a session begins before the library is open."""
    reviewing.window.parts.preferences.change(library=str(fill(tmp_path / "library")))
    reviewing.click_segment(0)
    reviewing.settle()
    reviewing.window.commands["find-similar"].trigger()
    reviewing.settle()
    similar = reviewing.window.parts.similar
    assert similar.failure == ""
    assert similar.found is not None
    assert len(similar.found.matches) == 24


def test_a_library_of_many_is_read_a_part_at_a_time_and_never_holds_the_window(
    reviewing: Driven, tmp_path: Path
) -> None:
    with open_library(Location(folder=tmp_path / "many")) as library:
        vectors = unit_vectors(1000)
        library.load([(recording(f"r{n // 9}"), entry(f"u{n}", v)) for n, v in enumerate(vectors)])
    go(reviewing, "library")
    shelf = reviewing.window.parts.shelf
    list_ = reviewing.window.findChild(EntryList)
    assert list_ is not None

    def read_all(_round: int) -> None:
        open_at(reviewing, tmp_path / "many")
        assert 200 <= len(shelf.entries) < 1000
        for _ in range(8):
            list_.scrollToBottom()
            reviewing.settle()
        assert len(shelf.entries) == 1000

    assert held(reviewing, read_all) < BLOCKED


def test_adding_asks_what_becomes_of_duplicates(reviewing: Driven) -> None:
    go(reviewing, "library")
    reviewing.window.commands["library-add"].trigger()
    dialog = reviewing.window.findChild(AddDialog)
    assert dialog is not None
    assert Duplicates(dialog.duplicates.currentData()) is Duplicates.MARK
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert reviewing.window.parts.shelf.library is None


def test_a_result_that_is_the_same_is_said_to_be_so(reviewing: Driven, tmp_path: Path) -> None:
    folder = fill(tmp_path / "library")
    open_at(reviewing, folder)
    reviewing.click_segment(0)
    reviewing.settle()
    reviewing.press(Qt.Key.Key_D, Qt.KeyboardModifier.ControlModifier)
    reviewing.settle()
    page, search = reviewing.window.page, reviewing.window.parts.similar
    assert search.found is not None
    same = [replace(search.found.matches[0], is_same=True, is_close=True)]
    search.found = replace(search.found, matches=(*same, *search.found.matches[1:]))
    search.changed.emit()
    search.answered.emit()
    reviewing.settle()
    assert page._verdict.text().startswith("The first is the same, encoded anew. No other is close")
    rows = reviewing.window.findChild(MatchList)
    assert rows is not None
    rows.show_found()
    texts = [rows.model().index(n, 0).data() for n in range(2)]
    assert "the same, encoded anew" in texts[0]
    assert "not close" in texts[1]


@pytest.fixture
def large(reviewing: Driven, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Driven:
    """A library that is called large is open, and its page is shown."""

    def wants_graph(library: Library, space: str) -> bool:
        return library.index_kind(space) is IndexKind.EXACT

    monkeypatch.setattr(Library, "wants_graph", wants_graph)
    monkeypatch.setattr(graph_building, "_AT_ONCE", 2)
    go(reviewing, "library")
    open_at(reviewing, fill(tmp_path / "library"))
    return reviewing


def _told(driven: Driven) -> list[str]:
    told: list[str] = []
    driven.workspace.noticed.connect(told.append)
    driven.workspace.succeeded.connect(told.append)
    return told


def test_a_large_library_offers_a_graph_and_builds_it(large: Driven) -> None:
    window, shelf, told = large.window, large.window.parts.shelf, _told(large)
    row = window.page.findChild(GraphRow)
    assert row.isVisible()
    assert row._build.isVisible()
    assert not row._stop.isVisible()
    shown: list[tuple[bool, int]] = []
    shelf.graph.changed.connect(lambda: shown.append((row._stop.isVisible(), row._bar.value())))
    window.commands["library-graph"].trigger()
    large.wait(lambda: not shelf.graph.running)
    large.settle()
    values = [value for visible, value in shown if visible]
    assert len(values) >= 10
    assert values == sorted(values)
    assert shelf.library is not None
    assert shelf.library.index_kind("tiny-motion") is IndexKind.GRAPH
    assert not row.isVisible()
    assert any("searched from now on" in text for text in told)


def test_a_graph_that_is_stopped_is_offered_again_and_goes_on(
    large: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Stopped when half of it is built, wherever the threads are by then."""
    monkeypatch.setattr(graph_building, "_WORTH_KEEPING", 1)
    window, shelf, told = large.window, large.window.parts.shelf, _told(large)
    row = window.page.findChild(GraphRow)
    half, stopped = threading.Event(), threading.Event()
    build = Library.build_graph

    def held_at_half(library: Library, space: str) -> Iterator[tuple[int, int]]:
        for done, total in build(library, space):
            if done == total // 2:
                half.set()
                stopped.wait(60)
            yield done, total

    with monkeypatch.context() as patch:
        patch.setattr(Library, "build_graph", held_at_half)
        window.commands["library-graph"].trigger()
        large.wait(half.is_set)
        QTest.mouseClick(row._stop, Qt.MouseButton.LeftButton)
        stopped.set()
        large.wait(lambda: not shelf.graph.running)
    large.settle()
    assert row.isVisible()
    assert row._build.isVisible()
    assert any("goes on from there" in text for text in told)
    fractions: list[float] = []
    shelf.graph.changed.connect(lambda: fractions.append(shelf.graph.fraction or 0.0))
    window.commands["library-graph"].trigger()
    large.wait(lambda: not shelf.graph.running)
    large.settle()
    assert min(fraction for fraction in fractions if fraction) >= 0.5
    assert shelf.library is not None
    assert shelf.library.index_kind("tiny-motion") is IndexKind.GRAPH


def test_a_small_library_says_that_it_needs_no_graph(reviewing: Driven, tmp_path: Path) -> None:
    told = _told(reviewing)
    go(reviewing, "library")
    open_at(reviewing, fill(tmp_path / "library"))
    assert not reviewing.window.page.findChild(GraphRow).isVisible()
    reviewing.window.commands["library-graph"].trigger()
    assert any("nothing to build" in text for text in told)


def test_a_package_of_the_window_and_one_of_the_command_hold_the_same(
    reviewing: Driven, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Marked duplicates are in both, though the page does not list them."""
    go(reviewing, "library")
    open_at(reviewing, fill(tmp_path / "library"))
    shelf = reviewing.window.parts.shelf
    assert shelf.library is not None
    shelf.library.mark_duplicates({5: "u3", 6: "u3"})
    shelf.read()
    reviewing.settle()
    assert len(shelf.entries) == 22
    shelf.export(tmp_path / "window", with_clips=True)
    reviewing.settle()
    words = ["library", "export", str(tmp_path / "command"), "--library", str(tmp_path / "library")]
    assert main(words, open_window=lambda *_, **__: 1) == 0
    tables = [
        pyarrow.parquet.read_table(tmp_path / name / "segments.parquet").to_pylist()
        for name in ("window", "command")
    ]
    assert tables[0] == tables[1]
    assert [row["duplicate_of"] for row in tables[0]].count("u3") == 2
