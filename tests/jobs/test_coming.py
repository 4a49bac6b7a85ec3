import time
from collections.abc import Generator

import numpy as np
import pytest

from crimeview.core.clip import Clip, ClipCursor
from crimeview.core.errors import MediaError
from crimeview.jobs.coming import coming_clips


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
    def slow() -> Generator[Clip]:
        yield _clip(0)
        time.sleep(1.1)
        yield _clip(1)

    came = [clip and clip.cursor.index for clip in coming_clips(slow())]
    assert came[0] == 0
    assert came[-1] == 1
    assert came[1:-1] == [None] * len(came[1:-1])
    assert 2 <= len(came[1:-1]) <= 3


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
