"""A job in a process of its own: its steps, what it gives, what it raises, its end."""

import multiprocessing
import os
import time

import pytest

from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.jobs.child_process import in_child
from tests.jobs.finished import finished


def _counting(to: int) -> Job[tuple[int, int]]:
    for number in range(to):
        yield Step(done=number, total=to, message="Counting")
    return to, os.getpid()


def _refusing() -> Job[None]:
    yield Step(done=0, total=1, message="Looking")
    raise UsageError("This makes no sense; give another.")


def _failing() -> Job[None]:
    yield Step(done=0, total=1, message="Looking")
    raise ZeroDivisionError("by zero")


def _dying() -> Job[None]:
    yield Step(done=0, total=1, message="Looking")
    os._exit(9)


def _sleeping() -> Job[None]:
    yield Step(done=0, total=1, message="Sleeping")
    time.sleep(600)


@pytest.mark.timeout(120)
def test_steps_and_the_result_come_from_another_process() -> None:
    job = in_child(_counting, 3)
    seen, found = [], None
    while found is None:
        try:
            seen.append(next(job))
        except StopIteration as end:
            found = end.value
    assert found[0] == 3
    assert found[1] != os.getpid()
    assert [s.done for s in seen if s.message == "Counting"][-1] == 2


@pytest.mark.timeout(120)
def test_what_it_raises_is_raised_here() -> None:
    with pytest.raises(UsageError, match="makes no sense"):
        finished(in_child(_refusing))
    with pytest.raises(RuntimeError, match="ZeroDivisionError: by zero"):
        finished(in_child(_failing))
    with pytest.raises(UsageError, match="ended unexpectedly"):
        finished(in_child(_dying))


@pytest.mark.timeout(120)
def test_closing_the_job_ends_the_process() -> None:
    job = in_child(_sleeping)
    for step in job:
        if step.message == "Sleeping":
            break
    assert len(multiprocessing.active_children()) == 1
    began = time.monotonic()
    job.close()
    assert time.monotonic() - began < 5
    assert multiprocessing.active_children() == []
