"""Cameras that are read while they run: a real RTSP server on loopback, and files as cameras."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.address import camera_of
from crimeview.core.back_off import BackOffRule
from crimeview.core.clip import ClipSpec
from crimeview.core.watching import Camera, CameraState
from crimeview.video import live_decoder, live_open, live_reader
from crimeview.video.live import LiveCamera
from crimeview.video.live_decoder import LiveClip
from crimeview.video.live_packets import PacketRing
from tests.video.recordings import paint, read_number, steady, write_recording
from tests.video.rtsp_camera import RtspCamera
from tests.video.slow_decoding import slow_down
from tests.waiting import wait_for

SPEC = ClipSpec(frames=5, rate=12.5, step=5, resize=(32, 32), crop=(32, 32), color="gray")
SOONER = 4  # times that what is waited for by the clock comes sooner here


@contextmanager
def watched(
    camera: Camera, *, ring: PacketRing | None = None, spec: ClipSpec = SPEC
) -> Iterator[LiveCamera]:
    live = LiveCamera(camera, [spec], ready=lambda: None, ring=ring)
    try:
        yield live
    finally:
        live.close()


def state_of(live: LiveCamera) -> CameraState:
    return live.health().state


def is_live(live: LiveCamera) -> Callable[[], bool]:
    return lambda: state_of(live) is CameraState.LIVE


def is_lost(live: LiveCamera) -> Callable[[], bool]:
    return lambda: state_of(live) is CameraState.LOST


@pytest.fixture
def server() -> Iterator[RtspCamera]:
    with RtspCamera() as camera:
        yield camera


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Who watches notices that nothing comes, and tries again, in a fraction of the time."""
    usual = live_reader._AGAIN
    again = BackOffRule(first=usual.first / SOONER, longest=usual.longest / SOONER)
    monkeypatch.setattr(live_reader, "_AGAIN", again)
    monkeypatch.setattr(live_open, "_READ_SECONDS", live_open._READ_SECONDS / SOONER)
    monkeypatch.setattr(live_decoder, "_STILL", live_decoder._STILL / SOONER)


def test_a_camera_is_seen_a_moment_after_it_sees(server: RtspCamera) -> None:
    with watched(camera_of(server.address)) as live:
        live.show(64)
        wait_for(is_live(live))
        time.sleep(1.0)  # what was held back while it was opened is over
        delays, ages = [], []
        for _ in range(40):
            wait_for(lambda before=live.picture: live.picture is not before)
            picture = live.picture
            assert picture is not None
            sent = server.sent[read_number(picture.pixels)]
            delays.append(picture.time - sent)
            ages.append(time.time() - sent)
        health = live.health()
    assert abs(np.median(delays)) < 0.25  # wall time of the stream's clock
    assert np.median(ages) < 0.5
    assert (health.width, health.height, health.codec) == (96, 64, "h264")
    assert health.frame_rate == pytest.approx(25, rel=0.3)
    assert (health.drops, health.losses, health.message) == (0, 0, None)


def test_clips_are_sampled_by_the_cameras_own_clock(server: RtspCamera) -> None:
    with watched(camera_of(server.address)) as live:
        wait_for(lambda: live.waiting >= 4)
        clips = [live.take() for _ in range(4)]
    apart = []
    for clip in clips:
        assert clip is not None
        assert clip.clip.frames.shape == (5, 32, 32, 1)
        assert clip.end - clip.start == pytest.approx(0.4)
        numbers = [read_number(frame[..., 0]) for frame in clip.clip.frames]
        assert np.diff(numbers).tolist() == pytest.approx([2, 2, 2, 2], abs=1)
        apart.append(abs(clip.start - server.sent[numbers[0]]))
    assert np.median(apart) < 1.0


@pytest.mark.usefixtures("impatient")
def test_a_frozen_camera_is_lost_and_found_again(server: RtspCamera) -> None:
    with watched(camera_of(f"gate={server.address}")) as live:
        wait_for(is_live(live))
        losses = live.health().losses
        server.freeze()
        assert wait_for(is_lost(live)) < 3.0
        health = live.health()
        assert health.losses == losses + 1
        assert health.message is not None
        assert "gate" in health.message
        server.thaw()
        assert wait_for(is_live(live)) < 5.0
        assert live.health().message is None


@pytest.mark.usefixtures("impatient")
def test_a_killed_camera_is_lost_at_once_and_found_again(server: RtspCamera) -> None:
    with watched(camera_of(server.address)) as live:
        wait_for(is_live(live))
        losses = live.health().losses
        server.kill()
        assert wait_for(is_lost(live)) < 2.0
        time.sleep(3.0 / SOONER)  # waits between tries have become longer
        server.come_back()
        assert wait_for(is_live(live)) < 3.0
        assert live.health().losses == losses + 1


@pytest.mark.usefixtures("impatient")
def test_a_picture_that_stands_still_is_told_and_is_no_loss(server: RtspCamera) -> None:
    with watched(camera_of(server.address)) as live:
        wait_for(is_live(live))
        server.stand_still()
        assert wait_for(lambda: state_of(live) is CameraState.STILL) < 5.5
        assert live.health().losses == 0
        server.move_on()
        assert wait_for(is_live(live)) < 3.0


@pytest.mark.usefixtures("impatient")
def test_a_password_opens_the_camera_and_is_in_no_message() -> None:
    with RtspCamera(password="geheim") as server:
        with watched(camera_of(server.address_with_password)) as live:
            wait_for(is_live(live))
        with watched(camera_of(server.address_with_password.replace("geheim", "falsch"))) as live:
            wait_for(is_lost(live))
            message = live.health().message
            tried = sum(request.startswith("DESCRIBE") for request in server.requests)
            time.sleep(2.0 / SOONER)
            assert sum(r.startswith("DESCRIBE") for r in server.requests) == tried
    assert message is not None
    assert "password" in message
    assert "falsch" not in message


def test_a_camera_that_is_not_there_gets_a_sentence() -> None:
    with watched(camera_of("rtsp://guard:geheim@127.0.0.1:9/live")) as live:
        wait_for(is_lost(live))
        message = live.health().message
    assert message is not None
    assert "refuses connections" in message
    assert "geheim" not in message


def test_a_consumer_that_is_slow_gets_what_is_new(server: RtspCamera) -> None:
    quick = replace(SPEC, rate=25.0)
    with watched(camera_of(server.address), spec=quick) as live:
        wait_for(is_live(live))
        wait_for(lambda: live.health().skipped >= 2)  # clips come and none is taken
        newest = max(server.sent.values())
        clips = list(iter(live.take, None))
    assert len(clips) <= 9
    assert newest - clips[-1].end < 1.5


def test_a_decoder_that_is_slow_sees_less_but_not_later(monkeypatch: pytest.MonkeyPatch) -> None:
    slow_down(monkeypatch, 0.1)  # where a picture comes every 20 ms
    with (
        RtspCamera(rate=50.0, keyframe_every=50) as server,
        watched(camera_of(server.address)) as live,
    ):
        live.show(64)
        wait_for(is_live(live))
        late = []
        until = time.monotonic() + 4.0
        while time.monotonic() < until:
            time.sleep(0.05)
            late.append(live.health().lag)
        drops = live.health().drops
    assert drops > 50
    assert np.median(late[-20:]) < 1.5  # it would have become three seconds


def test_a_decoder_of_half_the_speed_gets_to_the_end_of_clips(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    slow_down(monkeypatch, 0.04)  # where a picture comes every 20 ms
    long = replace(SPEC, frames=16)  # 1.28 s of the two seconds between keyframes
    with (
        RtspCamera(rate=50.0, keyframe_every=100) as server,
        watched(camera_of(server.address), spec=long) as live,
    ):
        wait_for(is_live(live))
        wait_for(lambda: live.health().drops > 0)
        before = live.whole
        wait_for(lambda: live.whole != before)
        late = []
        for _ in range(20):
            late.append(live.health().lag)
            time.sleep(0.05)
    assert np.median(late) < 3.5


def test_a_file_is_played_at_its_own_pace(tmp_path: Path) -> None:
    path = tmp_path / "street.mp4"
    write_recording(path, steady(45))
    began = time.monotonic()
    clips: list[LiveClip] = []
    with watched(camera_of(str(path))) as live:
        took = wait_for(lambda: clips.extend(iter(live.take, None)) or live.ended)
        clips.extend(iter(live.take, None))
        state = state_of(live)
    assert time.monotonic() - began > 1.3
    assert took < 3.8
    assert state is CameraState.ENDED
    assert len(clips) == 4  # 1.8 s of 0.4 s each, the last of them cut short
    assert np.diff([clip.start for clip in clips]) == pytest.approx([0.4] * 3, abs=0.01)
    assert np.median([abs(clip.end - clip.arrival) for clip in clips]) < 0.3


def test_a_looped_file_begins_anew(tmp_path: Path) -> None:
    path = tmp_path / "street.mp4"
    write_recording(path, steady(25))
    with watched(camera_of(str(path), looped=True)) as live:
        live.show(64)
        numbers: list[int] = []

        def begun_anew() -> int:
            if live.picture is not None:
                numbers.append(read_number(live.picture.pixels))
            return sum(b < a for a, b in pairwise(numbers))

        wait_for(is_live(live))
        began = time.monotonic()
        wait_for(lambda: begun_anew() >= 2)
        assert time.monotonic() - began > 1.0, "it is played at its own pace"
        assert live.health().losses == 0


def test_a_file_that_is_not_there_gets_a_sentence(tmp_path: Path) -> None:
    with watched(camera_of(str(tmp_path / "none.mp4"))) as live:
        wait_for(is_lost(live))
        message = live.health().message
    assert message is not None
    assert "does not exist" in message


def test_pictures_are_as_large_as_is_wanted_and_none_where_none_is(server: RtspCamera) -> None:
    with watched(camera_of(server.address)) as live:
        wait_for(is_live(live))
        assert live.picture is None
        live.show(32)
        wait_for(lambda: live.picture is not None)
        picture = live.picture
        assert picture is not None
        assert picture.pixels.shape == (32, 48, 4)
        assert picture.pixels.dtype == np.uint8
        live.show(None)
        for _ in range(2):  # the decoder may be at a picture just now
            before, whole = live.picture, live.whole
            wait_for(lambda whole=whole: live.whole != whole)
        assert live.picture is before


def test_the_ring_holds_the_last_seconds_from_a_keyframe_on() -> None:
    ring = PacketRing(seconds=1.0, most=10**7)
    with (
        RtspCamera(paint, keyframe_every=10) as server,
        watched(camera_of(server.address), ring=ring) as live,
    ):
        wait_for(is_live(live))
        time.sleep(2.5)
        now = time.time()
        held = ring.since(now - 1.0)
        part = ring.since(now - 0.1)
    assert held[0].is_keyframe
    assert part[0].is_keyframe
    assert held[0].wall <= now - 1.0
    assert held[-1].wall - held[0].wall < 1.75
    assert part[-1].wall - part[0].wall < 0.6
    assert ring.size == sum(len(packet.data) for packet in ring.since(0.0))
