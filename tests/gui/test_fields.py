"""Every field has one look, in dialogs and in what floats over a page."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QDialog, QLineEdit, QWidget

from crimeview.gui.settings import Theme
from crimeview.gui.style import load_colors
from crimeview.gui.widgets.command_palette import CommandPalette
from crimeview.gui.widgets.popover import Popover
from tests.gui.driven import Driven

COMMANDS = ("case-settings", "edit-clock", "edit-keys", "rule", "palette")


def _fields(driven: Driven) -> list[QWidget]:
    """Lines, and boxes that count, of what was opened over the window."""
    floating = [
        widget
        for kind in (QDialog, Popover, CommandPalette)
        for widget in driven.window.findChildren(kind)
        if widget.isVisible()
    ]
    assert floating
    return [
        field
        for over in floating
        for kind in (QLineEdit, QAbstractSpinBox)
        for field in over.findChildren(kind)
        if field.isVisible() and not isinstance(field.parent(), (QAbstractSpinBox, QComboBox))
    ]


@pytest.mark.parametrize("theme", Theme)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_field_is_painted_as_all_are(reviewing: Driven, theme: Theme, command: str) -> None:
    window = reviewing.window
    window.commands[f"theme-{theme.value}"].trigger()
    window.commands[command].trigger()
    fields = _fields(reviewing)
    grounds = {
        field.grab().toImage().pixelColor(QPoint(3, field.height() // 2)).name() for field in fields
    }
    for dialog in window.findChildren(QDialog):
        dialog.close()
    assert grounds == {load_colors(theme).raised}


def test_figures_stand_as_far_from_the_frame_as_words(reviewing: Driven) -> None:
    reviewing.window.commands["edit-clock"].trigger()
    boxes = [f for f in _fields(reviewing) if isinstance(f, QAbstractSpinBox)]
    assert len(boxes) == 2
    for box in boxes:
        image = box.lineEdit().grab().toImage()
        columns = range(4)
        assert len({image.pixel(x, box.height() // 3) for x in columns}) == 1
        assert box.lineEdit().textMargins().left() == 4
    for dialog in reviewing.window.findChildren(QDialog):
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.close()
