"""One builder of a graph at a time, whichever window or command it is in."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from crimeview.core.errors import LibraryError


@contextmanager
def only_builder(file: Path) -> Iterator[None]:
    """Hold the lock `file`, of the operating system, which ends with the program however it ends.

    Raises LibraryError at once where another holds it, or where it cannot be made.
    """
    from filelock import FileLock, Timeout

    # Any thread may let go of it: a job is closed where it was stopped.
    lock = FileLock(file, thread_local=False)
    try:
        lock.acquire(blocking=False)
    except Timeout as error:
        raise LibraryError(
            "The graph is being built already, by another window or command; wait for its end."
        ) from error
    except OSError as error:
        raise LibraryError(
            "The graph cannot be built: nothing can be written beside the library "
            f"({error.strerror})."
        ) from error
    try:
        yield
    finally:
        lock.release()
