"""How quickly the window answers: pictures while dragging, the exact frame after it, steps, gaps.

The recording is an hour of 1080p with a keyframe every 10 s, analyzed as far as its strip of small
pictures goes. First everything is measured in a window at rest, then while another recording is
analyzed with tiny networks of the tests' making, so that decoding, not the network, competes.
Offscreen, software painted. Times in ms from the event to the end of the painting that shows it;
a step only to the frame's arrival. The gaps are silences of the event loop, own work the processor
time of the window's thread in them: on a machine that is busy otherwise only that tells.

Run as `python -m benchmarks.window_latency [--json FILE]`.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TypeVar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from benchmarks.recordings import Recipe, build
from crimeview.core.recording import Fingerprint, RecordingState
from crimeview.gui.app import application, compose
from crimeview.gui.settings import Preferences
from crimeview.gui.widgets.hover_preview import HoverPreview
from crimeview.gui.widgets.overview import Overview
from crimeview.gui.widgets.video_view import VideoView
from crimeview.gui.window import Window
from crimeview.jobs.strip import StripExtraction
from crimeview.store.case import Case, open_case
from crimeview.video.source import opened
from tests.gui.driven import pass_time
from tests.tiny_models import make_models

SIZE = (1440, 900)
RECIPE = Recipe(scene="day", gop=250)
HOUR = 3600.0
_CONTENT = Fingerprint(sha256="0" * 64, size=1)
_LOOK = 20  # ms
_DRAGS, _MOVES, _INTERVAL = 16, 60, 0.016  # a mouse reports about 60 times a second

Figures = dict[str, list[float]]
W = TypeVar("W", bound=QWidget)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures into this file too")
    parser.add_argument("--hours", type=float, default=1.0, help="length of the recording")
    args = parser.parse_args()
    loop = build(RECIPE)
    recording = build(RECIPE, seconds=args.hours * HOUR)
    competing = build(Recipe(scene="day", gop=50), seconds=HOUR / 2)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _prepare(folder / "case", recording, loop=loop)
        with _window(folder) as window:
            results = {"at rest": _measure(window)}
            window.begin([competing])
            _until(lambda: window.parts.analysis.running)
            window.parts.workspace.select_first()
            _until(lambda: _settled(window))
            results["while analyzing"] = _measure(window)
            if not window.parts.analysis.running:
                print("the analysis was over before the measurement was")
    _print(results)
    if args.json is not None:
        args.json.write_text(json.dumps(results, indent=1) + "\n")


def _prepare(folder: Path, recording: Path, *, loop: Path) -> None:
    """A case with the recording and its strip, which repeats like the recording itself."""
    with open_case(folder) as case, opened(recording) as source:
        recording_id = case.add_recording(recording)
        case.describe(recording_id, source.recording)
        case.set_fingerprint(recording_id, _CONTENT)
        pictures = _strip_of(loop, folder.with_name("loop"))
        writer = case.strips.writer(_CONTENT.sha256)
        for number in range(int(source.recording.duration // RECIPE.loop)):
            writer.append([(number * RECIPE.loop + time, jpeg) for time, jpeg in pictures])
        case.set_state(recording_id, RecordingState.DONE)


def _strip_of(path: Path, folder: Path) -> list[tuple[float, bytes]]:
    with open_case(folder) as case, opened(path) as source:
        recording_id = case.add_recording(path)
        case.set_fingerprint(recording_id, _CONTENT)
        strip = StripExtraction(source.recording, writer=case.strips.writer(_CONTENT.sha256))
        with closing(source.clips_together([(strip.spec, strip.cursor)])) as clips:
            for _, clip in clips:
                strip.add(clip)
        strip.store()
        return list(_all_pictures(case, recording_id, length=source.recording.duration))


def _all_pictures(case: Case, recording_id: int, *, length: float) -> Iterator[tuple[float, bytes]]:
    for second in range(int(length)):
        found = case.strips.picture(recording_id, float(second))
        if found is not None:
            yield found


@contextmanager
def _window(folder: Path) -> Iterator[Window]:
    models = make_models(folder / "models")
    window = compose(
        application(offscreen=True),
        open_case(folder / "case"),
        preferences=Preferences(folder / "settings.json"),
        find_models=lambda: models,
    )
    window.resize(*SIZE)
    window.show()
    window.begin([])
    _until(lambda: window.settled)
    try:
        yield window
    finally:
        window.close()


def _measure(window: Window) -> Figures:
    playhead = window.parts.workspace.playhead
    figures: Figures = {}
    heart = _Heartbeat()
    _wait(3.0)
    figures["gap"], figures["gap, own work"] = heart.stop()
    heart.start()
    pictures, releases, previews = _drag(window)
    figures["drag: a picture"], figures["drag: released, exact frame"] = pictures, releases
    figures["gap while dragging"], figures["gap while dragging, own work"] = heart.stop()
    print(f"while dragging {100 * np.mean(previews):.0f} % of the pictures were previews")
    random = np.random.default_rng(1)
    clicks = [_click(window, seconds) for seconds in random.uniform(0, playhead.end, 30)]
    figures["click: a picture"], figures["click: exact frame"] = map(
        list, zip(*clicks, strict=True)
    )
    playhead.seek(playhead.end / 2 + 4.0)
    _until(lambda: _settled(window))
    figures["step forward"] = [_step(window, 1) for _ in range(60)]
    figures["step back"] = [_step(window, -1) for _ in range(50)]
    figures["pointing at the overview: a picture"] = _hover(window)
    figures["strip lookup"] = _lookups(window, random.uniform(0, playhead.end, 300).tolist())
    return figures


def _drag(window: Window) -> tuple[list[float], list[float], list[bool]]:
    """Drag across the overview; times to a picture, times to the exact frame, and the previews."""
    overview, screen = _part(window, Overview), _Screen(window)
    playhead, left = window.parts.workspace.playhead, Qt.MouseButton.LeftButton
    random = np.random.default_rng(0)
    pictures, releases, previews = [], [], []
    for _ in range(_DRAGS):
        first, last = random.integers(0, overview.width(), 2)
        places = [QPoint(round(x), 20) for x in np.linspace(first, last, _MOVES)]
        QTest.mousePress(overview, left, pos=places[0])
        screen.await_exact()
        for place in places:
            before, began = playhead.position, time.perf_counter()
            QTest.mouseMove(overview, place)
            if playhead.position != before:
                pictures.append(1000 * (screen.await_picture() - began))
                previews.append(screen.view.shows_preview)
            _wait(max(0.001, began + _INTERVAL - time.perf_counter()))
        began = time.perf_counter()
        QTest.mouseRelease(overview, left, pos=places[-1])
        releases.append(1000 * max(0.0, screen.await_exact() - began))
    return pictures, releases, previews


def _click(window: Window, seconds: float) -> tuple[float, float]:
    """Times to a picture and to the exact frame."""
    screen = _Screen(window)
    began = time.perf_counter()
    window.parts.workspace.playhead.seek(seconds)
    picture = screen.await_picture()
    return 1000 * (picture - began), 1000 * (screen.await_exact() - began)


def _step(window: Window, frames: int) -> float:
    screen = _Screen(window)
    began = time.perf_counter()
    window.parts.workspace.playhead.step(frames)
    return 1000 * (screen.await_exact() - began)


def _hover(window: Window) -> list[float]:
    """Move over the overview without a button; times to the picture above the pointer."""
    overview = _part(window, Overview)
    screen = _Screen(window, _part(window, HoverPreview))
    times = []
    for x in range(10, overview.width() - 10, 12):
        began = time.perf_counter()
        QTest.mouseMove(overview, QPoint(x, 20))
        times.append(1000 * (screen.await_picture() - began))
        _wait(_INTERVAL)
    return times


def _lookups(window: Window, moments: Sequence[float]) -> list[float]:
    case = window.parts.workspace.case
    recording = window.parts.workspace.recording
    assert recording is not None
    found = []
    for seconds in moments:
        began = time.perf_counter()
        case.strips.picture(recording.id, seconds)
        found.append(1000 * (time.perf_counter() - began))
    return found


class _Screen(QObject):
    """Tells when a widget has been painted, with everything else that was to be painted.

    The widget is the video's unless another is named.
    """

    def __init__(self, window: Window, watched: QWidget | None = None) -> None:
        super().__init__()
        self.view = _part(window, VideoView)
        self._window = window
        self._loop = QEventLoop()
        self._painted = 0.0
        (watched or self.view).installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 (Qt's own name)
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._on_painted)  # after all widgets have been
        return False

    def await_picture(self) -> float:
        """When the next picture has been painted."""
        self._loop.exec()
        return self._painted

    def await_exact(self) -> float:
        """When the frame asked for has been painted, which may be long ago."""
        while not _settled(self._window):
            QTimer.singleShot(_LOOK, self._loop.quit)  # the curve may settle after the picture
            self._loop.exec()
        return self._painted

    def _on_painted(self) -> None:
        self._painted = time.perf_counter()
        self._loop.quit()


class _Heartbeat:
    """Ticks every 5 ms of an idle event loop."""

    def __init__(self) -> None:
        self._gaps: list[float] = []
        self._own: list[float] = []
        self._timer = QTimer(interval=5, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_tick)
        self.start()

    def start(self) -> None:
        self._gaps, self._own = [], []
        self._last, self._last_own = time.perf_counter(), time.thread_time()
        self._timer.start()

    def stop(self) -> tuple[list[float], list[float]]:
        """The gaps and the own work since the start."""
        self._timer.stop()
        return self._gaps, self._own

    def _on_tick(self) -> None:
        now, own = time.perf_counter(), time.thread_time()
        self._gaps.append(1000 * (now - self._last))
        self._own.append(1000 * (own - self._last_own))
        self._last, self._last_own = now, own


def _part(window: Window, kind: type[W]) -> W:
    found = window.findChild(kind)
    assert isinstance(found, kind)
    return found


def _until(condition: Callable[[], bool], *, patience: float = 600.0) -> None:
    deadline = time.monotonic() + patience
    while not condition():
        if time.monotonic() > deadline:
            raise TimeoutError
        pass_time(5)


def _settled(window: Window) -> bool:
    return all(page.settled for page in window.pages)


def _wait(seconds: float) -> None:
    pass_time(round(seconds * 1000))


def _print(results: dict[str, Figures]) -> None:
    print("| | what | p50 | p95 | p99 | max |")
    print("|---|---|---|---|---|---|")
    for state, figures in results.items():
        for what, values in figures.items():
            columns = [*np.percentile(values, [50, 95, 99]), max(values)]
            print(f"| {state} | {what} | " + " | ".join(f"{v:.1f}" for v in columns) + " |")


if __name__ == "__main__":
    main()
