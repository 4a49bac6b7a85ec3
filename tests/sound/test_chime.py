import time

import numpy as np

from crimeview.sound.chime import RATE, chime, play_chime


def test_it_is_loud_as_asked_and_does_not_click() -> None:
    once, thrice = chime(volume=0.5, times=1), chime(volume=0.5, times=3)
    assert len(thrice) == 3 * len(once)
    assert 15_000 < np.abs(once).max() <= 16_000
    assert np.abs(np.diff(once[:, 0].astype(int))).max() < 3_000
    assert (once[0] == 0).all()
    assert (once[:, 0] == once[:, 1]).all()


def test_it_is_played_to_its_end() -> None:
    began = time.monotonic()
    play_chime(volume=0.5, times=1, silent=True)
    assert time.monotonic() - began > len(chime(volume=0.5, times=1)) / RATE * 0.7
