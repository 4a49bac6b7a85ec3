"""Running a job to its end."""

from typing import TypeVar

from crimeview.core.job import Job

T = TypeVar("T")


def finished(job: Job[T]) -> T:
    """What the job gives, its steps left out."""
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: T = end.value
            return result
