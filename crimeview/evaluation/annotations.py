"""What recordings show, for scores and features that were computed before: no video is needed."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath
from typing import TypeVar

from crimeview.core.errors import UsageError
from crimeview.evaluation.intervals import Interval, clipped, parse_intervals
from crimeview.evaluation.labels import NORMAL, group_of
from crimeview.evaluation.table import LeftOut, Only, Row, read_table

_NAMES = ("name", "path", "video", "recording")
_CLASSES = ("class", "label")
_SPANS = "anomalous_frames"
V = TypeVar("V")


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotation:
    """What is known of a recording.

    `frames` is its number of frames and `events` its anomalous spans, both None where only the
    recording as a whole is labeled.
    """

    line: int
    name: str
    group: str
    label: str
    positive: bool
    frames: int | None
    events: tuple[Interval, ...] | None


@dataclass(frozen=True, slots=True)
class Annotations:
    """The rows that can be used, those that cannot, and sentences on what was mended."""

    rows: tuple[Annotation, ...]
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]


def read_annotations(file: Path, *, only: Only | None = None) -> Annotations:
    """Read a table with `name` and either `frames` and `anomalous_frames`, or `class` or `label`.

    `only` chooses rows, None means all. Raises UsageError where it is no such table.
    """
    rows = read_table(file, needed=[_NAMES, (_SPANS, *_CLASSES)])
    if not rows:
        raise UsageError(f"The table {file} has no rows; list one recording a line.")
    if only is not None:
        rows = only.of(rows, file)
    annotations: dict[str, Annotation] = {}
    left_out, notes = [], []
    for row in rows:
        name = row.first(_NAMES)
        try:
            _check_name(name, annotations)
            annotations[name], note = _annotation(row, name)
        except ValueError as error:
            left_out.append(LeftOut(row.line, name, str(error)))
        else:
            if note:
                notes.append(f"{name}: {note}")
    return Annotations(tuple(annotations.values()), tuple(left_out), tuple(notes))


def matched(
    annotations: Sequence[Annotation], values: Mapping[str, V]
) -> tuple[list[tuple[Annotation, V]], list[str]]:
    """The annotated recordings that have values, and sentences on what has no counterpart.

    Names match as they are, or else without ending and case, or else without folders too, where
    only one on either side is called so. Raises UsageError where none match.
    """
    named = _names({annotation.name for annotation in annotations}, list(values))
    pairs, lonely, used = [], [], set()
    for annotation in annotations:
        name = named.get(annotation.name)
        if name is None:
            lonely.append(annotation.name)
        else:
            pairs.append((annotation, values[name]))
            used.add(name)
    if not pairs:
        raise UsageError(
            "No recording is in both files: the annotations begin with "
            f"“{annotations[0].name if annotations else 'nothing'}”, the others with "
            f"“{next(iter(values), 'nothing')}”; give files on the same recordings."
        )
    rest = [name for name in values if name not in used]
    return pairs, [
        f"{len(names)} of the {what} {'has' if len(names) == 1 else 'have'} no counterpart and "
        f"{'does' if len(names) == 1 else 'do'} not count: {_listed(names)}."
        for names, what in ((lonely, "annotated recordings"), (rest, "scored recordings"))
        if names
    ]


def _names(wanted: Set[str], there: Sequence[str]) -> dict[str, str]:
    """What each name that is wanted is called among those that are there."""
    found = {name: name for name in there if name in wanted}
    for plain in (_without_ending, _plain):
        ours, theirs = (_alone(names, plain) for names in (wanted, there))
        found = {ours[key]: theirs[key] for key in ours.keys() & theirs.keys()} | found
    return found


def _alone(names: Iterable[str], plain: Callable[[str], str]) -> dict[str, str]:
    """The names by their plain form, without those that share it: they may be anything's."""
    counted = Counter(map(plain, names))
    return {plain(name): name for name in names if counted[plain(name)] == 1}


def _annotation(row: Row, name: str) -> tuple[Annotation, str | None]:
    label = row.first(_CLASSES)
    frames, events, note = _count(row.cells.get("frames", "")), None, None
    spans = parse_intervals(row.cells[_SPANS]) if _SPANS in row.cells else None
    if spans is not None and frames is not None:
        events, note = clipped(spans, frames)
    positive = label.lower() != NORMAL if spans is None else bool(spans)
    if spans is None and not label:
        raise ValueError("The label is empty; write “Normal” or what the recording shows.")
    return Annotation(
        line=row.line,
        name=name,
        group=group_of(row, name),
        label=label or ("anomalous" if positive else NORMAL),
        positive=positive,
        frames=frames,
        events=events,
    ), note


def _count(text: str) -> int | None:
    if not text:
        return None
    if not text.isdecimal() or int(text) == 0:
        raise ValueError(f"“{text}” is no number of frames; write a whole number above 0.")
    return int(text)


def _check_name(name: str, seen: Mapping[str, Annotation]) -> None:
    if not name:
        raise ValueError("The name is empty; write that of the recording.")
    if name in seen:
        raise ValueError(f"The recording is listed in line {seen[name].line} already.")


def _without_ending(name: str) -> str:
    """A name without ending and case, its folders with slashes."""
    path = PureWindowsPath(name)
    return (path.parent / path.stem).as_posix().casefold()


def _plain(name: str) -> str:
    """A name without folder, ending and case; also folders of Windows."""
    return PureWindowsPath(name).stem.casefold()


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names[:3]) + (", ..." if len(names) > 3 else "")
