"""Training must see the very frames that analysis sees."""

import os
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.clip import ClipSpec
from crimeview.core.errors import MediaError
from crimeview.training.data.framecache import FrameCache, Frames, entry_name
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
        adding.close()
    assert not list((tmp_path / "cache").iterdir())
    _cached(cache, path)
    assert "x" in cache
    assert "x" not in FrameCache(tmp_path / "cache", replace(SPEC, resize=(28, 32)))


@pytest.mark.parametrize("part", ["pictures", "times.npy"])
@pytest.mark.parametrize("share", [0.0, 0.4])
def test_a_damaged_entry_counts_as_missing_and_is_decoded_again(
    tmp_path: Path, part: str, share: float
) -> None:
    path = _record(tmp_path / "a.mp4", rate=25.0, seconds=1)
    cache = FrameCache(tmp_path / "cache", SPEC)
    before = _cached(cache, path)
    (file,) = (tmp_path / "cache").glob(f"*.{part}")
    data = file.read_bytes()
    file.unlink()  # not in place: it may be mapped
    file.write_bytes(data[: int(len(data) * share)])
    assert "x" not in cache
    with pytest.raises(KeyError):
        cache.read("x")
    np.testing.assert_array_equal(_cached(cache, path).times, before.times)
    assert "x" in cache


def test_sizes_and_colors_live_side_by_side(tmp_path: Path) -> None:
    path = _record(tmp_path / "a.mp4", rate=25.0, seconds=1)
    small = replace(SPEC, resize=(8, 8), crop=(8, 8), color="rgb")
    shapes = [_cached(FrameCache(tmp_path / "c", s), path).pictures.shape for s in (SPEC, small)]
    assert shapes == [(25, 20, 32, 1), (25, 8, 8, 3)]
    assert "x" in FrameCache(tmp_path / "c", SPEC)


def test_an_entry_is_that_of_the_present_file(tmp_path: Path) -> None:
    path = _record(tmp_path / "a.mp4", rate=25.0, seconds=1)
    name = entry_name(path)
    assert entry_name(path) == name
    os.utime(path, ns=(0, 0))  # of the same size
    assert entry_name(path) != name
    (tmp_path / "b").mkdir()
    other = (tmp_path / "b" / "a.mp4").resolve()
    other.write_bytes(path.read_bytes())
    os.utime(other, ns=(0, 0))
    assert entry_name(other) != entry_name(path)


def test_what_has_no_picture_is_told(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="“x” has no readable picture"):
        list(FrameCache(tmp_path, SPEC).add("x", []))
    assert not list(tmp_path.iterdir())


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
