from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from crimeview.video.container import decoded, open_container, video_stream
from crimeview.video.decode import Decoder
from crimeview.video.index import PacketIndex, find_packets, packet_index
from crimeview.video.probe import probe
from tests.video.recordings import HARD, Made, steady, truncate, write_recording

HARD_BY_NAME = {hard.name: hard for hard in HARD}


def _index(path: Path) -> PacketIndex:
    return packet_index(path, probe(path).clock)


@pytest.mark.parametrize("suffix", ["mp4", "mov", "mkv", "ts"])
def test_packets_are_listed_with_times_and_keyframes(tmp_path: Path, suffix: str) -> None:
    write_recording(
        path := tmp_path / f"a.{suffix}",
        steady(60),
        options={"g": "12", "bf": "0", "sc_threshold": "0"},
    )
    index = _index(path)
    assert index.in_order
    assert index.times == pytest.approx(steady(60), abs=0.001)
    assert np.flatnonzero(index.keyframes).tolist() == list(range(0, 60, 12))
    assert index.positions[0] >= 0
    assert (np.diff(index.positions) > 0).all()


def test_times_are_those_of_the_decoded_pictures(made: Made) -> None:
    probed = probe(made.path)
    index = packet_index(made.path, probed.clock)
    with open_container(made.path) as container:
        pictures = list(decoded(container, video_stream(container, made.path)))
    stamped = [picture for picture in pictures if picture.pts is not None]
    times = [probed.clock.seconds(picture.pts) for picture in stamped]
    assert sorted(times) == np.sort(index.times[~np.isnan(index.times)]).tolist()
    if index.in_order and made.path.stem != "rolling_refresh_without_keyframes":
        keys = [time for time, p in zip(times, stamped, strict=True) if p.key_frame]
        assert np.sort(index.times[index.keyframes]).tolist() == keys


@pytest.mark.parametrize("share", [0.5, 0.8])
def test_the_index_of_a_file_that_is_cut_off_is_that_of_what_is_there(
    tmp_path: Path, share: float
) -> None:
    write_recording(path := tmp_path / "a.mkv", steady(100), options={"g": "10"})
    whole = _index(path)
    truncate(path, share)
    cut = _index(path)
    assert 0 < len(cut.times) < 100
    np.testing.assert_array_equal(cut.times[:-1], whole.times[: len(cut.times) - 1])


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


def test_reading_through_tells_how_far_it_is_and_can_be_given_up(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.ts", steady(1250), options={"preset": "ultrafast"})
    clock = probe(path).clock
    shares = list(find_packets(path, clock))
    assert shares == pytest.approx([0.8], abs=0.05)
    finding = find_packets(path, clock)
    next(finding)
    assert _is_open(path)
    finding.close()
    assert not _is_open(path)


def _is_open(path: Path) -> bool:
    descriptors = Path("/proc/self/fd")
    if not descriptors.is_dir():
        pytest.skip("this system does not tell which files are open")
    return any(_leads_to(link, path) for link in descriptors.iterdir())


def _leads_to(link: Path, path: Path) -> bool:
    try:
        return link.readlink() == path
    except OSError:  # closed meanwhile
        return False
