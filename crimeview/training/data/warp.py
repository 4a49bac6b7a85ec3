"""Turning, cropping, zooming and mirroring clips, each as a whole."""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional


def warp(
    clips: Tensor,
    *,
    size: tuple[int, int],
    sides: tuple[NDArray[np.float64], NDArray[np.float64]],
    turns: NDArray[np.float64],
    random: np.random.Generator,
) -> Tensor:
    """Clips (N, C, T, *size) of parts of clips (N, C, T, H, W).

    Clip n shows the shares `sides` (heights (N,), widths (N,)) of its picture, somewhere within it,
    turned by `turns` (N,) degrees. Beyond its edges a picture is mirrored.
    """
    count, channels, frames, height, width = clips.shape
    half_height, half_width = sides
    angle = np.deg2rad(turns)
    theta = np.zeros((count, 2, 3))
    theta[:, 0, 0], theta[:, 1, 1] = half_width * np.cos(angle), half_height * np.cos(angle)
    # A turn is one of pixels, but places in the picture are told as shares of its sides.
    theta[:, 0, 1] = -half_height * np.sin(angle) * height / width
    theta[:, 1, 0] = half_width * np.sin(angle) * width / height
    theta[:, 0, 2] = random.uniform(-1, 1, count) * np.maximum(0, 1 - half_width)
    theta[:, 1, 2] = random.uniform(-1, 1, count) * np.maximum(0, 1 - half_height)
    grid = functional.affine_grid(
        torch.from_numpy(theta).to(clips), [count, 1, *size], align_corners=False
    )
    pictures = clips.reshape(count, channels * frames, height, width)
    moved = functional.grid_sample(pictures, grid, padding_mode="reflection", align_corners=False)
    return moved.reshape(count, channels, frames, *size)


def flip_some(clips: Tensor, chosen: NDArray[np.bool_]) -> Tensor:
    """Mirror left and right of those clips (N, C, T, H, W) that are chosen (N,)."""
    if not chosen.any():
        return clips
    mask = torch.from_numpy(chosen).to(clips.device).reshape(-1, 1, 1, 1, 1)
    return torch.where(mask, clips.flip(-1), clips)
