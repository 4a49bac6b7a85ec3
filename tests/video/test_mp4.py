import struct
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest

from crimeview.video.container import open_container, packets, video_stream
from crimeview.video.mp4 import SampleTable, sample_table
from tests.video.recordings import steady, write_recording

COUNT = 60


def _table(path: Path) -> SampleTable | None:
    with open_container(path) as container:
        stream = video_stream(container, path)
        return sample_table(path, track=stream.id, samples=len(stream.index_entries))


def _check(path: Path) -> None:
    """The table says what demuxing finds, but for a shift of all times."""
    table = _table(path)
    assert table is not None
    with open_container(path) as container:
        found = [p for p in packets(container, video_stream(container, path)) if p.size]
    assert [p.pos for p in found] == table.positions.tolist()
    assert [p.size for p in found] == table.sizes.tolist()
    assert [p.is_keyframe for p in found] == table.keyframes.tolist()
    assert len({p.dts - at for p, at in zip(found, table.decoded.tolist(), strict=True)}) == 1
    shown = (table.decoded + table.delays).tolist()
    assert len({p.pts - at for p, at in zip(found, shown, strict=True)}) == 1


@pytest.mark.parametrize(
    ("suffix", "options", "muxing"),
    [
        ("mp4", {"g": "12", "bf": "3"}, {}),
        ("mp4", {"g": "12", "bf": "0"}, {"movflags": "faststart"}),
        ("mov", {"g": "12", "bf": "2"}, {"movflags": "negative_cts_offsets"}),
        ("mp4", {"g": "12", "bf": "2"}, {"use_editlist": "0"}),
    ],
)
def test_the_tables_say_what_demuxing_finds(
    tmp_path: Path, suffix: str, options: dict[str, str], muxing: dict[str, str]
) -> None:
    path = tmp_path / f"a.{suffix}"
    uneven = np.cumsum(np.random.default_rng(0).integers(20, 90, COUNT)) / 1000
    write_recording(path, uneven.tolist(), options=options, muxing=muxing)
    _check(path)


def test_where_every_picture_is_a_keyframe_no_table_says_so(tmp_path: Path) -> None:
    write_recording(
        path := tmp_path / "a.mov", steady(COUNT), codec="mjpeg", pixel_format="yuvj420p"
    )
    assert b"stss" not in path.read_bytes()
    _check(path)


def test_pictures_between_sound_are_found(tmp_path: Path) -> None:
    write_recording(path := tmp_path / "a.mp4", steady(COUNT), options={"g": "12"})
    both = tmp_path / "both.mp4"
    with av.open(str(path)) as source, av.open(str(both), "w") as target:
        sound = target.add_stream("aac", rate=8000)
        pictures = target.add_stream_from_template(source.streams.video[0])
        for number, packet in enumerate(p for p in source.demux(video=0) if p.size):
            packet.stream = pictures
            target.mux(packet)
            if number % 3 == 0:
                frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
                frame.rate, frame.pts, frame.time_base = 8000, 1024 * number // 3, Fraction(1, 8000)
                target.mux(sound.encode(frame))
        target.mux(sound.encode(None))
    _check(both)


def _fewer(data: bytes, name: bytes, *, at: int = 8) -> bytes:
    """The file with one row less in the table of that name."""
    place = data.index(name) + at
    (count,) = struct.unpack(">I", data[place : place + 4])
    return data[:place] + struct.pack(">I", count - 1) + data[place + 4 :]


def _endless(data: bytes, name: bytes) -> bytes:
    place = data.index(name) + 8
    return data[:place] + b"\xff\xff\xff\xff" + data[place + 4 :]


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: _fewer(data, b"stsc"),
        lambda data: _fewer(data, b"stts"),
        lambda data: _fewer(data, b"stsz", at=12),
        lambda data: _endless(data, b"ctts"),
        lambda data: _endless(data, b"stss"),
        lambda data: _endless(data, b"stco"),
        lambda data: data.replace(b"stsz", b"stz2"),
        lambda data: data.replace(b"stco", b"free"),
        lambda data: data.replace(b"tkhd", b"free"),
        lambda data: data[: data.index(b"ctts") + 30],
        lambda data: data[:10],
    ],
)
def test_tables_that_contradict_each_other_are_none(
    tmp_path: Path, damage: Callable[[bytes], bytes]
) -> None:
    uneven = np.cumsum(np.random.default_rng(0).integers(20, 90, COUNT)) / 1000
    write_recording(path := tmp_path / "a.mp4", uneven.tolist(), options={"g": "12", "bf": "2"})
    assert sample_table(path, track=1, samples=COUNT) is not None
    path.write_bytes(damage(path.read_bytes()))
    assert sample_table(path, track=1, samples=COUNT) is None


def test_fragments_and_other_tracks_have_none(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    write_recording(path, steady(30), muxing={"movflags": "frag_keyframe+empty_moov"})
    assert _table(path) is None
    write_recording(path, steady(30))
    assert sample_table(path, track=2, samples=30) is None
    assert sample_table(path, track=1, samples=31) is None
