"""The sound of an alarm, made by code: two tones that are told from speech and from traffic."""

import time

import numpy as np
from numpy.typing import NDArray

from crimeview.sound.speaker import Pieces, Speaker

RATE = 44_100
_TONES = (880.0, 660.0)  # Hz
_TONE, _PAUSE = 0.18, 0.12  # s
_FADE = 0.01  # s at both ends of a tone, which would click
_PIECE = 2048  # samples


def chime(*, volume: float, times: int) -> NDArray[np.int16]:
    """The sound (n, 2), so many times, at a volume of 0 to 1."""
    moments = np.arange(round(RATE * _TONE)) / RATE
    envelope = np.minimum(1.0, np.minimum(moments, moments[::-1]) / _FADE)
    tones = [np.sin(2 * np.pi * tone * moments) * envelope for tone in _TONES]
    once = np.concatenate([*tones, np.zeros(round(RATE * _PAUSE))])
    wave = np.tile(once, times) * (volume * 32_000)
    return np.repeat(np.rint(wave).astype(np.int16)[:, np.newaxis], 2, axis=1)


def play_chime(*, volume: float, times: int, silent: bool = False) -> None:
    """Play it to its end; raises SpeakerError where there is no device for sound."""
    wave = chime(volume=volume, times=times)
    speaker = Speaker(rate=RATE, silent=silent)
    try:
        speaker.play(_pieces(wave))
        deadline = time.monotonic() + len(wave) / RATE + 1.0
        while speaker.position * RATE < len(wave) and time.monotonic() < deadline:
            time.sleep(0.02)
    finally:
        speaker.close()


def _pieces(wave: NDArray[np.int16]) -> Pieces:
    for first in range(0, len(wave), _PIECE):
        yield wave[first : first + _PIECE]
