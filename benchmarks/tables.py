"""Results as markdown tables."""

from collections.abc import Iterable, Sequence
from statistics import median

from benchmarks.comparisons import Comparison, Target
from benchmarks.results import Comparing, Results


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def comparison_table(comparison: Comparison, found: Comparing) -> str:
    """A row for each candidate: median and range of its speed, and the ratio to the first one."""
    first = comparison.candidates[0]
    rows = []
    for name in comparison.candidates:
        runs = found.of(name)
        if not runs:
            rows.append((name, found.missing.get(name, "not measured"), "", "", "", ""))
            continue
        speeds = [run.speed for run in runs]
        frames = [1000 * run.cpu / (run.video * run.rate) for run in runs]
        ratio = found.ratio(first, name)
        rows.append(
            (
                name,
                f"{median(speeds):.3g}",
                f"{min(speeds):.3g} to {max(speeds):.3g}",
                f"{median(frames):.2f}",
                f"{max(run.peak_mb for run in runs):.0f}",
                "" if name == first or ratio is None else f"{ratio:.2f}",
            )
        )
    head = ("", "times realtime", "range", "CPU ms a frame", "peak MB", f"times “{first}”")
    return table(head, rows)


def target_rows(targets: Sequence[Target], results: Results) -> list[dict[str, object]]:
    """What was aimed at beside what was reached (None: not measured)."""
    return [
        {
            "what": target.what,
            "figure": target.figure,
            "wanted": target.wanted,
            "reached": reached,
            "met": None if reached is None else _is_met(target, reached),
        }
        for target in targets
        for reached in [_reached(target, results.comparisons.get(target.comparison))]
    ]


def target_table(rows: Sequence[dict[str, object]]) -> str:
    """The rows of `target_rows` as a table."""
    written = []
    for row in rows:
        most = "at most" if row["figure"] == "peak MB" else "at least"
        reached = row["reached"]
        written.append(
            (
                str(row["what"]),
                f"{most} {row['wanted']:g}",
                "not measured" if reached is None else f"{reached:.3g}",
                "" if row["met"] is None else "yes" if row["met"] else "no",
            )
        )
    return table(("what", "target", "reached", "met"), written)


def _reached(target: Target, found: Comparing | None) -> float | None:
    if found is None:
        return None
    if target.against is not None:
        return found.ratio(target.candidate, target.against)
    if target.figure == "peak MB":
        return found.peak_mb(target.candidate)
    return found.speed(target.candidate)


def _is_met(target: Target, reached: float) -> bool:
    return reached <= target.wanted if target.figure == "peak MB" else reached >= target.wanted
