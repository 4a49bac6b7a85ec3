"""Data sets that list their recordings in `labels.csv`."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from crimeview.core.errors import UsageError
from crimeview.core.files import is_file
from crimeview.training.data.examples import ANOMALOUS, FOLDS, FOLDS_OPEN, NORMAL, Example, Split
from crimeview.training.data.naming import SPLIT_WORDS, split_of

LABELS_FILE = "labels.csv"
# Event clips differ in length by class, so that length alone tells: only the middle is used.
CENTRAL = 2.0
_GROUPS = ("group", "source", "scene")
_Row = Mapping[str, str]


def read_labels_table(folder: Path) -> list[Example]:
    """The examples of a folder with `labels.csv`.

    The table has `path` (relative to the folder) and `label` or `anomalous_frames` or both;
    `group`, `source` or `scene`, `fold` (0 to 4) and `split` are taken where they are. Without a
    group a labeled clip is its own source, and recordings that only tell frames are of one camera.
    Raises UsageError.
    """
    file = folder / LABELS_FILE
    rows = _rows(file)
    columns = rows[0]
    if "label" not in columns and "anomalous_frames" not in columns:
        raise UsageError(f"The labels {file} lack the column label (or anomalous_frames).")
    examples = [_example(row, folder) for row in rows]
    missing = [e.path for e in examples if not is_file(e.path)]
    if missing:
        raise UsageError(
            f"{len(missing)} of {len(examples)} recordings listed in {file} are missing, "
            f"the first is {missing[0]}."
        )
    return examples


def parse_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Spans of frames, `start-end` joined by `;`; raises ValueError."""
    spans = []
    for part in filter(None, (p.strip() for p in text.split(";"))):
        match = re.fullmatch(r"(\d+)\s*-\s*(\d+)", part)
        if match is None or int(match[1]) >= int(match[2]):
            raise ValueError(f"“{part}” is no span of frames; write start-end, the end exclusive")
        spans.append((int(match[1]), int(match[2])))
    return tuple(spans)


def _rows(file: Path) -> list[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            rows = [{k: v.strip() for k, v in row.items() if k} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"The labels {file} cannot be read ({error}).") from error
    if "path" not in (reader.fieldnames or ()):
        raise UsageError(f"The labels {file} lack the column path.")
    if not rows:
        raise UsageError(f"The labels {file} list nothing; give one recording a line.")
    return rows


def _example(row: _Row, folder: Path) -> Example:
    if not row["path"]:
        raise UsageError(f"A row of {folder / LABELS_FILE} has no path; name its recording.")
    spans = _spans(row, folder)
    clip = "label" in row
    label = row["label"] if clip else ANOMALOUS if spans else NORMAL
    if not label:
        raise UsageError(f"“{row['path']}” has no label in {folder / LABELS_FILE}.")
    return Example(
        path=folder / row["path"],
        data=folder.name,
        label=NORMAL if label.lower() == NORMAL else label,
        group=_group(row, folder, clip=clip),
        fold=_fold(row, folder),
        central=CENTRAL if clip else None,
        split=_split(row, folder),
        anomalous_frames=spans,
    )


def _group(row: _Row, folder: Path, *, clip: bool) -> str:
    named = next((row[column] for column in _GROUPS if row.get(column)), "")
    if named:
        return f"{folder.name}/{named}"
    return f"{folder.name}/{row['path']}" if clip else folder.name


def _fold(row: _Row, folder: Path) -> int:
    text = row.get("fold", "")
    if not text:
        return FOLDS_OPEN
    if not text.isdecimal() or int(text) >= FOLDS:
        raise UsageError(
            f"“{row['path']}” has the fold “{text}” in {folder / LABELS_FILE}; "
            f"folds are numbered from 0 to {FOLDS - 1}."
        )
    return int(text)


def _split(row: _Row, folder: Path) -> Split:
    """As the table says, else by the first folder of the path, else for training."""
    text = row.get("split", "")
    if not text:
        return split_of(Path(row["path"]).parts[0]) or "train"
    split = split_of(text)
    if split is None:
        raise UsageError(
            f"“{row['path']}” has the unknown split “{text}” in {folder / LABELS_FILE}; "
            f"known are {', '.join(SPLIT_WORDS)}."
        )
    return split


def _spans(row: _Row, folder: Path) -> tuple[tuple[int, int], ...]:
    try:
        return parse_spans(row.get("anomalous_frames", ""))
    except ValueError as error:
        raise UsageError(f"{folder / LABELS_FILE}, {row['path']}: {error}.") from error
