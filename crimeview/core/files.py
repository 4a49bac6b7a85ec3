"""Asking what a path is.

`Path.is_dir`, `is_file` and `exists` raise for a name that is too long or a folder that may not be
entered. To these nothing is there: whoever then opens it gets the reason.
"""

import os
from pathlib import Path


def is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112


def is_file(path: Path) -> bool:
    """Whether it is a regular file: no folder, no pipe, no device."""
    return os.path.isfile(path)  # noqa: PTH113


def exists(path: Path) -> bool:
    return os.path.exists(path)  # noqa: PTH110
