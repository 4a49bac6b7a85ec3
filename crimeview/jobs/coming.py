"""Waiting for clips without holding up the one who watches."""

from collections.abc import Generator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing

from crimeview.core.clip import Clip

_PATIENCE = 0.4  # s without a clip after which it is reported that none has come


def coming_clips(clips: Generator[Clip]) -> Generator[Clip | None]:
    """The clips, and None whenever the next takes long, as after a resume far into a recording."""
    with closing(clips), ThreadPoolExecutor(1, "next-clip") as waiter:
        while (clip := (yield from _awaited(waiter.submit(next, clips, None)))) is not None:
            yield clip


def _awaited(coming: Future[Clip | None]) -> Generator[None, None, Clip | None]:
    while True:
        try:
            return coming.result(timeout=_PATIENCE)
        except TimeoutError:
            if coming.done():  # then it is the decoder's own
                raise
        yield None
