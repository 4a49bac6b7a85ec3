"""GStreamer's RTSP server as a camera: run by the system's Python, `gst_camera.py FILE PORT`.

FILE is an MPEG-TS file with H.264; it is sent at its own pace. Needs Debian's packages
gir1.2-gst-rtsp-server-1.0, python3-gi and gstreamer1.0-plugins-good, -bad. Prints the address, then
a line with number and wall time for each picture, when it is due to be sent.
"""

import sys
import time

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

_PIPELINE = (
    "( filesrc location={file} ! tsdemux ! h264parse name=parse config-interval=-1 "
    "! rtph264pay name=pay0 pt=96 )"
)


def main() -> None:
    Gst.init(None)
    server = GstRtspServer.RTSPServer()
    server.set_service(sys.argv[2])
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(_PIPELINE.format(file=sys.argv[1]))
    factory.set_shared(True)
    factory.connect("media-configure", lambda _, media: tell_times(media))
    server.get_mount_points().add_factory("/live", factory)
    server.attach(None)
    print(f"rtsp://127.0.0.1:{sys.argv[2]}/live", flush=True)
    GLib.MainLoop().run()


def tell_times(media: "GstRtspServer.RTSPMedia") -> None:
    element = media.get_element()
    pad = element.get_by_name("parse").get_static_pad("src")
    numbers = iter(range(10**9))
    waiting: list[tuple[int, int]] = []

    def probe(_pad: object, info: "Gst.PadProbeInfo") -> "Gst.PadProbeReturn":
        buffer = info.get_buffer()
        waiting.append((next(numbers), buffer.pts))
        base, clock = element.get_base_time(), element.get_clock()
        segment = pad.get_sticky_event(Gst.EventType.SEGMENT, 0)
        if base and clock is not None and segment is not None:
            parsed = segment.parse_segment()
            now, wall = clock.get_time(), time.time()
            while waiting:
                number, pts = waiting.pop(0)
                running = parsed.to_running_time(Gst.Format.TIME, pts)
                print(number, wall + (base + running - now) / 1e9, flush=True)
        return Gst.PadProbeReturn.OK

    pad.add_probe(Gst.PadProbeType.BUFFER, probe)


if __name__ == "__main__":
    main()
