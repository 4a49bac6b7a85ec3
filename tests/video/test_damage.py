import struct
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.clip import Clip, ClipSpec
from crimeview.video.damage import Damage
from crimeview.video.frames import FrameReader
from crimeview.video.source import opened
from tests.video.recordings import (
    HARD,
    read_number,
    scribble,
    steady,
    truncate,
    write_recording,
)

SPEC = ClipSpec(frames=8, rate=None, step=8, resize=(64, 96), crop=(64, 96), color="gray")
WHOLE = steady(150)  # 6 s


def _write(path: Path, **muxing: str) -> None:
    # Much to encode, so that bytes and time go together.
    noise = np.random.default_rng(2).integers(0, 60, (64, 96, 3), dtype=np.uint8)
    write_recording(path, WHOLE, noise=noise, options={"g": "25", "bf": "2"}, muxing=muxing)


def _read(path: Path) -> tuple[list[Clip], str | None]:
    with opened(path) as source:
        clips = list(source.clips(SPEC))
        return clips, source.damage


@pytest.fixture(params=["mp4", "mkv", "ts"])
def cut(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A recording of which only the first half of the bytes is left."""
    path = tmp_path / f"cut.{request.param}"
    _write(path, **({"movflags": "faststart"} if request.param == "mp4" else {}))
    truncate(path, 0.5)
    return path


def test_a_cut_file_is_read_up_to_where_it_is_cut(cut: Path) -> None:
    clips, damage = _read(cut)
    times = np.concatenate([clip.frame_times for clip in clips])
    assert 2.0 < times[-1, 1] < 4.0
    assert times[:-1, 0] == pytest.approx(WHOLE[: len(times) - 1], abs=0.001)
    seconds = round(float(times[-1, 1]))
    assert damage == (f"The file is damaged after 0:00:0{seconds}; what follows could not be read.")


def test_the_pictures_before_the_cut_are_whole(cut: Path) -> None:
    clips, _ = _read(cut)
    numbers = [read_number(frame) for clip in clips[:-1] for frame in clip.frames]
    assert numbers == list(range(len(numbers)))


def test_a_cut_file_can_be_gone_on_with(cut: Path) -> None:
    clips, damage = _read(cut)
    with opened(cut) as source:
        rest = list(source.clips(SPEC, after=clips[3].cursor))
        assert source.damage == damage
    assert [(c.start, c.end, c.cursor) for c in rest] == [
        (c.start, c.end, c.cursor) for c in clips[4:]
    ]


def test_the_player_shows_the_last_picture_of_a_cut_file(cut: Path) -> None:
    clips, _ = _read(cut)
    end = clips[-1].end
    with FrameReader(cut) as reader:
        assert reader.at(5.9).end == pytest.approx(end)
        assert reader.after() is None
        assert reader.at(1.001).time == pytest.approx(1.0)


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts"])
def test_damage_in_the_middle_is_told_and_read_past(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"hit.{suffix}"
    _write(path)
    scribble(path, 0.5, length=path.stat().st_size // 20)
    clips, damage = _read(path)
    times = np.concatenate([clip.frame_times for clip in clips])
    assert (np.diff(times[:, 0]) > 0).all()
    assert times[-1, 1] == pytest.approx(6.0, abs=0.3)
    assert damage is not None
    assert "may be missing or wrong" in damage
    numbers = {read_number(frame) for clip in clips[-4:] for frame in clip.frames}
    assert len(WHOLE) - 1 in numbers


def test_a_whole_file_has_no_damage(tmp_path: Path) -> None:
    path = tmp_path / "whole.mp4"
    _write(path)
    assert _read(path)[1] is None


@pytest.mark.parametrize("hard", [h for h in HARD if h.name != "restarted clock"])
def test_what_is_hard_is_not_damaged(hard: object, tmp_path: Path) -> None:
    assert _read(hard.write(tmp_path).path)[1] is None  # type: ignore[attr-defined]


def test_where_a_clock_restarts_something_may_be_missing(tmp_path: Path) -> None:
    # At a restart the packets' counters jump, as they do where packets were lost: the reader
    # cannot know that nothing is missing here, says so, and still gives every picture.
    (restarted,) = (hard for hard in HARD if hard.name == "restarted clock")
    clips, damage = _read(restarted.write(tmp_path).path)
    assert [read_number(frame) for clip in clips for frame in clip.frames] == list(range(120))
    assert damage == (
        "The file is damaged between 0:00:01 and 0:00:03; pictures there may be missing or wrong."
    )


def test_trouble_before_the_first_picture_is_not_damage() -> None:
    damage = Damage(promised=None)
    damage.failed()
    damage.passed(0.0)
    damage.ended(1.0)
    assert damage.sentence is None


def test_trouble_is_told_with_its_span() -> None:
    damage = Damage(promised=60.0)
    for time in (0.0, 10.0):
        damage.passed(time)
    damage.failed()
    damage.passed(12.0)
    damage.failed()
    damage.passed(20.0)
    damage.ended(60.0)
    assert damage.sentence == (
        "The file is damaged between 0:00:10 and 0:00:20; pictures there may be missing or wrong."
    )


def test_a_promise_that_is_not_kept_is_damage() -> None:
    damage = Damage(promised=60.0)
    damage.passed(41.2)
    damage.ended(41.24)
    assert damage.sentence == "The file is damaged after 0:00:41; what follows could not be read."


def test_a_frame_rate_that_cannot_be_is_not_believed(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.avi", steady(50), codec="mjpeg", pixel_format="yuvj420p")
    data = bytearray(path.read_bytes())
    header = data.index(b"strh") + 8
    data[header + 20 : header + 28] = struct.pack("<II", 2_000_000_000, 7)  # scale, rate
    path.write_bytes(data)
    spec = ClipSpec(frames=8, rate=10.0, step=8, resize=(32, 32), crop=(32, 32), color="gray")
    with opened(path) as source:
        assert source.recording.frame_rate >= 1 / 3600
        assert sum(len(clip.frame_times) for clip in source.clips(spec)) == 50


def test_a_length_that_is_no_time_is_not_believed(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.mkv", steady(50))
    data = path.read_bytes()
    assert b"00:00:02.000000000" in data
    path.write_bytes(data.replace(b"00:00:02.000000000", b"about two seconds."))
    with opened(path) as source:
        assert source.recording.duration == pytest.approx(2.0, abs=0.1)


@pytest.mark.parametrize("codec", ["mpeg4", "libx264"])
def test_a_cut_off_avi_says_that_the_rest_is_missing(codec: str, tmp_path: Path) -> None:
    # FFmpeg shortens the length that the header promises to what the file's size suggests.
    noise = np.random.default_rng(2).integers(0, 60, (64, 96, 3), dtype=np.uint8)
    write_recording(path := tmp_path / "a.avi", WHOLE, codec=codec, noise=noise, ticks=25)
    truncate(path, 0.6)
    _, damage = _read(path)
    assert damage is not None
    assert "what follows could not be read" in damage
