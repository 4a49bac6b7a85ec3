"""What the program tells of its own faults, to be copied into a report."""

import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version

from PySide6.QtCore import QLocale, qVersion
from PySide6.QtGui import QGuiApplication

from crimeview.gui.log import log_path, log_tail

_LOG = 4000  # characters of the log that belong to a report


def report_text(details: Sequence[str]) -> str:
    """All that helps to find a fault; nothing of a recording but names in tracebacks and log."""
    parts = [surroundings(), *details]
    tail = log_tail(most=_LOG)
    if tail:
        parts.append(f"The end of the log:\n{tail}")
    return "\n\n".join(parts) + "\n"


def surroundings() -> str:
    """What the program runs on, a line each."""
    screens = [
        f"{s.size().width()}x{s.size().height()} at {s.devicePixelRatio():g}"
        for s in QGuiApplication.screens()
    ]
    lines = {
        "crimeview": _version("crimeview"),
        "Python": platform.python_version(),
        "Qt": f"{qVersion()} (PySide {_version('PySide6-Essentials')})",
        "System": platform.platform(),
        "Screens": f"{QGuiApplication.platformName()}, {', '.join(screens)}",
        "Language": QLocale.system().name(),
        "Log": str(log_path()),
    }
    return "\n".join(f"{name}: {text}" for name, text in lines.items())


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "?"
