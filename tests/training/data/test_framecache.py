"""Training must see the very frames that analysis sees."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.clip import ClipSpec
from crimeview.training.data.framecache import FrameCache, Frames
from crimeview.training.data.sampling import take_clip
from crimeview.training.data.windows import clip_starts, frames_at, usable_span
from crimeview.video.encode import VideoWriter
from crimeview.video.source import opened

SPEC = ClipSpec(frames=17, rate=12.5, step=8, resize=(24, 32), crop=(20, 32), color="gray")


def _record(path: Path, *, rate: float, seconds: float) -> Path:
    random = np.random.default_rng(0)
    with VideoWriter(path, rate=rate, width=96, height=64) as video:
        for _ in range(round(rate * seconds)):
            video.write(random.integers(0, 255, (64, 96, 3), np.uint8))
    return path


def _cached(cache: FrameCache, path: Path) -> Frames:
    with opened(path) as source:
        list(cache.add("x", source.clips(cache.spec)))
    return cache.read("x")


@pytest.mark.parametrize("rate", [25.0, 30.0, 10.0, 12.5, 29.97])
def test_clips_from_the_cache_are_those_of_analysis(tmp_path: Path, rate: float) -> None:
    path = _record(tmp_path / "a.mp4", rate=rate, seconds=5.3)
    frames = _cached(FrameCache(tmp_path / "cache", SPEC), path)
    assert len(frames.times) == len(frames.pictures) == round(rate * 5.3)
    starts = clip_starts(usable_span(frames.times, None), SPEC)
    with opened(path) as source:
        clips = list(source.clips(SPEC))
    assert len(clips) - len(starts) in (0, 1)  # analysis pads the tail to one more clip
    for start, clip in zip(starts, clips, strict=False):
        assert start == pytest.approx(clip.start)
        found = take_clip(frames, SPEC, start=float(start), interval=1 / 12.5)
        np.testing.assert_array_equal(found, clip.frames)


def test_what_is_not_finished_does_not_count(tmp_path: Path) -> None:
    path = _record(tmp_path / "a.mp4", rate=25.0, seconds=3)
    cache = FrameCache(tmp_path / "cache", SPEC)
    with opened(path) as source:
        adding = cache.add("x", source.clips(cache.spec))
        next(adding)
        assert "x" not in cache
    _cached(cache, path)
    assert "x" in cache
    assert "x" not in FrameCache(tmp_path / "cache", replace(SPEC, resize=(28, 32)))


def test_the_cache_is_mapped_not_loaded(tmp_path: Path) -> None:
    path = _record(tmp_path / "a.mp4", rate=25.0, seconds=1)
    frames = _cached(FrameCache(tmp_path / "cache", SPEC), path)
    assert isinstance(frames.pictures, np.memmap)
    assert not frames.pictures.flags.writeable


def test_a_tick_shows_the_last_frame_before_it() -> None:
    times = np.array([[0.0, 0.1], [0.1, 0.4], [0.4, 0.5]])
    found = frames_at(times, start=-0.05, interval=0.1, count=7)
    assert found.tolist() == [0, 0, 1, 1, 1, 2, 2]


def test_the_middle_of_a_clip() -> None:
    times = np.column_stack([np.arange(30) / 10, np.arange(1, 31) / 10])
    assert usable_span(times, 2.0) == (0.5, 2.5)
    assert usable_span(times, None) == (0.0, 3.0)
    assert usable_span(times[:10], 2.0) == (0.0, 1.0)
