"""Cameras that send HLS, and those of this computer."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import av
import numpy as np
import pytest

from crimeview.core.address import SourceKind, camera_of, device_of, kind_of
from crimeview.core.watching import CameraState
from crimeview.video.live_open import CameraError, connected
from tests.video.recordings import read_number, steady, write_recording
from tests.video.test_live import is_live, watched
from tests.waiting import wait_for


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Six seconds of a camera as HLS: a playlist that goes on, and segments of a second."""
    folder = tmp_path_factory.mktemp("hls")
    source = folder / "camera.ts"
    write_recording(source, steady(150), options={"g": "25", "bf": "0"})
    options = {"hls_time": "1", "hls_list_size": "0", "hls_flags": "omit_endlist"}
    with (
        av.open(str(source)) as camera,
        av.open(str(folder / "live.m3u8"), "w", format="hls", options=options) as output,
    ):
        stream = output.add_stream_from_template(camera.streams.video[0])
        for packet in camera.demux(video=0):
            if packet.dts is not None:
                packet.stream = stream
                output.mux(packet)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=partial(server.serve_forever, 0.02), name="hls-camera")
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/live.m3u8"
    server.shutdown()
    server.server_close()
    thread.join()


def test_hls_is_watched_segment_by_segment(address: str) -> None:
    with watched(camera_of(f"gate={address}")) as live:
        wait_for(is_live(live))
        wait_for(lambda: live.waiting >= 2)
        clips = [live.take(), live.take()]
        health = live.health()
    assert (health.state, health.codec) == (CameraState.LIVE, "h264")
    for clip in clips:
        assert clip is not None
        numbers = [read_number(frame[..., 0]) for frame in clip.clip.frames]
        assert np.diff(numbers).tolist() == [2, 2, 2, 2]


def test_a_playlist_that_is_not_there_gets_a_sentence(address: str) -> None:
    camera = camera_of(f"gate={address.replace('live', 'none')}")
    with pytest.raises(CameraError, match="no stream of that path"), connected(camera):
        pass


@pytest.mark.parametrize(
    ("text", "system", "file", "form"),
    [
        ("webcam:0", "linux", "/dev/video0", "v4l2"),
        ("webcam", "linux", "/dev/video0", "v4l2"),
        ("/dev/video2", "linux", "/dev/video2", "v4l2"),
        ("webcam:1", "darwin", "1", "avfoundation"),
        ("webcam:FaceTime HD", "darwin", "FaceTime HD", "avfoundation"),
        ("webcam:HD Webcam", "win32", "video=HD Webcam", "dshow"),
    ],
)
def test_a_camera_of_this_computer_is_addressed_as_its_system_does(
    text: str, system: str, file: str, form: str
) -> None:
    assert kind_of(text) is SourceKind.DEVICE
    device = device_of(text, system=system)  # type: ignore[arg-type]
    assert (device.file, device.format) == (file, form)


def test_a_webcam_that_is_not_there_gets_a_sentence_and_no_traceback() -> None:
    camera = camera_of("desk=webcam:63")
    with pytest.raises(CameraError) as raised, connected(camera):
        pass
    sentence = str(raised.value)
    assert sentence.startswith(("The camera “desk” is not there", "This build of FFmpeg has no"))
    assert sentence.endswith(("check its address.", "over the network instead."))
