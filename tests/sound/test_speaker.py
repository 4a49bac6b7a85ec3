import os
import subprocess
import sys
import threading
import time
from collections.abc import Generator
from pathlib import Path

import numpy as np

from crimeview.sound.speaker import Speaker
from tests.waiting import wait_for

RATE = 48_000


def _pieces(given: list[int], *, most: int = 10_000) -> Generator[np.ndarray]:
    for number in range(most):
        given.append(number)
        yield np.full((480, 2), number % 100, np.int16)


def test_it_takes_sound_as_fast_as_it_is_played() -> None:
    given: list[int] = []
    speaker = Speaker(rate=RATE, silent=True)
    began = time.monotonic()
    speaker.play(_pieces(given))
    took = wait_for(lambda: speaker.position > 0.5)
    since = time.monotonic() - began
    speaker.stop()
    ahead = len(given) * 480 / RATE - speaker.position
    speaker.close()
    assert since > 0.3
    assert took < 2.0
    assert ahead < 0.5, "no more than is played and the device keeps ready"


def test_what_is_played_anew_begins_at_nothing() -> None:
    speaker = Speaker(rate=RATE, silent=True)
    speaker.play(_pieces([]))
    wait_for(lambda: speaker.position > 0.2)
    again: list[int] = []
    looked = threading.Event()

    def held() -> Generator[np.ndarray]:
        looked.wait(60)  # what has begun is not over before it is looked at
        yield from _pieces(again)

    speaker.play(held())
    assert speaker.position < 0.2
    looked.set()
    wait_for(lambda: len(again) > 3)
    speaker.stop()
    before = len(again)
    time.sleep(0.1)
    assert len(again) == before
    speaker.close()


def test_after_the_end_there_is_silence() -> None:
    speaker = Speaker(rate=RATE, silent=True)
    speaker.play(_pieces([], most=3))
    wait_for(lambda: speaker.position > 0.3)
    speaker.close()


_TRY = """
import sys
from crimeview.sound.speaker import Speaker, SpeakerError
try:
    Speaker(rate=48_000)
except SpeakerError as error:
    print(error)
print("still heard", file=sys.stderr)
"""


def test_where_there_is_no_card_a_sentence_says_so_and_libraries_say_nothing(
    tmp_path: Path,
) -> None:
    """What is on this computer is hidden, so that ALSA has no card whatever there is."""
    hidden = {"PULSE_SERVER": "unix:/nowhere", "JACK_NO_START_SERVER": "1"}
    (tmp_path / "asound.conf").touch()
    hidden |= {"ALSA_CONFIG_PATH": str(tmp_path / "asound.conf")}
    ended = subprocess.run(
        [sys.executable, "-c", _TRY],
        env=os.environ | hidden,
        capture_output=True,
        text=True,
        check=True,
    )
    if sys.platform == "linux":
        assert "connect a loudspeaker" in ended.stdout
    assert ended.stderr == "still heard\n"
