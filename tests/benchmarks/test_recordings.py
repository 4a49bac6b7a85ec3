"""Recordings of the benchmarks: they are what their recipe says."""

from dataclasses import replace
from pathlib import Path

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from benchmarks.recordings import Codec, Recipe, build, moving
from benchmarks.scenes import STREET, moving_spans
from tests.video.recordings import steady, write_recording


@pytest.fixture(scope="module")
def footage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data with one tiny piece of footage, in which little blocks come and go."""
    folder = tmp_path_factory.mktemp("data")
    (folder / "recordings").mkdir()
    write_recording(folder / STREET, steady(20))
    return folder


SMALL = Recipe(scene="day", size=(64, 96), gop=10, kbps=200, loop=4.0)


@pytest.mark.parametrize("codec", ["h264", "hevc", "mjpeg"])
def test_size_codec_rate_and_distance_of_keyframes_are_those_asked_for(
    tmp_path: Path, footage: Path, codec: Codec
) -> None:
    recipe = replace(SMALL, codec=codec, loop=2.0)
    with av.open(str(build(recipe, cache=tmp_path, data=footage))) as container:
        video = container.streams.video[0]
        packets = [packet for packet in container.demux(video) if packet.size]
        assert (video.height, video.width, video.average_rate) == (64, 96, 25)
        assert video.codec_context.name == codec
    keyframes = [number for number, packet in enumerate(packets) if packet.is_keyframe]
    assert len(packets) == 50
    assert keyframes == list(range(0, 50, 1 if codec == "mjpeg" else 10))
    assert all(packet.pts == packet.dts for packet in packets)


def test_a_long_one_repeats_the_loop_without_a_gap(tmp_path: Path, footage: Path) -> None:
    path = build(replace(SMALL, loop=2.0), seconds=5.0, cache=tmp_path, data=footage)
    with av.open(str(path)) as container:
        times = [frame.time for frame in container.decode(video=0)]
    np.testing.assert_allclose(times, np.arange(125) / 25, atol=1e-4)


def test_what_is_there_is_not_made_again(tmp_path: Path, footage: Path) -> None:
    path = build(SMALL, cache=tmp_path, data=footage)
    path.write_bytes(b"kept")
    assert build(SMALL, cache=tmp_path, data=footage) == path
    assert path.read_bytes() == b"kept"
    assert not list(tmp_path.glob("*.part"))


@pytest.mark.parametrize("real", [True, False])
def test_much_changes_only_in_the_moving_spans(
    tmp_path: Path, request: pytest.FixtureRequest, *, real: bool
) -> None:
    data = request.getfixturevalue("data") if real else tmp_path
    recipe = replace(SMALL, size=(120, 160), kbps=500, loop=10.0)
    with av.open(str(build(recipe, cache=tmp_path, data=data))) as container:
        luma = [f.to_ndarray()[15:105].astype(int) for f in container.decode(video=0)]
    ((start, end),) = moving(recipe)
    during = _changes(luma[round(25 * start) : round(25 * end)])
    before = _changes(luma[: round(25 * start)])
    assert end - start == pytest.approx(1.0)
    assert during > 3 * before


def _changes(luma: list[NDArray[np.int_]]) -> float:
    """Share of pixels that leave their place by over 20 levels at any time."""
    stack = np.stack(luma)
    return float((np.abs(stack - np.median(stack, axis=0)) > 20).any(axis=0).mean()) + 1e-3


def test_a_tenth_of_a_quiet_scene_moves_and_all_of_a_busy_one() -> None:
    for seconds in (60.0, 120.0, 300.0):
        spans = moving_spans("night", seconds=seconds)
        assert sum(end - start for start, end in spans) == pytest.approx(seconds / 10)
    assert moving_spans("busy", seconds=7.0) == ((0.0, 7.0),)


def test_moving_spans_of_a_long_one_are_those_of_each_loop() -> None:
    once = moving(SMALL)
    assert moving(SMALL, seconds=8.0) == (*once, *((4.0 + a, 4.0 + b) for a, b in once))
