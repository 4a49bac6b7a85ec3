import time
from collections.abc import Callable, Generator

import numpy as np

from crimeview.sound.speaker import Speaker

RATE = 48_000


def _pieces(given: list[int], *, most: int = 10_000) -> Generator[np.ndarray]:
    for number in range(most):
        given.append(number)
        yield np.full((480, 2), number % 100, np.int16)


def _until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 5
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_it_takes_sound_as_fast_as_it_is_played() -> None:
    given: list[int] = []
    speaker = Speaker(rate=RATE, silent=True)
    began = time.monotonic()
    speaker.play(_pieces(given))
    _until(lambda: speaker.position > 0.5)
    took = time.monotonic() - began
    speaker.close()
    assert 0.3 < took < 2.0
    assert len(given) < 300, "no more than is played and the device keeps ready"


def test_what_is_played_anew_begins_at_nothing() -> None:
    speaker = Speaker(rate=RATE, silent=True)
    speaker.play(_pieces([]))
    _until(lambda: speaker.position > 0.2)
    again: list[int] = []
    speaker.play(_pieces(again))
    assert speaker.position < 0.2
    _until(lambda: len(again) > 3)
    speaker.stop()
    before = len(again)
    time.sleep(0.1)
    assert len(again) == before
    speaker.close()


def test_after_the_end_there_is_silence() -> None:
    speaker = Speaker(rate=RATE, silent=True)
    speaker.play(_pieces([], most=3))
    _until(lambda: speaker.position > 0.3)
    speaker.close()
