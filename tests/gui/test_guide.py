"""The guide beside a real window: its pages, pictures, links, and its language."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtTest import QTest

from crimeview.core.places import shipped
from crimeview.gui.settings import Language
from crimeview.gui.widgets.guide_dialog import GuideDialog
from crimeview.gui.widgets.guide_view import GuideView, slug
from tests.gui.driven import Driven

GUIDE = shipped("docs") / "guide"


def _open(driven: Driven) -> GuideDialog:
    driven.window.commands["guide"].trigger()
    return driven.window.findChildren(GuideDialog)[-1]


@pytest.fixture
def dialog(reviewing: Driven) -> Iterator[GuideDialog]:
    yield _open(reviewing)
    for shown in reviewing.window.findChildren(GuideDialog):
        shown.close()


def _page(view: GuideView) -> str:
    return view.source().toLocalFile().removeprefix(f"{GUIDE}/")


def _follow(view: GuideView, link: str) -> None:
    view.anchorClicked.emit(QUrl(link))


def test_it_opens_at_its_index_in_the_windows_language(reviewing: Driven) -> None:
    assert _page(_open(reviewing).view) == "README.md"
    reviewing.window.commands[f"language-{Language.KOREAN.value}"].trigger()
    korean = _open(reviewing)
    assert _page(korean.view) == "ko/README.md"
    assert "사용 안내서" in korean.view.toPlainText()
    assert korean.windowTitle() == "안내서"
    korean.close()


def test_a_link_is_followed_and_gone_back_from_by_keyboard(dialog: GuideDialog) -> None:
    view = dialog.view
    QTest.keyClick(view, Qt.Key.Key_Tab)  # the first link: the other language
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert _page(view) == "ko/README.md"
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert _page(view) == "README.md"
    _follow(view, "map.md")
    assert view.toPlainText().startswith("The map: all segments at once")
    QTest.mouseClick(dialog.contents, Qt.MouseButton.LeftButton)
    assert _page(view) == "README.md"


def test_a_heading_of_another_page_is_gone_to(dialog: GuideDialog) -> None:
    view = dialog.view
    _follow(view, "review.md")
    _follow(view, "player-and-timeline.md#scores")
    assert view.textCursor().block().text() == "Scores"
    assert view.verticalScrollBar().value() > 0


def test_pictures_come_and_fit(reviewing: Driven, dialog: GuideDialog) -> None:
    view = dialog.view
    _follow(view, "map.md")
    picture = (GUIDE / "../images/window/map-en-dark.png").resolve()
    reviewing.wait(lambda: any(path.resolve() == picture for path in view._held))
    image = view.document().resource(
        QTextDocument.ResourceType.ImageResource.value, QUrl("../images/window/map-en-dark.png")
    )
    assert image.deviceIndependentSize().width() < view.viewport().width()
    across, down = range(0, image.width(), 7), range(0, image.height(), 7)
    assert len({image.pixel(x, y) for x in across for y in down}) > 20  # no empty place
    assert view.horizontalScrollBar().maximum() == 0


def test_what_is_no_page_is_said_not_shown(dialog: GuideDialog) -> None:
    _follow(dialog.view, "../images/window/README.md")
    assert _page(dialog.view) == "README.md"
    assert "README.md" in dialog.word.text()
    _follow(dialog.view, "map.md")
    assert dialog.word.text() == ""


def test_a_long_page_of_tables_is_left_to_the_desktop(
    dialog: GuideDialog, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    _follow(dialog.view, "../measurements.md")
    assert _page(dialog.view) == "README.md"
    assert [url.fileName() for url in opened] == ["measurements.md"]


@pytest.mark.parametrize("name", sorted(p.name for p in GUIDE.glob("*.md")))
def test_every_page_fits_the_window(dialog: GuideDialog, name: str) -> None:
    for page in (GUIDE / name, GUIDE / "ko" / name):
        dialog.view.open(page)
        assert dialog.view.horizontalScrollBar().maximum() == 0, page


def test_headings_are_called_as_on_the_web() -> None:
    assert slug("What “no close match” means") == "what-no-close-match-means"
    assert slug("Looking, listening, and finding one's way") == (
        "looking-listening-and-finding-ones-way"
    )
