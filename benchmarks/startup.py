"""How long the command line takes to answer, and the window to be painted.

Each is started again and again in turn; the clock runs from the start of the process. A window is
painted when its first paint event has been dealt with, and complete when nothing on it changes any
more. Beside it stands an empty window of Qt's, which is the limit. Windows need a screen: a virtual
one (Xvfb) if that is installed, else the one there is. Disk caches are warm, as the first round is
not counted. Run as `python benchmarks/startup.py [--json FILE]`.
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import numpy as np

from crimeview.core.recording import Fingerprint
from crimeview.core.segment import Segment
from crimeview.core.track import Track, TrackKind
from crimeview.store.case import open_case
from crimeview.video.encode import VideoWriter
from crimeview.video.source import opened

COMMANDS = (["--help"], ["analyze", "--help"], ["models", "list"])
REPEATS = 7
RECORDINGS = 4
LENGTH = 20  # s of each
TARGET = 1.0  # s from start to painted

# Runs the program and prints the time at its first painting, and when nothing changes any more.
_WINDOW = """
import sys, time
import crimeview.gui.window as module
from crimeview.__main__ import main
from PySide6.QtCore import QTimer

def painted(self, event):
    if not hasattr(self, "looking"):
        self.looking = QTimer(interval=5, timeout=lambda: look(self))
        QTimer.singleShot(0, lambda: tell(self))

def tell(window):
    print("painted", time.time(), time.process_time(), flush=True)
    window.looking.start()

def look(window):
    if window.settled and window.parts.workspace.recording is not None:
        print("complete", time.time(), time.process_time(), flush=True)
        window.looking.stop()
        window.close()

module.Window.paintEvent = painted
sys.exit(main())
"""
_EMPTY_WINDOW = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow

class Window(QMainWindow):
    def paintEvent(self, event):
        QTimer.singleShot(0, self.tell)

    def tell(self):
        print("painted", time.time(), time.process_time(), flush=True)
        self.close()

app = QApplication(sys.argv)
window = Window()
window.resize(1440, 900)
window.show()
app.exec()
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the figures into this file")
    file = parser.parse_args().json
    with tempfile.TemporaryDirectory() as name, _screen() as screen:
        starts: dict[str, Callable[[], dict[str, float]]] = {
            " ".join(["crimeview", *command]): partial(_command, command) for command in COMMANDS
        }
        if screen is None:
            print("There is no screen and no Xvfb: windows are left out.", file=sys.stderr)
        else:
            case = _case(Path(name))
            environment = os.environ | screen | {"HOME": name}
            starts["an empty window of Qt"] = lambda: _shown(_EMPTY_WINDOW, [], environment)
            starts["crimeview, window"] = lambda: _shown(_WINDOW, ["open", str(case)], environment)
        rows = _in_turn(starts)
    _report(rows)
    if file is not None:
        file.write_text(json.dumps({"target_s": TARGET, "rows": rows}, indent=2) + "\n")


def _in_turn(starts: Mapping[str, Callable[[], dict[str, float]]]) -> list[dict[str, object]]:
    runs: dict[tuple[str, str], list[float]] = {}
    for number in range(REPEATS + 1):
        for name, start in starts.items():
            for what, seconds in start().items():
                if number:  # the first one warms the disk cache
                    runs.setdefault((name, what), []).append(seconds)
    return [
        {"start": name, "until": what, "median": statistics.median(s), "slowest": max(s)}
        for (name, what), s in runs.items()
    ]


def _command(command: list[str]) -> dict[str, float]:
    began = time.time()
    subprocess.run([sys.executable, "-m", "crimeview", *command], check=True, capture_output=True)
    return {"it has answered": time.time() - began}


def _shown(script: str, arguments: list[str], environment: Mapping[str, str]) -> dict[str, float]:
    began = time.time()
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments],
        check=True,
        capture_output=True,
        text=True,
        timeout=60,
        env=environment,
    )
    figures: dict[str, float] = {}
    for line in done.stdout.splitlines():
        event, moment, processor = line.split()
        figures[f"it is {event}"] = float(moment) - began
        figures[f"it is {event}, processor time"] = float(processor)
    return figures


@contextmanager
def _screen() -> Iterator[dict[str, str] | None]:
    """What the environment needs for a window; None where there can be none."""
    if shutil.which("Xvfb") is None:
        seen = sys.platform != "linux" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
        yield {} if seen else None
        return
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24"]
    with subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL) as server:
        os.close(write)
        with os.fdopen(read) as pipe:
            display = f":{pipe.readline().strip()}"
        yield {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        server.terminate()


def _case(folder: Path) -> Path:
    """A case of some short recordings with their scores."""
    random = np.random.default_rng(0)
    with open_case(folder / "case") as case:
        for number in range(RECORDINGS):
            path = _record(folder / f"camera{number}.mp4", shade=40 * number)
            recording = case.add_recording(path)
            with opened(path) as source:
                case.describe(recording, source.recording)
            case.set_fingerprint(recording, Fingerprint(sha256=f"{number:064}", size=1))
            run = case.analyses.begin(
                recording,
                encoder_sha256="e",
                scorer_sha256="s",
                clip_key="c",
                settings_json=json.dumps({"rule": {"threshold": 0.5}}),
            )
            starts = np.arange(LENGTH * 25) / 25
            times = np.column_stack([starts, starts + 1 / 25])
            scores = random.random(len(starts)).astype(np.float32)
            case.analyses.save_track(run, Track(TrackKind.FRAME_SCORES, times, scores))
            segments = [
                Segment(start=s, end=s + 4.0, peak=0.9, peak_time=s, mean=0.6) for s in (3.0, 12.0)
            ]
            case.replace_segments(recording, run, segments)
    return folder / "case"


def _record(path: Path, *, shade: int) -> Path:
    with VideoWriter(path, rate=25, width=640, height=360) as video:
        for number in range(LENGTH * 25):
            picture = np.full((360, 640, 3), shade, np.uint8)
            picture[100:200, number % 500 : number % 500 + 80] = 200
            video.write(picture)
    return path


def _report(rows: list[dict[str, object]]) -> None:
    print("| start of | until | median s | slowest s |")
    print("|---|---|---|---|")
    for row in rows:
        print(f"| {row['start']} | {row['until']} | {row['median']:.2f} | {row['slowest']:.2f} |")


if __name__ == "__main__":
    main()
