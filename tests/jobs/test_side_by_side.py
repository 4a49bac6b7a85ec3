import threading
import time
from collections.abc import Generator

import pytest

from crimeview.core.errors import MediaError
from crimeview.core.job import Job, Step
from crimeview.jobs.side_by_side import side_by_side


def _step(message: str, done: float = 0.0) -> Step:
    return Step(done=done, total=None, message=message)


def _counting(name: str, steps: int, closed: list[str]) -> Job[None]:
    thread = threading.get_ident()
    try:
        for number in range(steps):
            assert threading.get_ident() == thread
            time.sleep(0.001)
            yield _step(name, number)
    finally:
        closed.append(name)


def test_all_steps_of_all_jobs_come_each_in_order() -> None:
    closed: list[str] = []
    steps = list(side_by_side([_counting(name, 200, closed) for name in "abc"]))
    assert sorted(closed) == ["a", "b", "c"]
    for name in "abc":
        assert [s.done for s in steps if s.message == name] == list(range(200))


def test_jobs_run_at_the_same_time() -> None:
    meeting = threading.Barrier(2, timeout=20)

    def meet() -> Job[None]:
        yield _step("here")
        meeting.wait()
        yield _step("met")

    assert [s.message for s in side_by_side([meet(), meet()])].count("met") == 2


def test_a_single_job_runs_in_the_callers_thread() -> None:
    def whose() -> Job[None]:
        yield _step(threading.current_thread().name)

    assert [s.message for s in side_by_side([whose()])] == [threading.current_thread().name]


def test_closing_closes_all_jobs_and_leaves_no_thread() -> None:
    closed: list[str] = []
    before = threading.active_count()
    job = side_by_side([_counting(name, 100_000, closed) for name in "abc"])
    seen = set()
    while len(seen) < 3:
        seen.add(next(job).message)
    job.close()
    assert sorted(closed) == ["a", "b", "c"]
    assert threading.active_count() == before


def test_an_error_ends_all_jobs_and_is_raised() -> None:
    closed: list[str] = []

    def fail() -> Generator[Step, None, None]:
        yield _step("begun")
        raise MediaError("It broke.")

    job = side_by_side([_counting("a", 100_000, closed), fail()])
    with pytest.raises(MediaError, match="It broke"):
        for _ in job:
            pass
    assert closed == ["a"]
