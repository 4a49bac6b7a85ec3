import threading
from contextlib import closing
from fractions import Fraction
from io import BytesIO
from itertools import islice
from pathlib import Path

import av
import numpy as np
import pytest

from crimeview.core.errors import MediaError
from crimeview.video.container import open_container, packets, video_stream
from crimeview.video.gops import gops
from crimeview.video.keyframe_pictures import KeyframePicture, keyframe_pictures
from crimeview.video.luma import LumaScaler
from crimeview.video.probe import probe
from crimeview.video.source import opened
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


@pytest.mark.parametrize("name", ["restarted clock", "repeated time stamps", "no time stamps"])
def test_without_time_stamps_in_order_nothing_is_raised(name: str, tmp_path: Path) -> None:
    times = [picture.time for picture in _pictures(HARD_BY_NAME[name].write(tmp_path).path)]
    assert times == sorted(times)
