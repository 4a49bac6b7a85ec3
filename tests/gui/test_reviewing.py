"""A whole review by keyboard, and back to the start."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel

from crimeview.core.review import Origin, ReviewState
from crimeview.gui.widgets.notice import Notice
from crimeview.gui.workspace import Scope
from crimeview.jobs.review import Reviewer, judged
from crimeview.store.case import Case, open_case
from crimeview.store.rows import CaseSegment
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven

NEW, CONFIRMED = ReviewState.NEW, ReviewState.CONFIRMED
UNSURE, DISMISSED = ReviewState.UNSURE, ReviewState.DISMISSED
CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)


def states(driven: Driven) -> list[ReviewState]:
    """As stored, in order of time."""
    rows = driven.workspace.case.segments()
    return [r.state for r in sorted(rows, key=lambda r: r.segment.start)]


def spans(driven: Driven) -> list[tuple[float, float]]:
    return sorted((r.segment.start, r.segment.end) for r in driven.workspace.case.segments())


def type_text(text: str) -> None:
    widget = QApplication.focusWidget()
    assert widget is not None
    QTest.keyClicks(widget, text)


def undo_all(driven: Driven) -> int:
    """Press Ctrl+Z until there is nothing to undo; gives how often."""
    presses = 0
    while driven.window.parts.reviewing.stacks.undo:
        driven.press(Qt.Key.Key_Z, CTRL)
        driven.settle()
        presses += 1
        assert presses < 100
    return presses


def test_decisions_lead_on_and_are_stored(reviewing: Driven) -> None:
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_C)
    assert reviewing.workspace.segment is not None
    assert reviewing.workspace.segment.id == reviewing.workspace.listed[1].id
    reviewing.press(Qt.Key.Key_D)
    reviewing.settle()
    assert states(reviewing) == [DISMISSED, CONFIRMED]
    panel = reviewing.panel
    assert panel.progress.text == "2 of 2 reviewed"


def test_decisions_faster_than_they_are_stored_each_count_once(reviewing: Driven) -> None:
    for key in (Qt.Key.Key_N, Qt.Key.Key_U, Qt.Key.Key_C):
        reviewing.press(key)
    reviewing.settle()
    assert sorted(s.value for s in states(reviewing)) == ["confirmed", "unsure"]
    assert len(reviewing.workspace.case.edits.log()) == 2


def test_undo_and_redo_by_key(reviewing: Driven) -> None:
    before = reviewing.workspace.case.segments()
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_C)
    reviewing.press(Qt.Key.Key_D)
    reviewing.settle()
    assert undo_all(reviewing) == 2
    assert reviewing.workspace.case.segments() == before
    assert list(reviewing.workspace.segments) == before
    assert not reviewing.window.commands["undo"].isEnabled()
    reviewing.press(Qt.Key.Key_Y, CTRL)
    reviewing.settle()
    assert states(reviewing) == [NEW, CONFIRMED]


def test_everything_of_a_review_is_done_and_undone_without_a_mouse(reviewing: Driven) -> None:
    before = reviewing.workspace.case.segments()
    seek = reviewing.workspace.playhead.seek
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_1)  # a fight
    reviewing.press(Qt.Key.Key_G)
    type_text("red car, two men")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    reviewing.press(Qt.Key.Key_M)
    type_text("seen from the gate; call back")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return, CTRL)
    reviewing.press(Qt.Key.Key_C)
    reviewing.settle()
    (said,) = [s.review for s in reviewing.workspace.case.segments() if s.review is not None]
    assert (said.kind, said.state, said.origin) == ("fight", CONFIRMED, Origin.MACHINE)
    assert said.tags == ("red car", "two men")
    assert said.note == "seen from the gate; call back"

    seek(2.0)
    reviewing.press(Qt.Key.Key_BracketLeft)
    seek(5.0)
    reviewing.press(Qt.Key.Key_BracketRight)
    reviewing.settle()
    assert (2.0, 5.0) in spans(reviewing)
    seek(4.0)
    reviewing.press(Qt.Key.Key_BracketRight, ALT)
    reviewing.settle()
    assert (2.0, 4.0) in spans(reviewing)
    seek(3.0)
    reviewing.press(Qt.Key.Key_S)
    reviewing.settle()
    assert {(2.0, 3.0), (3.0, 4.0)} <= set(spans(reviewing))
    reviewing.press(Qt.Key.Key_M, CTRL)
    reviewing.settle()
    assert (2.0, 4.0) in spans(reviewing)
    reviewing.press(Qt.Key.Key_Delete, SHIFT)
    reviewing.settle()
    assert len(spans(reviewing)) == 2

    assert undo_all(reviewing) == 9
    assert reviewing.workspace.case.segments() == before


def test_a_mark_needs_a_beginning(reviewing: Driven) -> None:
    said: list[str] = []
    reviewing.workspace.noticed.connect(said.append)
    reviewing.press(Qt.Key.Key_BracketRight)
    assert said
    assert len(reviewing.workspace.case.segments()) == 2


def test_all_chosen_are_judged_as_one(reviewing: Driven) -> None:
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_A, CTRL)
    reviewing.press(Qt.Key.Key_D)
    reviewing.settle()
    assert states(reviewing) == [DISMISSED, DISMISSED]
    assert undo_all(reviewing) == 1
    assert states(reviewing) == [NEW, NEW]


def test_choosing_on_by_key(reviewing: Driven) -> None:
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_Down, SHIFT)
    assert len(reviewing.window.parts.reviewing.chosen) == 2
    assert len(reviewing.segments.selectedIndexes()) == 2
    reviewing.press(Qt.Key.Key_M, CTRL)
    reviewing.settle()
    assert len(spans(reviewing)) == 1


def test_decisions_survive_another_threshold_and_another_analysis(
    reviewing: Driven, recording: Path
) -> None:
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_C)
    reviewing.press(Qt.Key.Key_D)
    reviewing.settle()
    said = spans(reviewing)
    thresholding = reviewing.window.parts.thresholding
    for threshold in (0.9999, 0.01):
        thresholding.drop(threshold)
        reviewing.settle()
        assert set(said) <= set(spans(reviewing))
    reviewing.window.parts.analysis.start([recording])
    reviewing.settle()
    assert set(said) <= set(spans(reviewing))
    assert states(reviewing).count(CONFIRMED) == states(reviewing).count(DISMISSED) == 1


def test_another_rule_is_undone_and_made_again(reviewing: Driven) -> None:
    before = spans(reviewing)
    first = reviewing.workspace.rule
    reviewing.window.parts.thresholding.drop(0.9999)
    reviewing.settle()
    reviewing.wait(lambda: bool(reviewing.window.parts.reviewing.stacks.undo))
    after = spans(reviewing)
    assert after != before
    reviewing.press(Qt.Key.Key_Z, CTRL)
    reviewing.settle()
    reviewing.wait(lambda: reviewing.workspace.rule == first)
    assert spans(reviewing) == before
    assert reviewing.window.parts.thresholding.rule == first
    reviewing.press(Qt.Key.Key_Y, CTRL)
    reviewing.wait(lambda: reviewing.workspace.rule != first)
    reviewing.settle()
    assert spans(reviewing) == after
    assert len(reviewing.workspace.case.edits.log()) == 3, "making it again is no new edit"


def test_a_conflict_does_not_end_taking_back(reviewing: Driven) -> None:
    """Another reviewer said something else of the second meanwhile: it stays, the first goes."""
    reviewing.press(Qt.Key.Key_N)
    first = reviewing.workspace.segment
    reviewing.press(Qt.Key.Key_C)
    second = reviewing.workspace.segment
    reviewing.press(Qt.Key.Key_C)
    reviewing.settle()
    assert first is not None
    assert second is not None

    def state(of: CaseSegment) -> ReviewState:
        rows = reviewing.workspace.case.segments()
        return next(r.state for r in rows if r.segment == of.segment)

    with open_case(reviewing.workspace.case.folder) as window:
        row = next(r for r in window.segments() if r.segment == second.segment)
        edit = judged([row], DISMISSED, by=Reviewer.at_present("lee"))
        assert edit is not None
        window.edits.make(edit, reviewer="lee")
    reviewing.press(Qt.Key.Key_Z, CTRL)
    reviewing.settle()
    notice = reviewing.window.findChild(Notice)
    told = " ".join(label.text() for label in notice.findChildren(QLabel))
    assert "cannot be taken back" in told
    assert "Undo once more" in told
    assert (state(first), state(second)) == (CONFIRMED, DISMISSED)
    undo = reviewing.window.commands["undo"]
    reviewing.wait(undo.isEnabled)
    reviewing.press(Qt.Key.Key_Z, CTRL)
    reviewing.settle()
    assert (state(first), state(second)) == (NEW, DISMISSED)
    reviewing.wait(lambda: not undo.isEnabled())
    reviewing.press(Qt.Key.Key_Y, CTRL)
    reviewing.settle()
    assert (state(first), state(second)) == (CONFIRMED, DISMISSED)


def test_filters_and_order(reviewing: Driven) -> None:
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_C)
    reviewing.press(Qt.Key.Key_W)
    reviewing.settle()
    assert [r.state for r in reviewing.workspace.listed] == [NEW]
    reviewing.press(Qt.Key.Key_W, SHIFT)
    assert len(reviewing.workspace.listed) == 2
    reviewing.press(Qt.Key.Key_O, SHIFT)
    peaks = [r.segment.peak for r in reviewing.workspace.listed]
    assert peaks == sorted(peaks)
    reviewing.press(Qt.Key.Key_F, CTRL)
    type_text("start>15")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert [r.segment.start > 15 for r in reviewing.workspace.listed] == [True]
    reviewing.press(Qt.Key.Key_F, CTRL)
    type_text("nothing:like")
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    query = reviewing.panel.filters.query
    assert "is no column" in query.toolTip()
    assert len(reviewing.workspace.listed) == 1, "the last one that made sense holds"


def test_the_next_to_review_is_found_round_the_list(reviewing: Driven) -> None:
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_N, SHIFT)
    first = reviewing.workspace.listed[0]
    assert reviewing.workspace.segment == first
    reviewing.press(Qt.Key.Key_C)
    reviewing.press(Qt.Key.Key_C)
    reviewing.settle()
    assert not reviewing.window.parts.reviewing.step_unreviewed(1)


def test_what_another_window_said_is_shown_and_never_overwritten(
    reviewing: Driven, tmp_path: Path
) -> None:
    said: list[str] = []
    reviewing.workspace.noticed.connect(said.append)
    with open_case(tmp_path / "case") as other:
        row = other.segments()[0]
        edit = judged([row], DISMISSED, by=Reviewer.at_present("lee"))
        assert edit is not None
        other.edits.make(edit, reviewer="lee")
        reviewing.workspace.select_segment(row.id)
        reviewing.press(Qt.Key.Key_C)
        reviewing.settle()
        assert len(said) == 1
        assert "changed meanwhile" in said[0]
        assert [s.state for s in other.segments()] == [DISMISSED, NEW]
    assert [s.state for s in reviewing.workspace.segments] == [DISMISSED, NEW]


def test_a_write_that_fails_is_told_and_the_case_shown_as_it_is(
    reviewing: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> int:
        raise sqlite3.OperationalError("disk I/O error")

    said: list[str] = []
    reviewing.workspace.noticed.connect(said.append)
    reviewing.press(Qt.Key.Key_N)
    monkeypatch.setattr("crimeview.store.edits._apply", fail)
    reviewing.press(Qt.Key.Key_C)
    assert reviewing.workspace.listed[0].state is CONFIRMED, "shown at once"
    reviewing.settle()
    assert said
    assert reviewing.workspace.listed[0].state is NEW


def test_a_removed_recording_is_brought_back(reviewing: Driven) -> None:
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_C)
    reviewing.settle()
    before = reviewing.workspace.case.segments()
    reviewing.press(Qt.Key.Key_Delete)
    reviewing.settle()
    assert not reviewing.workspace.recordings
    reviewing.press(Qt.Key.Key_Z, CTRL)
    reviewing.settle()
    assert reviewing.workspace.case.segments() == before
    assert len(reviewing.workspace.recordings) == 1


def test_a_killed_window_loses_nothing_that_was_said(reviewing: Driven) -> None:
    """What is stored is in the file as soon as the window has settled, before any closing."""
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_C)
    reviewing.settle()
    file = reviewing.workspace.case.folder / "case.db"
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT state FROM reviews").fetchall() == [("confirmed",)]


def test_leaving_a_note_for_another_segment_keeps_it(reviewing: Driven) -> None:
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_M)
    type_text("for the first")
    reviewing.click_segment(1)
    reviewing.settle()
    by_note = {s.review.note: s for s in reviewing.workspace.segments if s.review is not None}
    assert by_note["for the first"].id == reviewing.workspace.listed[0].id
    assert reviewing.panel.card.note.toPlainText() == ""


def test_all_recordings_are_reviewed_in_one_list(open_window: OpenWindow) -> None:
    driven = open_window()
    driven.press(Qt.Key.Key_A)
    assert driven.workspace.scope is Scope.CASE
    assert isinstance(driven.workspace.case, Case)


def test_another_language_leaves_the_selected_segment_marked(reviewing: Driven) -> None:
    reviewing.click_segment(1)
    selected = reviewing.workspace.segment
    assert selected is not None
    reviewing.window.commands["language-ko"].trigger()
    reviewing.settle()
    marked = [i.data(Qt.ItemDataRole.UserRole) for i in reviewing.segments.selectedIndexes()]
    assert [row.id for row in marked] == [selected.id]
