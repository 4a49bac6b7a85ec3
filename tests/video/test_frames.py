import random
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import MediaError
from crimeview.video.decode import Decoder
from crimeview.video.frames import Frame, FrameReader, GivenUpError
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


def test_what_is_kept_needs_no_decoding(path: Path, starts: list[float]) -> None:
    with FrameReader(path) as reader:
        first, end = reader.kept
        assert first > end  # nothing
        reader.at(4.0)
        reader.after()
        first, end = reader.kept
        assert first < 4.0
        assert end == pytest.approx(4.08)
        for seconds in (first, 4.05, 4.0):
            reader.at(seconds)
        assert reader.kept == (first, end)
    assert starts == [4.0]


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


X264 = {"g": "60", "bf": "3", "sc_threshold": "0"}
X265 = {"preset": "ultrafast", "x265-params": "log-level=none:keyint=60:bframes=4"}
UNEVEN = tuple((np.cumsum(np.random.default_rng(4).integers(15, 400, 150)) / 1000.0).tolist())
THINNED: dict[str, tuple[str, tuple[float, ...], dict[str, object]]] = {
    "B-frames": (".mp4", steady(250), {"options": X264}),
    "open groups": (".mkv", steady(250), {"options": {**X264, "x264-params": "open-gop=1"}}),
    "transport stream": (".ts", steady(250), {"options": X264}),
    "pictures that stand long": (".mkv", UNEVEN, {"options": X264}),
    "a pause": (".mkv", (*steady(100), *(t + 9.0 for t in steady(100))), {"options": X264}),
    "HEVC": (".mp4", steady(150), {"codec": "libx265", "options": X265}),
    "MPEG-2": (
        ".ts",
        steady(250),
        {"codec": "mpeg2video", "options": {"g": "60", "bf": "2"}, "ticks": 25},
    ),
}


@pytest.fixture(scope="module", params=THINNED)
def moving(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A recording in which pictures refer to others and much moves."""
    suffix, times, writing = THINNED[request.param]
    path = tmp_path_factory.mktemp("moving") / f"recording{suffix}"
    noise = np.random.default_rng(3).integers(0, 40, (64, 96, 3), dtype=np.uint8)
    write_recording(path, times, noise=noise, **writing)  # type: ignore[arg-type]
    return path


def _plain(path: Path) -> list[Frame]:
    """All pictures, by nothing but stepping on."""
    with FrameReader(path, cache_bytes=0) as reader:
        frames = [reader.at(0.0)]
        while (frame := reader.after()) is not None:
            frames.append(frame)
    return frames


def _is(frame: Frame | None, expected: Frame) -> bool:
    return (
        frame is not None
        and (frame.time, frame.end) == (expected.time, expected.end)
        and np.array_equal(frame.picture, expected.picture)
    )


@pytest.mark.parametrize("pictures", [0, 30, 1000])
def test_wherever_one_goes_the_picture_is_that_of_plain_reading(
    moving: Path, pictures: int
) -> None:
    frames = _plain(moving)
    chance = random.Random(pictures)
    with FrameReader(moving, cache_bytes=pictures * 96 * 64 * 3 // 2) as reader:
        for _ in range(25):
            at = chance.randrange(len(frames))
            asked = chance.uniform(frames[at].time, frames[at].end)
            impatience = chance.choice([0, 3, 40, 1000])
            with suppress(GivenUpError):
                asks = iter(range(impatience))
                assert _is(
                    reader.at(asked, give_up=lambda asks=asks: next(asks, None) is None), frames[at]
                )
            assert _is(reader.at(asked), frames[at])
            for step in chance.choice([[1] * 20, [-1] * 20, [-1, -1, 1, 1, 1, -1]]):
                at += step
                stepped = reader.after() if step > 0 else reader.before()
                if not 0 <= at < len(frames):
                    assert stepped is None
                    break
                assert _is(stepped, frames[at])


def test_one_who_gives_up_waits_for_no_further_picture(moving: Path) -> None:
    with FrameReader(moving) as reader:
        asked = 0

        def soon() -> bool:
            nonlocal asked
            asked += 1
            return asked > 3

        first = reader.at(0.0)
        with pytest.raises(GivenUpError):
            reader.at(2.3, give_up=soon)
        assert asked == 4
        assert _is(reader.before() or reader.at(0.0), first)
        assert reader.at(2.3).time > first.time


def test_pictures_nothing_refers_to_are_left_out_on_the_way(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given: list[bool] = []
    shown = Decoder.shown

    def note(self: Decoder, *, since: float, wanted: float) -> object:
        for picture in shown(self, since=since, wanted=wanted):
            given.append(picture.picture is not None)
            yield picture

    monkeypatch.setattr(Decoder, "shown", note)
    write_recording(path, steady(250), options={"g": "250", "bf": "3", "sc_threshold": "0"})
    with FrameReader(path) as reader:
        assert read_number(reader.at(8.0).picture) == 200
    assert 60 < given.count(False) < 140
    assert given.count(True) < 40


def test_stepping_back_over_the_beginning_of_what_is_kept_decodes_once(
    tmp_path: Path, starts: list[float]
) -> None:
    write_recording(
        path := tmp_path / "a.mp4", steady(250), options={"g": "250", "sc_threshold": "0"}
    )
    with FrameReader(path, cache_bytes=60 * 96 * 64 * 3 // 2) as reader:
        assert read_number(reader.at(8.0).picture) == 200
        for number in range(199, 99, -1):
            frame = reader.before()
            assert frame is not None
            assert read_number(frame.picture) == number
    assert len(starts) <= 4


def test_near_a_time_is_the_keyframe_before_it(tmp_path: Path) -> None:
    options = {"g": "25", "bf": "2", "sc_threshold": "0"}
    write_recording(path := tmp_path / "a.mp4", steady(250), options=options)
    with FrameReader(path) as reader:
        reader.at(1.0)
        for seconds, number in ((4.5, 100), (0.0, 0), (-1.0, 0), (2.0, 50), (99.0, 225)):
            frame = reader.near(seconds)
            assert read_number(frame.picture) == number
            assert frame.time == pytest.approx(number / 25)
        following = reader.after()
        assert following is not None
        assert read_number(following.picture) == 26


def test_where_nothing_can_be_sought_near_is_there(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.h264", steady(50), container="h264", ticks=25)
    with FrameReader(path) as reader:
        assert read_number(reader.near(1.0).picture) == 25
