"""What all scripts that take pictures of the window share: a screen, a home, and how it is saved.

To be imported before anything of Qt is used.
"""

import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from crimeview.gui.app import application
from crimeview.gui.widgets.notice import Notice
from crimeview.gui.window import Window

IMAGES = Path(__file__).resolve().parent / "images"
_HOME = Path("/home/ana")  # paths are in the pictures: such as a person has
_SCREEN = (1920, 1200)  # with Qt's own, 800 by 800, dialogs are cut off


@contextmanager
def at_home() -> Iterator[Path]:
    """A home with a log of its own, in a process that has a screen nobody sees; gone afterwards.

    Raises SystemExit where it is somebody's.
    """
    if _HOME.exists():
        raise SystemExit(f"{_HOME} is there already; the pictures are taken where it is not.")
    try:
        _HOME.mkdir(parents=True)
    except OSError as error:
        raise SystemExit(f"{_HOME} cannot be made ({error}); run it in a container.") from error
    with tempfile.TemporaryDirectory() as name:
        screens = Path(name) / "screens.json"
        width, height = _SCREEN
        screen = {"name": "screen", "x": 0, "y": 0, "width": width, "height": height,
                  "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1}  # fmt: skip
        screens.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={screens}"
        os.environ["HOME"] = str(_HOME)
        for known_as in ("USER", "LOGNAME", "USERNAME"):
            os.environ[known_as] = _HOME.name
        for kind in ("CONFIG", "DATA", "CACHE", "STATE"):
            os.environ.pop(f"XDG_{kind}_HOME", None)
        application(offscreen=False)
        try:
            yield _HOME
        finally:
            shutil.rmtree(_HOME, ignore_errors=True)


def settle(window: Window) -> None:
    still = 0
    while still < 5:
        pass_time(50)
        still = still + 1 if window.settled else 0


def pass_time(milliseconds: int) -> None:
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def save(widget: QWidget, name: str) -> None:
    """As PNG below `docs/images`, without what was noticed; the colors are those of the screen."""
    for notice in widget.findChildren(Notice):
        notice.hide()
    pass_time(50)
    image = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB888)
    rows, width, height = bytes(image.constBits()), image.width(), image.height()
    full = Image.frombuffer("RGB", (width, height), rows, "raw", "RGB", image.bytesPerLine(), 1)
    path = IMAGES / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    full.save(path, optimize=True)
