"""A training run's log: one CSV file that any program can plot."""

import csv
from collections.abc import Mapping, Sequence
from pathlib import Path


def write_rows(file: Path, rows: Sequence[Mapping[str, float | str]]) -> None:
    """Write all rows at once, in place of an older file; the first one names the columns."""
    file.parent.mkdir(parents=True, exist_ok=True)
    scratch = file.with_suffix(".tmp")
    with scratch.open("w", newline="", encoding="utf-8") as stream:
        writer = csv.DictWriter(stream, list(rows[0]))
        writer.writeheader()
        writer.writerows(map(_texts, rows))
    scratch.replace(file)


def count_rows(file: Path) -> int:
    """How many rows `write_rows` wrote; 0 where there is no file."""
    if not file.is_file():
        return 0
    with file.open(newline="", encoding="utf-8") as stream:
        return sum(1 for _ in csv.DictReader(stream))


def _texts(row: Mapping[str, float | str]) -> dict[str, str]:
    return {k: f"{v:.6g}" if isinstance(v, float) else str(v) for k, v in row.items()}
