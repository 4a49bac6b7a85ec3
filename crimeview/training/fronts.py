"""What an encoder sees of its pixels: the part of preprocessing that is inside its graph."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from crimeview.training.choices import Front
from crimeview.training.median import median_frame

LARGEST_MOTION = 4.0
CHANNELS: dict[Front, int] = {
    "none": 3,
    "rgb": 3,
    "motion": 2,
    "motion-rgb": 6,
    "motion-energy": 3,
}


def make_front(front: Front) -> nn.Module:
    """What comes before the first convolution: nothing, or what a clip of pixels in 0..1 needs."""
    fronts: dict[Front, type[nn.Module]] = {
        "none": nn.Identity,
        "rgb": Centered,
        "motion": Motion,
        "motion-rgb": MotionAndColor,
        "motion-energy": MotionEnergy,
    }
    return fronts[front]()


class Centered(nn.Module):
    """Pixels of 0..1 with about zero mean and unit deviation."""

    def forward(self, clips: Tensor) -> Tensor:
        return (clips - 0.45) / 0.225


class Motion(nn.Module):
    """What moves in a clip: gray (N, 1, T, H, W) in 0..1 to two channels (N, 2, T - 1, H, W).

    The first is each frame minus the clip's median frame, the second the difference to the frame
    before; both are divided by the clip's contrast, so that light and exposure cancel. Extremes are
    cut: a headlight in a dark scene is not more of an event than a coat on a pavement.
    """

    def forward(self, clips: Tensor) -> Tensor:
        scale = 2.0 / _contrast(clips)
        difference = clips[:, :, 1:] - clips[:, :, :-1]
        motion = torch.cat([_foreground(clips), difference], dim=1) * scale
        return motion.clamp(-LARGEST_MOTION, LARGEST_MOTION)


class MotionAndColor(nn.Module):
    """What moves in a clip beside its colors: RGB (N, 3, T, H, W) to (N, 6, T - 1, H, W).

    The first three channels are each frame minus the clip's median frame, the others the frame
    minus the clip's mean; both over the clip's contrast and cut, as in `Motion`.
    """

    def forward(self, clips: Tensor) -> Tensor:
        colors = clips[:, :, :-1] - _mean(clips)
        scale = 2.0 / _contrast(clips)
        both = torch.cat([_foreground(clips), 0.5 * colors], dim=1) * scale
        return both.clamp(-LARGEST_MOTION, LARGEST_MOTION)


class MotionEnergy(nn.Module):
    """What moves in a clip at half the size: (N, 1, T, H, W) to (N, 3, T - 1, H / 2, W / 2).

    Foreground and difference as in `Motion`, of pictures at half the size, and how large the
    differences are at full size: what a small picture of a flicker no longer shows.
    """

    def forward(self, clips: Tensor) -> Tensor:
        half = functional.avg_pool3d(clips, (1, 2, 2))
        difference = half[:, :, 1:] - half[:, :, :-1]
        energy = functional.avg_pool3d((clips[:, :, 1:] - clips[:, :, :-1]).abs(), (1, 2, 2))
        return torch.cat([_foreground(half), difference, energy], dim=1) * (2.0 / _contrast(clips))


def _foreground(clips: Tensor) -> Tensor:
    """Each frame but the last minus the median over the clip: (N, C, T - 1, H, W); T is odd."""
    return clips[:, :, :-1] - median_frame(clips, axis=2)


def _contrast(clips: Tensor) -> Tensor:
    return _mean((clips - _mean(clips)) ** 2).sqrt() + 0.05


def _mean(clips: Tensor) -> Tensor:
    """One for each clip. In two steps, for onnxruntime loses digits over very long sums."""
    return clips.mean(dim=(3, 4), keepdim=True).mean(dim=(1, 2), keepdim=True)
