"""Running a job to its end."""

from collections.abc import Generator
from typing import TypeVar

T = TypeVar("T")


def finished(job: Generator[object, None, T]) -> T:
    """What the job gives, its steps left out."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: T = end.value
            return result
