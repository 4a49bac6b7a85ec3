from collections.abc import Callable, Sequence

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from crimeview.gui import app
from crimeview.gui.commands import Actions, Command
from crimeview.gui.page import Page, Parts
from crimeview.gui.pages.review.page import ReviewPage
from tests.gui.driven import Driven

OpenWindow = Callable[..., Driven]


class NotesPage(Page):
    """A second page, with a command that has a key of the review's, and one of its own."""

    name = "notes"
    title = "Notes"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts)
        self.given = 0
        self.restored: dict[str, str] = {}
        self.content: QLabel | None = None

    def commands(self) -> Sequence[Command]:
        return [
            Command(id="note", title="Note", menu="&Notes", run=self._note, shortcuts=("Space",))
        ]

    def assemble(self, actions: Actions) -> None:
        self.content = QLabel("notes", self)

    def layout_state(self) -> dict[str, str]:
        return {"given": str(self.given)}

    def restore_layout(self, state: dict[str, str]) -> None:
        self.restored = dict(state)

    def _note(self) -> None:
        self.given += 1


@pytest.fixture
def two_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "PAGES", (ReviewPage, NotesPage))


@pytest.mark.usefixtures("two_pages")
def test_a_page_is_made_when_it_is_first_shown(open_window: OpenWindow) -> None:
    driven = open_window()
    review, notes = driven.window.pages
    assert driven.window.page is review
    assert notes.content is None
    driven.window.commands["page-notes"].trigger()
    assert driven.window.page is notes
    assert notes.content is not None
    assert notes.isVisible()
    assert not review.isVisible()


@pytest.mark.usefixtures("two_pages")
def test_pages_are_shown_by_key_and_keep_their_keys_to_themselves(open_window: OpenWindow) -> None:
    driven = open_window()
    notes = driven.window.pages[1]
    actions = driven.window.commands
    assert "Space" in actions.commands["play"].shortcuts
    QTest.keyClick(driven.window, Qt.Key.Key_Space)
    assert notes.given == 0
    QTest.keyClick(driven.window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert driven.window.page is notes
    assert not actions["play"].isEnabled()
    assert actions["open-files"].isEnabled()
    QTest.keyClick(driven.window, Qt.Key.Key_Space)
    assert notes.given == 1
    QTest.keyClick(driven.window, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier)
    assert driven.window.page is driven.window.pages[0]
    assert not actions["note"].isEnabled()


@pytest.mark.usefixtures("two_pages")
def test_the_page_and_its_layout_are_there_another_day(open_window: OpenWindow) -> None:
    driven = open_window()
    driven.window.commands["page-notes"].trigger()
    driven.window.commands["note"].trigger()
    driven.window.close()
    again = open_window()
    assert again.window.page.name == "notes"
    assert again.window.pages[1].restored == {"given": "1"}


def test_one_page_alone_needs_no_going(
    open_window: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "PAGES", (ReviewPage,))
    assert not any(name.startswith("page-") for name in open_window().window.commands.commands)
