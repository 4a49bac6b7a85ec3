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
