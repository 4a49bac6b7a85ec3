"""The pages of the library and of similar segments, as a person uses them."""

import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton

from crimeview.gui.pages.similar.page import SimilarPage
from crimeview.gui.settings import Preferences
from crimeview.gui.similar_search import Corpus, Verdict
from crimeview.gui.widgets.entry_list import EntryList
from crimeview.gui.widgets.entry_panel import EntryPanel
from crimeview.gui.widgets.library_dialogs import AddDialog, OpenLibraryDialog
from crimeview.gui.widgets.match_list import MatchList
from crimeview.gui.widgets.reason_list import ReasonList
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location, default_library_folder
from crimeview.store.library.rows import Duplicates
from tests.gui.driven import Driven
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
    from dataclasses import replace

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
    assert reviewing.window.findChild(QFileDialog) is None


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


def test_a_library_of_many_is_read_a_part_at_a_time_and_never_holds_the_window(
    reviewing: Driven, tmp_path: Path, longest_wait: Callable[[], float]
) -> None:
    with open_library(Location(folder=tmp_path / "many")) as library:
        vectors = unit_vectors(1000)
        library.load([(recording(f"r{n // 9}"), entry(f"u{n}", v)) for n, v in enumerate(vectors)])
    go(reviewing, "library")
    longest_wait()
    open_at(reviewing, tmp_path / "many")
    shelf = reviewing.window.parts.shelf
    assert 200 <= len(shelf.entries) < 1000
    list_ = reviewing.window.findChild(EntryList)
    assert list_ is not None
    for _ in range(8):
        list_.scrollToBottom()
        reviewing.settle()
    assert len(shelf.entries) == 1000
    assert longest_wait() < 0.25  # s; of a machine that does other things, too


@pytest.fixture
def longest_wait(reviewing: Driven) -> Callable[[], float]:
    """How long events had to wait at most since it was asked for last (s)."""
    from PySide6.QtCore import QTimer

    seen = {"last": time.monotonic(), "longest": 0.0}

    def tick() -> None:
        now = time.monotonic()
        seen["longest"] = max(seen["longest"], now - seen["last"] - 0.005)
        seen["last"] = now

    timer = QTimer(reviewing.window, interval=5)
    timer.timeout.connect(tick)
    timer.start()

    def ask() -> float:
        found, seen["longest"] = seen["longest"], 0.0
        return found

    return ask


def test_adding_asks_what_becomes_of_duplicates(reviewing: Driven) -> None:
    go(reviewing, "library")
    reviewing.window.commands["library-add"].trigger()
    dialog = reviewing.window.findChild(AddDialog)
    assert dialog is not None
    assert Duplicates(dialog.duplicates.currentData()) is Duplicates.MARK
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert reviewing.window.parts.shelf.library is None
