"""How long the window takes from another visible span of a day's scores to its being painted.

A day of scores at 30 a second (2.6 million rows) with the probability of violence beside them,
5,000 segments and 20,000 skipped spans, in a real window of 1920x1080 on the screen there is, else
without one. Pans and zooms at several spans. Times are milliseconds of the clock and of the
window's own thread: only the latter tell on a machine that is busy with other things. Run as
`python benchmarks/curves_window.py [--json FILE]`.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtWidgets import QApplication

from benchmarks.day_window import DAY, RATE, SHA256, begin_day, screen_or_none, settle, shown
from crimeview.core.clip import ClipCursor
from crimeview.core.look import CELLS, Gate, Look
from crimeview.core.recording import RecordingState
from crimeview.core.segment import Segment, SegmentRule
from crimeview.core.track import Track, TrackKind
from crimeview.gui.widgets.score_curve import ScoreCurve
from crimeview.gui.window import Window
from crimeview.store.case import Case, open_case

SEGMENTS, SKIPPED = 5000, 20_000
SPANS = {"24 h": DAY, "12 h": DAY / 2, "1 h": 3600.0, "10 min": 600.0, "1 min": 60.0, "5 s": 5.0}
MOVES = 120
TARGET = 16.0  # ms, 95th percentile


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the figures into this file")
    file = parser.parse_args().json
    app = screen_or_none()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        case = open_case(folder / "case")
        store_day(case)
        window = shown(app, case, settings=folder / "settings.json")
        rows = list(_measure(app, window))
        window.close()
    _report(rows)
    if file is not None:
        file.write_text(json.dumps({"target_ms": TARGET, "rows": rows}, indent=2) + "\n")


def store_day(case: Case) -> None:
    random = np.random.default_rng(0)
    recording, run = begin_day(case, rule=SegmentRule(threshold=0.5))
    for kind, rate in ((TrackKind.FRAME_SCORES, RATE), (TrackKind.VIOLENCE, 2)):
        values = random.random(round(DAY * rate)).astype(np.float32)
        case.analyses.save_track(run, Track(kind, _times(len(values), 1 / rate), values))
    apart = DAY / SEGMENTS
    case.replace_segments(
        recording,
        run,
        [
            Segment(start=i * apart, end=i * apart + 8, peak=0.9, peak_time=i * apart, mean=0.6)
            for i in range(SEGMENTS)
        ],
    )
    _store_skipped(case)
    case.set_state(recording, RecordingState.DONE)


def _store_skipped(case: Case) -> None:
    """Two clips that were skipped, two that were not, all day."""
    writer = case.analyses.feature_writer(SHA256, encoder_sha256="e", clip_key="c")
    count = 4 * SKIPPED
    times = _times(count, DAY / count)
    number = np.arange(count)
    looks = np.where(number % 4 < 2, Look.SKIPPED_BY_KEYFRAMES, Look.ANALYZED)
    cursor = ClipCursor(origin=0.0, index=count, last_frame=DAY)
    everything = np.array([[0.0, DAY]])
    writer.save_gate(
        Gate(
            kept=everything,
            audited=np.empty((0, 2)),
            refusal=None,
            spacing=1.0,
            clock=np.zeros(CELLS, np.bool_),
        )
    )
    features = np.zeros((count, 1), np.float16)
    writer.append(
        times, features, times, cursor, looks=[Look(look) for look in looks.tolist()], damage=None
    )


def _times(count: int, length: float) -> NDArray[np.float64]:
    starts = np.arange(count) * length
    return np.column_stack([starts, starts + length])


def _measure(app: QApplication, window: Window) -> Iterator[dict[str, float | str]]:
    curve = window.findChild(ScoreCurve)
    assert isinstance(curve, ScoreCurve)
    settle(app, window)
    for label, span in SPANS.items():
        room = DAY - span

        def pan(number: int, span: float = span, room: float = room) -> None:
            start = 0.25 * room + number * span / 100
            curve.time_scale.show(start, start + span)

        def zoom(number: int, span: float = span, room: float = room) -> None:
            center = 0.25 * room + span / 3
            curve.time_scale.zoom(0.98 if number % 20 < 10 else 1 / 0.98, center=center)

        if room:
            yield _timed(app, curve, f"pan, {label}", pan)
        pan(0)
        settle(app, window)
        yield _timed(app, curve, f"zoom, about {label}", zoom)


def _timed(
    app: QApplication, curve: ScoreCurve, label: str, move: Callable[[int], None]
) -> dict[str, float | str]:
    wall, own = [], []
    for number in range(MOVES):
        began, own_began = time.perf_counter(), time.thread_time()
        move(number)
        while not curve.settled:
            app.processEvents()
        app.processEvents()  # paints what was asked to be painted
        wall.append(1000 * (time.perf_counter() - began))
        own.append(1000 * (time.thread_time() - own_began))
    return {
        "what": label,
        "p50": round(float(np.percentile(wall, 50)), 2),
        "p95": round(float(np.percentile(wall, 95)), 2),
        "own_p50": round(float(np.percentile(own, 50)), 2),
        "own_p95": round(float(np.percentile(own, 95)), 2),
    }


def _report(rows: list[dict[str, float | str]]) -> None:
    print("| set range to painted | p50 ms | p95 ms | own p50 ms | own p95 ms |")
    print("|---|---|---|---|---|")
    for row in rows:
        print("| {what} | {p50} | {p95} | {own_p50} | {own_p95} |".format(**row))


if __name__ == "__main__":
    main()
