"""A day of scores in a window, for measuring how quickly that answers."""

import gc
import json
import os
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from PySide6.QtWidgets import QApplication

from crimeview.core.recording import ClockSource, Fingerprint, Recording
from crimeview.core.segment import SegmentRule
from crimeview.gui.app import application, compose
from crimeview.gui.first_paint import FirstPaint
from crimeview.gui.settings import Preferences
from crimeview.gui.window import Window
from crimeview.jobs.models import default_models
from crimeview.store.case import Case

DAY, RATE = 86_400, 30  # s, scores a second
SHA256 = "0" * 64  # of the recording that is not there
SIZE = (1920, 1080)
_PATIENCE, _STILL = 20.0, 0.1  # s


def begin_day(
    case: Case, *, rule: SegmentRule, settings: Mapping[str, object] | None = None
) -> tuple[int, int]:
    """Add a recording of a day, and an analysis of it by that rule and more; gives their ids."""
    path = Path("day.mp4")
    number = case.add_recording(path)
    case.set_fingerprint(number, Fingerprint(sha256=SHA256, size=1))
    case.describe(
        number,
        Recording(
            path=path,
            duration=float(DAY),
            width=1920,
            height=1080,
            frame_rate=RATE,
            codec="h264",
            container="mp4",
            rotation=0,
            clock=ClockSource.TIMESTAMPS,
        ),
    )
    run = case.analyses.begin(
        number,
        encoder_sha256="e",
        scorer_sha256="s",
        clip_key="c",
        settings_json=json.dumps({"rule": asdict(rule), **(settings or {})}),
    )
    return number, run


def screen_or_none() -> QApplication:
    """The application on the screen there is, else without one."""
    return application(offscreen=not (os.environ.get("DISPLAY") or sys.platform != "linux"))


def shown(app: QApplication, case: Case, *, settings: Path) -> Window:
    """A window on the case, of 1920x1080, with settings of its own in that file."""
    window = compose(app, case, preferences=Preferences(settings), find_models=default_models)
    gc.freeze()  # as the application does
    window.resize(*SIZE)
    window.show()
    FirstPaint(window, window.parts.tasks.turns, lambda: window.begin([]))
    return window


def settle(app: QApplication, window: Window) -> None:
    """Let the window come to rest; raises RuntimeError where it does not."""
    deadline = time.monotonic() + _PATIENCE
    since = time.monotonic()
    while time.monotonic() - since < _STILL:
        app.processEvents()
        time.sleep(0.01)
        if not window.settled:
            since = time.monotonic()
        if time.monotonic() > deadline:
            raise RuntimeError("the window does not come to rest")
