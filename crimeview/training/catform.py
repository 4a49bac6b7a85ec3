"""C3D rewritten for fast ONNX: a 3x3x3 convolution as a 2-D one over stacked neighbor frames.

onnxruntime's 2-D kernels are much better than its 3-D ones. Activations are (T, C, H, W) of one
clip, frames in the place of the batch; each convolution sees frames t - 1, t and t + 1 side by side
on the channel axis. The result is the same up to the order of the sums.
"""

from typing import cast

import torch
from torch import Tensor, nn
from torch.nn import functional

from crimeview.training.networks import C3D


class CatForm(nn.Module):
    """A C3D network for one clip (1, C, T, H, W) in its "cat" form; features (1, d) out."""

    def __init__(self, network: C3D, *, fold_batch_norm: bool = True) -> None:
        """Take over the weights of `network`, which must be in evaluation mode."""
        super().__init__()
        if network.training:
            raise ValueError("put the network into evaluation mode first")
        self.front = network.front
        self.trunk = _rewritten(network.trunk, fold_batch_norm=fold_batch_norm)
        self.head = network.head

    def forward(self, clip: Tensor) -> Tensor:
        frames = self.front(clip)[0].transpose(0, 1)
        maps = self.trunk(frames).transpose(0, 1)[None]
        return cast("Tensor", self.head(maps))


class _CatConv(nn.Module):
    """A convolution over frames (T, C, H, W) and their neighbors; zeros beyond both ends."""

    def __init__(self, weight: Tensor, bias: Tensor | None, *, every: int) -> None:
        """`weight` is (out, C, 3, 3, 3): kernel time, height, width; `every` the stride in time."""
        super().__init__()
        self.every = every
        outputs, channels = weight.shape[:2]
        self.conv = nn.Conv2d(3 * channels, outputs, 3, padding=1, bias=bias is not None)
        with torch.no_grad():
            stacked = weight.transpose(1, 2).reshape(outputs, 3 * channels, 3, 3)
            self.conv.weight.copy_(stacked)
            if bias is not None:
                cast("Tensor", self.conv.bias).copy_(bias)

    def forward(self, frames: Tensor) -> Tensor:
        padded = functional.pad(frames, (0, 0, 0, 0, 0, 0, 1, 1))
        near = [padded[:-2], frames, padded[2:]]
        neighbors = torch.cat([each[:: self.every] for each in near], dim=1)
        return cast("Tensor", self.conv(neighbors))


class _CatPool(nn.Module):
    """Max pooling over space and, where `pairs`, over pairs of frames."""

    def __init__(self, pool: nn.MaxPool3d) -> None:
        super().__init__()
        time, *space = _triple(pool.kernel_size)
        if time not in (1, 2) or _triple(pool.stride) != (time, *space):
            raise ValueError(f"no cat form for {pool}")
        self.pairs = time == 2
        padding = _triple(pool.padding)[1:]
        self.pool = nn.MaxPool2d(tuple(space), tuple(space), padding)

    def forward(self, frames: Tensor) -> Tensor:
        pooled = cast("Tensor", self.pool(frames))
        return torch.maximum(pooled[0::2], pooled[1::2]) if self.pairs else pooled


def _rewritten(trunk: nn.Sequential, *, fold_batch_norm: bool) -> nn.Sequential:
    layers: list[nn.Module] = []
    rest = list(trunk)
    while rest:
        layer = rest.pop(0)
        if isinstance(layer, nn.Conv3d):
            weight, bias = layer.weight.detach(), layer.bias
            if fold_batch_norm and rest and isinstance(rest[0], nn.BatchNorm3d):
                weight, bias = _folded(weight, bias, cast("nn.BatchNorm3d", rest.pop(0)))
            layers.append(_CatConv(weight, bias, every=_triple(layer.stride)[0]))
        elif isinstance(layer, nn.BatchNorm3d):
            flat = nn.BatchNorm2d(layer.num_features, eps=layer.eps, affine=layer.affine)
            flat.load_state_dict(layer.state_dict())
            layers.append(flat)
        elif isinstance(layer, nn.MaxPool3d):
            layers.append(_CatPool(layer))
        elif isinstance(layer, nn.ReLU):
            layers.append(nn.ReLU())
        else:
            raise TypeError(f"no cat form for {layer}")
    return nn.Sequential(*layers).eval()


def _folded(weight: Tensor, bias: Tensor | None, norm: nn.BatchNorm3d) -> tuple[Tensor, Tensor]:
    """The weights of a convolution that does what convolution and batch norm do together."""
    mean, variance = cast("Tensor", norm.running_mean), cast("Tensor", norm.running_var)
    scale = norm.weight.detach().double() / torch.sqrt(variance.double() + norm.eps)
    start = torch.zeros_like(mean) if bias is None else bias.detach()
    shift = (start.double() - mean.double()) * scale + norm.bias.detach().double()
    return (weight.double() * scale[:, None, None, None, None]).float(), shift.float()


def _triple(size: int | tuple[int, ...]) -> tuple[int, ...]:
    return (size,) * 3 if isinstance(size, int) else tuple(size)
