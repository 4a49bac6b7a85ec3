"""How much memory an analysis holds while it goes on: one long recording, watched all along.

A day takes long, and what is held can only grow within it. So one analysis is watched until it
ends, or for so many minutes, and told is the most it held until it had analyzed so much. Runs where
/proc is. Run as
`python -m benchmarks.memory_trace FILE [--minutes N] [--json FILE] [-- OPTION ...]`.
"""

import argparse
import json
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Timer

from benchmarks.tables import table
from benchmarks.timing import analyze_command

_TOLD = (300.0, 3600.0, 3 * 3600.0, 6 * 3600.0, 12 * 3600.0, 18 * 3600.0, 24 * 3600.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """After `wall` s the analysis had reached `done` s; `now` and `peak` are MB resident."""

    wall: float
    done: float
    message: str
    now: float
    peak: float


def main() -> None:
    args = _arguments()
    with tempfile.TemporaryDirectory(prefix="crimeview-bench-", dir=args.scratch) as scratch:
        command = analyze_command(args.recording, case=Path(scratch) / "case", options=args.options)
        samples = list(watched([*command, "--json"], minutes=args.minutes))
    if args.json is not None:
        kept = [asdict(sample) for sample in samples]
        args.json.parent.mkdir(parents=True, exist_ok=True)
        args.json.write_text(json.dumps(kept, indent=1), encoding="utf-8")
    print(report(samples))


def watched(command: list[str], *, minutes: float | None) -> Iterator[Sample]:
    """What the command says of its progress, with its memory at that time, about once a second.

    It is ended after so many minutes. Raises SystemExit where it fails before.
    """
    began, last = time.monotonic(), 0.0
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as process:
        ending = Timer(60 * minutes, process.terminate) if minutes is not None else None
        if ending is not None:
            ending.start()
        assert process.stdout is not None
        for line in process.stdout:
            wall = time.monotonic() - began
            said = json.loads(line)
            if said.get("type") == "step" and wall - last >= 1.0 and (held := _held(process.pid)):
                last = wall
                yield Sample(
                    wall=wall, done=said["done"], message=said["message"], now=held[0], peak=held[1]
                )
        if ending is not None:
            ending.cancel()
    stopped = ending is not None and time.monotonic() - began >= 60 * (minutes or 0.0)
    if process.returncode != 0 and not stopped:
        raise SystemExit(f"the analysis ended with {process.returncode}")


def report(samples: list[Sample]) -> str:
    """A row for each length that was reached, and one for the end of what was watched."""
    rows = []
    reached = samples[-1].done if samples else 0.0
    for until in (*(told for told in _TOLD if told <= reached), None):
        seen = [s for s in samples if until is None or s.done <= until]
        end = seen[-1]
        name = f"until {until / 60:g} minutes" if until else f"in all ({reached / 60:.0f} minutes)"
        highest = max(sample.now for sample in seen)
        rows.append(
            (name, f"{end.wall:.0f}", f"{end.now:.0f}", f"{highest:.0f}", f"{end.peak:.0f}")
        )
    head = ("analyzed", "after s", "MB then", "most MB seen", "peak MB")
    return table(head, rows)


def _held(process: int) -> tuple[float, float] | None:
    """Resident memory of a process now and at its most, MB; None where it has ended."""
    try:
        lines = Path(f"/proc/{process}/status").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    found = {name: value for name, _, value in (line.partition(":") for line in lines)}
    try:
        return tuple(int(found[name].split()[0]) / 1024 for name in ("VmRSS", "VmHWM"))  # type: ignore[return-value]
    except KeyError:
        return None


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("recording", type=Path)
    parser.add_argument("--minutes", type=float, help="of watching, at most (default: to its end)")
    parser.add_argument("--scratch", type=Path, help="where the case goes meanwhile")
    parser.add_argument("--json", type=Path, help="where all samples go")
    parser.add_argument("options", nargs="*", help="of the analysis, after --")
    return parser.parse_args()


if __name__ == "__main__":
    main()
