"""What was written of rules and deliveries is not lost; a trial of last night."""

import shutil
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path

import keyring
import pytest
from keyring.errors import KeyringError
from PySide6.QtWidgets import QDialog, QMessageBox, QPushButton

from crimeview.core.alarm_rule import AlarmRule, AlarmTrack
from crimeview.core.alarm_trial import TrialSpan
from crimeview.core.delivery import DeliveryKind
from crimeview.core.wall_clock import WallClock, WallClockSource
from crimeview.gui.pages.wall.page import WallPage
from crimeview.gui.rule_rows import RuleColumn
from crimeview.gui.widgets.deliveries_dialog import DeliveriesDialog
from crimeview.gui.widgets.rules_dialog import RulesDialog
from crimeview.jobs.alarm_rules import last_night, span_of
from crimeview.store.case import open_case
from crimeview.store.rows import CaseClock
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven
from tests.held_keyring import HeldKeyring

RULES = [
    AlarmRule(id=name, name=name, track=AlarmTrack.EVENTS, threshold=0.5)
    for name in ("gate", "yard")
]


@pytest.fixture(autouse=True)
def held(monkeypatch: pytest.MonkeyPatch) -> HeldKeyring:
    made = HeldKeyring()
    monkeypatch.setattr(keyring.core, "_keyring_backend", made)
    return made


@pytest.fixture
def driven(open_window: OpenWindow, tmp_path: Path) -> Driven:
    with open_case(tmp_path / "case") as case:
        for rule in RULES:
            case.alarms.put_rule(rule)
    made = open_window()
    wall(made)
    return made


def wall(driven: Driven) -> WallPage:
    driven.window.parts.navigation.show("wall")
    driven.settle()
    page = driven.window.page
    assert isinstance(page, WallPage)
    return page


def rules_of(driven: Driven) -> RulesDialog:
    wall(driven).show_rules()
    driven.settle()
    (dialog,) = (d for d in driven.window.findChildren(RulesDialog) if d.isVisible())
    return dialog


def asked(dialog: QDialog) -> QMessageBox:
    (box,) = (b for b in dialog.findChildren(QMessageBox) if b.isVisible())
    return box


def press(box: QMessageBox, title: str) -> None:
    (button,) = (b for b in box.findChildren(QPushButton) if b.text() == title)
    button.click()


def test_what_is_written_stays_when_rules_are_read_anew(driven: Driven, tmp_path: Path) -> None:
    rules = rules_of(driven)
    rules.form.threshold.setValue(0.75)
    rules.form.name.setText("north gate")
    with open_case(tmp_path / "case") as other:
        other.alarms.put_rule(replace(RULES[0], armed=True, snoozed_until=4e9))
    driven.window.parts.alarm_setup.read()
    driven.settle()
    assert (rules.form.name.text(), rules.form.threshold.value()) == ("north gate", 0.75)
    assert "not saved" in rules.table.text(0, RuleColumn.STATE)
    assert "snoozed" in rules.table.text(0, RuleColumn.STATE)
    rules._show_snooze()
    assert "not saved" in rules.table.text(0, RuleColumn.STATE), "the clock does not wipe it off"
    rules.save()
    driven.wait(lambda: driven.window.parts.alarm_setup.rules[0].threshold == 0.75)
    driven.settle()
    kept = driven.window.parts.alarm_setup.rules[0]
    assert kept.name == "north gate"
    assert (kept.armed, kept.snoozed_until) == (True, 4e9), "what others changed stays too"
    assert "not saved" not in rules.table.text(0, RuleColumn.STATE)
    rules.close()


def test_what_is_read_as_it_was_is_no_news(driven: Driven, tmp_path: Path) -> None:
    """Else every write of others to the case would begin the trial of a rule anew."""
    setup, told = driven.window.parts.alarm_setup, list[int]()
    setup.changed.connect(lambda: told.append(len(setup.rules)))
    setup.read()
    driven.settle()
    assert not told
    with open_case(tmp_path / "case") as other:
        other.alarms.put_rule(replace(RULES[0], id="new", name="another"))
    setup.read()
    driven.settle()
    assert told == [len(RULES) + 1]


def test_another_rule_may_be_looked_at_meanwhile(driven: Driven) -> None:
    rules = rules_of(driven)
    rules.form.threshold.setValue(0.9)
    rules.table.selectRow(1)
    assert (rules.form.name.text(), rules.form.threshold.value()) == ("yard", 0.5)
    assert "not saved" in rules.table.text(0, RuleColumn.STATE)
    assert "not saved" not in rules.table.text(1, RuleColumn.STATE)
    rules.table.selectRow(0)
    assert rules.form.threshold.value() == 0.9
    rules.form.schedule.setText("some night")
    rules.table.selectRow(1)
    assert rules.table.row_of(rules.table.chosen_id) == 0, (
        "what makes no sense cannot be remembered"
    )
    assert "schedule" in rules.verdict.text()
    rules.form.schedule.setText("always")
    rules.reject()
    press(asked(rules), "&Cancel")
    assert rules.isVisible()
    rules.reject()
    press(asked(rules), "&Save")
    assert not rules.isVisible()
    driven.wait(lambda: driven.window.parts.alarm_setup.rules[0].threshold == 0.9)


def test_nothing_is_asked_where_nothing_was_written(driven: Driven) -> None:
    rules = rules_of(driven)
    rules.table.selectRow(1)
    rules.reject()
    assert not rules.isVisible()


def test_a_name_that_is_taken_is_said_where_it_was_written(driven: Driven) -> None:
    rules = rules_of(driven)
    rules.form.name.setText("yard")
    rules.save()
    driven.settle()
    assert "yard" in rules.verdict.text()
    assert rules.verdict.isVisible()
    assert rules.form.name.text() == "yard"
    assert [rule.name for rule in driven.window.parts.alarm_setup.rules] == ["gate", "yard"]
    rules.reject()
    press(asked(rules), "&Discard")
    assert not rules.isVisible()


def test_a_delivery_that_cannot_be_stored_stays_in_the_form(
    driven: Driven, held: HeldKeyring, monkeypatch: pytest.MonkeyPatch
) -> None:
    wall(driven).show_deliveries()
    driven.settle()
    (dialog,) = (d for d in driven.window.findChildren(DeliveriesDialog) if d.isVisible())
    dialog.add(DeliveryKind.WEBHOOK)
    dialog.form.url.setText("https://example.org/hook")
    dialog.form.ca_file.setText("/etc/own.pem")

    def refuse(*_arguments: object) -> None:
        raise KeyringError("locked")

    with monkeypatch.context() as patched:
        patched.setattr(held, "set_password", refuse)
        dialog.save()
        driven.settle()
    assert "keyring" in dialog.verdict.text()
    assert dialog.form.url.text() == "https://example.org/hook"
    assert dialog.form.isVisible()
    dialog.add(DeliveryKind.SOUND)
    assert "not saved" in dialog.verdict.text()
    dialog.save()
    setup = driven.window.parts.alarm_setup
    driven.wait(lambda: len(setup.deliveries) == 1)
    driven.settle()
    assert "Give this secret" in dialog.verdict.text()
    assert setup.deliveries[0].settings.ca_file == "/etc/own.pem"  # type: ignore[union-attr]
    setup.read()
    driven.settle()
    assert "Give this secret" in dialog.verdict.text(), "it is shown once, and stays"
    dialog.reject()
    assert not dialog.isVisible()


class _AtNoon(datetime):
    """The clock stands: at midnight last night becomes another one."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> "datetime":
        return datetime(2026, 11, 29, 12, tzinfo=tz)


def test_a_rule_is_tried_on_last_night_alone(
    open_window: OpenWindow, analyzed_case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crimeview.gui.alarm_setup.datetime", _AtNoon)
    shutil.copytree(analyzed_case, tmp_path / "case")
    since, _ = last_night(_AtNoon.now().astimezone())
    with open_case(tmp_path / "case") as case:
        (recording,) = case.recordings()
        begins = datetime.fromtimestamp(since + 60).astimezone()
        clock = WallClock(
            start=begins.replace(tzinfo=None),
            zone=begins.strftime("%z")[:3] + ":" + begins.strftime("%z")[3:],
            offset=0.0,
            source=WallClockSource.GIVEN,
        )
        case.times.set_clocks({recording.id: CaseClock(camera="yard", clock=clock)})
        case.alarms.put_rule(RULES[0])
    driven = open_window()
    rules = rules_of(driven)
    raised = rules.outcome.raised.count()
    assert raised >= 1
    rules.outcome.spans.setCurrentIndex(rules.outcome.spans.findData(TrialSpan.LAST_NIGHT))
    driven.settle()
    assert rules.outcome.raised.count() == raised
    assert "last night" in rules.outcome.preview.text()
    with open_case(tmp_path / "case") as case:
        earlier = replace(clock, start=clock.start.replace(year=2020))
        case.times.set_clocks({recording.id: CaseClock(camera="yard", clock=earlier)})
    rules.form.threshold.setValue(0.45)
    driven.settle()
    assert rules.outcome.raised.count() == 0
    rules.reject()
    press(asked(rules), "&Discard")


def test_spans_end_now_and_begin_a_day_or_a_week_before() -> None:
    now = datetime(2026, 11, 29, 10, 30).astimezone()
    assert span_of(TrialSpan.ALL, now) == (None, None)
    assert span_of(TrialSpan.LAST_NIGHT, now) == last_night(now)
    assert span_of(TrialSpan.LAST_DAY, now) == (now.timestamp() - 86_400, now.timestamp())
    assert span_of(TrialSpan.LAST_WEEK, now) == (now.timestamp() - 7 * 86_400, now.timestamp())


def test_changes_of_rules_are_undone_and_made_again(driven: Driven) -> None:
    setup, case = driven.window.parts.alarm_setup, driven.workspace.case
    said: list[str] = []
    driven.workspace.mentioned.connect(said.append)

    def seen() -> object:
        driven.wait(lambda: not setup.busy)
        driven.settle()
        assert list(setup.rules) == case.alarms.rules(), "it is shown"
        return case.alarms.listed()

    states = [seen()]
    gate = setup.rules[0]
    setup.save_rule(replace(gate, name="north gate", threshold=0.75))
    states.append(seen())
    setup.remove_rule(setup.rules[0])
    states.append(seen())
    setup.save_rule(setup.new_rule())
    states.append(seen())
    setup.snooze(setup.rules, minutes=60)
    states.append(seen())
    setup.arm(setup.rules, armed=True)
    states.append(seen())
    assert len({repr(state) for state in states}) == len(states)
    for state in states[-2::-1]:
        driven.window.commands["undo"].trigger()
        assert seen() == state
    assert said == [
        "Undid: 2 alarm rules",
        "Undid: 2 alarm rules",
        "Undid: the alarm rule “New rule”",
        "Undid: the alarm rule “north gate”",
        "Undid: the alarm rule “gate”",
    ]
    for state in states[1:]:
        driven.window.commands["redo"].trigger()
        assert seen() == state


def test_a_name_that_is_taken_is_told(driven: Driven) -> None:
    setup = driven.window.parts.alarm_setup
    said: list[Exception] = []
    setup.save_rule(replace(setup.rules[0], name="yard"), failed=said.append)
    driven.wait(lambda: bool(said))
    assert "one called “yard” already" in str(said[0])
    driven.settle()
