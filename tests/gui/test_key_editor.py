"""Choosing other keys in the dialog of a real window, by keyboard."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from crimeview.gui.settings import Preferences
from crimeview.gui.widgets.key_editor import KeyEditor
from tests.gui.driven import Driven, pass_time

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def editor(reviewing: Driven) -> Iterator[KeyEditor]:
    reviewing.window.commands["edit-keys"].trigger()
    yield reviewing.window.findChildren(KeyEditor)[-1]
    for shown in reviewing.window.findChildren(KeyEditor):
        shown.close()


def _keys(driven: Driven, command_id: str) -> list[str]:
    return [key.toString() for key in driven.window.commands[command_id].shortcuts()]


def _choose(editor: KeyEditor, query: str) -> None:
    editor.query.setFocus()
    editor.query.selectAll()
    QTest.keyClicks(QApplication.focusWidget(), query)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    assert QApplication.focusWidget() is editor.capture or editor.capture.hasFocus()


def _press(key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    QTest.keyClick(QApplication.focusWidget(), key, modifier)


def test_a_key_is_pressed_confirmed_kept_and_works_at_once(
    reviewing: Driven, editor: KeyEditor
) -> None:
    _choose(editor, "to the end")
    _press(Qt.Key.Key_F7)
    assert "F7 is free" in editor.word.text()
    _press(Qt.Key.Key_Return)
    assert _keys(reviewing, "to-end") == ["F7"]
    preferences = reviewing.window.parts.preferences
    assert Preferences(preferences.path).settings.keys == {"to-end": ("F7",)}
    editor.close()
    pass_time(20)
    reviewing.window.activateWindow()
    assert QTest.qWaitForWindowActive(reviewing.window, 60_000)
    reviewing.press(Qt.Key.Key_End)
    assert reviewing.workspace.playhead.position == 0.0
    reviewing.press(Qt.Key.Key_F7)
    assert reviewing.workspace.playhead.position > 0.0


def test_a_key_in_use_says_whose_it_is_before_it_is_taken(
    reviewing: Driven, editor: KeyEditor
) -> None:
    _choose(editor, "to the end")
    _press(Qt.Key.Key_S, CTRL)
    assert "Ctrl+S is the key of “Save the picture”" in editor.word.text()
    assert _keys(reviewing, "save-picture") == ["Ctrl+S"]
    editor.add.click()
    assert _keys(reviewing, "to-end") == ["End", "Ctrl+S"]
    assert _keys(reviewing, "save-picture") == []
    assert editor.reset_all.isEnabled()
    editor.reset_all.click()
    assert _keys(reviewing, "to-end") == ["End"]
    assert _keys(reviewing, "save-picture") == ["Ctrl+S"]


def test_keys_that_move_about_are_refused(reviewing: Driven, editor: KeyEditor) -> None:
    _choose(editor, "to the end")
    _press(Qt.Key.Key_Up)
    assert "choose another key" in editor.word.text()
    assert not editor.replace.isEnabled()
    _press(Qt.Key.Key_Return)
    assert _keys(reviewing, "to-end") == ["End"]
    _press(Qt.Key.Key_Escape)
    assert editor.isVisible(), "Escape leaves the field first"
    assert editor.table.hasFocus()


def test_no_key_and_as_it_was(reviewing: Driven, editor: KeyEditor) -> None:
    _choose(editor, "to the end")
    editor.clear.click()
    assert _keys(reviewing, "to-end") == []
    assert editor.table.item(editor.table.currentRow(), 2).text().endswith("(changed)")
    editor.reset.click()
    assert _keys(reviewing, "to-end") == ["End"]
    assert not editor.reset.isEnabled()
