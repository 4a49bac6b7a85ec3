"""How responsive the window is: gaps of its event loop and the time to a frame, while analyzing.

Uses a recording rendered for the occasion (1080p, 25 frames/s, 60 s) and tiny networks of the
tests' making, so that decoding, not the network, competes with the window. Offscreen, software
painted. Times in ms.
"""

import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import Qt, QTimer

from crimeview.gui.app import application, compose
from crimeview.gui.settings import Preferences
from crimeview.gui.window import Window
from crimeview.store.case import open_case
from crimeview.video.encode import VideoWriter
from tests.gui.driven import pass_time
from tests.tiny_models import make_models

_RATE, _SECONDS, _SIZE = 25, 60, (1080, 1920)


class Heartbeat:
    """Ticks every 5 ms of an idle event loop.

    `gaps` are the silences that a person would feel, `own` the processor time that the window's
    thread itself took in them: on a machine busy with other things only the latter tells.
    """

    def __init__(self) -> None:
        self.gaps: list[float] = []
        self.own: list[float] = []
        self._last = time.perf_counter()
        self._last_own = time.thread_time()
        self._timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self._timer.start()

    def restart(self) -> None:
        self.gaps.clear()
        self.own.clear()
        self._last, self._last_own = time.perf_counter(), time.thread_time()

    def _on_tick(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        self.gaps.append(1000 * (now - self._last))
        self.own.append(1000 * (own - self._last_own))
        self._last, self._last_own = now, own


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        models = make_models(folder / "models")
        recording = _record(folder / "street.mp4")
        window = compose(
            application(offscreen=True),
            open_case(folder / "case"),
            preferences=Preferences(folder / "settings.json"),
            find_models=lambda: models,
        )
        window.resize(1440, 900)
        window.show()
        _measure(window, recording)
        window.close()


def _measure(window: Window, recording: Path) -> None:
    playhead = window.parts.workspace.playhead
    heart = Heartbeat()
    print(f"{'':34}{'p50':>8}{'p95':>8}{'p99':>8}{'max':>8}")
    window.begin([recording])
    _until(lambda: window.parts.analysis.running)
    heart.restart()
    _wait(4.0)
    _report_heart("while analyzing", heart)
    playhead.play()
    heart.restart()
    _wait(4.0)
    playhead.pause()
    _report_heart("analyzing and playing", heart)
    heart.restart()
    for number in range(150):
        playhead.seek(number * 0.3)
        _wait(0.02)
    _report_heart("analyzing and dragging", heart)
    _until(lambda: window.settled, patience=600)
    heart.restart()
    _wait(1.0)
    _report_heart("at rest", heart)
    random = np.random.default_rng(0)
    _report("seek to a random frame", [_seek(window, s) for s in random.uniform(0, 59, 40)])
    _report("step forward", [_step(window, 1) for _ in range(60)])
    _report("step back", [_step(window, -1) for _ in range(50)])
    playhead.seek(5.0)
    _until(lambda: window.settled)
    playhead.set_speed(1.0)
    playhead.play()
    began, start = time.perf_counter(), playhead.position
    _wait(5.0)
    pace = (playhead.position - start) / (time.perf_counter() - began)
    playhead.pause()
    print(f"playing 1080p at 1x: {pace:.3f} s of video a second")


def _seek(window: Window, seconds: float) -> float:
    return _timed(window, lambda: window.parts.workspace.playhead.seek(seconds))


def _step(window: Window, frames: int) -> float:
    return _timed(window, lambda: window.parts.workspace.playhead.step(frames))


def _timed(window: Window, act: Callable[[], None]) -> float:
    began = time.perf_counter()
    act()
    _until(lambda: all(page.settled for page in window.pages))
    return 1000 * (time.perf_counter() - began)


def _until(condition: Callable[[], bool], *, patience: float = 60.0) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        pass_time(1)


def _wait(seconds: float) -> None:
    pass_time(round(seconds * 1000))


def _report_heart(what: str, heart: Heartbeat) -> None:
    _report(f"gap, {what}", heart.gaps)
    _report(f"own work, {what}", heart.own)


def _report(what: str, values: Sequence[float]) -> None:
    p50, p95, p99 = np.percentile(values, [50, 95, 99])
    print(f"{what:34}{p50:8.1f}{p95:8.1f}{p99:8.1f}{max(values):8.1f}")


def _record(path: Path) -> Path:
    height, width = _SIZE
    random = np.random.default_rng(0)
    ground = random.integers(0, 255, (height // 8, width // 8, 3), np.uint8)
    ground = ground.repeat(8, axis=0).repeat(8, axis=1)
    with VideoWriter(path, rate=_RATE, width=width, height=height) as video:
        for number in range(_RATE * _SECONDS):
            picture = ground.copy()
            left = number * 7 % (width - 200)
            picture[400:600, left : left + 200] = 255 * (number % 2)
            video.write(picture)
    return path


if __name__ == "__main__":
    main()
