"""C3D networks in PyTorch: the paper's, narrower ones, and small ones for static cameras.

A trunk is a plain `Sequential` of convolutions, batch norms, ReLUs and pools over (N, C, T, H, W),
so that `catform` can rewrite it for export.
"""

from typing import Literal, cast

import torch
from torch import Tensor, nn

from crimeview.training.choices import Front

Pooled = Literal["mean", "mean-max"]
SMALL_WIDTHS = (8, 16, 32, 32, 64, 64, 64, 64)
LARGEST_MOTION = 4.0
_PAPER_WIDTHS = (64, 128, 256, 256, 512, 512, 512, 512)
_CHANNELS: dict[Front, int] = {"none": 3, "rgb": 3, "motion": 2, "motion-rgb": 6}
_POOL_AFTER = (0, 1, 3, 5, 7)  # convolution numbers: conv1a, conv2a, conv3b, conv4b, conv5b


class C3D(nn.Module):
    """Clips (N, channels, T, H, W) in, features (N, d) out: `front`, `trunk` and `head` in turn."""

    def __init__(self, *, front: nn.Module, trunk: nn.Sequential, head: nn.Module) -> None:
        super().__init__()
        self.front, self.trunk, self.head = front, trunk, head

    def forward(self, clips: Tensor) -> Tensor:
        return cast("Tensor", self.head(self.trunk(self.front(clips))))


def paper_widths(share: float) -> tuple[int, ...]:
    """Channels of the eight convolutions of Tran et al. 2015, or a share of them."""
    return tuple(int(c * share) for c in _PAPER_WIDTHS)


def paper_c3d(*, width: float = 1.0) -> C3D:
    """C3D up to fc6 (Tran et al. 2015, section 3.3), or a narrower one of the same layout.

    (N, 3, 16, 112, 112) in, fc6 after its ReLU out: (N, 4096 * width). `width` is the share of the
    paper's channels. No batch norm and no fc7: features are taken at fc6, as Sultani et al. do.
    """
    return fc6_c3d(widths=paper_widths(width), front="none", batch_norm=False)


def fc6_c3d(*, widths: tuple[int, ...], front: Front, batch_norm: bool) -> C3D:
    """The paper's layout with any channels: 8 features for each one of the last convolution.

    Frames in are 16, or 17 where the front sees motion, of 96 to 127 pixels a side: after five
    pools all of them are 4 by 4. The paper has no batch norm.
    """
    dimensions = 8 * widths[-1]
    fc6 = nn.Sequential(nn.Flatten(), nn.Linear(widths[-1] * 4 * 4, dimensions), nn.ReLU())
    trunk = _trunk(_CHANNELS[front], widths, pools=5, batch_norm=batch_norm)
    return C3D(front=make_front(front), trunk=trunk, head=fc6)


def motion_c3d(
    *,
    widths: tuple[int, ...] = SMALL_WIDTHS,
    front: Front = "motion",
    pooled: Pooled = "mean-max",
) -> C3D:
    """A small C3D for any picture size: 17 frames (N, 1 or 3, 17, H, W) in.

    Out come (N, last width) averages over time and space, or (N, 2 * last width), see `MeanAndMax`.
    """
    trunk = _trunk(_CHANNELS[front], widths, pools=4, batch_norm=True)
    return C3D(
        front=make_front(front), trunk=trunk, head=MeanAndMax() if pooled != "mean" else Mean()
    )


def make_front(front: Front) -> nn.Module:
    """What comes before the first convolution: nothing, or what a clip of pixels in 0..1 needs."""
    fronts: dict[Front, type[nn.Module]] = {
        "none": nn.Identity,
        "rgb": Centered,
        "motion": Motion,
        "motion-rgb": MotionAndColor,
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


class Mean(nn.Module):
    """Maps (N, C, T, H, W) to their averages (N, C) over time and space."""

    def forward(self, maps: Tensor) -> Tensor:
        return maps.mean(dim=(2, 3, 4))


class MeanAndMax(nn.Module):
    """Maps (N, C, T, H, W) to (N, 2C): averages over time and space, then maxima.

    The average says what the scene does as a whole; the maximum keeps a small event in a wide view.
    Logarithms (of 1 + x; maps are at least 0) keep what was never seen from drowning all else.
    """

    def forward(self, maps: Tensor) -> Tensor:
        pooled = torch.cat([maps.mean(dim=(2, 3, 4)), maps.amax(dim=(2, 3, 4))], dim=1)
        return torch.log1p(pooled)


def _foreground(clips: Tensor) -> Tensor:
    """Each frame but the last minus the median over the clip: (N, C, T - 1, H, W); T is odd."""
    # A median by TopK, for ONNX has no median.
    middle = clips.shape[2] // 2
    usual = clips.topk(middle + 1, dim=2).values[:, :, middle : middle + 1]
    return clips[:, :, :-1] - usual


def _contrast(clips: Tensor) -> Tensor:
    return _mean((clips - _mean(clips)) ** 2).sqrt() + 0.05


def _mean(clips: Tensor) -> Tensor:
    """One for each clip. In two steps, for onnxruntime loses digits over very long sums."""
    return clips.mean(dim=(3, 4), keepdim=True).mean(dim=(1, 2), keepdim=True)


def initialize(network: nn.Module, *, seed: int) -> None:
    """Draw all weights anew: He et al. for convolutions and linear layers, biases zero."""
    torch.manual_seed(seed)
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.Conv3d | nn.Linear):
            nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                nn.init.zeros_(module.bias)


def _trunk(
    channels: int, widths: tuple[int, ...], *, pools: int, batch_norm: bool
) -> nn.Sequential:
    """Eight 3x3x3 convolutions, pooled (1, 2, 2) after the first and then (2, 2, 2)."""
    layers: list[nn.Module] = []
    for number, width in enumerate(widths):
        layers.append(nn.Conv3d(channels, width, 3, padding=1, bias=not batch_norm))
        if batch_norm:
            layers.append(nn.BatchNorm3d(width))
        layers.append(nn.ReLU(inplace=True))
        if number in _POOL_AFTER[:pools]:
            size = (1, 2, 2) if number == 0 else (2, 2, 2)
            # The paper's pool5 takes 7x7 to 4x4.
            padding = (0, 1, 1) if number == _POOL_AFTER[4] else 0
            layers.append(nn.MaxPool3d(size, size, padding))
        channels = width
    return nn.Sequential(*layers)
