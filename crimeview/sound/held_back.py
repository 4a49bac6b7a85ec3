"""What libraries of the system say on standard error, kept from the screen."""

import logging
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_STDERR = 2  # libraries in C know no other than the file descriptor
_lock = Lock()  # there is one for the whole process
_log = logging.getLogger(__name__)


@contextmanager
def errors_held_back() -> Iterator[None]:
    """Have what is written to standard error within go to the log, also by other threads.

    ALSA writes twenty lines there where it finds no card, which is told in a sentence of ours.
    """
    with _lock, tempfile.TemporaryFile() as held:
        try:
            screen = os.dup(_STDERR)
        except OSError:  # started without one
            yield
            return
        _flush()
        os.dup2(held.fileno(), _STDERR)
        try:
            yield
        finally:
            _flush()
            os.dup2(screen, _STDERR)
            os.close(screen)
            held.seek(0)
            if said := held.read().decode(errors="replace").strip():
                _log.info("while a device for sound was looked for: %s", said)


def _flush() -> None:
    if sys.stderr is not None:
        sys.stderr.flush()
