"""Peak memory and speed of an analysis, for short and long recordings of the same scene.

Memory must not grow with length: fails where the longest takes over 400 MB, or over a quarter more
than the shortest. A day is an hour's work of other benchmarks, so what has been measured is kept in
the JSON file and not measured again with the same program. Run as
`python -m benchmarks.memory [--quick] [--minutes 5 60 1440] [--recording FILE] [--json FILE]`.
"""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from benchmarks.recordings import SIZES, Recipe, build, repeat
from benchmarks.results import program_key
from benchmarks.tables import table
from benchmarks.timing import analyze_command, time_command

MOST_GROWTH, MOST_MEGABYTES = 1.25, 400.0
MINUTES, QUICK_MINUTES = (5.0, 60.0, 1440.0), (5.0, 30.0)
# Little detail, so that a day fits on the disk. In the large one, of few pictures a second so that
# a day takes minutes, keyframes are looked at first; the small one is decoded whole.
RECIPES = {
    "1080p, 5 frames/s": Recipe(scene="day", gop=5, rate=5, kbps=200, loop=60.0),
    "704x576": Recipe(scene="day", size=SIZES["576"], kbps=100, loop=60.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What analyzing `minutes` of a recording took: seconds, and the most memory (MB) held."""

    name: str
    minutes: float
    wall: float
    cpu: float
    peak_mb: float


def main() -> None:
    args = _arguments()
    path = args.json or Path(f"runs/bench/memory{'-quick' if args.quick else ''}.json")
    minutes = args.minutes or (QUICK_MINUTES if args.quick else MINUTES)
    names = [args.recording.stem] if args.recording else list(RECIPES)
    rows = _kept(path)
    for name in names:
        for wanted in minutes:
            if not any((row.name, row.minutes) == (name, wanted) for row in rows):
                _tell(f"{name}, {wanted:g} minutes")
                rows.append(_measure(name, wanted, args.recording))
                _keep(path, rows)
    head = ("recording", "minutes", "wall s", "times realtime", "CPU ms a second", "peak MB")
    shown = [row for row in rows if row.name in names and row.minutes in minutes]
    print(table(head, map(_cells, shown)))
    _check(shown, names)


def _measure(name: str, minutes: float, recording: Path | None) -> Row:
    with tempfile.TemporaryDirectory(prefix="crimeview-bench-") as scratch:
        if recording is None:
            path = build(RECIPES[name], seconds=60 * minutes)
        else:
            path = Path(scratch) / "long.mp4"
            repeat(recording, path, seconds=60 * minutes)
        timed = time_command(analyze_command(path, case=Path(scratch) / "case"))
    return Row(name=name, minutes=minutes, wall=timed.wall, cpu=timed.cpu, peak_mb=timed.peak_mb)


def _cells(row: Row) -> tuple[str, ...]:
    seconds = 60 * row.minutes
    return (
        row.name,
        f"{row.minutes:g}",
        f"{row.wall:.1f}",
        f"{seconds / row.wall:.0f}",
        f"{1000 * row.cpu / seconds:.1f}",
        f"{row.peak_mb:.0f}",
    )


def _check(rows: list[Row], names: list[str]) -> None:
    for name in names:
        peaks = [row.peak_mb for row in sorted(rows, key=_minutes) if row.name == name]
        if peaks and peaks[-1] > min(MOST_GROWTH * peaks[0], MOST_MEGABYTES):
            raise SystemExit(f"{name}: memory grows with length, or is over {MOST_MEGABYTES:g} MB")


def _minutes(row: Row) -> float:
    return row.minutes


def _kept(path: Path) -> list[Row]:
    if not path.is_file():
        return []
    kept = json.loads(path.read_text(encoding="utf-8"))
    return [Row(**row) for row in kept["rows"]] if kept["program"] == program_key() else []


def _keep(path: Path, rows: list[Row]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    kept = {"program": program_key(), "rows": [asdict(row) for row in rows]}
    path.write_text(json.dumps(kept, indent=1), encoding="utf-8")


def _tell(sentence: str) -> None:
    print(f"… {sentence}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, nargs="+")
    parser.add_argument("--quick", action="store_true", help="half an hour at most")
    parser.add_argument("--recording", type=Path, help="lengthen this one instead of a built one")
    parser.add_argument("--json", type=Path)
    return parser.parse_args()


if __name__ == "__main__":
    main()
