"""Watching cameras, measured: how late, how soon lost and found, and how many.

Usage: python -m benchmarks.live [PART ...] [--gstreamer]

Parts: latency, loss, alarms, cameras, overload (default: all). The camera is an RTSP server in a
process of its own that sends 720p at 25 pictures a second with a keyframe every two seconds, from
the folder ../shared/data where it is present (events cut into a quiet recording), else drawn. With
--gstreamer it is GStreamer's RTSP server, where Debian's package is installed; for `latency` and
`loss`. In what memory it watches says `benchmarks.live_memory`, and what it keeps of events when
there is too much to do `benchmarks.live_overload`.
"""

import argparse
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from threading import Thread

os.environ.setdefault("OMP_NUM_THREADS", "1")

import av
import numpy as np
from av.video.frame import VideoFrame
from numpy.typing import NDArray

from crimeview.core.address import camera_of
from crimeview.core.alarm_candidates import CandidateJudge
from crimeview.core.watching import (
    CameraHealth,
    CameraState,
    Capacity,
    LiveAlarm,
    LiveEvent,
    LiveScore,
)
from crimeview.jobs.live_scores import live_specs
from crimeview.jobs.models import default_models
from crimeview.jobs.open_models import Wish, opened_models
from crimeview.jobs.watch import LiveStep, Watch
from crimeview.video.live import LiveCamera
from tests.video.recordings import paint, read_number

_DATA = Path("../shared/data")
FOLDER = Path("runs/bench/live")
_WIDTH, _HEIGHT, _RATE, _GOP = 1280, 720, 25, 50
_MARK = 96  # pixels of the corner that carries the picture's number
_LENGTH = 60.0  # s
_EVENTS = ((15.0, 19.0), (30.0, 34.0), (45.0, 49.0))
_PARTS = ("latency", "loss", "alarms", "cameras", "overload")


@dataclass
class Camera:
    """A camera in a process of its own; `sent` is when each picture was sent last."""

    file: Path
    gstreamer: bool
    heard: bool = True  # whether it is kept when pictures were sent
    address: str = ""
    sent: dict[int, float] = field(default_factory=dict)

    def start(self) -> None:
        port = self.address.rpartition(":")[2].partition("/")[0] or str(_free_port())
        command = [sys.executable, "-m", "benchmarks.live_camera", str(self.file), "--port", port]
        if self.gstreamer:
            script = str(Path(__file__).with_name("gst_camera.py"))
            command = ["/usr/bin/python3", script, str(self.file.absolute()), port]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout is not None
        self.address = next(line.strip() for line in self._process.stdout if "://" in line)
        Thread(target=self._listen, args=(self._process,), daemon=True).start()

    def _listen(self, process: "subprocess.Popen[str]") -> None:
        assert process.stdout is not None
        for line in process.stdout:
            number, at = line.split()
            if self.heard:
                self.sent[int(number)] = float(at)

    def freeze(self) -> None:
        self._process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._process.send_signal(signal.SIGCONT)

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()


@contextmanager
def camera(*, gstreamer: bool, file: Path | None = None, heard: bool = True) -> Iterator[Camera]:
    made = Camera(file or footage(), gstreamer, heard)
    made.start()
    try:
        yield made
    finally:
        made.kill()


def main(arguments: Sequence[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", choices=[*_PARTS, []])
    parser.add_argument("--gstreamer", action="store_true")
    options = parser.parse_args(arguments)
    for part in options.parts or _PARTS:
        match part:
            case "latency":
                measure_latency(gstreamer=options.gstreamer)
            case "loss":
                measure_loss(gstreamer=options.gstreamer)
            case "alarms":
                measure_alarms()
            case "cameras":
                for count in (1, 4):
                    measure_cameras(count)
            case _:
                measure_cameras(16)


def measure_latency(*, gstreamer: bool) -> None:
    with camera(gstreamer=gstreamer) as server, watched(server) as live:
        wait_for(live, CameraState.LIVE)
        time.sleep(2.0)
        delays = []
        newest = live.picture
        until = time.monotonic() + 30.0
        while time.monotonic() < until:
            picture = live.picture
            if picture is not newest and picture is not None:
                newest, now = picture, time.time()
                sent = server.sent.get(number_of(picture.pixels))
                if sent is not None:
                    delays.append((now - sent) * 1000)
            time.sleep(0.001)
    told = np.percentile(delays, [50, 95, 99])
    print(
        f"latency ({_name(gstreamer=gstreamer)}): {len(delays)} pictures, sent to decoded and "
        f"scaled: median {told[0]:.0f} ms, p95 {told[1]:.0f} ms, p99 {told[2]:.0f} ms"
    )


def measure_loss(*, gstreamer: bool) -> None:
    for what in ("frozen", "killed"):
        noticed, found = [], []
        for _ in range(3):
            with camera(gstreamer=gstreamer) as server, watched(server) as live:
                wait_for(live, CameraState.LIVE)
                time.sleep(2.0)
                server.freeze() if what == "frozen" else server.kill()
                noticed.append(wait_for(live, CameraState.LOST))
                time.sleep(8.0)
                server.thaw() if what == "frozen" else server.start()
                found.append(wait_for(live, CameraState.LIVE))
        print(
            f"loss ({_name(gstreamer=gstreamer)}, {what}): noticed after {_list(noticed)} s, a "
            f"picture again {_list(found)} s after its return"
        )


def measure_alarms() -> None:
    """Twice through the footage: how soon alarms come, and which events raise one."""
    with camera(gstreamer=False) as server:
        watch = Watch(
            [camera_of(f"a={server.address}")], models=default_models(), judge=CandidateJudge()
        )
        arrived = run_for(watch, 2 * _LENGTH + 10)
    starts = {score.start: score for _, e in arrived if isinstance(score := e, LiveScore)}
    late = [
        (at - starts[e.start].end)
        for at, e in arrived
        if isinstance(e, LiveAlarm) and e.end is None and e.start in starts
    ]
    print(
        f"alarms: {len(late)} in two minutes, {max(late, default=0):.2f} s at most from the end "
        f"of the deciding clip to the alarm (median {np.median(late) if late else 0:.2f} s)"
    )
    for kind in ("clip scores", "violence"):
        found = _events_found(arrived, kind, server)
        print(f"  {kind}: {found} of the events shown have raised a score over the threshold")


def _events_found(arrived: Sequence[tuple[float, LiveEvent]], kind: str, server: Camera) -> str:
    scores = [e for _, e in arrived if isinstance(e, LiveScore) and e.kind.value == kind]
    begins = server.sent[0] - 10 * _LENGTH  # of some repetition
    shown = found = 0
    for repetition in range(20):
        for start, end in _EVENTS:
            first = begins + repetition * _LENGTH + start
            last = first + end - start
            if first < scores[0].start or last > scores[-1].end:
                continue
            shown += 1
            found += any(
                s.score >= s.threshold and s.end > first and s.start < last for s in scores
            )
    return f"{found} of {shown}"


def measure_cameras(count: int) -> None:
    with camera(gstreamer=False) as server:
        cameras = [camera_of(f"camera {n}={server.address}") for n in range(count)]
        watch = Watch(cameras, models=default_models(), judge=CandidateJudge())
        for each in cameras:
            watch.show(each.name, height=360)
        spent = resource.getrusage(resource.RUSAGE_SELF)
        began = time.monotonic()
        arrived = run_for(watch, 45.0)
        wall = time.monotonic() - began
        after = resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - spent.ru_utime - spent.ru_stime
    late = [e.delay * 1000 for at, e in arrived[len(arrived) // 4 :] if isinstance(e, LiveScore)]
    health = {e.camera: e for _, e in arrived if isinstance(e, CameraHealth)}
    capacity = [e for _, e in arrived if isinstance(e, Capacity)][-1]
    told = np.percentile(late, [50, 95, 100])
    print(
        f"cameras: {count} of 720p with a picture of 360 lines each: {cpu / wall:.2f} cores, "
        f"{np.mean([h.frame_rate for h in health.values()]):.1f} pictures a second, "
        f"{sum(h.drops for h in health.values())} pictures and "
        f"{sum(h.skipped for h in health.values())} clips left out, looked at every "
        f"{capacity.every:.2f} s; scores {told[0]:.0f} ms after their clips (median; p95 "
        f"{told[1]:.0f}, most {told[2]:.0f}); load of the machine {os.getloadavg()[0]:.1f}"
    )


def run_for(watch: Watch, seconds: float) -> list[tuple[float, LiveEvent]]:
    """What happens, each with the wall time at which it was told."""
    arrived: list[tuple[float, LiveEvent]] = []
    until = time.monotonic() + seconds
    with closing(watch.run()) as job:
        for step in job:
            assert isinstance(step, LiveStep)
            now = time.time()
            arrived += [(now, event) for event in step.events]
            if time.monotonic() >= until:
                break
    return arrived


@contextmanager
def watched(server: Camera) -> Iterator[LiveCamera]:
    """The camera, read and sampled as by `crimeview watch`, with its whole picture."""
    with opened_models(default_models(), wish=Wish(), threads=1) as models:
        specs = live_specs(models)
    live = LiveCamera(camera_of(f"a={server.address}"), specs, ready=lambda: None)
    live.show(_HEIGHT)
    try:
        yield live
    finally:
        live.close()


def wait_for(live: LiveCamera, state: CameraState) -> float:
    """Seconds until the camera is in that state."""
    began = time.monotonic()
    while live.health().state is not state:
        if time.monotonic() - began > 30.0:
            raise SystemExit(f"the camera did not become {state.value}")
        time.sleep(0.01)
    return time.monotonic() - began


def number_of(pixels: NDArray[np.uint8]) -> int:
    return read_number(pixels[:_MARK, :_MARK])


def footage() -> Path:
    """What the camera sends: a quiet minute with events, made once."""
    path = FOLDER / ("real.ts" if _DATA.is_dir() else "drawn.ts")
    return footage_of(path, _EVENTS, length=_LENGTH, every=7)


def footage_of(
    path: Path,
    events: Sequence[tuple[float, float]],
    *,
    length: float,
    every: int,
    thefts: Sequence[tuple[float, float]] = (),
) -> Path:
    """Quiet footage of so many seconds with events (s), each `every`th fight there is.

    Thefts in a shop, staged, are cut in likewise.
    """
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with av.open(str(part), "w", format="mpegts") as output:
        stream = output.add_stream("libx264", rate=_RATE, options={"preset": "veryfast"})
        stream.width, stream.height, stream.pix_fmt = _WIDTH, _HEIGHT, "yuv420p"
        stream.codec_context.gop_size, stream.codec_context.max_b_frames = _GOP, 0
        pictures = _pictures(events, thefts, length=length, every=every)
        for number, picture in enumerate(pictures):
            picture[:_MARK, :_MARK] = paint(number, width=_MARK, height=_MARK)
            output.mux(stream.encode(VideoFrame.from_ndarray(picture, format="rgb24")))
        output.mux(stream.encode(None))
    part.replace(path)
    return path


def _pictures(
    events: Sequence[tuple[float, float]],
    thefts: Sequence[tuple[float, float]],
    *,
    length: float,
    every: int,
) -> Iterator[NDArray[np.uint8]]:
    if not _DATA.is_dir():
        noise = np.random.default_rng(0).integers(0, 60, (_HEIGHT, _WIDTH, 3), np.uint8)
        for number in range(round(length * _RATE)):
            yield np.roll(noise, number, axis=1) + np.uint8(90)
        return
    quiet = cycle(_read(_DATA / "recordings" / "one-by-one-person-detection.mp4", most=250))
    fights = cycle(sorted((_DATA / "surveillance_fights" / "fight").iterdir())[::every])
    shops = cycle(sorted((_DATA / "shoplifting" / "theft").iterdir()))
    event: Iterator[NDArray[np.uint8]] = iter(())
    for number in range(round(length * _RATE)):
        at = number / _RATE
        if any(at == start for start, _ in events):
            event = cycle(_read(next(fights), most=100))
        if any(at == start for start, _ in thefts):
            event = cycle(_read(next(shops), most=250))
        inside = any(start <= at < end for start, end in (*events, *thefts))
        yield next(event if inside else quiet).copy()


def _read(path: Path, *, most: int) -> list[NDArray[np.uint8]]:
    with av.open(str(path)) as container:
        frames = islice(container.decode(video=0), most)
        pictures = (f.reformat(width=_WIDTH, height=_HEIGHT, format="rgb24") for f in frames)
        return [np.asarray(picture.to_ndarray(), np.uint8) for picture in pictures]


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _name(*, gstreamer: bool) -> str:
    return "GStreamer's server" if gstreamer else "the tests' server"


def _list(seconds: Sequence[float]) -> str:
    return ", ".join(f"{s:.1f}" for s in seconds)


if __name__ == "__main__":
    main(sys.argv[1:])
