"""Clips written from a ring of packets: they play, begin with a keyframe, and survive a crash."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import av
import numpy as np
import pytest

from crimeview.core.address import camera_of
from crimeview.core.errors import MediaError
from crimeview.video.fragments import cut_to_whole_fragments
from crimeview.video.live_clip import ClipWriter, labels_of, readable_times
from crimeview.video.live_packets import LivePacket, PacketRing
from tests.video.recordings import read_number, steady, write_recording
from tests.video.rtsp_camera import RtspCamera
from tests.video.test_live import is_live, watched
from tests.waiting import wait_for


@pytest.fixture(scope="module")
def filmed() -> tuple[list[LivePacket], dict[int, float]]:
    """Four seconds of a camera whose keyframes are a second apart; its pictures' times."""
    ring = PacketRing(seconds=30.0, most=10**8)
    with (
        RtspCamera(keyframe_every=25) as server,
        watched(camera_of(server.address), ring=ring) as live,
    ):
        wait_for(is_live(live))
        wait_for(lambda: (held := ring.since(0.0)) and held[-1].wall - held[0].wall > 4.0)
        sent = dict(server.sent)
    return list(ring.since(0.0)), sent


def played(path: Path) -> tuple[list[int], list[float], bool]:
    """The numbers and times of the pictures, and whether the first is a keyframe."""
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
    numbers = [read_number(frame.to_ndarray(format="rgb24")) for frame in frames]
    return numbers, [float(frame.time or 0.0) for frame in frames], frames[0].key_frame


def writer(folder: Path, packets: list[LivePacket]) -> ClipWriter:
    return ClipWriter(folder, "10-20-30", packets[0].form, title="gate", note="alarm 7")


def test_a_clip_plays_from_a_keyframe_on(
    filmed: tuple[list[LivePacket], dict[int, float]], tmp_path: Path
) -> None:
    packets, sent = filmed
    wanted = packets[0].wall + 2.4
    ring = PacketRing(seconds=60.0, most=10**8)
    for packet in packets:
        ring.put(packet)
    clip_writer = writer(tmp_path / "clips", packets)
    clip_writer.write(ring.since(wanted))
    clip = clip_writer.finish()
    assert clip is not None
    numbers, times, begins_with_keyframe = played(clip.path)
    assert begins_with_keyframe
    assert wanted - 1.1 < clip.start <= wanted
    assert abs(sent[numbers[0]] - clip.start) < 0.5
    assert numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    assert times[0] == 0
    made = np.array([sent[number] for number in numbers])
    assert times == pytest.approx(made - made[0], abs=0.002)
    assert clip.end - clip.start == pytest.approx(len(numbers) / 25, abs=0.1)
    assert len(clip.frame_times) == len(numbers)
    assert [p.name for p in (tmp_path / "clips").iterdir()] == ["10-20-30.mp4"]


def test_a_clip_says_what_it_is(
    filmed: tuple[list[LivePacket], dict[int, float]], tmp_path: Path
) -> None:
    packets, _ = filmed
    clip_writer = writer(tmp_path, packets)
    clip_writer.write(packets)
    clip = clip_writer.finish()
    assert clip is not None
    title, note, made = labels_of(clip.path)
    assert (title, note) == ("gate", "alarm 7")
    assert made == pytest.approx(clip.start, abs=1.0)


def test_two_clips_of_one_second_are_two_files(
    filmed: tuple[list[LivePacket], dict[int, float]], tmp_path: Path
) -> None:
    packets, _ = filmed
    for _ in range(3):
        clip_writer = writer(tmp_path, packets)
        clip_writer.write(packets)
        assert clip_writer.finish() is not None
    assert sorted(p.name for p in tmp_path.iterdir()) == [
        "10-20-30-2.mp4",
        "10-20-30-3.mp4",
        "10-20-30.mp4",
    ]


def test_a_file_as_a_camera_gives_clips_as_well(tmp_path: Path) -> None:
    path = tmp_path / "street.mp4"
    write_recording(path, steady(50), options={"bf": "2", "g": "10"})  # pictures out of order
    ring = PacketRing(seconds=60.0, most=10**8)
    with watched(camera_of(str(path)), ring=ring) as live:
        wait_for(lambda: live.health().state.value == "ended")
    packets = list(ring.since(0.0))
    clip_writer = writer(tmp_path / "clips", packets)
    clip_writer.write(packets)
    clip = clip_writer.finish()
    assert clip is not None
    assert played(clip.path)[0] == list(range(50))


def test_packets_that_no_file_can_hold_are_left_out(
    filmed: tuple[list[LivePacket], dict[int, float]], tmp_path: Path
) -> None:
    packets, _ = filmed
    clip_writer = writer(tmp_path, packets)
    clip_writer.write([*packets[:50], packets[30], *packets[50:]])
    clip = clip_writer.finish()
    assert clip is not None
    assert len(played(clip.path)[0]) == len(packets)


def test_nothing_from_a_keyframe_on_is_no_clip(
    filmed: tuple[list[LivePacket], dict[int, float]], tmp_path: Path
) -> None:
    packets, _ = filmed
    clip_writer = writer(tmp_path, packets)
    clip_writer.write(packets[1:10])
    assert clip_writer.finish() is None
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_gets_a_sentence(
    filmed: tuple[list[LivePacket], dict[int, float]], tmp_path: Path
) -> None:
    packets, _ = filmed
    (tmp_path / "clips").write_text("a file")
    with pytest.raises(MediaError, match="cannot be written"):
        writer(tmp_path / "clips", packets).write(packets)


_WRITE = """
    import os, pickle, resource, signal, sys
    from pathlib import Path
    from crimeview.core.errors import MediaError
    from crimeview.video.live_clip import ClipWriter
    from tests.jobs.filmed_packets import filmed_packets

    packets = filmed_packets(Path(sys.argv[1]), began=1.8e9)
    if sys.argv[3] == "full":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
    writer = ClipWriter(Path(sys.argv[2]), "a", packets[0].form, title="gate", note="alarm 7")
    try:
        for packet in packets:
            writer.write([packet])
    except MediaError as error:
        print(error)
        clip = writer.finish()
        print(clip and len(clip.frame_times))
        sys.exit()
    os._exit(9)
"""


@pytest.fixture(scope="module")
def noisy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two seconds of 37 kB, with a keyframe every 10 pictures."""
    path = tmp_path_factory.mktemp("noisy") / "noisy.mp4"
    noise = np.random.default_rng(0).integers(0, 120, (128, 192, 3), np.uint8)
    write_recording(path, steady(50), size=(128, 192), noise=noise, options={"g": "10"})
    return path


def _in_a_process(noisy: Path, folder: Path, fault: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(_WRITE), str(noisy), str(folder), fault],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX limits")
def test_a_crash_costs_the_last_fragment_only(noisy: Path, tmp_path: Path) -> None:
    ended = _in_a_process(noisy, tmp_path, "crash")
    assert ended.returncode == 9, ended.stderr
    (part,) = tmp_path.iterdir()
    assert part.name == ".a.mp4.part"
    cut_to_whole_fragments(part)
    count = len(readable_times(part))
    assert 40 <= count <= 50
    assert labels_of(part)[1] == "alarm 7"
    assert len(played(part)[0]) == count


@pytest.mark.skipif(os.name == "nt", reason="needs POSIX limits")
def test_a_full_disk_keeps_what_could_be_written(noisy: Path, tmp_path: Path) -> None:
    ended = _in_a_process(noisy, tmp_path, "full")
    assert ended.returncode == 0, ended.stderr
    sentence, count = ended.stdout.splitlines()
    assert "cannot be written" in sentence
    assert 10 <= int(count) < 40
    (clip,) = tmp_path.iterdir()
    assert clip.name == "a.mp4"
    assert len(played(clip)[0]) == int(count)
