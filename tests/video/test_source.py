import gc
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.clip import ClipSpec
from crimeview.core.errors import MediaError
from crimeview.video.source import opened
from tests.video.recordings import read_number, steady, write_recording

SPEC = ClipSpec(frames=8, rate=None, step=8, resize=(64, 96), crop=(64, 96), color="gray")


def test_clips_are_squashed_and_cropped_at_the_center(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.mp4", steady(8), size=(128, 192))
    whole = ClipSpec(frames=8, rate=None, step=8, resize=(60, 80), crop=(60, 80), color="rgb")
    cropped = ClipSpec(frames=8, rate=None, step=8, resize=(60, 80), crop=(40, 50), color="rgb")
    with opened(path) as source:
        (a,), (b,) = list(source.clips(whole)), list(source.clips(cropped))
    assert a.frames.shape == (8, 60, 80, 3)
    np.testing.assert_array_equal(b.frames, a.frames[:, 10:50, 15:65])


def test_gray_is_full_range(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.mp4", steady(8))
    with opened(path) as source:
        (clip,) = source.clips(SPEC)
    assert clip.frames.shape == (8, 64, 96, 1)
    assert clip.frames.min() < 5
    assert clip.frames.max() > 250


def test_a_turned_clip_has_the_size_asked_for(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.mp4", steady(8), rotation=90)
    spec = ClipSpec(frames=8, rate=None, step=8, resize=(40, 80), crop=(40, 60), color="rgb")
    with opened(path) as source:
        (clip,) = source.clips(spec)
    assert clip.frames.shape == (8, 40, 60, 3)
    whole = ClipSpec(frames=8, rate=None, step=8, resize=(40, 80), crop=(40, 80), color="rgb")
    with opened(path) as source:
        (clip,) = source.clips(whole)
    assert [read_number(frame) for frame in clip.frames] == list(range(8))


def test_two_iterations_do_not_disturb_each_other(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.mp4", steady(64))
    with opened(path) as source:
        pairs = list(zip(source.clips(SPEC), source.clips(SPEC), strict=True))
    assert len(pairs) == 8
    for a, b in pairs:
        np.testing.assert_array_equal(a.frames, b.frames)


def test_an_iterator_that_is_dropped_ends_its_thread(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.mp4", steady(400))
    before = threading.enumerate()
    with opened(path) as source:
        next(source.clips(SPEC))
        clips = source.clips(SPEC)
        next(clips)
    gc.collect()
    assert threading.enumerate() == before
    with pytest.raises(StopIteration):
        next(clips)


def test_a_file_that_vanishes_is_told_to_the_consumer(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.mp4", steady(64))
    with opened(path) as source:
        path.unlink()
        with pytest.raises(MediaError, match="does not exist"):
            list(source.clips(SPEC))


# Run in a process of its own: the kernel's high-water mark never comes down, so that one left by
# an earlier test would hide any growth below it.
_READER = """
import resource, sys
from pathlib import Path
from crimeview.core.clip import ClipSpec
from crimeview.video.source import opened

spec = ClipSpec(frames=8, rate=None, step=8, resize=(64, 96), crop=(64, 96), color="gray")
peaks = []
with opened(Path(sys.argv[1])) as source:
    for number, _ in enumerate(source.clips(spec)):
        if number % 50 == 49:
            peaks.append(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
print(*peaks)
"""


def test_memory_does_not_grow_with_length(tmp_path: Path) -> None:
    pytest.importorskip("resource")
    quickly = {"preset": "ultrafast"}
    write_recording(path := tmp_path / "a.mp4", steady(2500), size=(240, 320), options=quickly)
    ended = subprocess.run(
        [sys.executable, "-c", _READER, str(path)], check=True, capture_output=True, text=True
    )
    peaks = [int(peak) for peak in ended.stdout.split()]
    unit = 1 if sys.platform == "darwin" else 1024  # bytes
    decoded_mb = 2500 * 240 * 320 * 1.5 / 1e6
    assert decoded_mb > 280
    assert len(peaks) == 6
    assert (peaks[-1] - peaks[0]) * unit / 1e6 < 30
