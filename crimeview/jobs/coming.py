"""Waiting for clips without holding up the one who watches."""

from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import closing
from typing import TypeVar

T = TypeVar("T")

_PATIENCE = 0.4  # s without a clip after which it is reported that none has come


def coming_clips(clips: Generator[T]) -> Generator[T | None]:
    """The clips, and None whenever the next takes long, as after a resume far into a recording."""
    with closing(clips), ThreadPoolExecutor(1, "next-clip") as waiter:
        while (clip := (yield from awaited(waiter.submit(next, clips, None)))) is not None:
            yield clip


def awaited(coming: Future[T]) -> Generator[None, None, T]:
    """What is coming, with a yield now and then until it is there."""
    while not wait([coming], timeout=_PATIENCE).done:
        yield None
    return coming.result()
