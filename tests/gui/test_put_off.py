"""What takes long to paint is painted after the rest, and a window before it begins."""

from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from crimeview.core.job import Changed
from crimeview.gui import first_paint
from crimeview.gui.first_paint import FirstPaint
from crimeview.gui.put_off import PutOff
from crimeview.gui.turns import Turns
from crimeview.store.case import open_case
from tests.gui.driven import Driven, pass_time


class _Painted(QWidget):
    def __init__(self, name: str, told: list[str]) -> None:
        super().__init__()
        self._name = name
        self._told = told

    def paintEvent(self, _event: object) -> None:
        self._told.append(self._name)


def test_what_is_put_off_is_painted_in_a_turn_after_the_rest(qtbot: QtBot) -> None:
    told: list[str] = []
    window, turns = QWidget(), Turns()
    row = QHBoxLayout(window)
    slow, quick = _Painted("slow", told), _Painted("quick", told)
    for widget in (slow, quick):
        row.addWidget(widget)
    qtbot.addWidget(window)
    window.resize(200, 100)
    window.show()
    qtbot.waitUntil(lambda: {"slow", "quick"} <= set(told))
    told.clear()
    turns.take(lambda: told.append("a turn"))
    PutOff(slow, turns).once()
    quick.update()
    slow.update()
    qtbot.waitUntil(lambda: {"slow", "quick", "a turn"} <= set(told))
    assert told.index("a turn") < told.index("slow")
    assert told.index("quick") < told.index("slow")


def test_what_is_destroyed_before_its_turn_takes_none(qapp: QApplication) -> None:
    assert qapp
    widget, turns = QWidget(), Turns()
    PutOff(widget, turns).once()
    assert turns.busy
    shiboken6.delete(widget)
    assert not turns.busy
    turns.finish()


def test_a_window_begins_once_when_it_has_been_painted(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "_PATIENCE", 60_000)
    told: list[str] = []
    window = _Painted("painted", told)
    qtbot.addWidget(window)
    FirstPaint(window, Turns(), lambda: told.append("begun"))
    pass_time(20)
    assert told == []
    window.show()
    qtbot.waitUntil(lambda: "begun" in told)
    window.update()
    qtbot.waitUntil(lambda: told[-1] == "painted")
    pass_time(20)
    assert told[0] == "painted"
    assert told.count("begun") == 1


def test_a_window_that_is_closed_before_it_is_painted_begins_nothing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "_PATIENCE", 20)
    window, turns, begun = QWidget(), Turns(), list[str]()
    qtbot.addWidget(window)
    FirstPaint(window, turns, lambda: begun.append("begun"))
    window.show()
    window.close()
    pass_time(200)
    assert not begun


def test_a_window_that_is_not_painted_begins_all_the_same(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_paint, "_PATIENCE", 1)
    told: list[str] = []
    window = _Painted("painted", told)
    qtbot.addWidget(window)
    FirstPaint(window, Turns(), lambda: told.append("begun"))
    qtbot.waitUntil(lambda: told == ["begun"])


def test_parts_hear_of_another_case_in_turns(reviewing: Driven, tmp_path: Path) -> None:
    open_case(tmp_path / "other").close()
    told: list[str] = []
    workspace = reviewing.workspace

    def hear() -> None:
        told.append("opened")
        QTimer.singleShot(0, lambda: told.append("other events"))

    workspace.case_opened.connect(hear)
    workspace.recording_selected.connect(lambda: told.append("recording"))
    workspace.changed.connect(
        lambda changed: told.append("segments" if changed == Changed.SEGMENTS else "rest")
    )
    reviewing.open_case(tmp_path / "other")
    assert told.index("other events") < told.index("rest")
    assert told.index("opened") < told.index("recording") < told.index("rest")
    assert told.index("rest") < told.index("segments")
