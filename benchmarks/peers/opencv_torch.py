"""C3D features of a recording as public ports compute them: OpenCV reads, PyTorch runs eagerly.

Stands alone: runs in the environment of the peers, where the program is not. Every frame is read
and resized to 171x128, the center 112x112 is kept, 16 frames make a clip, and a full-width C3D
(Tran et al., "Learning Spatiotemporal Features with 3D Convolutional Networks", 2015) in float32
gives fc6. The weights are random, which does not change the time. Prints frames and seconds, of
which loading libraries and making the network are no part.
"""

import json
import sys
import time

import cv2  # type: ignore[import-not-found, unused-ignore]
import numpy as np
import torch
from torch import nn

CLIP = 16
MEAN = np.array([104.0, 117.0, 128.0], np.float32)


def trunk() -> nn.Sequential:
    """The convolutions: one, one, then three pairs, each followed by pooling."""
    layers: list[nn.Module] = []
    channels = 3
    for number, widths in enumerate([(64,), (128,), (256, 256), (512, 512), (512, 512)]):
        for width in widths:
            layers += [nn.Conv3d(channels, width, kernel_size=3, padding=1), nn.ReLU()]
            channels = width
        size = (1, 2, 2) if number == 0 else (2, 2, 2)
        padding = (0, 1, 1) if number == 4 else 0
        layers.append(nn.MaxPool3d(size, stride=size, padding=padding))
    return nn.Sequential(*layers, nn.Flatten(), nn.Linear(8192, 4096), nn.ReLU())


def main() -> None:
    network = trunk().eval()
    capture = cv2.VideoCapture(sys.argv[1])
    began = time.perf_counter()
    frames, clip, total = 0, [], 0.0
    with torch.inference_mode():
        while True:
            there, picture = capture.read()
            if not there:
                break
            frames += 1
            small = cv2.resize(picture, (171, 128))[8:120, 29:141]
            clip.append(small.astype(np.float32) - MEAN)
            if len(clip) == CLIP:
                values = torch.from_numpy(np.stack(clip).transpose(3, 0, 1, 2)[None].copy())
                total += float(network(values).sum())
                clip.clear()
    print(json.dumps({"frames": frames, "seconds": time.perf_counter() - began, "sum": total}))


if __name__ == "__main__":
    main()
