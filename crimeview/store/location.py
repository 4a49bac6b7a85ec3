"""Where cases lie."""

from pathlib import Path

import platformdirs

from crimeview.core.files import is_file
from crimeview.store.database import FILE_NAME


def default_case_folder() -> Path:
    """The case that is used where none is named."""
    return Path(platformdirs.user_data_dir("crimeview", appauthor=False)) / "cases" / "default"


def is_case(folder: Path) -> bool:
    """Whether the folder holds a case."""
    return is_file(folder / FILE_NAME)
