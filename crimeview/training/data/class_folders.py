"""Data sets without a table: a folder for each class, or recordings alone."""

from pathlib import Path

from crimeview.core.files import VIDEO_SUFFIXES, is_folder
from crimeview.training.data.examples import FOLDS_OPEN, NORMAL, Example, Split
from crimeview.training.data.labels_table import CENTRAL
from crimeview.training.data.naming import groups_by_stem, label_of, split_of


def class_folders(folder: Path) -> dict[Path, Split]:
    """The folders of classes, `fight/` or `train/fight/`, with the split that each is of."""
    found: dict[Path, Split] = {}
    for path in _subfolders(folder):
        split = split_of(path.name)
        if split is None:
            found[path] = "train"
        else:
            found |= dict.fromkeys(_subfolders(path), split)
    return {path: split for path, split in found.items() if videos_in(path)}


def read_class_folders(folder: Path) -> list[Example]:
    """A class's clips are of the sources that their names tell, see `groups_by_stem`."""
    examples = []
    splits = class_folders(folder)
    videos = {path: videos_in(path) for path in splits}
    for path, split in splits.items():
        files = videos[path]
        others = [file for other in splits if other != path for file in videos[other]]
        for file, group in zip(files, groups_by_stem(files, others=others), strict=True):
            examples.append(
                Example(
                    path=file,
                    data=folder.name,
                    label=label_of(path.name),
                    group=f"{folder.name}/{group}",
                    fold=FOLDS_OPEN,
                    central=CENTRAL,
                    split=split,
                )
            )
    return examples


def read_ordinary(folder: Path) -> list[Example]:
    """Recordings of which nothing is told: they are taken as showing nothing unusual."""
    files = videos_in(folder)
    return [
        Example(
            path=file,
            data=folder.name,
            label=NORMAL,
            group=f"{folder.name}/{group}",
            fold=FOLDS_OPEN,
        )
        for file, group in zip(files, groups_by_stem(files), strict=True)
    ]


def videos_in(folder: Path) -> list[Path]:
    """The videos of a folder itself, by name."""
    return [p for p in entries(folder) if p.suffix.lower() in VIDEO_SUFFIXES]


def entries(folder: Path) -> list[Path]:
    """What is in a folder, by name, without hidden things; nothing where it may not be listed."""
    try:
        return sorted(p for p in folder.iterdir() if not p.name.startswith("."))
    except OSError:
        return []


def _subfolders(folder: Path) -> list[Path]:
    return [p for p in entries(folder) if is_folder(p)]
