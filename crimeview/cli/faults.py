"""What the user is told when something goes wrong, and where the rest of it is kept."""

import sys
import tempfile
import traceback
from datetime import datetime
from pathlib import Path

import platformdirs


def tell(sentence: str) -> None:
    """A sentence for a person, on stderr."""
    print(sentence, file=sys.stderr)


def log_fault(error: BaseException) -> Path:
    """Append the error's traceback to the program's log; gives the log's path.

    Where that folder cannot be written, the log is in the system's folder for temporary files.
    """
    usual = Path(platformdirs.user_log_dir("crimeview", appauthor=False)) / "crimeview.log"
    try:
        usual.parent.mkdir(parents=True, exist_ok=True)
        return _append(usual, error)
    except OSError:
        return _append(Path(tempfile.gettempdir()) / "crimeview.log", error)


def _append(log: Path, error: BaseException) -> Path:
    with log.open("a", encoding="utf-8", errors="backslashreplace") as file:
        file.write(f"\n{datetime.now().astimezone().isoformat()} {' '.join(sys.argv)}\n")
        traceback.print_exception(error, file=file)
    return log
