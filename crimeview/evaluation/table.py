"""Reading tables that people have made: odd encodings, delimiters, blanks and line ends."""

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from crimeview.core.errors import UsageError

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_DELIMITERS = (",", "\t", ";")
_LONGEST_CELL = 1 << 24  # characters
_NUMBER = "#"  # before the number of a column that has no name of its own


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: its line in the file, from 1, and its cells by lower-case column."""

    line: int
    cells: Mapping[str, str]

    def first(self, columns: Sequence[str]) -> str:
        """The first cell of these columns that says something, or an empty text."""
        return next((self.cells[c] for c in columns if self.cells.get(c)), "")


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What is not part of an evaluation, and why, in a sentence; `line` as in `Row`."""

    line: int | None
    name: str
    reason: str


def read_table(file: Path, *, needed: Sequence[Sequence[str]]) -> list[Row]:
    """The rows of a CSV file that say anything; raises UsageError.

    UTF-8 (with or without a mark), UTF-16 with a mark and CP949 are understood, commas, tabs and
    semicolons as delimiters, blanks around cells and any case in the header. Of each of `needed`
    (alternatives) one column must be there. Columns that nobody asked for are kept: one without a
    name of its own, or whose name came before, is called by its number, as “#3” or “score#3”.
    """
    text = _text(file)
    for delimiter in _DELIMITERS:
        header, rows = _parsed(text, delimiter)
        if all(any(c in header for c in columns) for columns in needed):
            return rows
    header, _ = _parsed(text, ",")
    wanted = ", ".join(" or ".join(f"“{c}”" for c in columns) for columns in needed)
    found = ", ".join(f"“{c}”" for c in header[:10] if not is_unnamed(c)) or "nothing"
    raise UsageError(
        f"The table {file} needs the columns {wanted} in its first line; it has {found}."
    )


def is_unnamed(column: str) -> bool:
    """Whether a column has no name of its own, but is called by its number."""
    return column[:1] == _NUMBER and column[1:].isdecimal()


@dataclass(frozen=True, slots=True)
class Only:
    """Which rows of a table are wanted: those with this value (in any case) in this column."""

    column: str
    value: str

    def of(self, rows: Sequence[Row], file: Path) -> list[Row]:
        """The rows wanted; raises UsageError where there is no such column or no such row."""
        column = "_".join(self.column.lower().split())
        if rows and column not in rows[0].cells:
            raise UsageError(
                f"The table {file} has no column “{self.column}”; it has "
                f"{', '.join(rows[0].cells)}."
            )
        found = [row for row in rows if row.cells[column].lower() == self.value.strip().lower()]
        if not found:
            raise UsageError(f"No row of {file} has “{self.value}” in “{self.column}”.")
        return found


def _text(file: Path) -> str:
    try:
        data = file.read_bytes()
    except OSError as error:
        raise UsageError(
            f"The table {file} cannot be read ({error.strerror}); check the path."
        ) from error
    encodings = ("utf-16",) if data.startswith(_UTF16) else ("utf-8-sig", "cp949")
    for encoding in encodings:
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UsageError(f"The table {file} is not text; save it as CSV in UTF-8.")


def _parsed(text: str, delimiter: str) -> tuple[list[str], list[Row]]:
    csv.field_size_limit(_LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    header: list[str] = []
    lines = []
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if not any(stripped):
                continue
            if not header:
                header = stripped
                continue
            lines.append((reader.line_num, stripped))
    except csv.Error as error:
        raise UsageError(
            f"The table is damaged in line {reader.line_num} ({error}); save it as CSV again."
        ) from error
    width = max([len(header), *(len(cells) for _, cells in lines)])
    columns = _columns(header + [""] * (width - len(header)))
    rows = [
        Row(line, dict(zip(columns, cells + [""] * (width - len(cells)), strict=True)))
        for line, cells in lines
    ]
    return columns, rows


def _columns(header: Sequence[str]) -> list[str]:
    columns: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = "_".join(cell.lower().split())
        columns.append(name if name and name not in columns else f"{name}{_NUMBER}{number}")
    return columns
