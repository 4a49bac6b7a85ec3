"""Renders every page and dialog in both languages and both palettes into docs/images/window.

Usage: PYTHONPATH=. python docs/habits_screenshots.py [CASE]

Without a case it draws recordings and analyzes them first. Everything in the pictures is drawn by
the program: no footage is shown.
"""

import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from drawn_case import draw_case
from pictures import at_home, pass_time, save, settle
from PySide6.QtWidgets import QDialog, QWidget

from crimeview.core.address import camera_of
from crimeview.gui.app import application, compose
from crimeview.gui.fault_news import FaultNews
from crimeview.gui.faults import Fault, Faults
from crimeview.gui.settings import Language, Preferences, Theme
from crimeview.gui.widgets.command_palette import CommandPalette
from crimeview.gui.widgets.overlay import Overlay
from crimeview.gui.window import Window
from crimeview.gui.workspace import Scope
from crimeview.jobs.library_add import AddOrder
from crimeview.jobs.models import default_models
from crimeview.store.case import open_case

_SIZE = (1280, 800)
_PANELS = ("rule", "adjust-picture")
_DIALOGS = (
    "settings",
    "case-settings",
    "edit-clock",
    "shortcuts",
    "edit-keys",
    "save-picture",
    "show-log",
)
_CAMERAS = ("north gate", "street")
_WATCHED = 20_000  # ms
_LANGUAGES = (Language.ENGLISH, Language.KOREAN)


def main(arguments: list[str]) -> None:
    with at_home() as home:
        cases = home / "Cases"
        if arguments:
            shutil.copytree(arguments[0], cases / "night")
        else:
            draw_case(cases / "night", home=home)
        _set_up_cameras(cases / "night")
        for language in _LANGUAGES:
            for theme in Theme:
                ending = f"{language.value}-{theme.value}"
                _pictures_of_nothing(_opened(home, "empty", language, theme), ending)
                _pictures_of_a_case(_opened(home, "night", language, theme), home, ending)


def _set_up_cameras(folder: Path) -> None:
    with open_case(folder) as case:
        path = next(r.path for r in case.recordings() if r.path.stem == "demonstration")
        case.live.set_cameras([camera_of(f"{name}={path}", looped=True) for name in _CAMERAS])


def _opened(home: Path, case: str, language: Language, theme: Theme) -> Window:
    preferences = Preferences(home / f"{language.value}-{theme.value}.json")
    preferences.change(language=language, theme=theme, reviewer="kim")
    window = compose(
        application(offscreen=False),
        open_case(home / "Cases" / case),
        preferences=preferences,
        find_models=default_models,
    )
    window.resize(*_SIZE)
    window.show()
    window.begin([])
    window.resize(*_SIZE)
    settle(window)
    return window


def _pictures_of_nothing(window: Window, ending: str) -> None:
    """The welcome and the tour."""
    _save(window, f"welcome-{ending}")
    window.commands["tour"].trigger()
    _overlay(window, f"tour-{ending}")
    window.close()


def _pictures_of_a_case(window: Window, home: Path, ending: str) -> None:
    window.parts.workspace.set_scope(Scope.CASE)
    window.show_highest_peak(Scope.CASE)
    settle(window)
    _save(window, f"review-{ending}")
    for command_id in _PANELS:
        window.commands[command_id].trigger()
        settle(window)
        _save(window, f"{command_id}-{ending}")
        window.commands[command_id].trigger()
    for command_id in _DIALOGS:
        window.commands[command_id].trigger()
        _dialogs(window, f"{command_id}-{ending}")
    _fault(window, ending)
    window.commands["palette"].trigger()
    for palette in window.findChildren(CommandPalette):
        palette.query.setText("seg")
    _overlay(window, f"palette-{ending}")
    _pages(window, home, ending)
    window.close()


def _pages(window: Window, home: Path, ending: str) -> None:
    """The pages beside the review, each with something on it."""
    parts = window.parts
    parts.shelf.open(str(home / "Library"), create=True)
    settle(window)
    if parts.shelf.contents is None or not parts.shelf.contents.total:
        parts.shelf.add(AddOrder())
        settle(window)
    for page in window.pages[1:]:
        if page.name == "similar":
            parts.navigation.show(window.pages[0].name)
            window.commands["find-similar"].trigger()
        parts.navigation.show(page.name)
        settle(window)
        if page.name == "groupings":
            window.commands["groupings-compare"].trigger()
        if page.name == "library" and parts.shelf.entries:
            parts.shelf.select(parts.shelf.entries[0])
        if page.name == "wall":
            parts.watching.start()
            pass_time(_WATCHED)
        else:
            settle(window)
        _save(window, f"{page.name}-{ending}")
    parts.watching.stop()


def _dialogs(window: Window, name: str) -> None:
    settle(window)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            _save(dialog, name)
            dialog.close()


def _fault(window: Window, ending: str) -> None:
    """What the program says of a fault of its own."""
    faults = Faults()
    news = FaultNews(faults, look=window.parts.look, parent=window)
    when = datetime.now(UTC)
    details = "ZeroDivisionError: a fault that was made up for this picture"
    faults.report(Fault(when=when, place="docs/habits_screenshots.py", details=details))
    pass_time(200)
    _dialogs(window, f"fault-{ending}")
    news.deleteLater()


def _overlay(window: Window, name: str) -> None:
    settle(window)
    _save(window, name)
    for overlay in window.findChildren(Overlay):
        overlay.put_away()


def _save(widget: QWidget, name: str) -> None:
    save(widget, f"window/{name}")


if __name__ == "__main__":
    main(sys.argv[1:])
