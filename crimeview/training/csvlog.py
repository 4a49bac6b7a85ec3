"""A training run's log: one CSV file that any program can plot."""

import csv
from collections.abc import Mapping
from pathlib import Path


def append_row(file: Path, row: Mapping[str, float | str]) -> None:
    """Add a row, with a header before the first one."""
    file.parent.mkdir(parents=True, exist_ok=True)
    fresh = not file.exists()
    with file.open("a", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(row))
        if fresh:
            writer.writeheader()
        writer.writerow({k: f"{v:.6g}" if isinstance(v, float) else v for k, v in row.items()})
