"""The table of rules: what it says of each, sorted by the keyboard, and what each would raise."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from crimeview.core.address import camera_of
from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.schedule import parse_schedule
from crimeview.gui.rule_rows import RuleColumn
from crimeview.gui.widgets.rules_dialog import RulesDialog
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven
from tests.gui.test_wall_drafts import asked, press, rules_of, wall

GATE = AlarmRule(
    id="g",
    name="gate",
    track=AlarmTrack.EVENTS,
    threshold=0.5,
    hysteresis=0.8,
    min_duration=0.0,
    cooldown=0.0,
    zone="",
    schedule=parse_schedule("Mon-Fri 22:00-06:00"),
)
YARD = replace(GATE, id="y", name="yard", threshold=0.9, min_duration=2.0, cooldown=30.0)
NEW = replace(GATE, id="n", name="new things", track=AlarmTrack.NOVELTY, threshold=0.7, armed=True)
RULES = [GATE, YARD, NEW]


@pytest.fixture
def driven(open_window: OpenWindow, analyzed_case: Path, tmp_path: Path) -> Driven:
    shutil.copytree(analyzed_case, tmp_path / "case")
    with open_case(tmp_path / "case") as case:
        case.live.set_cameras([camera_of("north=rtsp://north")])
        for rule in RULES:
            case.alarms.put_rule(rule)
    return open_window()


def names(dialog: RulesDialog) -> list[str]:
    return [dialog.table.text(row, RuleColumn.NAME) for row in range(dialog.table.count)]


def row_of(dialog: RulesDialog, rule: AlarmRule) -> int:
    row = dialog.table.row_of(rule.id)
    assert row is not None
    return row


def said(dialog: RulesDialog, rule: AlarmRule) -> dict[RuleColumn, str]:
    row = row_of(dialog, rule)
    return {column: dialog.table.text(row, column) for column in RuleColumn}


def test_it_says_all_of_a_rule_and_what_it_would_have_raised(driven: Driven) -> None:
    dialog = rules_of(driven)
    assert names(dialog) == ["gate", "yard", "new things"]
    yard = said(dialog, YARD)
    assert yard[RuleColumn.STATE] == "off"
    assert yard[RuleColumn.TRACK] == "Unusual event"
    assert (yard[RuleColumn.THRESHOLD], yard[RuleColumn.ENDS]) == ("0.90", "0.72")
    assert (yard[RuleColumn.DURATION], yard[RuleColumn.COOLDOWN]) == ("2.0 s", "30 s")
    assert (yard[RuleColumn.CAMERAS], yard[RuleColumn.ZONE]) == ("all", "whole")
    assert yard[RuleColumn.SCHEDULE] == "Mon-Fri 22:00-06:00"
    raised = said(dialog, GATE)[RuleColumn.RAISED]
    assert raised.startswith(f"{dialog.outcome.raised.count()} in 0:00:"), raised
    assert dialog.outcome.raised.count() >= 1
    assert " in 0:00:" in yard[RuleColumn.RAISED], "it was tried without being chosen"
    dialog.outcome.spans.setCurrentIndex(1)
    driven.settle()
    assert said(dialog, GATE)[RuleColumn.RAISED] == "no recordings", "of last night"
    dialog.reject()


def test_it_is_sorted_by_the_keyboard_and_the_chosen_rule_stays(driven: Driven) -> None:
    dialog = rules_of(driven)
    table = dialog.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert dialog.form.name.text() == "yard"
    for _ in range(RuleColumn.THRESHOLD.value + 1):
        QTest.keyClick(table, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert names(dialog) == ["gate", "new things", "yard"]
    QTest.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert names(dialog) == ["yard", "new things", "gate"]
    assert (table.chosen_id, dialog.form.name.text()) == ("y", "yard")
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert dialog.form.name.text() == "new things", "it goes on from there as it is sorted"
    dialog.form.threshold.setValue(0.71)
    QTest.keyClick(table, Qt.Key.Key_Return)
    driven.settle()
    assert said(dialog, NEW)[RuleColumn.STATE].endswith("not saved"), "Enter saves nothing"
    assert dialog.focusWidget() is dialog.form.name
    dialog.reject()
    press(asked(dialog), "&Discard")


def test_a_rule_that_can_raise_nothing_is_marked_with_the_reason(
    driven: Driven, tmp_path: Path
) -> None:
    page = wall(driven)
    dialog = rules_of(driven)
    driven.wait(lambda: "raises nothing" in said(dialog, NEW)[RuleColumn.STATE])
    assert said(dialog, NEW)[RuleColumn.STATE] == "⚠ armed, raises nothing"
    index = dialog.table.model().index(row_of(dialog, NEW), RuleColumn.STATE.value)
    tip = index.data(Qt.ItemDataRole.ToolTipRole)
    assert "nothing was learned of “north”" in tip
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "State: ⚠ armed, raises nothing"
    page._show_rules_state()
    assert "1 of them cannot raise all they should" in page._state.text()
    assert "new things: It raises nothing: nothing was learned" in page._state.toolTip()
    dialog.reject()


def test_what_is_written_stands_in_its_row(driven: Driven) -> None:
    dialog = rules_of(driven)
    dialog.form.threshold.setValue(0.66)
    driven.settle()
    gate = said(dialog, GATE)
    assert gate[RuleColumn.THRESHOLD] == "0.66"
    assert gate[RuleColumn.STATE] == "off, not saved"
    dialog.table.selectRow(row_of(dialog, YARD))
    driven.settle()
    assert said(dialog, GATE)[RuleColumn.THRESHOLD] == "0.66"
    dialog.reject()
    press(asked(dialog), "&Discard")
