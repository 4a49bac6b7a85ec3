"""What goes wrong is said in the window, in a sentence and without a dialog, and work goes on."""

import shutil
import sqlite3
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from crimeview.core.errors import ModelError
from crimeview.core.recording import RecordingState
from crimeview.gui.log import log_path
from crimeview.gui.settings import Preferences
from crimeview.gui.widgets.notice import Notice
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pass_time, pixels


def _said(driven: Driven) -> str:
    """What the message across the window says; nothing where it is hidden."""
    assert QApplication.activeModalWidget() is None
    notice = driven.window.findChild(Notice)
    texts = [label.text() for label in notice.findChildren(QLabel) if label.text()]
    return texts[0] if notice.isVisible() and texts else ""


def _damage(case: Path, *tables: str) -> None:
    """Take tables from a case behind the window's back, as a failing disk might."""
    database = sqlite3.connect(case / "case.db")
    database.execute("PRAGMA foreign_keys = OFF")
    for table in tables:
        database.execute(f"DROP TABLE {table}")
    database.commit()
    database.close()


def test_without_models_it_says_so_and_the_recordings_stay(
    open_window: OpenWindow, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driven = open_window()

    def missing() -> object:
        raise ModelError("There are no models in the folder; install crimeview again.")

    monkeypatch.setattr(driven.window.parts.analysis, "_find_models", missing)
    driven.drop(recording)
    driven.settle()
    assert _said(driven) == "There are no models in the folder; install crimeview again."
    assert driven.number_on_screen() == 0
    assert driven.window.commands["analyze"].isEnabled()
    assert not driven.window.commands["stop-analysis"].isEnabled()


@pytest.mark.allow_log("A background task failed")
def test_a_bug_of_ours_is_admitted_and_the_window_goes_on(
    open_window: OpenWindow, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    driven = open_window()
    monkeypatch.setattr(driven.window.parts.analysis, "_find_models", lambda: 1 / 0)
    driven.drop(recording)
    driven.settle()
    assert "Something went wrong" in _said(driven)
    assert str(log_path()) in _said(driven)
    assert driven.number_on_screen() == 0


@pytest.mark.parametrize("kind", ["file", "empty folder", "other program", "newer"])
def test_what_is_no_case_of_ours_leaves_the_open_one(
    reviewing: Driven, tmp_path: Path, kind: str
) -> None:
    folder = tmp_path / "other"
    if kind == "file":
        folder.write_text("no folder")
    elif kind == "newer":
        open_case(folder).close()
        database = sqlite3.connect(folder / "case.db")
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
        database.close()
    else:
        folder.mkdir()
        if kind == "other program":
            database = sqlite3.connect(folder / "case.db")
            database.execute("CREATE TABLE notes (text)")
            database.close()
    reviewing.window._opening.open_case(folder)
    reviewing.settle()
    assert str(folder) in _said(reviewing)
    assert reviewing.workspace.case.folder == tmp_path / "case"
    reviewing.click_segment(0)
    reviewing.settle()
    assert reviewing.workspace.segment is not None


def test_a_recording_that_has_gone_says_so_in_the_picture(
    open_window: OpenWindow, recording: Path, tmp_path: Path
) -> None:
    here = tmp_path / "here.mp4"
    shutil.copy(recording, here)
    first = open_window()
    first.drop(here)
    first.settle()
    first.window.close()
    here.unlink()
    driven = open_window()
    driven.settle()
    assert "here.mp4" in driven.view._failure
    plain = pixels(driven.view.grab().toImage())
    assert len({tuple(color) for color in plain.reshape(-1, 4)}) > 10, "words are painted"
    driven.press(Qt.Key.Key_Space)
    assert not driven.workspace.playhead.playing
    driven.press(Qt.Key.Key_N)
    driven.settle()
    assert driven.workspace.segment is not None, "its scores are still there"


def test_a_dropped_path_that_has_gone_gets_its_row(open_window: OpenWindow, tmp_path: Path) -> None:
    driven = open_window()
    driven.drop(tmp_path / "gone.mp4")
    driven.settle()
    (row,) = driven.workspace.recordings
    assert row.state is RecordingState.FAILED
    assert row.error is not None
    assert "gone.mp4" in row.error


def test_a_case_that_becomes_unreadable_says_so(reviewing: Driven, tmp_path: Path) -> None:
    before = list(reviewing.workspace.segments)
    _damage(tmp_path / "case", "segments")
    reviewing.workspace.access.refresh()
    reviewing.settle()
    assert str(tmp_path / "case") in _said(reviewing)
    assert list(reviewing.workspace.segments) == before, "what was read is still shown"


def test_scores_that_cannot_be_read_are_not_drawn(reviewing: Driven, tmp_path: Path) -> None:
    _damage(tmp_path / "case", "tracks")
    reviewing.press(Qt.Key.Key_Plus)
    reviewing.window.resize(900, 600)
    reviewing.settle()
    reviewing.window.grab()
    assert str(tmp_path / "case") in _said(reviewing)


def test_segments_that_cannot_be_stored_are_said_to_be_so(
    reviewing: Driven, tmp_path: Path
) -> None:
    _damage(tmp_path / "case", "segments")
    reviewing.window.parts.thresholding.drop(0.9)
    reviewing.settle()
    assert str(tmp_path / "case") in _said(reviewing)


def test_a_recording_that_cannot_be_removed_stays(reviewing: Driven, tmp_path: Path) -> None:
    _damage(tmp_path / "case", "recordings")
    reviewing.window.commands["remove-recording"].trigger()
    reviewing.settle()
    assert str(tmp_path / "case") in _said(reviewing)
    assert len(reviewing.workspace.recordings) == 1


def test_settings_that_make_no_sense_are_complained_of(open_window: OpenWindow) -> None:
    file = Preferences().path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("{no settings")
    driven = open_window()
    assert "settings" in _said(driven)
    driven.window.findChild(Notice)._away.click()
    assert _said(driven) == ""


def test_what_is_mentioned_goes_away_and_leaves_what_was_there(reviewing: Driven) -> None:
    notice, workspace = reviewing.window.findChild(Notice), reviewing.workspace
    workspace.mentioned.emit("Undid: something")
    assert _said(reviewing) == "Undid: something"
    assert notice._mentioning.isActive()
    assert notice.property("passing") == "true"
    notice._mentioning.timeout.emit()  # nobody waits for it
    assert not notice.isVisible()
    workspace.noticed.emit("The disk is full.")
    workspace.mentioned.emit("Undid: something")
    assert _said(reviewing) == "Undid: something"
    notice._mentioning.timeout.emit()
    assert _said(reviewing) == "The disk is full."
    assert notice.property("passing") == "false"
    workspace.mentioned.emit("Undid: something")
    notice._away.click()
    assert _said(reviewing) == "The disk is full.", "that is not put away unread"
    notice._away.click()
    assert not notice.isVisible()


def test_what_is_mentioned_moves_nothing(reviewing: Driven) -> None:
    window, workspace = reviewing.window, reviewing.workspace
    notice, pages = window.findChild(Notice), window._tabs
    before = pages.geometry()
    short, long = "Undid: something", "Learned: " + "something long " * 40
    for signal, sentence in ((workspace.mentioned, short), (workspace.succeeded, long)):
        signal.emit(sentence)
        assert notice.property("passing") == "true", "it has no warning's color"
        pass_time(1)
        assert _said(reviewing) == sentence
        assert pages.geometry() == before
        assert before.contains(notice.geometry()), "it lies over them, whole"
        assert window.childAt(notice.mapTo(window, notice.rect().center())) in (
            notice,
            *notice.findChildren(QWidget),
        )
        assert notice._text.width() >= notice._text.minimumSizeHint().width()
        assert notice._text.height() >= notice._text.heightForWidth(notice._text.width())
    window.resize(window.width() + 40, window.height() + 40)
    pass_time(1)
    assert notice.geometry().bottom() > before.bottom(), "it stays at their foot"
    workspace.noticed.emit("The disk is full.")
    pass_time(1)
    assert notice.geometry().bottom() < pages.geometry().top(), "what stays covers nothing"
    high = pages.geometry()
    workspace.mentioned.emit("Undid: something")
    pass_time(1)
    assert pages.geometry() == high


def test_the_newest_message_replaces_the_last(reviewing: Driven) -> None:
    for number in range(2):
        reviewing.workspace.notice(ModelError(f"Sentence {number}."))
    assert _said(reviewing) == "Sentence 1."
