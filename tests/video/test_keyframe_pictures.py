import threading
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from itertools import islice
from pathlib import Path

import av
import numpy as np
import pytest

from crimeview.core.errors import MediaError
from crimeview.video import keyframe_packets
from crimeview.video.container import open_container, packets, video_stream
from crimeview.video.gops import chosen, gops, thinned
from crimeview.video.keyframe_pictures import KeyframePicture, keyframe_pictures
from crimeview.video.luma import LumaScaler
from crimeview.video.places import PacketFile, bytes_before_packets
from crimeview.video.probe import probe
from crimeview.video.source import opened
from tests.jobs.finished import finished
from tests.video.recordings import (
    HARD,
    Made,
    read_number,
    scribble,
    steady,
    truncate,
    write_recording,
)

HARD_BY_NAME = {hard.name: hard for hard in HARD}


def _pictures(
    path: Path, *, workers: int = 2, jpeg_every: float | None = None, jpeg_height: int = 64
) -> list[KeyframePicture]:
    probed = probe(path)
    made = keyframe_pictures(
        probed,
        gops(path, probed.clock),
        height=40,
        width=60,
        workers=workers,
        jpeg_every=jpeg_every,
        jpeg_height=jpeg_height,
    )
    return list(made)


def _by_demuxing(path: Path) -> dict[float, np.ndarray]:
    """The same of keyframes that FFmpeg picks out of the stream itself."""
    probed, found = probe(path), {}
    with open_container(path) as container:
        stream = video_stream(container, path)
        context = stream.codec_context
        context.thread_count = 1
        context.options = {"skip_loop_filter": "all", "skip_frame": "nokey"}
        scaler = LumaScaler(height=40, width=60)
        for packet in packets(container, stream):
            for picture in packet.decode():
                if picture.key_frame:
                    found[probed.clock.seconds(picture.pts)] = scaler.scale(picture)
    return found


def test_keyframes_are_what_ffmpeg_picks_out_bit_for_bit(made: Made) -> None:
    probed = probe(made.path)
    if not gops(made.path, probed.clock).in_order:
        pytest.skip("time stamps that no gate relies on")
    pictures = _pictures(made.path)
    expected = _by_demuxing(made.path)
    times = [picture.time for picture in pictures]
    assert times == sorted(times)
    if "rolling" in made.path.stem:  # what is marked as keyframes are none
        assert set(times) <= set(expected)
        return
    assert times == list(expected)
    for picture in pictures:
        np.testing.assert_array_equal(picture.luma, expected[picture.time])


@pytest.mark.parametrize("name", ["variable frame rate", "turned 90", "HEVC"])
def test_where_positions_are_unknown_keyframes_are_demuxed(name: str, tmp_path: Path) -> None:
    path = HARD_BY_NAME[name].write(tmp_path).path
    probed = probe(path)
    found = gops(path, probed.clock)
    unknown = replace(found, positions=np.full(len(found.positions), -1))
    demuxed = keyframe_pictures(probed, unknown, height=40, width=60, workers=2)
    by_position = _pictures(path)
    assert len(by_position) > 1
    for one, other in zip(demuxed, by_position, strict=True):
        assert one.time == other.time
        np.testing.assert_array_equal(one.luma, other.luma)


@pytest.mark.parametrize("suffix", ["mp4", "ts"])
def test_only_the_keyframes_of_the_groups_are_decoded(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    write_recording(path, steady(100), options={"g": "4", "sc_threshold": "0"})
    probed = probe(path)
    few = thinned(gops(path, probed.clock), apart=0.7)
    pictures = list(keyframe_pictures(probed, few, height=40, width=60, workers=2))
    assert [picture.time for picture in pictures] == few.times.tolist()
    assert [read_number(p.luma) for p in pictures] == [0, 20, 40, 60, 80]


def test_the_last_keyframes_are_read_by_position_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a.mp4"
    write_recording(path, steady(100), options={"g": "8", "sc_threshold": "0"})
    probed = probe(path)
    found = gops(path, probed.clock)
    monkeypatch.setattr(keyframe_packets, "_demuxed", None)
    last = chosen(found, np.arange(len(found.times) - 3, len(found.times)))
    pictures = list(keyframe_pictures(probed, found, height=40, width=60, workers=2, wanted=last))
    assert [read_number(picture.luma) for picture in pictures] == [80, 88, 96]


@pytest.mark.parametrize("name", ["restarted clock", "repeated time stamps", "no time stamps"])
def test_without_time_stamps_in_order_nothing_is_raised(name: str, tmp_path: Path) -> None:
    times = [picture.time for picture in _pictures(HARD_BY_NAME[name].write(tmp_path).path)]
    assert times == sorted(times)


@pytest.mark.parametrize(("suffix", "before"), [("mp4", 0), ("mkv", 4), ("avi", 0), ("ts", None)])
def test_packets_are_read_by_position_where_a_container_allows(
    tmp_path: Path, suffix: str, before: int | None
) -> None:
    write_recording(path := tmp_path / f"a.{suffix}", steady(40), options={"g": "5"}, ticks=25)
    probed = probe(path)
    with open_container(path) as container:
        stream = video_stream(container, path)
        found = [packet for packet in packets(container, stream) if packet.is_keyframe]
        at = bytes_before_packets(path, container, found, gops(path, probed.clock))
    assert at == before
    if at is not None:
        with closing(PacketFile(path)) as file:
            for packet in found:
                read = file.packet(packet.pos + at, packet.size)
                assert read is not None
                assert bytes(read) == bytes(packet)
            assert file.packet(path.stat().st_size - 5, 6) is None


def test_one_thread_or_many_make_the_same(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.mp4", steady(100), options={"g": "4"})
    alone, many = _pictures(path, workers=1), _pictures(path, workers=5)
    assert [picture.time for picture in alone] == [picture.time for picture in many]
    assert len(alone) == 25
    for one, other in zip(alone, many, strict=True):
        np.testing.assert_array_equal(one.luma, other.luma)


def test_noise_is_averaged_away_and_nothing_swims(tmp_path: Path) -> None:
    noise = np.random.default_rng(0).integers(0, 120, (480, 640, 3), np.uint8)
    path = tmp_path / "a.mp4"
    write_recording(
        path, steady(20), numbers=[0] * 20, size=(480, 640), noise=noise, options={"g": "5"}
    )
    first = _pictures(path)[0].luma
    assert first[5:9, 5:14].std() < 6.0  # of 35 a pixel, in the white first cell


@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_what_is_missing_of_a_file_is_left_out(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    muxing = {"movflags": "faststart"} if suffix == "mp4" else {}
    write_recording(path, steady(100), options={"g": "5"}, muxing=muxing)
    probed = probe(path)
    found = gops(path, probed.clock)
    truncate(path, 0.6)
    pictures = list(keyframe_pictures(probed, found, height=40, width=60, workers=2))
    assert 5 < len(pictures) < 20
    assert [p.time for p in pictures] == found.times[: len(pictures)].tolist()


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts", "avi"])
def test_damage_raises_nothing(tmp_path: Path, suffix: str) -> None:
    whole = tmp_path / f"a.{suffix}"
    noise = np.random.default_rng(0).integers(0, 60, (64, 96, 3), np.uint8)
    write_recording(whole, steady(100), noise=noise, options={"g": "5"}, ticks=25)
    for share in (0.3, 0.5, 0.8):
        path = tmp_path / f"b.{suffix}"
        path.write_bytes(whole.read_bytes())
        scribble(path, share, length=2000)
        times = [picture.time for picture in _pictures(path)]
        assert 10 < len(times) < 25
        assert times == sorted(times)


def test_a_file_that_is_gone_is_said_so(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.mp4", steady(20), options={"g": "5"})
    probed = probe(path)
    found = gops(path, probed.clock)
    path.unlink()
    with pytest.raises(MediaError, match="does not exist"):
        list(keyframe_pictures(probed, found, height=40, width=60, workers=2))


@pytest.mark.parametrize("suffix", ["mp4", "ts"])
def test_closing_ends_all_threads(tmp_path: Path, suffix: str) -> None:
    write_recording(path := tmp_path / f"a.{suffix}", steady(200), options={"g": "2"})
    with opened(path) as source:
        found = finished(source.gops())
        pictures = source.keyframe_pictures(found, height=40, width=60, workers=3)
        assert len(list(islice(pictures, 2))) == 2
        assert _threads()
        pictures.close()
        assert not _threads()
        forgotten = source.keyframe_pictures(found, height=40, width=60, workers=3)
        next(forgotten)
    assert not _threads()


def _threads() -> list[str]:
    return [t.name for t in threading.enumerate() if t.name.startswith("keyframes")]


def _shown(jpeg: bytes | None) -> np.ndarray:
    assert jpeg is not None
    with av.open(BytesIO(jpeg)) as container:
        return next(container.decode(video=0)).to_ndarray(format="rgb24")


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_jpegs_are_as_shown_and_luma_as_stored(tmp_path: Path, rotation: int, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    write_recording(path, steady(30), rotation=rotation, options={"g": "5"})
    pictures = _pictures(path, jpeg_every=0.01)
    assert probe(path).recording.rotation == rotation
    for picture in pictures:
        shown = _shown(picture.jpeg)
        assert shown.shape == (64, 96, 3)
        assert read_number(shown) == round(picture.time * 25)
        turned = np.rot90(picture.luma, -rotation // 90)
        assert read_number(turned) == round(picture.time * 25)


def test_jpegs_come_as_often_as_wanted_and_in_the_aspect_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    write_recording(path, steady(250), options={"g": "5"}, pixel_aspect=Fraction(4, 3))
    pictures = _pictures(path, jpeg_every=2.0, jpeg_height=33)
    times = [picture.time for picture in pictures if picture.jpeg is not None]
    assert times == pytest.approx([0, 2.0, 4.0, 6.0, 8.0], abs=0.2)
    assert _shown(pictures[0].jpeg).shape == (33, 66, 3)
    assert all(picture.jpeg is None for picture in _pictures(path))


def test_real_recordings_give_the_keyframes_that_ffmpeg_picks_out() -> None:
    folder = Path("../shared/data/recordings")
    if not folder.is_dir():
        pytest.skip(f"there is no footage in {folder}")
    for name in ("pedestrians_msmpeg4.avi", "brightness_change.avi", "car-detection.mp4"):
        expected = _by_demuxing(folder / name)
        pictures = _pictures(folder / name)
        assert [picture.time for picture in pictures] == list(expected)
        for picture in pictures:
            np.testing.assert_array_equal(picture.luma, expected[picture.time])


def test_a_source_takes_short_groups_together(tmp_path: Path) -> None:
    with opened(HARD_BY_NAME["MJPEG"].write(tmp_path).path) as source:
        found = finished(source.gops())
        pictures = list(source.keyframe_pictures(found, height=40, width=60, workers=2))
    assert np.diff(found.times).min() >= 0.75
    assert found.pictures.sum() == 60
    assert [picture.time for picture in pictures] == found.times.tolist()
