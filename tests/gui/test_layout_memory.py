"""Where things were put: kept from window to window, and put back to where they began."""

from PySide6.QtWidgets import QSplitter

from crimeview.gui.settings import Language
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pass_time


def _sizes(driven: Driven) -> list[list[int]]:
    pass_time(20)
    return [splitter.sizes() for splitter in driven.window.pages[0].findChildren(QSplitter)]


def _move(driven: Driven) -> None:
    for splitter in driven.window.pages[0].findChildren(QSplitter):
        sizes = splitter.sizes()
        splitter.setSizes([sizes[0] + 60, sizes[1] - 60, *sizes[2:]])


def test_sizes_are_kept_by_the_next_window_and_another_language(
    reviewing: Driven, open_window: OpenWindow
) -> None:
    reviewing.window.resize(1280, 760)
    _move(reviewing)
    moved = _sizes(reviewing)
    reviewing.window._set_language(Language.KOREAN)
    assert _sizes(reviewing) == moved
    reviewing.window.close()
    again = open_window()
    assert again.window.height() == 760
    again.window.resize(1280, 760)  # the screen of tests is no wider than 800 pixels
    assert _sizes(again) == moved


def test_a_command_puts_everything_where_it_was_at_first(
    reviewing: Driven, open_window: OpenWindow
) -> None:
    size, first = reviewing.window.size(), _sizes(reviewing)
    reviewing.window.resize(1100, 700)
    _move(reviewing)
    assert _sizes(reviewing) != first
    reviewing.window.commands["reset-layout"].trigger()
    assert reviewing.window.size() == size
    assert _sizes(reviewing) == first
    reviewing.window.close()
    assert _sizes(open_window()) == first


def test_it_puts_back_what_was_moved_in_an_earlier_window(
    reviewing: Driven, open_window: OpenWindow
) -> None:
    size, first = reviewing.window.size(), _sizes(reviewing)
    _move(reviewing)
    reviewing.window.close()
    again = open_window()
    assert _sizes(again) != first
    again.window.commands["reset-layout"].trigger()
    assert again.window.size() == size
    assert _sizes(again) == first
