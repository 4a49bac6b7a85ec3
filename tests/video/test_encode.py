from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.clip import ClipSpec
from crimeview.core.errors import MediaError
from crimeview.video.encode import VideoWriter
from crimeview.video.source import opened
from tests.video.recordings import paint, read_number

SPEC = ClipSpec(frames=10, rate=None, step=10, resize=(64, 96), crop=(64, 96), color="rgb")


def test_what_is_written_is_read_back(tmp_path: Path) -> None:
    rate = Fraction(30_000, 1001)
    with VideoWriter(path := tmp_path / "a.mp4", rate=rate, width=96, height=64) as writer:
        for number in range(30):
            writer.write(paint(number))
        assert not path.exists()
    with opened(path) as source:
        clips = list(source.clips(SPEC))
        assert (source.recording.width, source.recording.height) == (96, 64)
        assert source.recording.codec == "h264"
    assert [read_number(f) for clip in clips for f in clip.frames] == list(range(30))
    starts = np.concatenate([clip.frame_times for clip in clips])[:, 0]
    assert starts == pytest.approx([i / float(rate) for i in range(30)], abs=1e-4)


def test_a_rate_given_as_a_number_is_kept(tmp_path: Path) -> None:
    with VideoWriter(path := tmp_path / "a.mp4", rate=12.5, width=96, height=64) as writer:
        writer.write(paint(0))
    with opened(path) as source:
        assert source.recording.frame_rate == 12.5


def test_a_block_that_raises_leaves_nothing(tmp_path: Path) -> None:
    def fail(writer: VideoWriter) -> None:
        with writer:
            writer.write(paint(0))
            raise ValueError("no more pictures")

    with pytest.raises(ValueError, match="no more pictures"):
        fail(VideoWriter(tmp_path / "a.mp4", rate=25, width=96, height=64))
    assert list(tmp_path.iterdir()) == []


def test_an_earlier_file_stays_until_the_new_one_is_complete(tmp_path: Path) -> None:
    (path := tmp_path / "a.mp4").write_text("earlier")
    with VideoWriter(path, rate=25, width=96, height=64) as writer:
        writer.write(paint(0))
        assert path.read_text() == "earlier"
    assert path.stat().st_size > 200
    assert list(tmp_path.iterdir()) == [path]


def test_a_folder_that_is_not_there_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="cannot be written"):
        VideoWriter(tmp_path / "none" / "a.mp4", rate=25, width=96, height=64)
