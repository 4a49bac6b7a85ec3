"""A camera for `benchmarks.live`, in a process of its own: `python -m benchmarks.live_camera FILE`.

It sends the packets of an MPEG-TS file (H.264) over RTSP at their pace, again and again, without
encoding. One line of its output is its address, all others are number and wall time of a picture
that is sent.
"""

import argparse
import itertools
import sys
import time
from fractions import Fraction
from pathlib import Path

import av

from tests.video.rtsp_camera import RtspCamera, nal_units

_CLOCK = 90_000


class FileCamera(RtspCamera):
    """Sends a file's packets; pictures are numbered through all repetitions."""

    def __init__(self, path: Path, *, port: int = 0) -> None:
        super().__init__()
        self._port = port
        with av.open(str(path)) as container:
            stream = container.streams.video[0]
            packets = [p for p in container.demux(stream) if p.size and p.pts is not None]
            zero = packets[0].pts or 0
            base = stream.time_base or Fraction(1, _CLOCK)
            self._packets = [(bytes(p), float(((p.pts or 0) - zero) * base)) for p in packets]
        self._length = self._packets[-1][1] + self._packets[1][1]

    @property
    def parameter_sets(self) -> bytes:
        units = [u for u in nal_units(self._packets[0][0]) if u[0] & 31 in (7, 8)]
        return b"".join(b"\0\0\0\1" + unit for unit in units)

    def _film(self) -> None:
        began = time.time()
        for repetition in itertools.count():
            for number, (data, seconds) in enumerate(self._packets):
                due = began + repetition * self._length + seconds
                if self._stop.wait(max(0.0, due - time.time())):
                    return
                now = time.time()
                self._send(data, round(now * _CLOCK))
                sys.stdout.write(
                    f"{number} {now}\n"
                )  # in one piece: the address may be written now
                sys.stdout.flush()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--port", type=int, default=0)
    arguments = parser.parse_args()
    with FileCamera(arguments.file, port=arguments.port) as camera:
        sys.stdout.write(f"{camera.address}\n")
        sys.stdout.flush()
        sys.stdin.read()  # until whoever started this is gone


if __name__ == "__main__":
    main()
