"""How fast the program is beside its peers: the same recordings, in turn, on the same machine.

Every run is a process of its own and is written to the JSON file as it ends: give the same command
again after a stop and it goes on there. Results of another version of the program are measured
anew. Run as `python -m benchmarks.speed [--quick] [--json FILE] [--only NAME ...]
[--rounds N] [--seconds N] [--report]`.
"""

import argparse
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import asdict, replace
from math import inf
from pathlib import Path

from benchmarks.candidates import CANDIDATES, Candidate, MissingError
from benchmarks.comparisons import TARGETS, Comparison, suite
from benchmarks.peers.environment import FOLDER, NoPeersError, program
from benchmarks.recordings import SIZES, Recipe
from benchmarks.results import Comparing, Results, Run, program_key
from benchmarks.tables import comparison_table, target_rows, target_table
from benchmarks.timing import FailedError, machine


def main() -> None:
    args = _arguments()
    path = args.json or Path(f"runs/bench/speed{'-quick' if args.quick else ''}.json")
    results = Results.load(path)
    comparisons = [
        replace(comparison, seconds=min(comparison.seconds, args.seconds))
        for comparison in suite(quick=args.quick)
        if not args.only or any(name in comparison.name for name in args.only)
    ]
    if not args.report:
        measure(comparisons, results, most=args.rounds)
    for comparison in comparisons:
        found = results.comparisons.get(comparison.name)
        if found is not None:
            print(f"\n### {comparison.name}\n{_described(comparison, found)}\n")
            print(comparison_table(comparison, found))
    print("\n### Targets\n")
    print(target_table(target_rows(TARGETS, results)))
    print("\n" + ", ".join(f"{name} {value}" for name, value in results.machine.items()))


def measure(comparisons: list[Comparison], results: Results, *, most: int | None = None) -> None:
    """Run whatever has no result yet, of the first `most` rounds (None: of all)."""
    program_now = program_key()
    for number, comparison in enumerate(comparisons, start=1):
        found = results.begin(comparison.name, f"{program_now} {asdict(comparison)}")
        for turn, name in order(comparison):
            if (most is None or turn < most) and not found.has(name, turn):
                _tell(
                    f"{comparison.name} ({number} of {len(comparisons)}), "
                    f"round {turn + 1} of {comparison.rounds}: {name}"
                )
                _run(comparison, CANDIDATES[name], turn, found)
                results.save()
        python = program("python", folder=FOLDER)
        results.machine = machine(peers=python if python.is_file() else None)
        results.targets = target_rows(TARGETS, results)
        results.save()


def order(comparison: Comparison) -> list[tuple[int, str]]:
    """(round, candidate) in the order of running: each round begins with another candidate."""
    names = comparison.candidates
    return [
        (turn, names[(turn + place) % len(names)])
        for turn in range(comparison.rounds)
        for place in range(len(names))
    ]


def _run(comparison: Comparison, candidate: Candidate, turn: int, found: Comparing) -> None:
    seconds = min(comparison.seconds, candidate.longest or comparison.seconds)
    recording = recording_in_its_own_process(comparison.recipe, seconds=seconds)
    try:
        with tempfile.TemporaryDirectory(prefix="crimeview-bench-") as scratch:
            timed = candidate.run(recording, Path(scratch))
    except (MissingError, NoPeersError, FailedError) as error:
        found.missing[candidate.name] = str(error)
        _tell(f"{candidate.name} is left out: {error}")
        return
    run = Run(
        candidate=candidate.name,
        round=turn,
        video=seconds,
        rate=comparison.recipe.rate,
        wall=timed.wall,
        cpu=timed.cpu,
        peak_mb=timed.peak_mb,
    )
    found.runs.append(run)
    _tell(f"{run.wall:.1f} s, {run.speed:.1f} times realtime")


def recording_in_its_own_process(recipe: Recipe, *, seconds: float) -> Path:
    """The recording's path; building one takes memory that this process need not keep."""
    size = next(name for name, size in SIZES.items() if size == recipe.size)
    options = {
        "scene": recipe.scene,
        "size": size,
        "codec": recipe.codec,
        "gop": recipe.gop,
        "kbps": recipe.kbps,
        "rate": recipe.rate,
        "loop": recipe.loop,
        "minutes": seconds / 60,
    }
    command = [sys.executable, "-m", "benchmarks.recordings"]
    for name, value in options.items():
        command += [f"--{name}", str(value)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return Path(done.stdout.strip())


def _described(comparison: Comparison, found: Comparing) -> str:
    recipe = comparison.recipe
    height, width = recipe.size
    rate = "" if recipe.codec == "mjpeg" else f", GOP {recipe.gop}, {recipe.kbps / 1000:g} Mb/s"
    return (
        f"{width}x{height} {recipe.codec}{rate}, {recipe.rate} frames/s, "
        f"{comparison.seconds / 60:g} minutes, {_rounds(found)} rounds."
    )


def _rounds(found: Comparing) -> int:
    """How many rounds every candidate was in that was in any."""
    counts = Counter(run.candidate for run in found.runs)
    return min(counts.values(), default=0)


def _tell(sentence: str) -> None:
    print(f"… {sentence}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="one short round of the headlines")
    parser.add_argument("--json", type=Path, help="where the results are kept")
    parser.add_argument("--only", nargs="+", metavar="NAME", help="comparisons whose name has this")
    parser.add_argument("--seconds", type=float, default=inf, help="of a recording, at most")
    parser.add_argument("--rounds", type=int, help="no more than so many; others can follow later")
    parser.add_argument("--report", action="store_true", help="print what there is, run nothing")
    return parser.parse_args()


if __name__ == "__main__":
    main()
