"""One progress bar for a job that is made of several."""

from collections.abc import Generator
from dataclasses import replace

from crimeview.core.job import Job, Step, T


def phase(job: Job[T], *, number: int, count: int, width: int = 1) -> Generator[Step, None, T]:
    """Run a job as phase `number` (from 0) of `count`: its steps count in phases done.

    A job that takes longer than others may be `width` phases.
    """
    while True:
        try:
            step = next(job)
        except StopIteration as end:
            result: T = end.value
            return result
        yield replace(step, done=number + width * (step.fraction or 0.0), total=count)
