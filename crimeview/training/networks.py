"""C3D networks in PyTorch: the paper's, narrower ones, and small ones for static cameras.

A trunk is a plain `Sequential` of convolutions, batch norms, ReLUs and pools over (N, C, T, H, W),
so that `catform` can rewrite it for export.
"""

from typing import Literal, cast

import torch
from torch import Tensor, nn

from crimeview.training.choices import Front
from crimeview.training.fronts import CHANNELS, make_front

Pooled = Literal["mean", "mean-max"]
SMALL_WIDTHS = (8, 16, 32, 32, 64, 64, 64, 64)
SHORT_WIDTHS = (16, 32, 32, 64, 64, 64, 64)
_PAPER_WIDTHS = (64, 128, 256, 256, 512, 512, 512, 512)
_SHORT_POOLS = {0: (2, 2, 2), 2: (1, 2, 2), 4: (2, 2, 2)}
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
    trunk = _trunk(CHANNELS[front], widths, pools=5, batch_norm=batch_norm)
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
    trunk = _trunk(CHANNELS[front], widths, pools=4, batch_norm=True)
    return C3D(front=make_front(front), trunk=trunk, head=_pool(pooled))


def short_c3d(
    *, widths: tuple[int, ...] = SHORT_WIDTHS, front: Front, pooled: Pooled = "mean"
) -> C3D:
    """Seven convolutions in the manner of C3D, which look at every second frame from the first on.

    A third of the work of `motion_c3d`, and as good. Clips and features as there.
    """
    return C3D(front=make_front(front), trunk=_short_trunk(front, widths), head=_pool(pooled))


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


def initialize(network: nn.Module, *, seed: int) -> None:
    """Draw all weights anew: He et al. for convolutions and linear layers, biases zero."""
    torch.manual_seed(seed)
    for module in network.modules():
        if isinstance(module, nn.Conv2d | nn.Conv3d | nn.Linear):
            # By what goes out where channels are filtered one by one, or they learn too slowly.
            mode: Literal["fan_in", "fan_out"] = (
                "fan_out" if isinstance(module, nn.Conv2d) else "fan_in"
            )
            nn.init.kaiming_normal_(module.weight, mode=mode, nonlinearity="relu")
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


def _short_trunk(front: Front, widths: tuple[int, ...]) -> nn.Sequential:
    """Channels of the front differ in size: they are brought to one scale first."""
    channels = CHANNELS[front]
    layers: list[nn.Module] = [nn.BatchNorm3d(channels, affine=False)]
    for number, width in enumerate(widths):
        stride = (2, 1, 1) if number == 0 else 1
        layers.append(nn.Conv3d(channels, width, 3, stride, padding=1, bias=False))
        layers += [nn.BatchNorm3d(width), nn.ReLU(inplace=True)]
        if number in _SHORT_POOLS:
            layers.append(nn.MaxPool3d(_SHORT_POOLS[number]))
        channels = width
    return nn.Sequential(*layers)


def _pool(pooled: Pooled) -> nn.Module:
    return Mean() if pooled == "mean" else MeanAndMax()
