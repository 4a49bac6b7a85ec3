"""A screen of 1024 by 700 is enough for every page and for every dialog."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QStyle

from crimeview.gui.pages.review.page import ReviewPage
from crimeview.gui.settings import Theme
from crimeview.gui.style import load_colors
from crimeview.gui.widgets.dialog_parts import open_at
from crimeview.gui.widgets.recording_list import RecordingList
from crimeview.gui.widgets.rows import PICTURE_WIDTH
from crimeview.gui.widgets.rules_dialog import RulesDialog
from crimeview.gui.widgets.yielding_label import YieldingLabel
from tests.gui.driven import Driven, pass_time

SCREEN = QSize(1024, 700)
FRAME = 24  # pixels of a title bar
DIALOGS = (
    ("review", "case-settings"),
    ("review", "edit-clock"),
    ("review", "edit-keys"),
    ("review", "guide"),
    ("review", "save-picture"),
    ("review", "settings"),
    ("review", "shortcuts"),
    ("review", "show-log"),
    ("library", "library-add"),
    ("wall", "wall-add"),
    ("wall", "wall-deliveries"),
    ("wall", "wall-recording"),
    ("wall", "wall-rules"),
)


@pytest.mark.parametrize("language", ["language-en", "language-ko"])
def test_every_page_fits(reviewing: Driven, language: str) -> None:
    window = reviewing.window
    window.commands[language].trigger()
    reviewing.workspace.select_segment(reviewing.workspace.segments[0].id)
    needed = {}
    for page in window.pages:
        window.parts.navigation.show(page.name)
        reviewing.settle()
        pass_time(20)
        needed[page.name] = window.minimumSizeHint().toTuple()
    assert all(
        width <= SCREEN.width() and height <= SCREEN.height() - FRAME
        for width, height in needed.values()
    ), needed


def test_no_part_of_the_review_is_squeezed(reviewing: Driven) -> None:
    """Whatever the window's size, a side is as wide as what stands in it needs."""
    reviewing.window.resize(SCREEN)
    pass_time(20)
    page = reviewing.window.page
    assert isinstance(page, ReviewPage)
    panels = [page._recording_panel, page._segments]
    assert all(panel.width() >= panel.layout().minimumSize().width() for panel in panels)


def test_how_many_there_are_lays_nothing_out_anew(reviewing: Driven) -> None:
    """It changes with every decision, and the whole window would be painted again."""
    page = reviewing.window.page
    assert isinstance(page, ReviewPage)
    panel = page._segments
    panel.show_count(3)
    pass_time(20)
    narrow = panel.minimumSizeHint()
    panel.show_count(3, text="2,345 of 12,345 segments, of which 37 are new")
    pass_time(20)
    assert panel.minimumSizeHint() == narrow


@pytest.mark.parametrize(("page", "command"), DIALOGS)
def test_every_dialog_fits_and_has_no_icons_of_the_desktop(
    reviewing: Driven, page: str, command: str
) -> None:
    window = reviewing.window
    window.parts.navigation.show(page)
    reviewing.settle()
    window.commands[command].trigger()
    reviewing.settle()
    (dialog,) = (d for d in window.findChildren(QDialog) if d.isVisible())
    hint = QStyle.StyleHint.SH_DialogButtonBox_ButtonsHaveIcons
    assert dialog.minimumSizeHint().width() <= SCREEN.width()
    assert dialog.minimumSizeHint().height() <= SCREEN.height() - FRAME
    room = dialog.screen().availableSize()
    assert dialog.width() <= max(room.width(), dialog.minimumSizeHint().width())
    assert dialog.height() <= max(room.height(), dialog.minimumSizeHint().height())
    for buttons in dialog.findChildren(QDialogButtonBox):
        assert not buttons.style().styleHint(hint, None, buttons)
        save = buttons.button(QDialogButtonBox.StandardButton.Save)
        assert save is None or save.property("primary") == "true"
    dialog.close()


def test_a_dialog_opens_no_larger_than_its_screen(reviewing: Driven) -> None:
    dialog = QDialog(reviewing.window)
    open_at(dialog, 5000, 4000)
    room = dialog.screen().availableSize()
    assert dialog.width() < room.width()
    assert dialog.height() < room.height()
    open_at(dialog, 300, 200)
    assert dialog.size() == QSize(300, 200)


def test_a_label_gives_way_and_then_says_all_of_it_in_its_tool_tip() -> None:
    label = YieldingLabel()
    label.say("36 segments, all of them on the map", tip="What it means.")
    assert label.minimumSizeHint().width() == 0
    label.resize(label.sizeHint())
    assert not label.cut
    assert label.toolTip() == "What it means."
    label.resize(40, label.height())
    assert label.cut
    label.say("36 segments, all of them on the map", tip="What it means.")
    assert label.toolTip() == "36 segments, all of them on the map\nWhat it means."


@pytest.mark.parametrize("page", ["review", "map", "groupings", "similar", "library", "wall"])
def test_a_theme_that_is_chosen_colors_every_word(reviewing: Driven, page: str) -> None:
    window = reviewing.window
    window.parts.navigation.show(page)
    reviewing.settle()
    dark, light = load_colors(Theme.DARK), load_colors(Theme.LIGHT)
    window.commands["theme-light"].trigger()
    reviewing.settle()
    only_dark = {getattr(dark, n) for n in ("text", "muted", "faint", "lead", "good", "bad")}
    only_dark -= {getattr(light, n) for n in ("text", "muted", "faint", "lead", "good", "bad")}
    left = [
        (label.text(), label.palette().windowText().color().name())
        for label in window.findChildren(QLabel)
        if label.palette().windowText().color().name() in only_dark
    ]
    window.commands["theme-dark"].trigger()
    assert not left


def test_without_a_rule_nothing_of_one_can_be_done(reviewing: Driven) -> None:
    window = reviewing.window
    window.parts.navigation.show("wall")
    reviewing.settle()
    window.commands["wall-rules"].trigger()
    reviewing.settle()
    (dialog,) = window.findChildren(RulesDialog)
    assert not any(button.isEnabled() for button in dialog._needing)
    dialog.add()
    reviewing.wait(lambda: all(button.isEnabled() for button in dialog._needing))
    dialog.close()


def test_pictures_of_a_narrow_list_leave_room_for_names(reviewing: Driven) -> None:
    (listed,) = reviewing.window.findChildren(RecordingList)
    delegate = listed.itemDelegate()
    listed.resize(200, 400)
    narrow = delegate.picture_width
    listed.resize(400, 400)
    assert narrow < delegate.picture_width == PICTURE_WIDTH
