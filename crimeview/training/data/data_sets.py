"""Data sets of any layout, told apart by what is in their folder."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from crimeview.core.errors import UsageError
from crimeview.core.files import is_file, is_folder
from crimeview.training.data.class_folders import (
    class_folders,
    entries,
    read_class_folders,
    read_ordinary,
    videos_in,
)
from crimeview.training.data.examples import Example, Split
from crimeview.training.data.folds import with_folds
from crimeview.training.data.labels_table import LABELS_FILE, read_labels_table
from crimeview.training.data.ucf_crime import has_ucf_lists, read_ucf_crime


class Layout(Enum):
    """How a data set says what its recordings show."""

    TABLE = "labels.csv"
    UCF_CRIME = "lists of UCF-Crime"
    CLASSES = "a folder for each class"
    ORDINARY = "no labels: taken as ordinary"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """A data set as read: nothing is decoded yet. `problems` are sentences for the user."""

    name: str
    folder: Path
    layout: Layout
    examples: tuple[Example, ...]
    problems: tuple[str, ...]

    def part(self, split: Split) -> list[Example]:
        """The examples of one part, with the folds that the data set gives; see `with_folds`."""
        return [e for e in self.examples if e.split == split]


def read_data_set(folder: Path) -> DataSet:
    """Read the data set in a folder, whichever layout it has; raises UsageError."""
    if not is_folder(folder):
        raise UsageError(f"There is no folder {folder}; give that of your data sets.")
    layout = _layout(folder)
    problems: list[str] = []
    match layout:
        case None:
            raise UsageError(
                f"No data set is found in {folder}: it has neither labels.csv, nor lists of "
                "UCF-Crime, nor a folder of videos for each class, nor videos."
            )
        case Layout.TABLE:
            examples = read_labels_table(folder)
        case Layout.UCF_CRIME:
            examples, problems = read_ucf_crime(folder)
        case Layout.CLASSES:
            examples = read_class_folders(folder)
        case Layout.ORDINARY:
            examples = read_ordinary(folder)
    return DataSet(
        name=folder.name,
        folder=folder,
        layout=layout,
        examples=tuple(examples),
        problems=tuple(problems),
    )


def read_data_sets(data: Path) -> list[DataSet]:
    """The data sets in a folder of them, or the one that the folder is; raises UsageError."""
    data = data.resolve()
    layouts = {p: _layout(p) for p in entries(data) if is_folder(p)}
    # Folders of recordings side by side may be classes, or data sets among others with labels.
    labeled = any(kind not in (None, Layout.ORDINARY) for kind in layouts.values())
    if _layout(data) in (Layout.TABLE, Layout.UCF_CRIME) or not labeled:
        return [read_data_set(data)]
    return [read_data_set(p) for p, layout in layouts.items() if layout is not None]


def read_examples(data: Path, *, without: Collection[str] = ()) -> list[Example]:
    """All examples for training under a folder, with folds, but for the data sets `without`.

    Raises UsageError for what is missing.
    """
    sets = [s for s in read_data_sets(data) if s.name not in without]
    return with_folds([e for s in sets for e in s.part("train")])


def _layout(folder: Path) -> Layout | None:
    if is_file(folder / LABELS_FILE):
        return Layout.TABLE
    if has_ucf_lists(folder):
        return Layout.UCF_CRIME
    if class_folders(folder):
        return Layout.CLASSES
    return Layout.ORDINARY if videos_in(folder) else None
