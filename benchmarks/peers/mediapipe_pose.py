"""Landmarks as MediaPipe itself finds them; run by a Python that has mediapipe 0.10.21.

`python mediapipe_pose.py FRAMES.npz OUT.npz`: `frames` (n, height, width, 3) uint8 RGB in, `found`
(n, 33, 3) float32 out, shares of the picture and visibility, NaN where nobody was found.
"""

import sys

import mediapipe
import numpy as np


def main(source: str, target: str) -> None:
    frames = np.load(source)["frames"]
    found = np.full((len(frames), 33, 3), np.nan, np.float32)
    with mediapipe.solutions.pose.Pose(static_image_mode=True, model_complexity=1) as pose:
        for number, frame in enumerate(frames):
            result = pose.process(frame)
            if result.pose_landmarks is not None:
                marks = result.pose_landmarks.landmark
                found[number] = [(mark.x, mark.y, mark.visibility) for mark in marks]
    np.savez(target, found=found)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
