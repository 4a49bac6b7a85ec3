"""MobileNetV2 (Sandler et al. 2018): small enough to look at every sixth frame of a recording."""

from typing import cast

import torch
from torch import Tensor, nn

from crimeview.training.networks import C3D

_STEM, _LAST = 32, 1280
# Expansion, channels, repeats, stride of the first (Sandler et al. 2018, table 2).
_BLOCKS = (
    (1, 16, 1, 1),
    (6, 24, 2, 2),
    (6, 32, 3, 2),
    (6, 64, 4, 2),
    (6, 96, 3, 1),
    (6, 160, 3, 2),
    (6, 320, 1, 1),
)
_DIVISOR = 8  # channel numbers are multiples of it


class MobileNetV2(C3D):
    """Clips in, features (N, 1280) out: `front` makes pictures (N, channels, H, W) of clips.

    `width` multiplies all numbers of channels but the last convolution's, which never has fewer
    than the paper's (section 4). H and W should be multiples of 32.
    """

    def __init__(self, *, front: nn.Module, channels: int, width: float) -> None:
        stem = _scaled(_STEM, width)
        layers: list[nn.Module] = [_convolution(channels, stem, size=3, stride=2)]
        before = stem
        for expansion, base, repeats, stride in _BLOCKS:
            after = _scaled(base, width)
            for number in range(repeats):
                first = stride if number == 0 else 1
                layers.append(InvertedResidual(before, after, expansion=expansion, stride=first))
                before = after
        layers.append(_convolution(before, dimensions(width), size=1, stride=1))
        super().__init__(front=front, trunk=nn.Sequential(*layers), head=_Mean())

    def forward(self, clips: Tensor) -> Tensor:
        # As the weights lie: convolutions of single channels take half the time.
        pictures = self.front(clips).contiguous(memory_format=torch.channels_last)
        return cast("Tensor", self.head(self.trunk(pictures)))


def dimensions(width: float) -> int:
    """Features of a network of that width."""
    return _scaled(_LAST, max(1.0, width))


class InvertedResidual(nn.Module):
    """Expand, filter each channel by itself, project without a ReLU (section 3).

    The projection is the linear bottleneck: a ReLU there would lose what few channels hold. The
    shortcut joins the bottlenecks where their shapes are equal.
    """

    def __init__(self, before: int, after: int, *, expansion: int, stride: int) -> None:
        super().__init__()
        inner = before * expansion
        layers: list[nn.Module] = []
        if expansion != 1:
            layers.append(_convolution(before, inner, size=1, stride=1))
        layers.append(_convolution(inner, inner, size=3, stride=stride, groups=inner))
        layers += [nn.Conv2d(inner, after, 1, bias=False), nn.BatchNorm2d(after)]
        self.layers = nn.Sequential(*layers)
        self.shortcut = stride == 1 and before == after

    def forward(self, maps: Tensor) -> Tensor:
        changed = cast("Tensor", self.layers(maps))
        return maps + changed if self.shortcut else changed


class _Mean(nn.Module):
    """Maps (N, C, H, W) to their averages (N, C)."""

    def forward(self, maps: Tensor) -> Tensor:
        return maps.mean(dim=(2, 3))


def _convolution(
    before: int, after: int, *, size: int, stride: int, groups: int = 1
) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, size, stride, size // 2, groups=groups, bias=False),
        nn.BatchNorm2d(after),
        nn.ReLU6(inplace=True),
    )


def _scaled(channels: int, width: float) -> int:
    """A multiple of 8 close to `channels * width`, never over a tenth below it."""
    wanted = channels * width
    rounded = max(_DIVISOR, int(wanted + _DIVISOR / 2) // _DIVISOR * _DIVISOR)
    return rounded if rounded >= 0.9 * wanted else rounded + _DIVISOR
