"""The window's wall, measured: for how long its thread is held while it shows many cameras.

Usage: python -m benchmarks.wall_window [--cameras N] [--seconds S] [--profile FILE]

The cameras are one file of 720p, played as so many cameras; see `benchmarks.live`. By the clock the
longest hold counts waiting for the interpreter and for the processor too, which other programs
lengthen: let nothing else run.
"""

import argparse
import cProfile
import os
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, QTimer

from benchmarks.live import footage
from benchmarks.watchdog import Blocks, watched
from crimeview.core.address import camera_of
from crimeview.gui.app import application, compose
from crimeview.gui.settings import Preferences
from crimeview.gui.window import Window
from crimeview.jobs.models import default_models
from crimeview.store.case import open_case

_SIZE = (1440, 900)


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cameras", type=int, default=9)
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--profile", type=Path)
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_case(folder / "case") as case:
            made = [f"camera {n}={footage()}" for n in range(options.cameras)]
            case.live.set_cameras([camera_of(text, looped=True) for text in made])
        settings = folder / "settings.json"
        settings.write_text('{"language": "en", "novelty": false}', encoding="utf-8")
        window = compose(
            application(offscreen=True),
            open_case(folder / "case"),
            preferences=Preferences(settings),
            find_models=default_models,
        )
        window.resize(*_SIZE)
        window.show()
        window.begin([])
        window.parts.navigation.show("wall")
        run_until(lambda: bool(window.parts.wall.cameras), seconds=10.0)
        measure(window, options.cameras, options.seconds, options.profile)
        window.close()


def measure(window: Window, cameras: int, seconds: float, profile: Path | None) -> None:
    watching = window.parts.watching
    stored = window.parts.wall
    watching.start()
    names = [camera.name for camera in stored.cameras]
    run_until(lambda: all(watching.picture(n) is not None for n in names), seconds=60.0)
    run_until(lambda: False, seconds=3.0)
    profiler = cProfile.Profile() if profile is not None else None
    before = {n: p.number for n in names if (p := watching.picture(n)) is not None}
    with watched() as blocks:
        if profiler is not None:
            profiler.enable()
        run_until(lambda: False, seconds=seconds)
        if profiler is not None:
            profiler.disable()
            profiler.dump_stats(str(profile))
    after = {n: p.number for n in names if (p := watching.picture(n)) is not None}
    made = sum(after[n] - before.get(n, 0) for n in after) / seconds / cameras
    tell(cameras, blocks, made)


def tell(cameras: int, blocks: Blocks, made: float) -> None:
    print(
        f"wall of {cameras} cameras, 720p: the window's thread was held {blocks.wall:.0f} ms at "
        f"most by the clock, {blocks.own:.0f} ms of its own processor time; {made:.1f} pictures a "
        f"second and camera; load of the machine {os.getloadavg()[0]:.1f}"
    )


def run_until(condition: Callable[[], bool], *, seconds: float) -> None:
    """Let the window live until it holds, or for so long."""
    until = time.monotonic() + seconds
    while not condition() and time.monotonic() < until:
        loop = QEventLoop()
        QTimer.singleShot(20, loop.quit)
        loop.exec()


if __name__ == "__main__":
    main(sys.argv[1:])
