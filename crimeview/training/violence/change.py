"""What a frame classifier for cameras that stand still is shown: change instead of color."""

import torch
from torch import Tensor, nn

from crimeview.training.median import median_frame

_LARGEST = 4.0
_DARKEST = 0.05  # contrast, of 1.0, below which a scene counts as dark


class Change(nn.Module):
    """What changes around a clip's middle frame: gray (N, 1, T, H, W) in 0..1 to (N, T + 1, H, W).

    The channels are the T - 1 differences between successive frames, then the middle and the first
    frame minus the clip's median frame, which is close to the empty scene. All are divided by the
    clip's contrast, so that light and exposure cancel, and extremes are cut. T is odd.
    """

    def __init__(self, frames: int) -> None:
        super().__init__()
        if frames % 2 == 0:
            raise ValueError(
                f"a clip with a middle frame needs an odd number of them, not {frames}"
            )
        self.channels = frames + 1

    def forward(self, clips: Tensor) -> Tensor:
        frames = clips[:, 0]
        middle = self.channels // 2 - 1
        usual = median_frame(frames, axis=1)
        contrast = _mean((frames - _mean(frames)) ** 2).sqrt() + _DARKEST
        change = torch.cat(
            [
                frames[:, 1:] - frames[:, :-1],
                frames[:, middle : middle + 1] - usual,
                frames[:, :1] - usual,
            ],
            dim=1,
        )
        return (change * (2.0 / contrast)).clamp(-_LARGEST, _LARGEST)


class Color(nn.Module):
    """Single frames in color as they are: (N, 3, 1, H, W) in 0..1 to about -2..2, (N, 3, H, W)."""

    channels = 3

    def forward(self, clips: Tensor) -> Tensor:
        return (clips[:, :, 0] - 0.45) * 4.0


def _mean(frames: Tensor) -> Tensor:
    """One for each clip. In two steps, for onnxruntime loses digits over very long sums."""
    return frames.mean(dim=(2, 3), keepdim=True).mean(dim=1, keepdim=True)
