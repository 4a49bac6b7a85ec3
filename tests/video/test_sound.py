from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from crimeview.core.errors import MediaError
from crimeview.video.sound import RATE, has_sound, sound_since
from tests.video.recordings import write_recording

TONE = 440.0  # Hz


def write_sounding(path: Path, *, seconds: float, sound_from: float = 0.0) -> Path:
    """Still pictures, and from `sound_from` on a tone that is silent in every other second."""
    with av.open(str(path), "w") as container:
        video = container.add_stream("libx264", rate=10)
        video.width, video.height, video.pix_fmt = 64, 48, "yuv420p"
        audio = container.add_stream("aac", rate=RATE, layout="mono")
        for number in range(round(seconds * 10)):
            frame = av.VideoFrame.from_ndarray(np.full((48, 64, 3), 90, np.uint8), format="rgb24")
            frame.pts, frame.time_base = number, Fraction(1, 10)
            container.mux(video.encode(frame))
        container.mux(video.encode(None))
        times = np.arange(round(sound_from * RATE), round(seconds * RATE)) / RATE
        tone = np.sin(2 * np.pi * TONE * times) * (times.astype(int) % 2) * 0.5
        for first in range(0, len(tone), 1024):
            piece = tone[first : first + 1024].astype(np.float32)[None]
            sound = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
            sound.sample_rate, sound.time_base = RATE, Fraction(1, RATE)
            sound.pts = round(sound_from * RATE) + first
            container.mux(audio.encode(sound))
        container.mux(audio.encode(None))
    return path


def _loud(path: Path, since: float) -> np.ndarray:
    """How loud each tenth of a second is, from `since` on."""
    samples = np.concatenate(list(sound_since(path, since)))[:, 0].astype(float)
    tenths = samples[: len(samples) // 4800 * 4800].reshape(-1, 4800)
    return np.sqrt((tenths**2).mean(axis=1)) > 1000


def test_sound_is_where_its_time_stamps_put_it(tmp_path: Path) -> None:
    path = write_sounding(tmp_path / "a.mp4", seconds=4)
    assert has_sound(path)
    for since in (0.0, 0.5, 1.7, 2.95):
        loud = _loud(path, since)
        expected = np.floor(since + (np.arange(len(loud)) + 0.5) / 10).astype(int) % 2 == 1
        assert (loud == expected).mean() > 0.9


def test_before_the_sound_begins_there_is_silence(tmp_path: Path) -> None:
    path = write_sounding(tmp_path / "a.mkv", seconds=5, sound_from=2.0)
    loud = _loud(path, 0.0)
    assert not loud[:29].any()
    assert loud[32:38].all()


def test_a_recording_without_sound(tmp_path: Path) -> None:
    path = tmp_path / "a.mkv"
    write_recording(path, [i / 10 for i in range(10)])
    assert not has_sound(path)
    assert list(sound_since(path, 0.0)) == []


def test_what_is_no_recording_gets_its_sentence(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(b"")
    with pytest.raises(MediaError, match="empty"):
        has_sound(tmp_path / "a.mp4")
