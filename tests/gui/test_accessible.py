"""Everything that a person can use in the window and its dialogs has a name for screen readers."""

from collections.abc import Iterable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QFileDialog,
    QHeaderView,
    QLineEdit,
    QScrollBar,
    QWidget,
)

from crimeview.gui.settings import Language
from crimeview.gui.widgets.popover import Popover
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pass_time

USED = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSlider,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
)
# Commands that open a dialog or a popover; those of files are Qt's own.
OPENING = (
    "settings",
    "case-settings",
    "shortcuts",
    "edit-keys",
    "show-log",
    "palette",
    "tour",
    "edit-clock",
    "save-picture",
    "rule",
    "adjust-picture",
    "side-by-side",
)


def _nameless(root: QWidget) -> list[str]:
    """The widgets within that can be used, and are called nothing."""
    return [
        f"{type(widget).__name__} in {_path(widget)}"
        for widget in root.findChildren(QWidget)
        if _is_used(widget) and not _name(widget)
    ]


def _is_used(widget: QWidget) -> bool:
    if isinstance(widget, QScrollBar | QHeaderView) or widget.objectName().startswith("qt_"):
        return False
    inner = any(isinstance(above, QComboBox | QAbstractSpinBox) for above in _above(widget))
    by_key = widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    return not inner and (isinstance(widget, USED) or bool(by_key))


def _name(widget: QWidget) -> str:
    """As a screen reader hears it: given, or from the text, or from the label beside it."""
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name).strip() if interface else widget.accessibleName()


def _path(widget: QWidget) -> str:
    return " < ".join(type(above).__name__ for above in _above(widget))


def _above(widget: QWidget) -> Iterator[QWidget]:
    parent = widget.parentWidget()
    while parent is not None:
        yield parent
        parent = parent.parentWidget()


def _open_ones(driven: Driven) -> Iterable[QWidget]:
    kinds = (QDialog, Popover)
    return [
        w for w in driven.window.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()
    ]


@pytest.mark.parametrize("language", [Language.ENGLISH, Language.KOREAN])
def test_all_of_every_page_has_a_name(open_window: OpenWindow, language: Language) -> None:
    driven = open_window(language=language)
    for page in list(driven.window.pages):
        driven.window.parts.navigation.show(page.name)
        page.show_parts(shown=True)
        driven.settle()
    assert not _nameless(driven.window)


@pytest.mark.parametrize("command_id", OPENING)
def test_all_of_every_dialog_has_a_name(reviewing: Driven, command_id: str) -> None:
    before = set(map(id, _open_ones(reviewing)))
    reviewing.window.commands[command_id].trigger()
    pass_time(20)
    opened = [w for w in _open_ones(reviewing) if id(w) not in before]
    overlay = command_id in ("palette", "tour")
    assert opened or overlay, "it opens something"
    for shown in opened or [reviewing.window]:
        assert not isinstance(shown, QFileDialog)
        assert shown.accessibleName() or shown.windowTitle()
        assert not _nameless(shown)
    for shown in opened:
        shown.close()


def test_every_menu_entry_has_a_title(reviewing: Driven) -> None:
    for command_id in reviewing.window.commands.commands:
        action = reviewing.window.commands[command_id]
        assert action.text() or not action.isVisible()
    assert QApplication.activeModalWidget() is None
