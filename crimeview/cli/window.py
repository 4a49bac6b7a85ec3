"""What the command line knows of the window: how to open it, and whether there is a screen."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Protocol


class OpenWindow(Protocol):
    """Opens the window and gives its exit code; `snapshot` writes it as a picture instead."""

    def __call__(
        self, paths: Sequence[Path], *, case: Path | None, snapshot: Path | None
    ) -> int: ...


def has_display() -> bool:
    """Whether a window can be seen by somebody."""
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return False
    if sys.platform in ("win32", "darwin"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
