"""The file that keeps what went wrong, where the command line keeps it too."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

import platformdirs

_SIZE = 1_000_000  # bytes


def log_path() -> Path:
    return Path(platformdirs.user_log_dir("crimeview", appauthor=False)) / "crimeview.log"


def log_to_file() -> None:
    """Keep what is logged from now on, tracebacks and all."""
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_SIZE, backupCount=1, encoding="utf-8")
    except OSError:
        return  # without a log the window works as well
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger("crimeview").setLevel(logging.INFO)


def log_tail(*, most: int) -> str:
    """The last whole lines of the log, at most so many characters; empty where there is none."""
    try:
        with log_path().open("rb") as file:
            size = file.seek(0, 2)
            file.seek(max(0, size - most))
            text = file.read().decode("utf-8", "replace")
    except OSError:
        return ""
    return text if size <= most else text.partition("\n")[2]
