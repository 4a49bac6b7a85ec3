"""How long it takes to store a day of frame scores and to read what a window draws of them.

Run as `python benchmarks/curves.py`.
"""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from crimeview.core.recording import Fingerprint
from crimeview.core.track import Track, TrackKind
from crimeview.store.case import Case, open_case

HOURS, RATE = 24, 30
KIND = TrackKind.FRAME_SCORES
SCREEN = 1500  # entries: a wide window
SPANS = {"a day": 86_400, "an hour": 3600, "a minute": 60, "ten seconds": 10}
REPEATS = 50


def main() -> None:
    starts = np.arange(HOURS * 3600 * RATE) / RATE
    scores = np.random.default_rng(0).random(len(starts)).astype(np.float32)
    track = Track(KIND, np.stack([starts, starts + 1 / RATE], axis=1), scores)
    with tempfile.TemporaryDirectory() as name, open_case(Path(name)) as case:
        recording_id, run_id = begin(case)
        print(f"| {len(starts)} rows | median ms | slowest ms |")
        print("|---|---|---|")
        report("store", lambda: case.analyses.save_track(run_id, track), repeats=3)
        report("read whole", lambda: case.track(recording_id, KIND), repeats=3)
        for label, span in SPANS.items():

            def draw(span: float = span) -> None:
                middle = HOURS * 1800
                start, end = middle - span / 2, middle + span / 2
                case.envelope(recording_id, KIND, start=start, end=end, entries=SCREEN)

            report(f"envelope of {label}", draw, repeats=REPEATS)


def begin(case: Case) -> tuple[int, int]:
    recording_id = case.add_recording(Path("day.mp4"))
    case.set_fingerprint(recording_id, Fingerprint(sha256="0" * 64, size=1))
    run_id = case.analyses.begin(
        recording_id, encoder_sha256="e", scorer_sha256="s", clip_key="c", settings_json="{}"
    )
    return recording_id, run_id


def report(label: str, work: Callable[[], object], *, repeats: int) -> None:
    spans = []
    for _ in range(repeats):
        began = time.perf_counter()
        work()
        spans.append(1000 * (time.perf_counter() - began))
    print(f"| {label} | {statistics.median(spans):.1f} | {max(spans):.1f} |")


if __name__ == "__main__":
    main()
