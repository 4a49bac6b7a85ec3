"""All benchmarks, one after another: `python -m benchmarks [--quick] [--only NAME ...] [--fresh]`.

Each part is a process of its own. What it prints is shown and kept in runs/bench/NAME.md, its
figures in runs/bench/NAME.json where it has any. After a stop the same command goes on with the
part that was not complete; parts done with another version of the program are done again. Nothing
else should run on the machine meanwhile.
"""

import argparse
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.results import program_key

FOLDER = Path("runs/bench")


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A benchmark: a module of this folder and its options.

    `quick` are those that make it short, None where it is long anyway and left out then. Where
    `writes` its figures go to a JSON file.
    """

    name: str
    module: str
    options: tuple[str, ...] = ()
    quick: tuple[str, ...] | None = ()
    writes: bool = False


PARTS = (
    Part(name="startup", module="startup", writes=True),
    Part(name="precision", module="precision"),
    Part(name="curves", module="curves"),
    Part(name="curves-window", module="curves_window", writes=True),
    Part(name="review-window", module="review_window", writes=True),
    Part(name="resegmenting", module="resegmenting", writes=True),
    Part(
        name="map-window",
        module="map_window",
        quick=("--points", "20000", "--segments", "2000"),
        writes=True,
    ),
    Part(name="window-latency", module="window_latency", quick=None, writes=True),
    Part(name="seeking", module="seeking", quick=("--times", "10"), writes=True),
    Part(name="keyframes", module="keyframes", quick=("--rounds", "1"), writes=True),
    Part(name="live", module="live", quick=("latency",)),
    Part(name="gate", module="gate", quick=None, writes=True),
    Part(name="profile-day", module="profiling", quick=("--quick",), writes=True),
    Part(
        name="profile-night",
        module="profiling",
        options=("--scene", "night"),
        quick=None,
        writes=True,
    ),
    Part(
        name="profile-busy",
        module="profiling",
        options=("--scene", "busy", "--", "--no-gate"),
        quick=None,
        writes=True,
    ),
    Part(name="speed", module="speed", quick=("--quick",), writes=True),
    Part(name="growth", module="growth", quick=None, writes=True),
    Part(name="memory", module="memory", quick=("--quick",), writes=True),
)


def main() -> None:
    args = _arguments()
    parts = [part for part in PARTS if part.name in args.only or not args.only]
    if args.quick:
        parts = [part for part in parts if part.quick is not None]
    FOLDER.mkdir(parents=True, exist_ok=True)
    failed = []
    for number, part in enumerate(parts, start=1):
        _tell(f"part {number} of {len(parts)}: {part.name}")
        if not _run(part, quick=args.quick, fresh=args.fresh):
            failed.append(part.name)
    if failed:
        raise SystemExit(f"These failed: {', '.join(failed)}.")


def command(part: Part, *, quick: bool) -> list[str]:
    """How the part is started."""
    options = (*(part.quick or ()), *part.options) if quick else part.options
    figures = ("--json", str(_file(part, quick=quick, ending="json"))) if part.writes else ()
    return [sys.executable, "-u", "-m", f"benchmarks.{part.module}", *figures, *options]


def _run(part: Part, *, quick: bool, fresh: bool) -> bool:
    """Run the part unless it has been; False if it failed."""
    shown, done = (_file(part, quick=quick, ending=ending) for ending in ("md", "done"))
    if fresh:
        for ending in ("md", "done", "json"):
            _file(part, quick=quick, ending=ending).unlink(missing_ok=True)
    key = program_key()
    if done.is_file() and done.read_text(encoding="utf-8") == key:
        print(shown.read_text(encoding="utf-8"), flush=True)
        return True
    began = time.perf_counter()
    with subprocess.Popen(
        command(part, quick=quick), stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdout is not None
        with shown.open("w", encoding="utf-8") as file:
            for line in process.stdout:
                print(line, end="", flush=True)
                file.write(line)
    if process.returncode == 0:
        done.write_text(key, encoding="utf-8")
    _tell(f"{part.name}: {time.perf_counter() - began:.0f} s")
    return process.returncode == 0


def _file(part: Part, *, quick: bool, ending: str) -> Path:
    return FOLDER / f"{part.name}{'-quick' if quick else ''}.{ending}"


def _tell(sentence: str) -> None:
    print(f"… {sentence}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="minutes instead of hours")
    parser.add_argument("--only", nargs="+", default=[], choices=[part.name for part in PARTS])
    parser.add_argument("--fresh", action="store_true", help="forget what has been measured")
    return parser.parse_args()


if __name__ == "__main__":
    main()
