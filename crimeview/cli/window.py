"""What the command line knows of the window: how to open it, and whether there is a screen."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

# Platforms of Qt
_UNSEEN = ("offscreen", "minimal", "minimalegl")
_WITHOUT_SERVER = ("eglfs", "linuxfb", "vkkhrdisplay", "vnc")


class OpenWindow(Protocol):
    """Opens the window and gives its exit code; `snapshot` writes it as a picture instead."""

    def __call__(
        self, paths: Sequence[Path], *, case: Path | None, snapshot: Path | None
    ) -> int: ...


def has_display() -> bool:
    """Whether a window can be seen by somebody.

    Qt ends the process if it is asked for a window where there is no display.
    """
    # Qt takes several platforms to try, each with options: "wayland;xcb", "offscreen:size=1x1".
    wanted = os.environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if wanted in _UNSEEN:
        return False
    if sys.platform in ("win32", "darwin") or wanted in _WITHOUT_SERVER:
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
