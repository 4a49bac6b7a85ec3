"""How the cost of an analysis grows with resolution, frame rate, length and number of recordings.

Measures quiet and busy scenes as a user analyzes them, and draws docs/images/growth.png. Points
that were measured with the same program are kept in the JSON file. Run as
`python -m benchmarks.growth [--quick] [--json FILE] [--plot FILE]`.
"""

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from statistics import median
from typing import Literal, get_args

from matplotlib.axes import Axes

from benchmarks.recordings import SIZES, Recipe, build
from benchmarks.results import program_key
from benchmarks.scenes import SceneKind
from benchmarks.tables import table
from benchmarks.timing import analyze_command, time_command
from crimeview.plots.canvas import BLUE, ORANGE, new_figure, plain, save

Axis = Literal["resolution", "frame rate", "length", "recordings"]

_SIZES = {name: height * width / 1e6 for name, (height, width) in SIZES.items()}
_RATES, _MINUTES, _NUMBERS = (6, 12, 25, 50), (2, 10, 30), (1, 2, 4, 8)
_KBPS = 2000  # of a quiet 1080p recording at 25 frames a second
_SECONDS = 120.0
_SCENES: tuple[SceneKind, ...] = ("day", "busy")
_LINES: dict[str, tuple[str, str]] = {"day": ("quiet day", BLUE), "busy": ("busy", ORANGE)}
_LABELS: dict[Axis, str] = {
    "resolution": "millions of pixels a picture",
    "frame rate": "frames a second, 720p",
    "length": "minutes, 720p",
    "recordings": "recordings of two minutes, 704x576, at once",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """Analyzing `video` seconds of recordings took `wall` and `cpu` seconds; `at` is the place."""

    axis: Axis
    scene: str
    at: float
    round: int
    video: float
    wall: float
    cpu: float
    peak_mb: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Recordings to be analyzed by one command, for a point of the plot."""

    axis: Axis
    at: float
    recipe: Recipe
    seconds: tuple[float, ...]


def main() -> None:
    args = _arguments()
    path = args.json or Path(f"runs/bench/growth{'-quick' if args.quick else ''}.json")
    plan = list(works(quick=args.quick))
    points = _kept(path)
    rounds = 1 if args.quick else args.rounds
    for turn in range(rounds):
        for number, work in enumerate(plan, start=1):
            if not any(_is_of(point, work, turn) for point in points):
                _tell(
                    f"round {turn + 1} of {rounds}, {number} of {len(plan)}: "
                    f"{work.recipe.scene}, {work.axis} {work.at:g}"
                )
                points.append(_measure(work, turn))
                _keep(path, points)
    print(_report(points))
    if not args.quick or args.plot:
        print(f"\n{draw(points, args.plot or Path('docs/images/growth.png'))}")


def works(*, quick: bool) -> list[Work]:
    """All that is measured in one round."""
    seconds = 40.0 if quick else _SECONDS
    found = []
    for scene in _SCENES:
        for name, pixels in _SIZES.items():
            recipe = _recipe(scene, name)
            found.append(Work(axis="resolution", at=pixels, recipe=recipe, seconds=(seconds,)))
        for rate in _RATES:
            recipe = replace(_recipe(scene, "720p"), rate=rate, gop=rate)
            found.append(Work(axis="frame rate", at=rate, recipe=recipe, seconds=(seconds,)))
        for minutes in _MINUTES[: 2 if quick else None]:
            recipe = _recipe(scene, "720p")
            if scene == "day" or minutes <= _MINUTES[1]:
                found.append(
                    Work(axis="length", at=minutes, recipe=recipe, seconds=(60.0 * minutes,))
                )
        for number in _NUMBERS[: 2 if quick else None]:
            # Of different lengths: what a case has of the same content is not analyzed again.
            lengths = tuple(seconds + extra for extra in range(number))
            recipe = _recipe(scene, "576")
            found.append(Work(axis="recordings", at=number, recipe=recipe, seconds=lengths))
    return found


def _recipe(scene: SceneKind, size: str) -> Recipe:
    detail = (_SIZES[size] / _SIZES["1080p"]) ** 0.75 * (2 if scene == "busy" else 1)
    kbps = round(_KBPS * detail / 50) * 50
    return Recipe(scene=scene, size=SIZES[size], gop=25, kbps=kbps, loop=20.0)


def _measure(work: Work, turn: int) -> Point:
    recordings = [build(work.recipe, seconds=seconds) for seconds in work.seconds]
    with tempfile.TemporaryDirectory(prefix="crimeview-bench-") as scratch:
        timed = time_command(analyze_command(*recordings, case=Path(scratch) / "case"))
    return Point(
        axis=work.axis,
        scene=work.recipe.scene,
        at=work.at,
        round=turn,
        video=sum(work.seconds),
        wall=timed.wall,
        cpu=timed.cpu,
        peak_mb=timed.peak_mb,
    )


def _is_of(point: Point, work: Work, turn: int) -> bool:
    same = (point.axis, point.scene, point.at) == (work.axis, work.recipe.scene, work.at)
    return same and point.round == turn


def _report(points: Sequence[Point]) -> str:
    rows = []
    for axis in get_args(Axis):
        for scene in _SCENES:
            for at, speed, cpu, peak in _medians(points, axis, scene):
                label = _LINES[scene][0]
                rows.append((axis, label, f"{at:.3g}", f"{speed:.0f}", f"{cpu:.1f}", f"{peak:.0f}"))
    head = ("", "scene", "at", "times realtime", "CPU ms a second", "peak MB")
    return table(head, rows)


def _medians(
    points: Sequence[Point], axis: Axis, scene: str
) -> list[tuple[float, float, float, float]]:
    """(place, seconds of video a second, CPU ms a second of video, MB), in order of the place."""
    here = [point for point in points if (point.axis, point.scene) == (axis, scene)]
    found = []
    for at in sorted({point.at for point in here}):
        rounds = [point for point in here if point.at == at]
        speed = median(point.video / point.wall for point in rounds)
        cpu = median(1000 * point.cpu / point.video for point in rounds)
        found.append((at, speed, cpu, max(point.peak_mb for point in rounds)))
    return found


def draw(points: Sequence[Point], file: Path) -> Path:
    """Four plots of the seconds that an hour of video takes, and of all the work for the last two.

    Raises OSError.
    """
    figure = new_figure(9.0, 6.4)
    for number, axis in enumerate(get_args(Axis), start=1):
        axes = figure.add_subplot(2, 2, number)
        total = axis in ("length", "recordings")
        for scene, (label, color) in _LINES.items():
            medians = _medians(points, axis, scene)
            across = [at for at, *_ in medians]
            up = [3600 / speed for _, speed, *_ in medians]
            if total:
                amounts = [_video(points, axis, scene, at) for at in across]
                up = [hour * amount / 3600 for hour, amount in zip(up, amounts, strict=True)]
            axes.plot(across, up, marker="o", color=color, label=label)
        _finish(axes, axis, up="seconds of work" if total else "seconds for an hour of video")
    return save(figure, file)


def _finish(axes: Axes, axis: Axis, *, up: str) -> None:
    axes.set_xlabel(_LABELS[axis])
    axes.set_ylabel(up)
    axes.set_xlim(left=0)
    axes.set_ylim(bottom=0)
    axes.set_title(f"Growth with {axis}" if axis != "recordings" else "Growth with their number")
    axes.legend(frameon=False)
    plain(axes)


def _video(points: Sequence[Point], axis: Axis, scene: str, at: float) -> float:
    place = (axis, scene, at)
    return next(p.video for p in points if (p.axis, p.scene, p.at) == place)


def _kept(path: Path) -> list[Point]:
    if not path.is_file():
        return []
    kept = json.loads(path.read_text(encoding="utf-8"))
    return [Point(**point) for point in kept["points"]] if kept["program"] == program_key() else []


def _keep(path: Path, points: Sequence[Point]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"program": program_key(), "points": [asdict(point) for point in points]}
    path.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def _tell(sentence: str) -> None:
    print(f"… {sentence}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one round of short recordings")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--json", type=Path)
    parser.add_argument("--plot", type=Path, help="where the plot goes")
    return parser.parse_args()


if __name__ == "__main__":
    main()
