"""Random changes to clips that leave what happens in them as it is."""

from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional


@dataclass(frozen=True, slots=True, kw_only=True)
class Augmentation:
    """`size` (pixels) of the result; crops take `crop` (lowest share of each side) to 1.

    `aspect` is the largest change of the aspect ratio, `contrast` that of the contrast (both as
    shares), `brightness` is added to pixels in 0..1.
    """

    size: int
    crop: float = 0.7
    aspect: float = 0.18
    contrast: float = 0.3
    brightness: float = 0.15


def augment(clips: Tensor, rule: Augmentation, random: np.random.Generator) -> Tensor:
    """Crop, flip and change the light of clips (N, 1, T, H, W) in 0..1, each clip as a whole."""
    count, _, frames, height, width = clips.shape
    side = random.uniform(rule.crop, 1.0, count)
    stretch = np.sqrt(random.uniform(1 - rule.aspect, 1 + rule.aspect, count))
    half_height, half_width = np.minimum(side / stretch, 1), np.minimum(side * stretch, 1)
    mirror = np.where(random.random(count) < 0.5, -1.0, 1.0)
    theta = np.zeros((count, 2, 3), np.float32)
    theta[:, 0, 0], theta[:, 1, 1] = half_width * mirror, half_height
    theta[:, 0, 2] = random.uniform(-1, 1, count) * (1 - half_width)
    theta[:, 1, 2] = random.uniform(-1, 1, count) * (1 - half_height)
    grid = functional.affine_grid(
        torch.from_numpy(theta), [count, frames, rule.size, rule.size], align_corners=False
    )
    moved = functional.grid_sample(
        clips.reshape(count, frames, height, width),
        grid,
        padding_mode="border",
        align_corners=False,
    ).reshape(count, 1, frames, rule.size, rule.size)
    factor = _per_clip(random.uniform(1 - rule.contrast, 1 + rule.contrast, count))
    offset = _per_clip(random.uniform(-rule.brightness, rule.brightness, count))
    return ((moved - 0.5) * factor + 0.5 + offset).clamp(0, 1)


def _per_clip(values: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Tensor:
    return torch.from_numpy(values.astype(np.float32)).reshape(-1, 1, 1, 1, 1)
