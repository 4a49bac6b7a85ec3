"""How long it takes until segments by another rule are on the screen, for a day of scores.

A day at 30 scores a second (2.6 million) of a busy street, in which the usual rule finds some 5,000
segments, in a real window of 1920x1080 on the screen there is, else without one. The sliders of the
rule are dragged; times are from the rule to its segments in list, curve and overview, and the
longest that the window's own thread worked in one go. Run as
`python benchmarks/resegmenting.py [--json FILE]`.
"""

import argparse
import json
import os
import sys
import tempfile
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtWidgets import QApplication

from crimeview.core.recording import ClockSource, Fingerprint, Recording, RecordingState
from crimeview.core.segment import SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.gui.app import application, compose
from crimeview.gui.settings import Preferences
from crimeview.gui.window import Window
from crimeview.jobs.models import default_models
from crimeview.store.case import Case, open_case
from tests.gui.watchdog import Watchdog

DAY, RATE = 86_400, 30
RULE = SegmentRule(threshold=0.4)
SIZE = (1920, 1080)
TARGET, BLOCKED = 100.0, 50.0  # ms
THRESHOLDS = tuple(0.38 + 0.01 * number for number in range(40))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One move of a slider: times in milliseconds."""

    segments: int
    finding: float
    shown: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the figures into this file")
    file = parser.parse_args().json
    app = application(offscreen=not (os.environ.get("DISPLAY") or sys.platform != "linux"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = open_case(folder / "case")
        store_day(case)
        window = compose(
            app,
            case,
            preferences=Preferences(folder / "settings.json"),
            find_models=default_models,
        )
        window.resize(*SIZE)
        window.show()
        window.begin([])
        rows, blocked = measure(app, window)
        window.close()
    figures = report(rows, blocked)
    if file is not None:
        file.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def store_day(case: Case) -> None:
    """A day of scores with their segments by `RULE`."""
    random = np.random.default_rng(0)
    clips = random.beta(1.2, 6.0, DAY * RATE // 16 + 2)
    values = np.interp(np.arange(DAY * RATE), np.arange(len(clips)) * 16, clips)
    starts = np.arange(DAY * RATE) / RATE
    times = np.column_stack([starts, starts + 1 / RATE])
    track = Track(TrackKind.FRAME_SCORES, times, values.astype(np.float32))
    number = case.add_recording(Path("day.mp4"))
    case.set_fingerprint(number, Fingerprint(sha256="0" * 64, size=1))
    case.describe(
        number,
        Recording(
            path=Path("day.mp4"),
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
    run = case.begin_run(
        number,
        encoder_sha256="e",
        scorer_sha256="s",
        clip_key="c",
        settings_json=json.dumps({"rule": asdict(RULE)}),
    )
    case.save_track(run, track)
    case.replace_segments(number, run, find_segments(track, RULE))
    case.set_state(number, RecordingState.DONE)


def measure(app: QApplication, window: Window) -> tuple[list[Moved], float]:
    """Each move, and the longest (ms) that the window's thread worked in one go meanwhile."""
    settle(app, window)
    workspace, thresholding = window.parts.workspace, window.parts.thresholding
    thresholding.try_rule(replace(RULE, threshold=0.399))  # reads the scores
    settle(app, window)
    recording = workspace.recording
    assert recording is not None, "the first is selected"
    track = workspace.case.track(recording.id, TrackKind.FRAME_SCORES)
    assert track is not None, "it was stored"
    rows = []
    watchdog = Watchdog()
    for threshold in THRESHOLDS:
        rule = replace(RULE, threshold=threshold)
        began = time.perf_counter()
        thresholding.try_rule(rule)
        while thresholding.busy:
            app.processEvents()
            time.sleep(0.001)  # else this thread keeps the interpreter from the one that finds
        app.processEvents()
        shown = time.perf_counter() - began
        rows.append((rule, len(workspace.listed), shown))
    blocked = watchdog.stop() * 1000
    moves = []
    for rule, count, shown in rows:
        began = time.perf_counter()
        find_segments(track, rule)
        finding = time.perf_counter() - began
        moves.append(Moved(segments=count, finding=finding * 1000, shown=shown * 1000))
    return moves, blocked


def settle(app: QApplication, window: Window) -> None:
    still = 0
    while still < 5:
        app.processEvents()
        time.sleep(0.02)
        still = still + 1 if window.settled else 0


def report(moves: list[Moved], blocked: float) -> dict[str, float]:
    finding, shown = (np.array([getattr(m, name) for m in moves]) for name in ("finding", "shown"))
    counts = [move.segments for move in moves]
    figures = {
        "segments_most": max(counts),
        "segments_least": min(counts),
        "finding_median_ms": float(np.median(finding)),
        "finding_p95_ms": float(np.percentile(finding, 95)),
        "shown_median_ms": float(np.median(shown)),
        "shown_p95_ms": float(np.percentile(shown, 95)),
        "longest_in_one_go_ms": blocked,
        "target_ms": TARGET,
        "blocked_target_ms": BLOCKED,
    }
    print(f"A day of scores, {min(counts)} to {max(counts)} segments, {len(moves)} moves:\n")
    print("| | median ms | 95th percentile ms |\n|---|---|---|")
    print(f"| finding the segments | {np.median(finding):.0f} | {np.percentile(finding, 95):.0f} |")
    print(
        f"| from the rule to the screen, with a wait of 10 ms that gathers moves | "
        f"{np.median(shown):.0f} | {np.percentile(shown, 95):.0f} |"
    )
    print(f"\nThe window's thread worked {blocked:.0f} ms in one go at most.")
    return figures


if __name__ == "__main__":
    main()
