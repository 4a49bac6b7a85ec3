from pathlib import Path

import pytest

from crimeview.core.errors import MediaError
from crimeview.video.decode import Decoder
from crimeview.video.frames import FrameReader
from tests.video.recordings import paint, read_number, steady, write_recording


@pytest.fixture
def path(tmp_path: Path) -> Path:
    write_recording(path := tmp_path / "a.mp4", steady(250), options={"g": "25", "bf": "2"})
    return path


@pytest.fixture
def starts(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Where decoding was started from, each time it was."""
    starts: list[float] = []
    shown = Decoder.shown

    def note(self: Decoder, *, since: float, wanted: float) -> object:
        starts.append(since)
        return shown(self, since=since, wanted=wanted)

    monkeypatch.setattr(Decoder, "shown", note)
    return starts


def test_the_picture_is_what_qt_calls_rgb32(path: Path) -> None:
    with FrameReader(path) as reader:
        picture = reader.at(1.0).picture
    assert picture.shape == (64, 96, 4)
    assert picture.flags.c_contiguous
    assert (picture[..., 3] == 255).all()
    assert abs(picture[..., :3].astype(int) - paint(25)[..., ::-1]).mean() < 6


def test_stepping_decodes_on_and_back_from_what_is_kept(path: Path, starts: list[float]) -> None:
    with FrameReader(path) as reader:
        reader.at(4.0)
        for _ in range(20):
            reader.after()
        for _ in range(20):
            reader.before()
        reader.at(4.5)
    assert starts == [4.0]


def test_a_time_in_the_same_group_of_pictures_is_reached_by_decoding_on(
    tmp_path: Path, starts: list[float]
) -> None:
    write_recording(
        path := tmp_path / "a.mp4", steady(250), options={"g": "250", "sc_threshold": "0"}
    )
    with FrameReader(path) as reader:
        reader.at(1.0)
        assert read_number(reader.at(9.0).picture) == 225
    assert starts == [1.0]


def test_a_distant_time_is_sought(path: Path, starts: list[float]) -> None:
    with FrameReader(path) as reader:
        reader.at(1.0)
        reader.at(8.0)
    assert starts == [1.0, 8.0]


def test_what_is_kept_is_bounded(path: Path, starts: list[float]) -> None:
    ten_pictures = 10 * 96 * 64 * 3 // 2
    with FrameReader(path, cache_bytes=ten_pictures) as reader:
        reader.at(0.0)
        for _ in range(100):
            reader.after()
        for _ in range(5):
            reader.before()
        assert len(starts) == 1
        for _ in range(10):
            reader.before()
        assert len(starts) > 1


def test_beyond_the_ends_the_outermost_pictures_stand(path: Path) -> None:
    with FrameReader(path) as reader:
        assert read_number(reader.at(-5.0).picture) == 0
        assert read_number(reader.at(99.0).picture) == 249
        assert reader.after() is None
        last = reader.at(99.0)
        assert (last.time, last.end) == pytest.approx((9.96, 10.0))


def test_stepping_works_before_any_time_was_asked_for(path: Path) -> None:
    with FrameReader(path) as reader:
        assert reader.before() is None
        frame = reader.after()
        assert frame is not None
        assert read_number(frame.picture) == 1


def test_a_gap_shows_the_picture_before_it(tmp_path: Path) -> None:
    times = [*steady(10), *(t + 30.0 for t in steady(10))]
    write_recording(path := tmp_path / "a.mkv", times)
    with FrameReader(path) as reader:
        frame = reader.at(15.0)
        assert read_number(frame.picture) == 9
        assert frame.end == pytest.approx(0.4)
        following = reader.after()
        assert following is not None
        assert following.time == pytest.approx(30.0)


def test_a_file_that_vanishes_is_told_in_a_sentence(tmp_path: Path) -> None:
    # Without time stamps every step back begins at the beginning, so the file is opened again.
    write_recording(path := tmp_path / "a.h264", steady(50), container="h264", ticks=25)
    with FrameReader(path, cache_bytes=0) as reader:
        reader.at(1.0)
        path.unlink()
        with pytest.raises(MediaError, match="does not exist"):
            reader.at(0.2)
