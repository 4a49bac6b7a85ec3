"""How long it takes until segments by another rule are on the screen, for a day of scores.

A day at 30 scores a second (2.6 million) of a busy street, in which the usual rule finds some 5,000
segments, violence and novelty some hundreds beside them, in a real window of 1920x1080 on the
screen there is, else without one. The sliders of the
rule are dragged; times are from the rule to its segments in list, curve and overview, and the
longest that the window's own thread worked in one go. Run as
`python benchmarks/resegmenting.py [--json FILE]`.
"""

import argparse
import json
import sys
import tempfile
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtWidgets import QApplication

from benchmarks.day_window import DAY, RATE, begin_day, screen_or_none, settle, shown
from benchmarks.watchdog import watched
from crimeview.core.recording import RecordingState
from crimeview.core.segment import SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.gui.window import Window
from crimeview.jobs.fuse import Fusion, fusion_of, tracks_beside
from crimeview.store.case import Case, open_case

RULE = SegmentRule(threshold=0.4)
TARGET, BLOCKED = 100.0, 50.0  # ms
_SPIKES = 300
THRESHOLDS = tuple(0.38 + 0.01 * number for number in range(40))


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One move of a slider: times in milliseconds, `own` those of the thread that finds."""

    segments: int
    finding: float
    own: float
    joining_own: float
    shown: float


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
        rows, blocked = measure(app, window)
        window.close()
    figures = report(rows, blocked)
    if file is not None:
        file.write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")


def store_day(case: Case) -> None:
    """A day of scores, of violence and of novelty, with the list that they make by `RULE`."""
    random = np.random.default_rng(0)
    clips = random.beta(1.2, 6.0, DAY * RATE // 16 + 2)
    values = np.interp(np.arange(DAY * RATE), np.arange(len(clips)) * 16, clips)
    starts = np.arange(DAY * RATE) / RATE
    times = np.column_stack([starts, starts + 1 / RATE])
    track = Track(TrackKind.FRAME_SCORES, times, values.astype(np.float32))
    number, run = begin_day(case, rule=RULE, settings={"novelty": True})
    case.analyses.save_track(run, track)
    case.analyses.violence_writer(run, model_sha256="v", clip_key="c")
    case.analyses.save_track(
        run, _spikes(TrackKind.VIOLENCE, rate=4.17, low=0.4, high=0.97, seed=1)
    )
    case.analyses.save_track(run, _spikes(TrackKind.NOVELTY, rate=12.5, low=0.1, high=0.8, seed=2))
    case.replace_segments(number, run, beside_events(case).with_events(find_segments(track, RULE)))
    case.set_state(number, RecordingState.DONE)


def beside_events(case: Case) -> Fusion:
    """What other scorers have found in the day, as the window holds it."""
    run = case.analyses.newest()
    assert run is not None, "it was stored"
    return fusion_of(case, run.recording_id, tracks_beside(case, run))


def _spikes(kind: TrackKind, *, rate: float, low: float, high: float, seed: int) -> Track:
    """A day of scores that lie about `low`, but for 3 s at `high` in some hundred places."""
    random = np.random.default_rng(seed)
    starts = np.arange(int(DAY * rate)) / rate
    values = np.clip(random.normal(low, 0.03, len(starts)), 0.0, 1.0)
    for at in random.uniform(0, DAY - 3, _SPIKES):
        values[int(at * rate) : int((at + 3) * rate)] = high
    times = np.column_stack([starts, starts + 1 / rate])
    return Track(kind, times, values.astype(np.float32))


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
    beside = beside_events(workspace.case)
    rows = []
    with watched() as blocks:
        for threshold in THRESHOLDS:
            rule = replace(RULE, threshold=threshold)
            began = time.perf_counter()
            thresholding.try_rule(rule)
            while thresholding.busy:
                app.processEvents()
                time.sleep(0.001)  # else this thread keeps the interpreter from the one that finds
            app.processEvents()
            rows.append((rule, len(workspace.listed), time.perf_counter() - began))
    moves = []
    for rule, count, painted in rows:
        began, own = time.perf_counter(), time.thread_time()
        events = find_segments(track, rule)
        found = time.thread_time()
        beside.with_events(events)
        moves.append(
            Moved(
                segments=count,
                finding=(time.perf_counter() - began) * 1000,
                own=(time.thread_time() - own) * 1000,
                joining_own=(time.thread_time() - found) * 1000,
                shown=painted * 1000,
            )
        )
    return moves, blocks.own


def report(moves: list[Moved], blocked: float) -> dict[str, float]:
    names = ("finding", "shown", "own", "joining_own")
    finding, shown, own, joining = (np.array([getattr(m, name) for m in moves]) for name in names)
    counts = [move.segments for move in moves]
    figures = {
        "segments_most": max(counts),
        "segments_least": min(counts),
        "finding_median_ms": float(np.median(finding)),
        "finding_p95_ms": float(np.percentile(finding, 95)),
        "shown_median_ms": float(np.median(shown)),
        "shown_p95_ms": float(np.percentile(shown, 95)),
        "own_median_ms": float(np.median(own)),
        "own_p95_ms": float(np.percentile(own, 95)),
        "joining_own_median_ms": float(np.median(joining)),
        "joining_own_p95_ms": float(np.percentile(joining, 95)),
        "longest_in_one_go_ms": blocked,
        "target_ms": TARGET,
        "blocked_target_ms": BLOCKED,
    }
    print(f"A day of scores, {min(counts)} to {max(counts)} segments, {len(moves)} moves:\n")
    print("| | median ms | 95th percentile ms |\n|---|---|---|")
    print(f"| finding the segments | {np.median(finding):.0f} | {np.percentile(finding, 95):.0f} |")
    print(f"| own time of it | {np.median(own):.0f} | {np.percentile(own, 95):.0f} |")
    print(
        f"| of that, joining what others found | {np.median(joining):.0f} | "
        f"{np.percentile(joining, 95):.0f} |"
    )
    print(
        f"| from the rule to the screen, with a wait of 10 ms that gathers moves | "
        f"{np.median(shown):.0f} | {np.percentile(shown, 95):.0f} |"
    )
    print(f"\nThe window's thread worked {blocked:.0f} ms in one go at most.")
    return figures


if __name__ == "__main__":
    main()
