"""Types that are suggested: shown as such, accepted by key or button, learned from, forgotten."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QToolButton

from crimeview.core.review import ReviewState
from crimeview.core.type_suggestion import TypeSuggestion
from crimeview.gui.widgets.segment_list import state_and_kind
from crimeview.gui.widgets.suggested_row import SuggestedRow
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.models import ModelPair
from crimeview.jobs.review import Reviewer, named
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven
from tests.jobs.finished import finished
from tests.jobs.made_case import fill_case


@pytest.fixture
def suggesting(
    tmp_path: Path, recording: Path, models: ModelPair, open_window: OpenWindow
) -> Driven:
    """A window on a recording of whose segments a fight is suggested, as confidently as can be."""
    with open_case(tmp_path / "case") as case:
        settings = AnalyzeSettings(lanes=1)
        (outcome,) = finished(analyze([recording], case=case, models=models, settings=settings))
        rows = case.segments(outcome.recording_id)
        assert rows
        told = TypeSuggestion(
            kind="fight",
            confidence=0.72,
            likeliest=(("fight", 0.72), ("normal", 0.2), ("crash", 0.08)),
            source="model motion-crime-type",
        )
        spans = {(r.segment.start, r.segment.end): told for r in rows}
        case.types.suggest(outcome.recording_id, spans)
    driven = open_window()
    driven.settle()
    return driven


def _row(driven: Driven) -> SuggestedRow:
    (row,) = driven.window.findChildren(SuggestedRow)
    return row


def test_a_suggestion_is_shown_as_one_and_accepted_by_a_key(suggesting: Driven) -> None:
    suggesting.press(Qt.Key.Key_N)
    row = suggesting.workspace.segment
    assert row is not None
    assert state_and_kind(row) == "New · Fight? 72%"
    shown = _row(suggesting)
    assert not shown.isHidden()
    assert shown._text.text() == "Suggested: Fight, 72%"
    assert "By the model motion-crime-type" in shown._text.toolTip()
    assert "ordinary 20%" in shown._text.toolTip()
    suggesting.press(Qt.Key.Key_E)
    suggesting.settle()
    said = suggesting.workspace.segment
    assert said is not None
    assert said.review is not None
    assert (said.review.kind, said.state) == ("fight", ReviewState.NEW)
    assert _row(suggesting).isHidden()
    stored = suggesting.workspace.case.segments()
    assert any(r.review is not None and r.review.kind == "fight" for r in stored)
    suggesting.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    suggesting.settle()
    assert all(r.review is None for r in suggesting.workspace.case.segments())
    assert not _row(suggesting).isHidden()


def test_the_button_accepts_and_what_a_person_said_needs_no_suggestion(suggesting: Driven) -> None:
    suggesting.press(Qt.Key.Key_N)
    suggesting.press(Qt.Key.Key_4)  # theft, by a person
    suggesting.settle()
    said = suggesting.workspace.segment
    assert said is not None
    assert said.review is not None
    own = said.review.kind
    assert own == "theft"
    assert _row(suggesting).isHidden()
    suggesting.press(Qt.Key.Key_E)
    suggesting.settle()
    assert suggesting.workspace.segment is not None
    assert suggesting.workspace.segment.review is not None
    assert suggesting.workspace.segment.review.kind == own
    suggesting.press(Qt.Key.Key_T, Qt.KeyboardModifier.ShiftModifier)  # no type again
    suggesting.settle()
    button = _row(suggesting).findChild(QToolButton)
    assert button is not None
    assert button.accessibleName() == "Accept the suggested type"
    button.click()
    suggesting.settle()
    assert suggesting.workspace.segment is not None
    assert suggesting.workspace.segment.review is not None
    assert suggesting.workspace.segment.review.kind == "fight"


def test_learning_from_too_little_is_told(suggesting: Driven) -> None:
    said: list[str] = []
    suggesting.workspace.noticed.connect(said.append)
    suggesting.window.commands["learn-types"].trigger()
    suggesting.settle()
    assert any("give types to at least 6" in text for text in said)
    suggesting.window.commands["forget-types"].trigger()
    suggesting.settle()
    assert any("learned nothing" in text for text in said)


def test_learning_and_forgetting_types_are_undone(open_window: OpenWindow, tmp_path: Path) -> None:
    with open_case(tmp_path / "case") as case:
        fill_case(case)
        by = Reviewer(name="kim", now="2026-01-02T03:04:05+00:00")
        for row in case.segments():
            first = int(row.segment.start) in (2, 20)
            edit = named([row], "fall" if first else "theft", by=by)
            if edit is not None and row.recording_id <= 4:
                case.edits.make(edit, reviewer="kim")
    driven = open_window(reviewer="lee")
    driven.settle()
    said: list[str] = []
    driven.workspace.mentioned.connect(said.append)

    def seen() -> tuple[list[bool], object]:
        stored = [(row.segment, row.suggested) for row in driven.workspace.case.segments()]
        assert [(row.segment, row.suggested) for row in driven.workspace.segments] == stored
        return [lesson.used for lesson in driven.workspace.case.types.lessons()], stored

    def after(command: str) -> tuple[list[bool], object]:
        driven.window.commands[command].trigger()
        driven.settle()
        return seen()

    start = seen()
    learned = after("learn-types")
    assert any(row.suggested is not None for row in driven.workspace.segments)
    forgotten = after("forget-types")
    assert after("undo") == learned
    used, suggested = after("undo")
    assert (used, suggested) == ([False], start[1])
    assert said == [
        "Undid: forgetting what was learned of types",
        "Undid: what was learned of types",
    ]
    assert after("redo") == learned
    assert after("redo") == forgotten
