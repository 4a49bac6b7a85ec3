from pathlib import Path

import numpy as np
import pytest

from crimeview.video.gops import Gops, gops, gops_of, thinned
from crimeview.video.index import packet_index
from crimeview.video.probe import probe
from tests.video.recordings import HARD, steady, write_recording

HARD_BY_NAME = {hard.name: hard for hard in HARD}


def _gops(path: Path) -> Gops:
    return gops(path, probe(path).clock)


@pytest.mark.parametrize("suffix", ["mp4", "mkv", "ts"])
def test_groups_tell_when_they_begin_and_what_is_in_them(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"a.{suffix}"
    write_recording(path, steady(58), options={"g": "12", "bf": "2", "sc_threshold": "0"})
    found = _gops(path)
    index = packet_index(path, probe(path).clock)
    assert found.times == pytest.approx(steady(58)[::12], abs=0.001)
    assert found.ends == pytest.approx([*steady(58)[12::12], 58 / 25], abs=0.001)
    assert found.pictures.tolist() == [12, 12, 12, 12, 10]
    assert found.sizes.tolist() == index.sizes[::12].tolist()
    assert found.bytes.tolist() == [int(index.sizes[i : i + 12].sum()) for i in range(0, 58, 12)]
    assert found.positions.tolist() == index.positions[::12].tolist()
    assert found.in_order


def test_where_every_picture_is_a_keyframe_each_is_a_group(tmp_path: Path) -> None:
    found = _gops(HARD_BY_NAME["MJPEG"].write(tmp_path).path)
    assert len(found.times) == 60
    assert (found.pictures == 1).all()
    assert (found.bytes == found.sizes).all()


def test_open_groups_are_in_order_of_time(tmp_path: Path) -> None:
    found = _gops(HARD_BY_NAME["open groups of pictures"].write(tmp_path).path)
    assert (np.diff(found.times) > 0).all()
    assert found.pictures.sum() == 120
    assert (found.ends[:-1] == found.times[1:]).all()
    assert found.ends[-1] == pytest.approx(120 / 25, abs=0.002)


@pytest.mark.parametrize("name", ["restarted clock", "repeated time stamps", "numbered as decoded"])
def test_times_that_cannot_be_relied_on_say_so(tmp_path: Path, name: str) -> None:
    assert not _gops(HARD_BY_NAME[name].write(tmp_path).path).in_order


def test_without_time_stamps_there_are_none(tmp_path: Path) -> None:
    path = HARD_BY_NAME["no time stamps"].write(tmp_path).path
    clock = probe(path).clock
    found = gops_of(packet_index(path, clock), clock)
    assert not found.in_order
    assert len(found.times) == len(found.ends) == len(found.bytes) == 0


def test_groups_that_are_close_become_one(tmp_path: Path) -> None:
    found = _gops(HARD_BY_NAME["MJPEG"].write(tmp_path).path)
    few = thinned(found, apart=0.39)
    assert few.times == pytest.approx(steady(60)[::10], abs=0.001)
    assert few.ends.tolist() == [*few.times[1:].tolist(), found.ends[-1]]
    assert few.pictures.tolist() == [10] * 6
    assert few.sizes.tolist() == found.sizes[::10].tolist()
    assert few.positions.tolist() == found.positions[::10].tolist()
    assert few.bytes.tolist() == found.bytes.reshape(6, 10).sum(axis=1).tolist()


def test_a_short_group_among_long_ones_stays_as_it_is(tmp_path: Path) -> None:
    joined = tmp_path / "joined.mp4"
    write_recording(joined, steady(100), options={"g": "24", "sc_threshold": "0"})
    found = _gops(joined)  # four of 0.96 s, and what is left
    assert (found.ends - found.times).min() < 0.75
    assert thinned(found, apart=0.75) is found


def test_groups_that_are_far_apart_stay_as_they_are(tmp_path: Path) -> None:
    found = _gops(HARD_BY_NAME["gaps"].write(tmp_path).path)
    assert thinned(found, apart=0.03) is found
    assert len(thinned(found, apart=1000.0).times) == 1


def test_nothing_thinned_is_nothing(tmp_path: Path) -> None:
    path = HARD_BY_NAME["no time stamps"].write(tmp_path).path
    assert len(thinned(_gops(path), apart=1.0).times) == 0
