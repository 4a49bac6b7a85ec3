"""The settings, chosen in the dialog of a real window."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QPushButton, QTableWidget

from crimeview.gui.commands import plain_title
from crimeview.gui.score_tracks import SCORE_TRACKS, ScoreTrack
from crimeview.gui.settings import Language, Preferences, Settings
from crimeview.gui.widgets.settings_dialog import SettingsDialog
from tests.gui.driven import Driven


@pytest.fixture
def dialog(reviewing: Driven) -> Iterator[SettingsDialog]:
    yield _open(reviewing)
    for shown in reviewing.window.findChildren(SettingsDialog):
        shown.close()


def _open(driven: Driven) -> SettingsDialog:
    driven.window.commands["settings"].trigger()
    driven.wait(lambda: driven.window.parts.measuring.known)
    return driven.window.findChildren(SettingsDialog)[-1]


def _settings(driven: Driven) -> Settings:
    return driven.window.parts.preferences.settings


def _box(dialog: SettingsDialog, name: str) -> QComboBox:
    return next(b for b in dialog.findChildren(QComboBox) if b.accessibleName() == name)


def _button(dialog: SettingsDialog, text: str) -> QPushButton:
    return next(b for b in dialog.findChildren(QPushButton) if text in b.text())


def test_looking_only_where_something_happens_is_chosen_and_kept(
    reviewing: Driven, dialog: SettingsDialog
) -> None:
    check = next(c for c in dialog.findChildren(QCheckBox) if "something happens" in c.text())
    assert check.isChecked()
    QTest.mouseClick(check, Qt.MouseButton.LeftButton, pos=check.rect().center() * 0.2)
    preferences = reviewing.window.parts.preferences
    assert not preferences.settings.gate
    assert not Preferences(preferences.path).settings.gate


def test_what_the_review_shows_is_chosen_from_every_page(reviewing: Driven) -> None:
    reviewing.window.parts.navigation.show("wall")
    dialog = _open(reviewing)
    check = next(c for c in dialog.findChildren(QCheckBox) if "violence" in c.text())
    shown = _settings(reviewing).show_violence
    assert check.isChecked() is shown
    check.click()
    assert _settings(reviewing).show_violence is not shown
    dialog.close()


@pytest.mark.parametrize("track", SCORE_TRACKS, ids=lambda track: track.id)
def test_each_curve_is_shown_or_not(reviewing: Driven, track: ScoreTrack) -> None:
    dialog = _open(reviewing)
    check = next(
        c for c in dialog.findChildren(QCheckBox) if c.text() == plain_title(track.command())
    )
    action = reviewing.window.commands[f"show-{track.id}"]
    shown = action.isChecked()
    assert check.isChecked() is shown
    QTest.keyClick(check, Qt.Key.Key_Space)
    assert getattr(_settings(reviewing), track.setting) is not shown
    assert action.isChecked() is not shown
    dialog.close()


def test_engines_that_are_there_can_be_chosen(reviewing: Driven, dialog: SettingsDialog) -> None:
    engine, precision = _box(dialog, "Compute on"), _box(dialog, "Precision")
    values = [engine.itemData(i) for i in range(engine.count())]
    assert values == ["auto", *reviewing.window.parts.measuring.engines]
    assert "cpu" in values
    engine.setCurrentIndex(values.index("cpu"))
    engine.activated.emit(values.index("cpu"))
    precision.activated.emit(1)
    assert (_settings(reviewing).engine, _settings(reviewing).precision) == ("cpu", "fp32")


def test_an_engine_that_is_gone_is_said_to_be(reviewing: Driven) -> None:
    reviewing.window.parts.preferences.change(engine="directml")
    dialog = _open(reviewing)
    assert _box(dialog, "Compute on").currentText() == "Graphics card (DirectML) (not installed)"
    dialog.close()


def test_another_language_shows_the_settings_in_it(
    reviewing: Driven, dialog: SettingsDialog
) -> None:
    _box(dialog, "Language").activated.emit(list(Language).index(Language.KOREAN))
    shown = [d for d in reviewing.window.findChildren(SettingsDialog) if d.isVisible()]
    assert [d.windowTitle() for d in shown] == ["설정"]
    _box(shown[0], "언어").activated.emit(list(Language).index(Language.ENGLISH))
    assert reviewing.window.commands["settings"].text() == "&Settings…"


def test_measuring_shows_what_was_found(
    reviewing: Driven,
    dialog: SettingsDialog,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("crimeview.nets.measured.measured_file", lambda: tmp_path / "engines.json")
    measuring = reviewing.window.parts.measuring
    _button(dialog, "Measure").click()
    assert measuring.running
    reviewing.wait(lambda: not measuring.running)
    table = dialog.findChildren(QTableWidget)[0]
    assert table.rowCount() == sum(len(bench.timings) for bench in measuring.benches) > 0
    verdicts = [table.item(row, 5).text() for row in range(table.rowCount())]
    assert verdicts.count("Chosen") == len(measuring.benches)
    assert (tmp_path / "engines.json").is_file()


def test_closing_the_settings_ends_the_measuring(reviewing: Driven, dialog: SettingsDialog) -> None:
    measuring = reviewing.window.parts.measuring
    measuring.start()
    dialog.close()
    reviewing.wait(lambda: not measuring.running)
    assert measuring.benches == ()
