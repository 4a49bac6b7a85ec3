"""A job in a process of its own: what keeps the interpreter to itself would stop the window."""

import multiprocessing
import os
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from crimeview.core.errors import CrimeviewError, UsageError
from crimeview.core.job import Job, Step

if TYPE_CHECKING:
    from multiprocessing.connection import Connection

T = TypeVar("T")

_PATIENCE = 0.2  # s between two steps
_ENDING = 2.0  # s for the process to end by itself
_STEP, _DONE, _FAULT, _BUG = "step", "done", "fault", "bug"


def in_child(job: Callable[..., Job[T]], *args: Any) -> Job[T]:
    """Run `job(*args)` in a process that is started for it, and ended when this job is closed.

    The function is one of a module, and what it takes and gives can be pickled. Raises what it
    raises, if that is a CrimeviewError, and UsageError where the process is killed.
    """
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(theirs, job, args), daemon=True)
    process.start()
    theirs.close()
    step = Step(done=0, total=None, message="Starting")
    try:
        while True:
            if not ours.poll(_PATIENCE):
                yield step
                continue
            kind, value = ours.recv()
            if kind == _STEP:
                step = value
                yield step
            elif kind == _DONE:
                found: T = value
                return found
            else:
                raise value
    except (EOFError, ConnectionError) as error:
        raise UsageError(
            "The process that did the work ended unexpectedly, perhaps for want of memory; close "
            "other programs, or take fewer segments."
        ) from error
    finally:
        ours.close()
        _end(process)


def _end(process: Any) -> None:
    if process.exitcode is None:
        process.join(0.05)
    if process.exitcode is None:
        process.terminate()
        process.join(_ENDING)
    if process.exitcode is None:
        process.kill()
        process.join()
    process.close()


def _run(connection: "Connection", job: Callable[..., Job[Any]], args: tuple[Any, ...]) -> None:
    """In the process: run the job, and send its steps and what comes of it."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for who asked
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    running = job(*args)
    try:
        while True:
            try:
                connection.send((_STEP, next(running)))
            except StopIteration as end:
                connection.send((_DONE, end.value))
                return
            except CrimeviewError as error:
                connection.send((_FAULT, error))
                return
            except Exception as error:
                connection.send((_BUG, RuntimeError(f"{type(error).__name__}: {error}")))
                return
    except OSError:  # nobody is there any more
        return
