"""Real recordings, where they are at hand."""

from pathlib import Path

import numpy as np
import pytest

from crimeview.core.clip import ClipSpec
from crimeview.video.frames import FrameReader
from crimeview.video.source import opened

SPEC = ClipSpec(frames=16, rate=12.5, step=16, resize=(64, 64), crop=(56, 56), color="gray")
FILES = (
    "recordings/car-detection.mp4",
    "recordings/brightness_change.avi",
    "recordings/pedestrians_msmpeg4.avi",
    "recordings/highway_milanoest.mp4",
    "recordings/traffic_camera_vfr.mp4",
    "avenue/test/21.avi",
)


@pytest.fixture(params=FILES)
def recording(request: pytest.FixtureRequest, data: Path) -> Path:
    path = data / request.param
    if not path.is_file():
        pytest.skip(f"{request.param} is absent")
    return path


def test_is_read_whole_and_can_be_gone_on_with(recording: Path) -> None:
    with opened(recording) as source:
        clips = list(source.clips(SPEC))
        assert source.damage is None
        times = np.concatenate([clip.frame_times for clip in clips])
        assert times[0, 0] == 0.0
        assert (np.diff(times[:, 0]) > 0).all()
        assert times[-1, 1] == pytest.approx(source.recording.duration, abs=0.1)
        done = len(clips) * 2 // 3
        rest = list(source.clips(SPEC, after=clips[done - 1].cursor))
    assert len(rest) == len(clips) - done
    for a, b in zip(rest, clips[done:], strict=True):
        assert (a.start, a.end, a.cursor) == (b.start, b.end, b.cursor)
        np.testing.assert_array_equal(a.frames, b.frames)


def test_any_time_shows_what_reading_on_shows(recording: Path) -> None:
    with FrameReader(recording) as one, FrameReader(recording) as other:
        duration = one.recording.duration
        for share in (0.9, 0.2, 0.55):
            there = one.at(duration * share)
            assert there.time <= duration * share < there.end
            near = other.at(max(0.0, duration * share - 0.3))
            while near.time < there.time:
                following = other.after()
                assert following is not None
                near = following
            np.testing.assert_array_equal(near.picture, there.picture)
