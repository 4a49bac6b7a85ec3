"""Cameras over HTTP: a transport stream, and JPEG after JPEG as simple cameras send them."""

import io
import math
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.address import camera_of
from crimeview.core.watching import CameraState
from crimeview.video.jpeg import jpeg_of_array
from tests.video.recordings import paint, read_number, steady, write_recording
from tests.video.test_live import is_live, is_lost, state_of, watched
from tests.waiting import wait_for

_RATE = 10


class _Server(ThreadingHTTPServer):
    def __init__(self, stream: bytes) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.stream = stream
        self.over = threading.Event()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class _Answer(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        answers: dict[str, Callable[[], None]] = {"/live.ts": self._stream, "/mjpeg": self._jpegs}
        answer = answers.get(self.path)
        if answer is None:
            self.send_error(404)
            return
        with suppress(OSError):  # whoever looked has gone
            answer()

    def log_message(self, *_arguments: object) -> None:
        pass

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "video/mp2t")
        self.end_headers()
        data = io.BytesIO(self.server.stream)
        share = len(self.server.stream) // (3 * 25)  # 3 s of it
        while (part := data.read(share)) and not self.server.over.wait(0.04):
            self.wfile.write(part)

    def _jpegs(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
        self.end_headers()
        began, number = time.monotonic(), 0
        while not self.server.over.wait(max(0.0, began + number / _RATE - time.monotonic())):
            jpeg = jpeg_of_array(paint(number))
            head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(jpeg)}\r\n\r\n"
            self.wfile.write(head.encode() + jpeg + b"\r\n")
            # The next one that is not late: what a busy machine has missed is left out.
            number = max(number + 1, math.ceil((time.monotonic() - began) * _RATE))


@pytest.fixture
def server(tmp_path: Path) -> Iterator[_Server]:
    path = tmp_path / "live.ts"
    write_recording(path, steady(75), options={"g": "10", "bf": "0"})
    server = _Server(path.read_bytes())
    thread = threading.Thread(target=server.serve_forever, name="http-camera")
    thread.start()
    yield server
    server.over.set()
    server.shutdown()
    server.server_close()
    thread.join()


def test_a_transport_stream_is_live_and_its_end_is_a_loss(server: _Server) -> None:
    with watched(camera_of(f"{server.address}/live.ts")) as live:
        wait_for(is_live(live))
        wait_for(lambda: live.waiting >= 3)
        clip = live.take()
        wait_for(is_lost(live))
        message = live.health().message
        server_again = wait_for(is_live(live))
    assert clip is not None
    numbers = [read_number(frame[..., 0]) for frame in clip.clip.frames]
    assert np.diff(numbers).tolist() == [2, 2, 2, 2]
    assert message is not None
    assert "127.0.0.1/live.ts" in message
    assert server_again < 5.0


def test_jpegs_without_times_are_timed_by_their_coming(server: _Server) -> None:
    with watched(camera_of(f"{server.address}/mjpeg")) as live:
        wait_for(is_live(live))
        wait_for(lambda: live.waiting >= 6)
        clips = list(iter(live.take, None))
        assert live.health().codec == "mjpeg"
        wait_for(lambda: abs(live.health().frame_rate - _RATE) < 0.3 * _RATE)
    assert np.median([clip.made - clip.end for clip in clips]) < 1.5
    spans = []
    for clip in clips[1:]:
        numbers = [read_number(frame[..., 0]) for frame in clip.clip.frames]
        spans.append(numbers[-1] - numbers[0])
    assert np.median(spans) == pytest.approx(0.32 * _RATE, abs=1.5)


def test_a_path_that_is_not_there_gets_a_sentence(server: _Server) -> None:
    with watched(camera_of(f"{server.address}/none")) as live:
        wait_for(is_lost(live))
        message = live.health().message
        assert state_of(live) is CameraState.LOST
    assert message is not None
    assert "no stream of that path" in message
