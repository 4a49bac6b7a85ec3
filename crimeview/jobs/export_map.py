"""A map of segments as a file: a picture, a drawing, or a table."""

import csv
import io
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.jobs.map_facets import OTHER, SUGGESTED, FacetValues
from crimeview.jobs.map_points import MapItem

Floats = NDArray[np.float32]

SUFFIXES = (".png", ".svg", ".csv")
FIELDS = (
    "recording", "start", "end", "peak", "type", "state", "camera", "date", "case", "segment",
    "library_entry", "cluster", "x", "y",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownMap:
    """A map as it is shown: `positions` (n, 2) of `items`, told apart by `values`.

    `shown` (n,) says which are not left out, `clusters` (n,) are None where nobody asked for them.
    """

    items: Sequence[MapItem]
    positions: Floats
    values: FacetValues
    shown: NDArray[np.bool_]
    clusters: NDArray[np.intp] | None = None


def export_map(
    shown: ShownMap,
    file: Path,
    *,
    title: str,
    subtitle: str,
    name_of: Callable[[str | None], str] | None = None,
) -> Job[Path]:
    """Write what is shown as a PNG, an SVG or a table, as the file's ending says.

    `name_of` gives values as people read them. Raises UsageError.
    """
    suffix = file.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(
            f"A map cannot be written as “{file.name}”; let the name end in .png, .svg or .csv."
        )
    yield Step(done=0, total=1, message=f"Writing {file.name}")
    try:
        if suffix == ".csv":
            _write_table(shown, file)
        else:
            _draw(shown, file, title=title, subtitle=subtitle, name_of=name_of or _plain)
    except OSError as error:
        raise UsageError(
            f"“{file}” cannot be written ({error.strerror}); choose another place or free some "
            "space."
        ) from error
    return file


def _draw(
    shown: ShownMap,
    file: Path,
    *,
    title: str,
    subtitle: str,
    name_of: Callable[[str | None], str],
) -> None:
    from crimeview.plots.segment_map import MapGroup, save_segment_map  # only who draws needs it

    groups = []
    for code, value in enumerate(shown.values.values):
        rows = shown.shown & (shown.values.codes == code)
        if rows.any():
            known = value is not None and value != OTHER
            group = MapGroup(name=name_of(value), positions=shown.positions[rows], known=known)
            groups.append(group)
    part = file.with_name(f".{file.stem}.part{file.suffix}")
    try:
        save_segment_map(groups, part, title=title, subtitle=subtitle)
        os.replace(part, file)  # noqa: PTH105
    finally:
        part.unlink(missing_ok=True)


def _write_table(shown: ShownMap, file: Path) -> None:
    """The table as a whole or not at all."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(FIELDS)
    for number in np.flatnonzero(shown.shown).tolist():
        writer.writerow(_line(shown, number))
    part = file.with_name(f".{file.name}.part")
    try:
        part.write_text(text.getvalue(), "utf-8", errors="backslashreplace")
        os.replace(part, file)  # noqa: PTH105
    finally:
        part.unlink(missing_ok=True)


def _line(shown: ShownMap, number: int) -> list[object]:
    item = shown.items[number]
    x, y = shown.positions[number].tolist()
    return [
        str(item.path),
        round(item.start, 3),
        round(item.end, 3),
        round(item.peak, 4),
        item.kind or "",
        item.state.value if item.state is not None else "",
        item.camera,
        item.day.isoformat() if item.day is not None else "",
        item.case,
        item.segment_id if item.segment_id is not None else "",
        item.entry if item.entry is not None else "",
        int(shown.clusters[number]) if shown.clusters is not None else "",
        round(x, 5),
        round(y, 5),
    ]


def _plain(value: str | None) -> str:
    if value is not None and value.endswith(SUGGESTED):
        return f"{value.removesuffix(SUGGESTED)} (suggested)"
    return "not known" if value is None else "others" if value == OTHER else value
