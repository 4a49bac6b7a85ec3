import threading
import time
from collections.abc import Generator

import pytest

from crimeview.video.ahead import work_ahead


def _count(made: list[int], closed: list[str], *, until: int) -> Generator[int]:
    try:
        for i in range(until):
            made.append(i)
            yield i
    finally:
        closed.append(threading.current_thread().name)


def test_gives_everything_in_order() -> None:
    made: list[int] = []
    assert list(work_ahead(lambda: _count(made, [], until=100), depth=3)) == list(range(100))


def test_works_ahead_but_not_far() -> None:
    made: list[int] = []
    items = work_ahead(lambda: _count(made, [], until=100), depth=3)
    assert next(items) == 0
    deadline = time.monotonic() + 60
    while len(made) < 5 and time.monotonic() < deadline:
        time.sleep(0.005)
    time.sleep(0.05)
    assert len(made) == 5  # one given, three waiting, one that waits for room
    items.close()


def test_starts_nothing_before_the_first_is_asked_for() -> None:
    made: list[int] = []
    items = work_ahead(lambda: _count(made, [], until=100), depth=3)
    assert threading.active_count() == len(threading.enumerate())
    items.close()
    assert made == []


@pytest.mark.parametrize("taken", [1, 5, 99, 100])
def test_closing_ends_the_thread_and_what_it_holds(taken: int) -> None:
    closed: list[str] = []
    items = work_ahead(lambda: _count([], closed, until=100), depth=3)
    for _ in range(taken):
        next(items)
    items.close()
    assert closed == ["decode-ahead"]
    assert "decode-ahead" not in {thread.name for thread in threading.enumerate()}


def test_what_the_thread_raises_is_raised_here_after_what_it_gave() -> None:
    def fail() -> Generator[int]:
        yield 1
        raise ValueError("broken")

    items = work_ahead(fail, depth=3)
    assert next(items) == 1
    with pytest.raises(ValueError, match="broken"):
        next(items)
