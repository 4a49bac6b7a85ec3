"""Labels of video files: which clip shows an event, and from which frame to which it lasts."""

import ntpath
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from crimeview.core.errors import UsageError
from crimeview.core.files import is_file, is_folder
from crimeview.evaluation.intervals import Interval, is_span, parse_intervals
from crimeview.evaluation.table import LeftOut, Only, Row, is_unnamed, read_table

GROUP_COLUMNS = ("group", "source", "scene")
NORMAL = "normal"
_SPANS = "anomalous_frames"
L = TypeVar("L", "ClipLabel", "FrameLabel")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClipLabel:
    """A clip with its label; `name` is its path as the table has it.

    Clips of one `group` come from one source; a clip without one is its own group.
    """

    line: int
    name: str
    file: Path
    group: str
    label: str

    @property
    def positive(self) -> bool:
        return self.label.lower() != NORMAL


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameLabel:
    """A recording with its events as spans of frames; the rest as in `ClipLabel`.

    `columns` are all cells of its row by lower-case name.
    """

    line: int
    name: str
    file: Path
    group: str
    events: tuple[Interval, ...]
    columns: Mapping[str, str] = field(default_factory=dict)


def read_clip_labels(
    file: Path, *, only: Only | None = None
) -> tuple[list[ClipLabel], list[LeftOut]]:
    """The rows of a table with `path` and `label`, and those that cannot be used.

    Raises UsageError where the table is none.
    """

    def label(row: Row, name: str, path: Path, group: str) -> ClipLabel:
        if not row.cells["label"]:
            raise ValueError("The label is empty; write “normal” or what the clip shows.")
        return ClipLabel(line=row.line, name=name, file=path, group=group, label=row.cells["label"])

    return _labels(file, only, "label", label)


def read_frame_labels(
    file: Path, *, only: Only | None = None
) -> tuple[list[FrameLabel], list[LeftOut]]:
    """The rows of a table with `path` and `anomalous_frames`, and those that cannot be used.

    Raises UsageError where the table is none.
    """

    def label(row: Row, name: str, path: Path, group: str) -> FrameLabel:
        _check_whole(row)
        events = parse_intervals(row.cells[_SPANS])
        return FrameLabel(
            line=row.line, name=name, file=path, group=group, events=events, columns=row.cells
        )

    return _labels(file, only, _SPANS, label)


def group_of(row: Row, name: str) -> str:
    """The source that a row names; its own name where it names none."""
    return row.first(GROUP_COLUMNS) or name


def _labels(
    file: Path, only: Only | None, column: str, label: Callable[[Row, str, Path, str], L]
) -> tuple[list[L], list[LeftOut]]:
    rows = read_table(file, needed=[["path"], [column]])
    if not rows:
        raise UsageError(f"The table {file} has no rows; list one recording a line.")
    if only is not None:
        rows = only.of(rows, file)
    labels: dict[Path, L] = {}
    left_out = []
    for row in rows:
        name = row.cells["path"]
        try:
            path = _located(name, file.parent)
            _check_new(path, labels)
            labels[path] = label(row, name, path, group_of(row, name))
        except ValueError as error:
            left_out.append(LeftOut(row.line, name, str(error)))
    return list(labels.values()), left_out


def _check_whole(row: Row) -> None:
    """Refuse a row whose spans were taken apart: in a table with semicolons they part the cells."""
    further = [cell for column, cell in row.cells.items() if is_unnamed(column) and cell]
    spans = [cell for column, cell in row.cells.items() if column != _SPANS and is_span(cell)]
    if further and spans:
        raise ValueError(
            f"The span {spans[0]} stands in a cell of its own: join spans by “|”, or quote the "
            "cell that holds them."
        )


def _check_new(path: Path, labels: Mapping[Path, ClipLabel | FrameLabel]) -> None:
    if path in labels:
        raise ValueError(
            f"The file is listed in line {labels[path].line} already; list a file once, with all "
            "that it shows."
        )


def _located(name: str, folder: Path) -> Path:
    """The file that a cell means.

    As written, or with its backslashes as slashes, or in another form of Unicode: file systems and
    archives rewrite accents and Hangul.
    """
    if not name:
        raise ValueError("The path is empty; write it relative to the table.")
    for form in _forms(name):
        path = folder / form
        if is_file(path):
            return path
    if any(is_folder(folder / form) for form in _forms(name)):
        raise ValueError(
            f"There is no file {folder / name}, it is a folder: list video files. ffmpeg makes "
            "one of a folder of pictures."
        )
    raise ValueError(
        f"There is no file {folder / name}; paths are relative to the folder of the table."
    )


def _forms(name: str) -> Sequence[str]:
    slashed = name.replace("\\", "/")
    relative = slashed if not ntpath.splitdrive(slashed)[0] else name
    forms = [name, relative]
    forms += [unicodedata.normalize(form, f) for f in tuple(forms) for form in ("NFC", "NFD")]
    return tuple(dict.fromkeys(forms))
