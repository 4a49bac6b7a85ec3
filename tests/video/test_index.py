from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from crimeview.video.decode import Decoder
from crimeview.video.index import PacketIndex, packet_index
from crimeview.video.probe import probe
from tests.video.recordings import HARD, Made, steady, write_recording

HARD_BY_NAME = {hard.name: hard for hard in HARD}


def _index(path: Path) -> PacketIndex:
    return packet_index(path, probe(path).clock)


@pytest.mark.parametrize(("suffix", "listed"), [("mp4", True), ("mkv", False), ("ts", False)])
def test_packets_are_listed_with_times_and_keyframes(
    tmp_path: Path, suffix: str, listed: bool
) -> None:
    write_recording(
        path := tmp_path / f"a.{suffix}",
        steady(60),
        options={"g": "12", "bf": "0", "sc_threshold": "0"},
    )
    index = _index(path)
    assert index.of_decoding is listed
    assert index.in_order
    assert index.times == pytest.approx(steady(60), abs=0.001)
    assert np.flatnonzero(index.keyframes).tolist() == list(range(0, 60, 12))
    assert index.positions[0] >= 0
    assert (np.diff(index.positions) > 0).all()
    assert list(index.keyframes_by_time()) == pytest.approx(steady(60)[::12], abs=0.001)


@pytest.mark.parametrize(
    "name",
    [
        "no time stamps",
        "numbered as decoded",
        "restarted clock",
        "repeated time stamps",
        "repeated presentation times",
    ],
)
def test_times_that_cannot_be_sought_are_not_in_order(name: str, tmp_path: Path) -> None:
    made: Made = HARD_BY_NAME[name].write(tmp_path)
    assert not _index(made.path).in_order


def test_seeking_is_put_to_use_wherever_time_stamps_allow(made: Made) -> None:
    probed = probe(made.path)
    index = packet_index(made.path, probed.clock)
    with closing(Decoder(probed)) as decoder:
        first = next(decoder.shown(since=made.times[-1]))
    can_be_sought = index.in_order and index.keyframes.sum() > 1
    exact_but_slow = made.path.suffix == ".mpg"
    assert (first.time > 0.0) == (can_be_sought and not exact_but_slow)
