"""The sound of a recording, on the clock of its pictures."""

from collections.abc import Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from crimeview.video.container import open_container
from crimeview.video.probe import probe

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.stream import AudioStream
    from av.container import InputContainer

RATE = 48_000  # samples a second, of two channels
_SILENCE = RATE // 10  # samples given at once where there is no sound
_LEAST_GAP = 0.05  # s without sound that are made up for; less is rounding


def has_sound(path: Path) -> bool:
    """Whether there is sound that can be decoded; raises MediaError."""
    with open_container(path) as container:
        return _stream(container) is not None


def sound_since(path: Path, seconds: float) -> Generator[NDArray[np.int16]]:
    """The sound from a time (s) on, in pieces (n, 2) of `RATE` samples a second.

    Where the recording has none for a while there is silence, so that sound and pictures keep
    together. It ends with the sound; damage ends it early. Raises MediaError.
    """
    clock = probe(path).clock
    begins = clock.zero * float(clock.time_base)  # of the pictures, in the container's seconds
    with open_container(path) as container:
        stream = _stream(container)
        if stream is not None:
            yield from _placed(_frames(container, stream, seconds + begins), seconds + begins)


def _stream(container: "InputContainer") -> "AudioStream | None":
    streams = (s for s in container.streams.audio if s.codec_context is not None)
    return next(streams, None)


def _frames(
    container: "InputContainer", stream: "AudioStream", since: float
) -> "Iterator[AudioFrame]":
    if since > 0.0 and stream.time_base:
        with suppress(av.FFmpegError):  # what cannot be sought is read from its beginning
            container.seek(max(0, int(since / stream.time_base)), stream=stream)
    with suppress(av.FFmpegError, IndexError):
        yield from container.decode(stream)


def _placed(frames: "Iterator[AudioFrame]", since: float) -> Iterator[NDArray[np.int16]]:
    """The samples from `since` on, each where its time stamp puts it."""
    resampler = AudioResampler(format="s16", layout="stereo", rate=RATE)
    at = since  # what has been given ends here
    for frame in frames:
        begins = frame.time if frame.time is not None else at
        samples = _samples(resampler, frame)
        early = round((at - begins) * RATE)
        if early > 0:
            samples = samples[early:]
        elif -early > _LEAST_GAP * RATE:
            yield from _silence(-early)
            at = begins
        if len(samples):
            yield samples
            at += len(samples) / RATE


def _samples(resampler: AudioResampler, frame: "AudioFrame") -> NDArray[np.int16]:
    frame.pts = None  # the resampler fills gaps by itself otherwise
    parts = [part.to_ndarray().reshape(-1, 2) for part in resampler.resample(frame)]
    return np.concatenate(parts) if parts else np.empty((0, 2), np.int16)


def _silence(count: int) -> Iterator[NDArray[np.int16]]:
    while count > 0:
        yield np.zeros((min(count, _SILENCE), 2), np.int16)
        count -= _SILENCE
