import threading
import time
from collections.abc import Generator
from concurrent.futures import Future

import numpy as np
import pytest

from crimeview.core.clip import Clip, ClipCursor
from crimeview.core.errors import MediaError
from crimeview.jobs.coming import awaited, coming_clips


def _clip(number: int) -> Clip:
    return Clip(
        start=float(number),
        end=number + 1.0,
        frames=np.zeros((1, 1, 1, 1), np.uint8),
        frame_times=np.zeros((0, 2)),
        pictures=1,
        cursor=ClipCursor(origin=0.0, index=number, last_frame=0.0),
        decoded=True,
    )


def test_waiting_for_a_clip_is_reported() -> None:
    reported = threading.Event()

    def slow() -> Generator[Clip]:
        yield _clip(0)
        assert reported.wait(60)
        yield _clip(1)

    came: list[int | None] = []
    began = time.monotonic()
    for clip in coming_clips(slow()):
        came.append(clip and clip.cursor.index)
        if came.count(None) == 2:
            reported.set()
    assert time.monotonic() - began > 0.7, "it is not said all the time"
    assert came[:3] == [0, None, None]
    assert came[-1] == 1
    assert came[1:-1] == [None] * len(came[1:-1])


def test_what_comes_as_patience_ends_is_no_fault() -> None:
    class Late(Future[int]):
        """Is there between the end of the waiting and the look whether it is."""

        def result(self, timeout: float | None = None) -> int:
            if not self.done():
                self.set_result(7)
                raise TimeoutError
            return super().result(timeout)

    late = Late()
    waiting = awaited(late)
    next(waiting)
    late.set_result(7)
    with pytest.raises(StopIteration) as ended:
        next(waiting)
    assert ended.value.value == 7


def test_closing_closes_the_clips() -> None:
    closed = []

    def endless() -> Generator[Clip]:
        try:
            while True:
                yield _clip(0)
        finally:
            closed.append(True)

    coming = coming_clips(endless())
    next(coming)
    coming.close()
    assert closed == [True]


@pytest.mark.parametrize("error", [MediaError("Gone."), TimeoutError("slow disk")])
def test_what_the_decoder_raises_is_raised(error: Exception) -> None:
    def broken() -> Generator[Clip]:
        yield _clip(0)
        raise error

    with pytest.raises(type(error), match=str(error)):
        list(coming_clips(broken()))
