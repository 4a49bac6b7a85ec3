"""A clip recorded around an alarm plays in other programs, from a keyframe before it on."""

import json
import shutil
import subprocess
import textwrap
from pathlib import Path

import cv2
import pytest

from crimeview.video.live_clip import ClipWriter, WrittenClip
from crimeview.video.live_packets import PacketRing
from tests.jobs.filmed_packets import filmed_packets
from tests.video.recordings import steady, write_recording

PYTHON = "/usr/bin/python3"  # of the system: the one that GStreamer is made for
BEGAN = 1_764_000_000.0
EVENT = BEGAN + 5.3  # wall time; keyframes are a second apart


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> WrittenClip:
    folder = tmp_path_factory.mktemp("clips")
    camera = folder / "camera.ts"
    write_recording(camera, steady(250), options={"g": "25", "bf": "0"})
    packets = filmed_packets(camera, began=BEGAN)
    ring = PacketRing(seconds=60.0, most=10**8)
    for packet in packets:
        ring.put(packet)
    writer = ClipWriter(folder, "event", packets[0].form, title="gate", note="alarm 7")
    writer.write(ring.since(EVENT - 2.0))
    written = writer.finish()
    assert written is not None
    return written


def program(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        pytest.skip(f"{name} is not installed")
    return found


def run(*words: str | Path) -> str:
    done = subprocess.run([str(w) for w in words], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    assert done.stderr.strip() == "", "it complains of the file"
    return done.stdout


def test_it_begins_with_a_keyframe_before_the_event(clip: WrittenClip) -> None:
    assert EVENT - 3.1 < clip.start <= EVENT - 2.0
    packets = run(
        program("ffprobe"), "-v", "error", "-select_streams", "v", "-show_packets",
        "-show_entries", "packet=pts_time,flags", "-of", "json", clip.path,
    )  # fmt: skip
    found = json.loads(packets)["packets"]
    assert found[0]["flags"].startswith("K")
    assert float(found[0]["pts_time"]) == 0.0
    assert len(found) == len(clip.frame_times)


def test_ffmpeg_decodes_all_of_it(clip: WrittenClip) -> None:
    told = run(
        program("ffmpeg"), "-v", "error", "-i", clip.path, "-f", "framecrc", "-",
    )  # fmt: skip
    pictures = [line for line in told.splitlines() if line and not line.startswith("#")]
    assert len(pictures) == len(clip.frame_times)


def test_opencv_decodes_all_of_it(clip: WrittenClip) -> None:
    video = cv2.VideoCapture(str(clip.path))
    assert video.get(cv2.CAP_PROP_FRAME_COUNT) == len(clip.frame_times)
    count = 0
    while video.read()[0]:
        count += 1
    video.release()
    assert count == len(clip.frame_times)


_COUNT = textwrap.dedent(
    """
    import sys

    import gi

    gi.require_version("Gst", "1.0")
    from gi.repository import Gst

    Gst.init(None)
    launch = "filesrc name=file ! qtdemux ! h264parse ! avdec_h264 ! fakesink name=sink sync=false"
    pipeline = Gst.parse_launch(launch)
    pipeline.get_by_name("file").set_property("location", sys.argv[1])
    sink, count = pipeline.get_by_name("sink"), [0]
    sink.set_property("signal-handoffs", True)
    sink.connect("handoff", lambda *_: count.__setitem__(0, count[0] + 1))
    pipeline.set_state(Gst.State.PLAYING)
    wanted = Gst.MessageType.EOS | Gst.MessageType.ERROR
    message = pipeline.get_bus().timed_pop_filtered(30 * Gst.SECOND, wanted)
    pipeline.set_state(Gst.State.NULL)
    assert message is not None and message.type == Gst.MessageType.EOS, message
    print(count[0])
    """
)


def test_gstreamer_decodes_all_of_it(clip: WrittenClip) -> None:
    if not Path(PYTHON).exists() or not _has_gstreamer():
        pytest.skip("GStreamer with its libav is not installed for the system's Python")
    assert int(run(PYTHON, "-c", _COUNT, clip.path)) == len(clip.frame_times)


def _has_gstreamer() -> bool:
    check = (
        "import gi; gi.require_version('Gst', '1.0'); from gi.repository import Gst; "
        "Gst.init(None); assert Gst.ElementFactory.find('avdec_h264')"
    )
    asked = subprocess.run([PYTHON, "-c", check], capture_output=True, timeout=60)
    return asked.returncode == 0
