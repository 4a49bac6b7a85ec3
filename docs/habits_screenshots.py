"""Renders every page and dialog in both languages and both palettes into docs/images/window.

Usage: python docs/habits_screenshots.py [RECORDING]

Without a recording it takes the program's own demonstration, as `docs/screenshots.py` does.
"""

import os
import sys
import tempfile
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PIL import Image
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QDialog, QWidget
from screenshots import _demonstration, _settle

from crimeview.gui.app import application, compose
from crimeview.gui.settings import Language, Preferences, Theme
from crimeview.gui.widgets.command_palette import CommandPalette
from crimeview.gui.widgets.overlay import Overlay
from crimeview.gui.window import Window
from crimeview.gui.workspace import Scope
from crimeview.jobs.models import default_models
from crimeview.store.case import open_case

_IMAGES = Path(__file__).resolve().parent / "images" / "window"
_SIZE = (1280, 800)
_DIALOGS = ("settings", "case-settings", "edit-clock", "shortcuts", "edit-keys", "save-picture")
_LANGUAGES = (Language.ENGLISH, Language.KOREAN)


def main(arguments: list[str]) -> None:
    recording = Path(arguments[0]) if arguments else _demonstration()
    _IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for language in _LANGUAGES:
            for theme in Theme:
                ending = f"{language.value}-{theme.value}"
                _picture(folder, "empty", [], language=language, theme=theme, ending=ending)
                _picture(folder, "case", [recording], language=language, theme=theme, ending=ending)


def _picture(
    folder: Path,
    case: str,
    recordings: list[Path],
    *,
    language: Language,
    theme: Theme,
    ending: str,
) -> None:
    """Pictures of a case without recordings: the welcome and the tour; else of all others."""
    preferences = Preferences(folder / f"{ending}.json")
    preferences.change(language=language, theme=theme, reviewer="kim")
    window = compose(
        application(offscreen=True),
        open_case(folder / case),
        preferences=preferences,
        find_models=default_models,
    )
    window.resize(*_SIZE)
    window.show()
    window.begin(recordings)
    window.resize(*_SIZE)
    _settle(window)
    if recordings:
        _pages(window, ending)
        _dialogs(window, ending)
    else:
        _save(window, f"welcome-{ending}")
        window.commands["tour"].trigger()
    _overlay(window, "palette" if recordings else "tour", ending)
    window.close()


def _pages(window: Window, ending: str) -> None:
    for page in list(window.pages):
        window.parts.navigation.show(page.name)
        _settle(window)
        if page is window.pages[0]:
            window.show_highest_peak(Scope.CASE)
            _settle(window)
        _save(window, f"{page.name}-{ending}")
    window.parts.navigation.show(window.pages[0].name)


def _dialogs(window: Window, ending: str) -> None:
    for command_id in _DIALOGS:
        window.commands[command_id].trigger()
        _settle(window)
        for dialog in window.findChildren(QDialog):
            if dialog.isVisible():
                _save(dialog, f"{command_id}-{ending}")
                dialog.close()


def _overlay(window: Window, name: str, ending: str) -> None:
    if name == "palette":
        window.commands["palette"].trigger()
        for palette in window.findChildren(CommandPalette):
            palette.query.setText("seg")
    _settle(window)
    _save(window, f"{name}-{ending}")
    for overlay in window.findChildren(Overlay):
        overlay.put_away()


def _save(widget: QWidget, name: str) -> None:
    """As PNG of the 256 colors that fit best, a third of the size."""
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows, width, height = bytes(image.constBits()), image.width(), image.height()
    full = Image.frombuffer("RGB", (width, height), rows, "raw", "RGB", image.bytesPerLine(), 1)
    few = full.quantize(256, dither=Image.Dither.NONE)
    few.save(_IMAGES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main(sys.argv[1:])
