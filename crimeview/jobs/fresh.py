"""Starting a training anew without losing what an earlier one left."""

from itertools import chain, count
from pathlib import Path

from crimeview.core.errors import UsageError
from crimeview.core.files import exists, is_folder


def set_aside(folder: Path, *, data: Path) -> None:
    """Rename a folder of checkpoints to “...-before”, or “...-before-2” where there is one already.

    Hours of fitting must not be lost because a word was forgotten, not even twice. Nothing is
    touched, and a UsageError raised, where the training could not start because there is no `data`.
    """
    if not is_folder(data):
        raise UsageError(f"There is no folder {data}; point --data at the training data.")
    if is_folder(folder):
        endings = chain(["before"], (f"before-{number}" for number in count(2)))
        places = (folder.with_name(f"{folder.name}-{ending}") for ending in endings)
        folder.rename(next(place for place in places if not exists(place)))
