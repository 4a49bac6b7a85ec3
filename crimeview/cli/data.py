"""`crimeview data`."""

import sys
from pathlib import Path

from crimeview.cli.drive import drive
from crimeview.cli.faults import tell
from crimeview.jobs.show_data import DataReport, Preset, show_data
from crimeview.training.data.summary import PartSummary

_WIDTH = 140  # of a table that goes to a file


def run_show(data: Path, *, out: Path | None, preset: Preset) -> int:
    """Print what data sets hold and what may be wrong with them; draw examples to `out`."""
    job = show_data(data, grid=out, preset=preset)
    report = drive(job, if_stopped="Stopped. Nothing was written.", unit="other")
    _print_parts(report)
    for problem in report.problems:
        print(f"- {problem}")
    for number, example in enumerate(report.rows, start=1):
        print(f"row {number}: {example.data}, {example.label}, {example.path.name}")
    if out is not None:
        tell(f"The picture is {out}.")
    return 0


def _print_parts(report: DataReport) -> None:
    # Imported here: rich takes a tenth of a second that other commands need not wait for.
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD)
    for title in ("data set", "told by", "part", "labels"):
        table.add_column(title)
    for title in ("sources", "in folds", "minutes"):
        table.add_column(title, justify="right")
    for part in report.parts:
        table.add_row(*_cells(part))
    width = None if sys.stdout.isatty() else _WIDTH
    Console(highlight=False, markup=False, width=width).print(table)


def _cells(part: PartSummary) -> tuple[str, ...]:
    labels = ", ".join(f"{label} {count}" for label, count in part.labels.items())
    folds = " ".join(map(str, part.folds)) or "-"
    return (
        part.name,
        part.layout.value,
        part.split,
        labels,
        str(part.groups),
        folds,
        f"{part.minutes:.1f}",
    )
