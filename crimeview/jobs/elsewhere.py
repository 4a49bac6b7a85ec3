"""Something long without steps of its own, done in a thread while its job goes on stepping."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from crimeview.core.job import Job, Step
from crimeview.jobs.coming import awaited

T = TypeVar("T")


def elsewhere(read: Callable[[], T], message: str) -> Job[T]:
    """Do something long in a thread, so that whoever watches is not held up."""
    with ThreadPoolExecutor(1, "elsewhere") as worker:
        waiting = awaited(worker.submit(read))
        while True:
            try:
                next(waiting)
            except StopIteration as end:
                result: T = end.value
                return result
            yield Step(done=0, total=None, message=message)
