"""What a camera's compression does to pictures: blocks of 8x8, coarsely quantized as in JPEG.

Cosine transform, tables and quality are those of ITU-T T.81 (annex K) and of the Independent JPEG
Group's scaling, without subsampling of color.
"""

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional

_SIDE = 8
# fmt: off
_LUMINANCE = (
    16, 11, 10, 16, 24, 40, 51, 61,
    12, 12, 14, 19, 26, 58, 60, 55,
    14, 13, 16, 24, 40, 57, 69, 56,
    14, 17, 22, 29, 51, 87, 80, 62,
    18, 22, 37, 56, 68, 109, 103, 77,
    24, 35, 55, 64, 81, 104, 113, 92,
    49, 64, 78, 87, 103, 121, 120, 101,
    72, 92, 95, 98, 112, 100, 103, 99,
)
_CHROMINANCE = (
    17, 18, 24, 47, 99, 99, 99, 99,
    18, 21, 26, 66, 99, 99, 99, 99,
    24, 26, 56, 99, 99, 99, 99, 99,
    47, 66, 99, 99, 99, 99, 99, 99,
    *[99] * 32,
)
# fmt: on
_TO_YCC = ((0.299, 0.587, 0.114), (-0.168736, -0.331264, 0.5), (0.5, -0.418688, -0.081312))


def compress(clips: Tensor, quality: NDArray[np.integer]) -> Tensor:
    """Clips (N, C, T, H, W) in 0..1 as after JPEG of `quality` (N,), 1 to 100; 0 leaves a clip.

    Three channels are red, green and blue; any other number are pictures of gray.
    """
    rows = np.flatnonzero(quality)
    if not len(rows):
        return clips
    index = torch.from_numpy(rows).to(clips.device)
    tables = torch.from_numpy(_tables(quality[rows], clips.shape[1])).to(clips)
    result = clips.clone()
    result[index] = _quantized(clips[index], tables)
    return result


def _tables(quality: NDArray[np.integer], channels: int) -> NDArray[np.float64]:
    """Steps of quantization (N, C, 8, 8)."""
    base = np.array([_LUMINANCE, *[_CHROMINANCE if channels == 3 else _LUMINANCE] * (channels - 1)])
    scale = np.where(quality < 50, 5000 // quality, 200 - 2 * quality)
    steps = (base * scale[:, None, None] + 50) // 100
    return steps.clip(1, 255).reshape(len(quality), channels, _SIDE, _SIDE).astype(np.float64)


def _quantized(clips: Tensor, tables: Tensor) -> Tensor:
    count, channels, frames, height, width = clips.shape
    to_ycc = torch.tensor(_TO_YCC).to(clips)
    levels = clips * 255
    if channels == 3:
        levels = torch.einsum("dc,ncthw->ndthw", to_ycc, levels)
        levels[:, 1:] += 128
    padded = functional.pad(
        levels.reshape(count, channels * frames, height, width) - 128,
        (0, -width % _SIDE, 0, -height % _SIDE),
        mode="replicate",
    )
    down, across = padded.shape[2] // _SIDE, padded.shape[3] // _SIDE
    blocks = padded.reshape(count, channels, frames, down, _SIDE, across, _SIDE)
    cosines = _cosines().to(clips)
    steps = tables[:, :, None, None, :, None, :]
    spectrum = torch.einsum("ia,jb,nctyaxb->nctyixj", cosines, cosines, blocks)
    kept = (spectrum / steps).round() * steps
    restored = torch.einsum("ia,jb,nctyixj->nctyaxb", cosines, cosines, kept)
    pictures = restored.reshape(count, channels, frames, *padded.shape[2:])[..., :height, :width]
    levels = pictures + 128
    if channels == 3:
        levels[:, 1:] -= 128
        levels = torch.einsum("dc,ncthw->ndthw", torch.linalg.inv(to_ycc), levels)
    return (levels / 255).clamp(0, 1)


def _cosines() -> Tensor:
    """The cosine transform (8, 8), orthonormal: frequencies down, places across."""
    place, frequency = torch.arange(_SIDE), torch.arange(_SIDE)[:, None]
    cosines = torch.cos((2 * place + 1) * frequency * torch.pi / (2 * _SIDE)) / 2
    cosines[0] /= 2**0.5
    return cosines
