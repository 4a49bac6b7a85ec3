"""Which files of folders are videos, by name."""

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from crimeview.core.files import VIDEO_SUFFIXES, is_folder


def find_videos(paths: Iterable[Path]) -> list[Path]:
    """The video files among `paths`, each once.

    Folders are searched to any depth, without hidden entries, by known suffixes, and their files
    come in natural order ("cam 2" before "cam 10"). A file given by itself is taken whatever its
    name, even if it does not exist: what is wrong with it is for the opening to say. So is a folder
    that may not be listed.
    """
    found: dict[Path, None] = {}
    for path in paths:
        found.update(dict.fromkeys(_videos_in(path) if is_folder(path) else [path]))
    return list(found)


def _videos_in(folder: Path) -> list[Path]:
    unlisted: list[Path] = []
    videos = list(_search(folder, unlisted))
    return sorted(videos + unlisted, key=_natural)


def _search(folder: Path, unlisted: list[Path]) -> Iterator[Path]:
    def note(error: OSError) -> None:
        unlisted.append(Path(error.filename))

    for name, folders, files in os.walk(folder, onerror=note):
        folders[:] = [f for f in folders if not f.startswith(".")]
        for file in files:
            if not file.startswith(".") and Path(file).suffix.lower() in VIDEO_SUFFIXES:
                yield Path(name, file)


def _natural(path: Path) -> list[list[tuple[int, str]]]:
    """Sorts by parts of the path, numbers within them by value."""
    return [
        [(int(t), "") if t.isdecimal() else (-1, t) for t in re.split(r"(\d+)", part.casefold())]
        for part in path.parts
    ]
