"""How a case with a day of scores and 5,000 segments feels in the window.

A day of scores at 30 a second with the probability of violence beside them and 5,000 segments, half
of which are reviewed, in a real window of 1920x1080 on the screen there is, else without one. How
long opening takes until nothing changes any more, in a new window and in one that shows another
case, one step of scrolling, a decision until it is painted, and until it is stored and read again;
and how long the window's own thread is held at most meanwhile. Run as
`python benchmarks/review_window.py [--json FILE]`.
"""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from benchmarks.curves_window import store_day
from benchmarks.day_window import DAY, screen_or_none, settle, shown
from benchmarks.watchdog import Blocks, watched
from crimeview.core.edit import Edit
from crimeview.core.review import ReviewState
from crimeview.core.segment import Segment
from crimeview.gui.widgets.filter_bar import FilterBar
from crimeview.gui.widgets.segment_list import SegmentList
from crimeview.gui.window import Window
from crimeview.jobs.listing import Column
from crimeview.jobs.review import Reviewer, judged
from crimeview.store.case import Case, open_case

SEGMENTS = 5000
TARGETS = {"open": 2000.0, "scroll": 1000 / 60, "block": 50.0}  # ms
_SCROLLS, _DECISIONS, _OPENINGS = 300, 40, 3
_LOOK_EVERY, _STILL = 5, 10  # ms, and looks in a row that find nothing under way


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A measured thing: milliseconds, medians and 95th percentiles, and the longest block."""

    what: str
    p50: float
    p95: float
    own_p95: float
    block_wall: float
    block_own: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--json", type=Path, help="write the figures into this file")
    file = parser.parse_args().json
    app = screen_or_none()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_case(folder / "case") as case:
            store_many(case)
        rows = measure(app, folder)
    _report(rows)
    if file is not None:
        values = [{name: getattr(row, name) for name in Row.__slots__} for row in rows]
        file.write_text(json.dumps({"targets_ms": TARGETS, "rows": values}, indent=2) + "\n")


def store_many(case: Case, *, segments: int = SEGMENTS) -> None:
    """A day with that many segments, every other one reviewed."""
    store_day(case)
    random = np.random.default_rng(0)
    starts = np.arange(segments) * (DAY / segments) + random.uniform(0, 9, segments)
    peaks = random.uniform(0.5, 1.0, segments)
    run = case.analyses.newest()
    assert run is not None
    found = [
        Segment(start=a, end=a + 8, peak=p, peak_time=a + 3, mean=p / 2)
        for a, p in zip(starts.tolist(), peaks.tolist(), strict=True)
    ]
    case.replace_segments(run.recording_id, run.id, found)
    by = Reviewer.at_present("bench")
    states = (ReviewState.CONFIRMED, ReviewState.DISMISSED, ReviewState.UNSURE)
    half = case.segments()[::2]
    edits = [judged(half[n :: len(states)], state, by=by) for n, state in enumerate(states)]
    for edit in edits:
        assert isinstance(edit, Edit)
        case.edits.make(edit, reviewer=by.name)


def measure(app: QApplication, folder: Path) -> list[Row]:
    """Open the case in a window and do what a reviewer does."""
    opened: list[Window] = []

    def open_window(_number: int) -> None:
        opened.append(shown(app, open_case(folder / "case"), settings=folder / "settings.json"))
        _come_to_rest(opened[0])

    rows = [_timed(app, "open the case", open_window, times=1)]
    window = opened[0]
    open_case(folder / "other").close()
    rows += _opening(app, window, folder)
    listed = window.findChild(SegmentList)
    assert isinstance(listed, SegmentList)
    bar = listed.verticalScrollBar()
    step = bar.maximum() // _SCROLLS
    rows.append(_timed(app, "scroll by a screen", lambda n: bar.setValue(n * step), times=_SCROLLS))
    rows.append(_timed(app, "scroll by half a row", lambda n: bar.setValue(n * 35), times=_SCROLLS))
    rows += _reviewing(app, window)
    window.close()
    return rows


def _opening(app: QApplication, window: Window, folder: Path) -> list[Row]:
    """Open another case in the window, and this one again."""

    def open_case_of(name: str) -> None:
        window._opening.open_case(folder / name)  # as from its menu
        _come_to_rest(window)

    rows = []
    for _ in range(_OPENINGS):
        open_case_of("other")
        rows.append(
            _timed(app, "open it in an open window", lambda _n: open_case_of("case"), times=1)
        )
    return rows


def _come_to_rest(window: Window) -> None:
    """Let events come until nothing is under way, without holding them up meanwhile."""
    still = 0
    while still < _STILL:
        loop = QEventLoop()
        QTimer.singleShot(_LOOK_EVERY, loop.quit)
        loop.exec()
        still = still + 1 if window.settled else 0


def _reviewing(app: QApplication, window: Window) -> list[Row]:
    workspace, reviewing = window.parts.workspace, window.parts.reviewing
    reviewing.step_unreviewed(1)

    def decide(_number: int) -> None:
        reviewing.judge(ReviewState.DISMISSED)

    def stored(_number: int) -> None:
        reviewing.judge(ReviewState.CONFIRMED)
        while workspace.access.unread:
            app.processEvents()
            time.sleep(0.001)  # else this thread would keep the interpreter from the others

    def undo(_number: int) -> None:
        reviewing.undo()
        while workspace.access.unread:
            app.processEvents()
            time.sleep(0.001)  # else this thread would keep the interpreter from the others

    filters = window.findChild(FilterBar)
    assert isinstance(filters, FilterBar)
    columns = list(Column)
    rows = [_timed(app, "decide, painted", decide, times=_DECISIONS)]
    settle(app, window)
    rows.append(_timed(app, "decide, stored and read", stored, times=_DECISIONS))
    rows.append(_timed(app, "undo", undo, times=_DECISIONS))
    rows.append(
        _timed(app, "sort", lambda n: filters.sort_by(columns[n % len(columns)]), times=_DECISIONS)
    )
    rows.append(_timed(app, "list only new", lambda _n: filters.toggle_only_new(), times=20))
    return rows


def _timed(app: QApplication, what: str, act: Callable[[int], None], *, times: int) -> Row:
    wall, own = [], []
    with watched() as blocks:
        for number in range(times):
            began, own_began = time.perf_counter(), time.thread_time()
            act(number)
            app.processEvents()  # paints what was asked to be painted
            wall.append(1000 * (time.perf_counter() - began))
            own.append(1000 * (time.thread_time() - own_began))
    return _row(what, wall, own, blocks)


def _row(what: str, wall: list[float], own: list[float], blocks: Blocks) -> Row:
    return Row(
        what=what,
        p50=round(float(np.percentile(wall, 50)), 1),
        p95=round(float(np.percentile(wall, 95)), 1),
        own_p95=round(float(np.percentile(own, 95)), 1),
        block_wall=round(blocks.wall, 1),
        block_own=round(blocks.own, 1),
    )


def _report(rows: list[Row]) -> None:
    print("| what | p50 ms | p95 ms | own p95 ms | longest block ms | of its own ms |")
    print("|---|---|---|---|---|---|")
    for row in rows:
        figures = (row.p50, row.p95, row.own_p95, row.block_wall, row.block_own)
        print(f"| {row.what} | " + " | ".join(map(str, figures)) + " |")


if __name__ == "__main__":
    main()
