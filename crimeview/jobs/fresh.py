"""Starting a training anew without losing what an earlier one left."""

import shutil
from pathlib import Path

from crimeview.core.errors import UsageError


def set_aside(folder: Path, *, data: Path) -> None:
    """Rename a folder of checkpoints to “...-before”, in place of an older one of that name.

    Hours of fitting must not be lost because a word was forgotten. Nothing is touched, and a
    UsageError raised, where the training could not start because there is no `data`.
    """
    if not data.is_dir():
        raise UsageError(f"There is no folder {data}; point --data at the training data.")
    if folder.is_dir():
        before = folder.with_name(f"{folder.name}-before")
        shutil.rmtree(before, ignore_errors=True)
        folder.rename(before)
