"""Peak memory and speed of an analysis, for a short and a long recording of the same scene.

Memory must not grow with length: fails where a longer one takes over a tenth more, or over 500 MB.
Run as `python benchmarks/memory.py [--minutes 5 60] [--recording FILE]`.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import av
import numpy as np

from crimeview.video.encode import VideoWriter

MOST_GROWTH, MOST_MEGABYTES = 1.1, 500
RATE, WIDTH, HEIGHT = 25, 640, 360
LOOP_SECONDS = 60


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, nargs="+", default=[5, 60])
    parser.add_argument("--recording", type=Path, help="loop this one instead of a drawn one")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        loop = args.recording or draw(folder / "loop.mp4")
        print("| recording | wall s | times real time | CPU ms a frame | peak MB |")
        print("|---|---|---|---|---|")
        peaks = []
        for minutes in args.minutes:
            path = folder / f"{minutes:g}-minutes.mp4"
            frames, seconds = repeat(loop, path, seconds=60 * minutes)
            wall, cpu, peak = measure(path, folder / f"case-{minutes:g}")
            print(
                f"| {minutes:g} min | {wall:.1f} | {seconds / wall:.0f} "
                f"| {1000 * cpu / frames:.2f} | {peak:.0f} |",
                flush=True,
            )
            path.unlink()
            peaks.append(peak)
    if max(peaks) > min(MOST_GROWTH * peaks[0], MOST_MEGABYTES):
        raise SystemExit("memory grows with length, or is more than an ordinary PC can spare")


def draw(path: Path) -> Path:
    """A minute of blocks that wander over a noisy background."""
    random = np.random.default_rng(0)
    background = random.integers(60, 140, (HEIGHT, WIDTH, 3), np.uint8)
    phases = random.random((12, 2)) * 2 * np.pi
    with VideoWriter(path, rate=RATE, width=WIDTH, height=HEIGHT) as video:
        for number in range(LOOP_SECONDS * RATE):
            picture = background.copy()
            angle = 2 * np.pi * number / (LOOP_SECONDS * RATE)
            for index, phase in enumerate(phases, start=1):
                x = int((np.sin(index * angle + phase[0]) + 1) / 2 * (WIDTH - 40))
                y = int((np.cos(index * angle + phase[1]) + 1) / 2 * (HEIGHT - 60))
                picture[y : y + 60, x : x + 40] = 20 * index
            video.write(picture)
    return path


def repeat(source: Path, target: Path, *, seconds: float) -> tuple[int, float]:
    """Write the recording's packets again and again; gives frames and seconds written."""
    frames, begun = 0, 0
    with av.open(str(target), "w") as output:
        stream = None
        while True:
            with av.open(str(source)) as container:
                video = container.streams.video[0]
                assert video.time_base is not None
                if stream is None:
                    stream = output.add_stream_from_template(video)
                end = begun
                for packet in container.demux(video):
                    if packet.dts is None or packet.pts is None:
                        continue
                    packet.dts, packet.pts = packet.dts + begun, packet.pts + begun
                    end = max(end, packet.pts + (packet.duration or 0))
                    packet.stream = stream
                    output.mux(packet)
                    frames += 1
                begun = end
                written = float(begun * video.time_base)
            if written >= seconds:
                return frames, written


def measure(path: Path, case: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds and peak MB of analyzing it in a process of its own."""
    began = time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-m", "crimeview", "analyze", str(path), "--case", str(case)],
        stderr=subprocess.DEVNULL,
    )
    _, status, usage = os.wait4(process.pid, 0)
    wall = time.perf_counter() - began
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise SystemExit(f"the analysis ended with {process.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


if __name__ == "__main__":
    main()
