"""A piece of a recording as a file of its own: the same pictures, at times that are told."""

import hashlib
from fractions import Fraction
from pathlib import Path

import pytest

from crimeview.core.errors import MediaError
from crimeview.video.frames import FrameReader
from crimeview.video.remux import copy_packets
from tests.video.recordings import read_number, steady, write_recording, write_sound

KEYFRAMES = {"g": "25", "keyint_min": "25", "sc_threshold": "0"}


def numbers(path: Path) -> list[int]:
    """The numbers that the pictures of a file carry, in order."""
    with FrameReader(path) as reader:
        found = [read_number(reader.at(0.0).picture)]
        while (frame := reader.after()) is not None:
            found.append(read_number(frame.picture))
        return found


def test_the_copy_shows_the_span_and_begins_with_its_keyframe(tmp_path: Path) -> None:
    source = tmp_path / "source.mp4"
    write_recording(source, steady(250), options=KEYFRAMES)
    before = hashlib.sha256(source.read_bytes()).digest()
    start, end = copy_packets(source, tmp_path / "copy.mkv", start=3.2, end=5.0)
    assert start == pytest.approx(3.0, abs=0.001)
    assert 5.0 <= end <= 6.1
    found = numbers(tmp_path / "copy.mkv")
    assert found == list(range(75, 75 + len(found)))
    assert found[-1] >= 125
    assert end == pytest.approx(found[-1] / 25 + 0.04, abs=0.1)
    assert hashlib.sha256(source.read_bytes()).digest() == before


@pytest.mark.parametrize(
    ("suffix", "writing"),
    [
        (".avi", {"codec": "mjpeg", "pixel_format": "yuvj420p"}),
        (".mkv", {"codec": "libx265", "options": {"x265-params": "keyint=25:log-level=none"}}),
        (".mp4", {"options": KEYFRAMES, "uptime": 5000.0}),
        (".mp4", {"options": KEYFRAMES, "rotation": 90, "size": (96, 64)}),
        (".mp4", {"options": KEYFRAMES, "pixel_aspect": Fraction(4, 3)}),
    ],
    ids=["mjpeg", "hevc", "clock that has run long", "turned", "oblong pixels"],
)
def test_whatever_the_recording_is_the_copy_shows_it_alike(
    tmp_path: Path, suffix: str, writing: dict[str, object]
) -> None:
    source, target = tmp_path / f"source{suffix}", tmp_path / "copy.mkv"
    write_recording(source, steady(100), **writing)  # type: ignore[arg-type]
    start, _ = copy_packets(source, target, start=2.0, end=3.0)
    found = numbers(target)
    first = round(start * 25)
    assert found == list(range(first, first + len(found)))
    assert first <= 50
    assert found[-1] >= 75
    with FrameReader(source) as one, FrameReader(target) as other:
        assert (one.recording.width, one.recording.height) == (
            other.recording.width,
            other.recording.height,
        )


def test_what_cannot_be_copied_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    write_sound(tmp_path / "sound.m4a")
    with pytest.raises(MediaError, match="only sound"):
        copy_packets(tmp_path / "sound.m4a", tmp_path / "copy.mkv", start=0.0, end=1.0)
    source = tmp_path / "source.mp4"
    write_recording(source, steady(50))
    with pytest.raises(MediaError, match="could not be copied"):
        copy_packets(source, tmp_path / "none" / "copy.mkv", start=0.0, end=1.0)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["sound.m4a", "source.mp4"]
