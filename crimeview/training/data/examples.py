"""Training examples: readers of labels.csv folders, and folds that keep a source together."""

import csv
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from crimeview.core.errors import UsageError

NORMAL = "normal"  # the label of what shows no event
FOLDS = 5
FOLDS_OPEN = -1  # the fold of an example before `with_folds`
WHOLE = (0.0, float("inf"))
RENDERED = "rendered"  # `data` of examples that are not footage

# Ordinary footage: every recording is its own source, but for two files of the same scene.
_SAME_SCENE = {"traffic_camera_vfr": "traffic_camera"}
# Event clips differ in length by class, so that length alone tells: only the middle is used.
_CENTRAL = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A recording or clip with its label.

    `label` is “normal” or the name of an event's kind; it holds from `span[0]` to `span[1]`
    seconds, all else in the recording is normal. `core` is the part of the span in which it shows
    best. `central` is how many seconds around the recording's middle may be used, None for all.
    `group` names the source: examples of one group never part; `fold` (0 to 4) is the fold in
    which the group is held out.
    """

    path: Path
    data: str
    label: str
    group: str
    fold: int
    span: tuple[float, float] = WHOLE
    core: tuple[float, float] = WHOLE
    central: float | None = None


def read_examples(data: Path) -> list[Example]:
    """All examples under the data folder, folds given; raises UsageError for what is missing."""
    examples = [
        *_labeled(data / "surveillance_fights", group="source"),
        *_labeled(data / "car_crashes", group="scene"),
        *_ordinary(data / "recordings"),
        *_training_part(data / "ucsd_ped2"),
        *_training_part(data / "avenue"),
    ]
    return with_folds(examples)


def with_folds(examples: Sequence[Example]) -> list[Example]:
    """Give each group without a fold the fold that has the fewest such groups, in name order."""
    given: dict[str, int] = {e.group: e.fold for e in examples if e.fold != FOLDS_OPEN}
    missing = sorted({e.group for e in examples} - given.keys())
    given |= {group: number % FOLDS for number, group in enumerate(missing)}
    return [replace(e, fold=given[e.group]) for e in examples]


def held_out(examples: Iterable[Example], fold: int) -> tuple[list[Example], list[Example]]:
    """Examples of all other folds, and of this one; raises ValueError if a group is in both."""
    both = list(examples)
    rest, test = [e for e in both if e.fold != fold], [e for e in both if e.fold == fold]
    if shared := {e.group for e in rest} & {e.group for e in test}:
        raise ValueError(f"groups on both sides of the fold: {sorted(shared)}")
    return rest, test


def _labeled(folder: Path, *, group: str) -> list[Example]:
    return [
        Example(
            path=folder / row["path"],
            data=folder.name,
            label=row["label"],
            group=f"{folder.name}/{row[group]}",
            fold=int(row["fold"]),
            central=_CENTRAL,
        )
        for row in _rows(folder, ("path", "label", group, "fold"))
    ]


def _training_part(folder: Path) -> list[Example]:
    """The clips of `train/`, normal by the data set's definition; one camera, so one group."""
    return [
        _quiet(folder / row["path"], folder.name, group=folder.name)
        for row in _rows(folder, ("path",))
        if row["path"].startswith("train/")
    ]


def _ordinary(folder: Path) -> list[Example]:
    if not folder.is_dir():
        raise UsageError(f"The training data has no folder {folder}; point --data at all of it.")
    return [
        _quiet(path, folder.name, group=f"{folder.name}/{_SAME_SCENE.get(path.stem, path.stem)}")
        for path in sorted(folder.iterdir())
        if path.suffix in (".mp4", ".avi")
    ]


def _quiet(path: Path, data: str, *, group: str) -> Example:
    return Example(path=path, data=data, label=NORMAL, group=group, fold=FOLDS_OPEN)


def _rows(folder: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    file = folder / "labels.csv"
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream)
            rows = [dict(row) for row in reader]
    except OSError as error:
        raise UsageError(
            f"The training labels {file} cannot be read; point --data at the folder of data sets."
        ) from error
    if lacking := [c for c in columns if c not in (reader.fieldnames or ())]:
        raise UsageError(f"The training labels {file} lack the column {', '.join(lacking)}.")
    return rows
