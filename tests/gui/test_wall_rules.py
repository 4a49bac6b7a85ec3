"""Rules on the wall: which of them can raise nothing, and what becomes of them."""

import time
from dataclasses import replace
from pathlib import Path

import keyring
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel

from crimeview.core.address import MASK
from crimeview.core.delivery import Delivery, WebhookSettings
from crimeview.gui.widgets.deliveries_dialog import DeliveriesDialog
from crimeview.gui.widgets.rules_dialog import RulesDialog
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.test_wall import RULE, dialog, wall, with_cameras
from tests.held_keyring import HeldKeyring


@pytest.fixture(autouse=True)
def _held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keyring.core, "_keyring_backend", HeldKeyring())


def test_a_rule_that_can_raise_nothing_is_told_and_follows_its_camera(
    open_window: OpenWindow, recording: Path, tmp_path: Path
) -> None:
    with_cameras(tmp_path / "case", recording, "yard", rule=replace(RULE, cameras=("gate",)))
    over = replace(RULE, id="o", name="over", cameras=("yard",), snoozed_until=time.time() - 60.0)
    with open_case(tmp_path / "case") as case:
        case.alarms.put_rule(over)
    driven = open_window()
    page = wall(driven)
    setup, stored = driven.window.parts.alarm_setup, driven.window.parts.wall
    driven.wait(lambda: len(setup.rules) == 2 and bool(stored.cameras))
    page._show_rules_state()
    assert "2 of 2 rules armed" in page._state.text()
    assert "1 of them cannot raise all they should" in page._state.text()
    assert "bursts: It raises nothing: “gate” is not on the wall" in page._state.toolTip()

    driven.press(Qt.Key.Key_R)
    rules = dialog(driven, RulesDialog)
    assert isinstance(rules, RulesDialog)
    driven.wait(lambda: rules.table.count == 2)
    assert "“gate” is not on the wall" in rules.outcome.obstacle.text()
    rules.table.selectRow(1)
    assert rules.outcome.obstacle.text() == ""
    assert rules._snooze.text() == "Sn&ooze 1 h", "a snooze that is over is none"
    rules.toggle_snooze()
    driven.wait(lambda: setup.rules[1].snoozed(time.time()))
    assert rules._snooze.text() == "&Wake it"
    words = [w.text() for w in (*rules.findChildren(QLabel), *rules.findChildren(QAbstractButton))]
    keys = [key for word in words if (key := QKeySequence.mnemonic(word).toString())]
    assert len(keys) > 12
    assert sorted(keys) == sorted(set(keys)), "no key means two things"
    rules.close()

    (yard,) = stored.cameras
    page._replace(yard, replace(yard, name="gate"))
    driven.wait(lambda: setup.rules[1].cameras == ("gate",))
    assert not setup.obstacles
    assert page._state.text() == "2 of 2 rules armed"


def test_of_a_webhooks_address_the_host_is_shown(
    open_window: OpenWindow, recording: Path, tmp_path: Path
) -> None:
    with_cameras(tmp_path / "case", recording, "yard")
    with open_case(tmp_path / "case") as case:
        settings = WebhookSettings(url="https://chat.example.org/hooks/xyzzy")
        case.alarms.put_delivery(Delivery(id="h", name="chat", settings=settings))
    driven = open_window()
    page = wall(driven)
    page.show_deliveries()
    deliveries = dialog(driven, DeliveriesDialog)
    assert isinstance(deliveries, DeliveriesDialog)
    driven.wait(lambda: deliveries.list.count() == 1)
    assert deliveries.list.item(0).text() == f"chat\nhttps://chat.example.org/{MASK}"
    assert deliveries.form.url.text() == f"https://chat.example.org/{MASK}"
    deliveries.form.name.setText("chat of the guards")
    deliveries.save()
    driven.wait(lambda: driven.window.parts.alarm_setup.deliveries[0].name != "chat")
    driven.wait(lambda: deliveries.verdict.text() != "")
    deliveries.close()
