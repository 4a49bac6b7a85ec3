"""How quickly the map is there, and how it moves.

First picture and layout: a case of 10,000 segments with vectors of 512. The picture by PCA, from
vectors to positions, and from the case that was read before (its vectors are kept) to positions;
reading the case for the first time; UMAP from precomputed neighbors in
this process, the second time (the first compiles). Panning: 100,000 points in a window's map of
1,000 by 700 pixels, offscreen and software painted, from the movement to the end of the painting,
with the points that come into view drawn meanwhile; and what a picture of all of them takes.

Run as `python -m benchmarks.map_window [--json FILE] [--points N] [--segments N]`.
"""

import argparse
import json
import os
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import numpy as np

from benchmarks.map_cases import fill_case, random_vectors
from benchmarks.tables import table
from crimeview.atlas.neighbors import own_neighbors
from crimeview.core.embedding import unit
from crimeview.gui.app import application
from crimeview.gui.look import Look
from crimeview.gui.map_symbols import GIVEN, Mark
from crimeview.gui.settings import Theme
from crimeview.gui.tasks import Tasks
from crimeview.gui.widgets.map_drawing import Scene
from crimeview.gui.widgets.map_view import MapView
from crimeview.jobs.map_points import points_of_case
from crimeview.jobs.map_segments import first_positions, trust_of
from crimeview.store.case import Case, open_case
from crimeview.store.rows import CaseSegment
from tests.gui.driven import pass_time
from tests.jobs.finished import finished

_KINDS, _MOVES = 8, 240
_SIZE = (1000, 700)

Figures = dict[str, list[float]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--json", type=Path, help="write the figures into this file too")
    parser.add_argument("--points", type=int, default=100_000)
    parser.add_argument("--segments", type=int, default=10_000)
    args = parser.parse_args()
    figures = measure_layout(args.segments) | measure_panning(args.points)
    rows = [
        (what, f"{np.median(v):.1f}", f"{np.percentile(v, 95):.1f}", f"{max(v):.1f}", str(len(v)))
        for what, v in figures.items()
    ]
    print(table(("what (ms)", "p50", "p95", "max", "times"), rows))
    if args.json is not None:
        args.json.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


def measure_layout(count: int) -> Figures:
    """Reading, PCA, UMAP and trust of so many segments, in ms."""
    from crimeview.atlas.umap_map import NEIGHBORS, lay_out

    vectors = random_vectors(count)
    first_positions(vectors[:200])  # what is loaded at first use does not count
    figures: Figures = {
        f"first picture: PCA of {count:,}": _timed(lambda: first_positions(vectors), 5)
    }
    start, rows = first_positions(vectors), unit(vectors)
    lay_out(rows[:200], own_neighbors(rows[:200], count=NEIGHBORS), start=start[:200])
    found: list[tuple[np.ndarray, np.ndarray]] = []
    figures[f"neighbors of {count:,}"] = _timed(
        lambda: found.append(own_neighbors(rows, count=NEIGHBORS)), 1
    )
    places: list[np.ndarray] = []
    figures[f"UMAP of {count:,}, neighbors known"] = _timed(
        lambda: places.append(lay_out(rows, found[0], start=start)), 1
    )
    figures[f"trustworthiness of {count:,}"] = _timed(lambda: trust_of(rows, places[0]), 1)
    print(f"trustworthiness: PCA {trust_of(rows, start):.3f}, UMAP {trust_of(rows, places[0]):.3f}")
    with tempfile.TemporaryDirectory() as name, open_case(Path(name) / "case") as case:
        fill_case(case, recordings=max(1, count // 100), segments=100)
        figures[f"reading a case of {count:,} for the first time"] = _timed(
            lambda: finished(points_of_case(case)), 1
        )
        known = case.segments()  # as the window has them
        figures[f"first picture: a case of {count:,} that was read before"] = _timed(
            lambda: _first_picture(case, known), 5
        )
    return figures


def _first_picture(case: Case, known: Sequence[CaseSegment]) -> None:
    points = finished(points_of_case(case, segments=known))
    first_positions(points.vectors - points.center)


def measure_panning(count: int) -> Figures:
    """Moving over so many points, and drawing them, in ms."""
    app = application(offscreen=True)
    look, tasks = Look(app, theme=Theme.DARK), Tasks()
    view = MapView(tasks, look=look)
    view.resize(*_SIZE)
    view.show()
    random = np.random.default_rng(0)
    middles = random.normal(scale=6.0, size=(40, 2))
    positions = middles[random.integers(40, size=count)] + random.normal(size=(count, 2))
    marks = tuple(Mark(GIVEN[n], color) for n, color in enumerate(_colors(look)))
    scene = Scene(
        positions=positions.astype(np.float32),
        codes=random.integers(_KINDS, size=count),
        shown=np.ones(count, np.bool_),
        marks=marks,
        order=tuple(range(_KINDS)),
        hits=None,
    )
    drawing = _drawn(view, lambda: view.show_scene(scene, fit=True))
    figures: Figures = {f"a picture of {count:,}": [drawing]}
    for notches, name in ((0, "all in view"), (4, "zoomed in")):
        view.fit()
        view.zoom(notches)
        _settle(view)
        figures[f"pan over {count:,}, {name}"] = _pan(view)
    figures[f"zoom of {count:,}"] = _zoom(view)
    view.close_down()
    view.close()
    tasks.close()
    return figures


def _pan(view: MapView) -> list[float]:
    """From a movement to the end of the painting, as fast as a mouse reports."""
    times = []
    for number in range(_MOVES):
        angle = 2 * np.pi * number / _MOVES
        began = time.perf_counter()
        view.move_by(6 * np.cos(angle), 6 * np.sin(angle))
        view.repaint()
        times.append(1000 * (time.perf_counter() - began))
        pass_time(max(1, round(1000 / 60 - times[-1])))
    return times


def _zoom(view: MapView) -> list[float]:
    times = []
    for number in range(60):
        began = time.perf_counter()
        view.zoom(1 if number % 20 < 10 else -1)
        view.repaint()
        times.append(1000 * (time.perf_counter() - began))
        pass_time(max(1, round(1000 / 60 - times[-1])))
    return times


def _drawn(view: MapView, begin: Callable[[], None]) -> float:
    began = time.perf_counter()
    begin()
    _settle(view)
    return 1000 * (time.perf_counter() - began)


def _settle(view: MapView) -> None:
    while view.busy:
        pass_time(1)


def _timed(work: Callable[[], object], times: int) -> list[float]:
    found = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        found.append(1000 * (time.perf_counter() - began))
    return found


def _colors(look: Look) -> list[str]:
    own = look.colors
    return [own.accent, own.lead, own.good, own.bad, own.violence, own.text, own.muted, own.faint]


if __name__ == "__main__":
    main()
