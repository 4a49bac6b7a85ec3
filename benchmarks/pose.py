"""Landmarks: how far from MediaPipe's own, how often found, how long a person takes.

`python -m benchmarks.pose [--mediapipe PYTHON]`, PYTHON being one of an environment of its own with
mediapipe 0.10.21 (which wants an older numpy than crimeview). Needs the models blazepose-regions,
blazepose-landmarks and a detector.
"""

import argparse
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes
from crimeview.jobs.people import people_spec
from crimeview.nets.catalog import find_model
from crimeview.nets.detector import Detector
from crimeview.nets.pose import Pose
from crimeview.video.source import opened

_DATA = Path("../shared/data/shoplifting")
_EVERY = 3  # of the frames at three a second: memory
_PEER = Path(__file__).parent / "peers" / "mediapipe_pose.py"
_TIMED = 60  # frames


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--mediapipe", metavar="PYTHON", help="a Python that has mediapipe 0.10.21")
    words.add_argument("--detector", default="yolox-nano-416", help="a detector's name")
    args = words.parse_args()
    frames = np.concatenate([_frames(path) for path in sorted(_DATA.glob("*/*.mp4"))])
    regions, landmarks = (find_model(f"blazepose-{name}") for name in ("regions", "landmarks"))
    with (
        Pose(regions, landmarks, threads=1) as pose,
        Detector(find_model(args.detector), threads=1) as detector,
    ):
        boxes = [detector.people(frame)[0][:1] for frame in frames]
        _print_found(frames, boxes, pose)
        _print_times(frames, boxes, pose, detector)
        if args.mediapipe:
            own = _of_mediapipe(args.mediapipe, frames)
            _print_distances(frames, boxes, pose, own)


def _frames(path: Path) -> NDArray[np.uint8]:
    with opened(path) as source:
        clips = source.clips(people_spec(source.recording))
        return np.concatenate([clip.frames for clip in clips][::_EVERY])


def _print_found(frames: NDArray[np.uint8], boxes: list[Boxes], pose: Pose) -> None:
    pairs = zip(frames, boxes, strict=True)
    found = sum(len(b) > 0 and pose.of_box(f, b[0]) is not None for f, b in pairs)
    print(
        f"{len(frames)} frames, each with a visible person: box in {sum(map(len, boxes))}, "
        f"landmarks in {found} ({found / len(frames):.1%})"
    )


def _print_times(
    frames: NDArray[np.uint8], boxes: list[Boxes], pose: Pose, detector: Detector
) -> None:
    finding, landmarks = [], []
    for frame, box in list(zip(frames, boxes, strict=True))[:_TIMED]:
        begun = time.process_time()
        detector.people(frame)
        finding.append(time.process_time() - begun)
        if len(box):
            begun = time.process_time()
            pose.of_box(frame, box[0])
            landmarks.append(time.process_time() - begun)
    for name, seconds in (("detector, a frame", finding), ("landmarks, a person", landmarks)):
        median, high = np.percentile(np.array(seconds) * 1e3, (50, 95))
        print(f"{name}: {median:.1f} ms of one core (median), {high:.1f} ms (95 %)")


def _of_mediapipe(python: str, frames: NDArray[np.uint8]) -> NDArray[np.float32]:
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "frames.npz", Path(folder) / "found.npz"
        np.savez(source, frames=frames)
        subprocess.run([python, str(_PEER), str(source), str(target)], check=True)
        return np.asarray(np.load(target)["found"], np.float32)


def _print_distances(
    frames: NDArray[np.uint8], boxes: list[Boxes], pose: Pose, own: NDArray[np.float32]
) -> None:
    """Median distances in shares of the person's height; both ways to find the body."""
    size = np.array([frames.shape[2], frames.shape[1]], np.float32)
    ways = {"from the detector's box": [], "from the whole frame": []}  # type: dict[str, list[float]]
    for frame, box, wanted in zip(frames, boxes, own, strict=True):
        if not len(box) or np.isnan(wanted[0, 0]):
            continue
        found = (pose.of_box(frame, box[0]), pose.of_frame(frame))
        for name, points in zip(ways, found, strict=True):
            if points is not None:
                away = np.linalg.norm(points[:, :2] - wanted[:, :2] * size, axis=1)
                ways[name] += (away / (box[0, 3] - box[0, 1])).tolist()
    print(f"mediapipe found landmarks in {int(np.isfinite(own[:, 0, 0]).sum())} of {len(own)}")
    for name, shares in ways.items():
        median, high = np.percentile(np.array(shares) * 100, (50, 95))
        print(f"{name}: {median:.2f} % of the person's height from mediapipe's, 95 %: {high:.1f} %")


if __name__ == "__main__":
    main()
