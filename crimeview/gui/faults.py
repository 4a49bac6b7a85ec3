"""Faults of the program itself, from whichever thread and library, gathered in one place.

Whatever nobody expected ends in the program's log: exceptions of the GUI thread and of others, what
background tasks fail with, and what Qt calls critical. What is logged as an error by crimeview
itself is a fault; other libraries have other ideas of an error.
"""

import logging
import sys
import threading
import traceback
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType

from PySide6.QtCore import (
    QMessageLogContext,
    QObject,
    Qt,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)

_KEPT = 20  # different faults
_log = logging.getLogger(__name__)
_qt = logging.getLogger("crimeview.qt")

# What Qt says of each window without a screen. It has no logging category to switch off.
_NO_SIZE_HINTS = "This plugin does not support propagateSizeHints()"
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.ERROR,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that should not have happened.

    `place` is the same for faults of the same kind at the same place in the code.
    """

    when: datetime
    place: str
    details: str


class Faults(QObject):
    """The faults since the start, each place once; `occurred` tells of a new place."""

    occurred = Signal()
    _knocked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.faults: Sequence[Fault] = ()
        self.repeated = 0  # faults at places that are known
        self._inbox: deque[Fault] = deque()
        self._knocked.connect(self._on_knocked, Qt.ConnectionType.QueuedConnection)

    def report(self, fault: Fault) -> None:
        """Take a fault in; from any thread."""
        self._inbox.append(fault)
        self._knocked.emit()

    def _on_knocked(self) -> None:
        before = len(self.faults)
        while self._inbox:
            fault = self._inbox.popleft()
            known = any(fault.place == other.place for other in self.faults)
            if known or len(self.faults) >= _KEPT:
                self.repeated += 1
            else:
                self.faults = (*self.faults, fault)
        if len(self.faults) > before:
            self.occurred.emit()


@contextmanager
def caught(faults: Faults) -> Iterator[None]:
    """Within the block, whatever nobody expects is logged and reported, and the program goes on."""
    handler = _Reporter(faults)
    logger = logging.getLogger("crimeview")
    hooks = sys.excepthook, threading.excepthook
    logger.addHandler(handler)
    sys.excepthook = _on_exception
    threading.excepthook = _on_thread_exception
    qt_handler = qInstallMessageHandler(_on_qt_message)
    try:
        yield
    finally:
        qInstallMessageHandler(qt_handler)
        sys.excepthook, threading.excepthook = hooks
        logger.removeHandler(handler)


class _Reporter(logging.Handler):
    """Makes a fault of each logged error."""

    def __init__(self, faults: Faults) -> None:
        super().__init__(logging.ERROR)
        self._faults = faults

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        message = record.getMessage()
        details = message if error is None else f"{message}\n{_traceback(error)}"
        self._faults.report(
            Fault(
                when=datetime.now().astimezone(),
                place=message if error is None else _place(error),
                details=details,
            )
        )


def _on_exception(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> None:
    if not issubclass(kind, Exception):  # asked to end
        sys.__excepthook__(kind, error, trace)
        return
    _log.error("The window met a fault", exc_info=(kind, error, trace))


def _on_thread_exception(arguments: threading.ExceptHookArgs) -> None:
    error = arguments.exc_value
    if isinstance(error, Exception):
        name = arguments.thread.name if arguments.thread is not None else "?"
        _log.error("The thread %s met a fault", name, exc_info=error)


def _on_qt_message(kind: QtMsgType, _context: QMessageLogContext, message: str) -> None:
    if message == _NO_SIZE_HINTS:
        return
    print(message, file=sys.stderr)
    _qt.log(_LEVELS[kind], "%s", message)


def _traceback(error: BaseException) -> str:
    return "".join(traceback.format_exception(error)).rstrip()


def _place(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    last = f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__} {last}"
