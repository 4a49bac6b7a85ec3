"""A recording large enough for its keyframes to be looked at, quiet but for one who passes."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np

RATE, HEIGHT, WIDTH = 10, 592, 720


def write_quiet(
    path: Path, *, duration: float, passing: tuple[float, float], gop: float = 1.0
) -> Path:
    """Write `duration` s of a noisy still scene, crossed by a figure from `passing[0]` to [1] (s).

    There is a keyframe every `gop` seconds.
    """
    random = np.random.default_rng(3)
    ground = random.integers(60, 160, (HEIGHT // 16, WIDTH // 16), np.uint8)
    ground = ground.repeat(16, axis=0).repeat(16, axis=1)
    noisy = np.clip(ground + random.normal(0.0, 2.0, (8, HEIGHT, WIDTH)), 0, 255).astype(np.uint8)
    options = {
        "g": str(round(gop * RATE)),
        "sc_threshold": "0",
        "crf": "25",
        "preset": "ultrafast",
    }
    with av.open(str(path), "w") as output:
        stream = output.add_stream("libx264", rate=RATE, options=options)
        stream.height, stream.width, stream.pix_fmt = HEIGHT, WIDTH, "yuv420p"
        for number in range(round(duration * RATE)):
            picture = noisy[random.integers(len(noisy))].copy()
            now = number / RATE
            if passing[0] <= now < passing[1]:
                left = round((now - passing[0]) / (passing[1] - passing[0]) * (WIDTH - 60))
                picture[200:320, left : left + 60] = 250
            frame = av.VideoFrame.from_ndarray(picture, format="gray")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            output.mux(stream.encode(frame.reformat(format="yuv420p")))
        output.mux(stream.encode(None))
    return path
