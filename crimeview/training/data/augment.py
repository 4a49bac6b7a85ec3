"""Random changes to clips that leave what happens in them as it is."""

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from crimeview.training.data.compression import compress
from crimeview.training.data.warp import flip_some, warp

_LUMA = (0.299, 0.587, 0.114)  # of red, green and blue, ITU-R BT.601


@dataclass(frozen=True, slots=True, kw_only=True)
class Augmentation:
    """How far clips are changed; as it stands, not at all.

    `size` is the side of the result in pixels (None or 0: as it came). Crops take `crop` (lowest
    share of each side) to 1 and change the aspect ratio by up to `aspect`, pictures turn by up to
    `rotation` degrees and grow or shrink by up to the share `zoom`. `contrast` and `gamma` are the
    largest changes as shares, `brightness` is added to pixels in 0..1, `noise` is the largest
    standard deviation of what is added to each pixel. `flip`, `gray` and `compression` are chances;
    `quality` is the range of JPEG qualities.
    """

    size: int | None = None
    crop: float = 1.0
    aspect: float = 0.0
    flip: float = 0.0
    rotation: float = 0.0
    zoom: float = 0.0
    contrast: float = 0.0
    brightness: float = 0.0
    gamma: float = 0.0
    noise: float = 0.0
    gray: float = 0.0
    compression: float = 0.0
    quality: tuple[int, int] = (15, 60)


# What did best on surveillance clips; speed varies in the sampling.
CLIPS = Augmentation(crop=0.7, aspect=0.18, flip=0.5, contrast=0.3, brightness=0.15, gray=0.4)
# Frames beside what changes around them: no noise, which would rule the differences.
FRAMES = Augmentation(crop=0.7, aspect=0.18, flip=0.5, rotation=5.0, contrast=0.3, brightness=0.15)


def augment(clips: Tensor, rule: Augmentation, random: np.random.Generator) -> Tensor:
    """Changed clips (N, C, T, H, W) in 0..1, on the device of the given ones.

    Each clip changes as a whole: all its frames and channels move together and get the same light.
    Only noise is new in each frame, as a camera's is.
    """
    count, _, _, height, width = clips.shape
    size = (rule.size, rule.size) if rule.size else (height, width)
    sides = _sides(count, rule, random)
    turns = random.uniform(-rule.rotation, rule.rotation, count)
    if size != (height, width) or rule.crop < 1 or rule.aspect or rule.rotation or rule.zoom:
        clips = warp(clips, size=size, sides=sides, turns=turns, random=random)
    clips = flip_some(clips, random.random(count) < rule.flip)
    clips = _relit(clips, rule, random)
    if clips.shape[1] == len(_LUMA):
        clips = _grayed(clips, random.random(count) < rule.gray)
    clips = _noisy(clips, rule.noise, random)
    squeezed = random.random(count) < rule.compression
    quality = random.integers(rule.quality[0], rule.quality[1], count, endpoint=True)
    return compress(clips, np.where(squeezed, quality, 0))


def _sides(
    count: int, rule: Augmentation, random: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How much of the height and of the width each clip shows; over 1 shows beyond the edges."""
    side = random.uniform(rule.crop, 1.0, count)
    stretch = np.sqrt(random.uniform(1 - rule.aspect, 1 + rule.aspect, count))
    zoom = random.uniform(1 - rule.zoom, 1 + rule.zoom, count)
    return np.minimum(side / stretch, 1) * zoom, np.minimum(side * stretch, 1) * zoom


def _relit(clips: Tensor, rule: Augmentation, random: np.random.Generator) -> Tensor:
    count = len(clips)
    factor = random.uniform(1 - rule.contrast, 1 + rule.contrast, count)
    offset = random.uniform(-rule.brightness, rule.brightness, count)
    power = np.exp(random.uniform(-1, 1, count) * np.log1p(rule.gamma))
    if rule.contrast or rule.brightness:
        clips = ((clips - 0.5) * _each(factor, clips) + 0.5 + _each(offset, clips)).clamp(0, 1)
    return clips ** _each(power, clips) if rule.gamma else clips


def _grayed(clips: Tensor, chosen: NDArray[np.bool_]) -> Tensor:
    weights = torch.tensor(_LUMA, dtype=clips.dtype, device=clips.device).reshape(1, -1, 1, 1, 1)
    gray = (clips * weights).sum(dim=1, keepdim=True).expand_as(clips)
    return torch.where(_each(chosen.astype(np.float64), clips) > 0, gray, clips)


def _noisy(clips: Tensor, most: float, random: np.random.Generator) -> Tensor:
    deviation = random.uniform(0, most, len(clips))
    generator = torch.Generator(clips.device).manual_seed(int(random.integers(2**62)))
    if not most:
        return clips
    noise = torch.randn(clips.shape, generator=generator, device=clips.device, dtype=clips.dtype)
    return (clips + noise * _each(deviation, clips)).clamp(0, 1)


def _each(values: NDArray[np.float64], clips: Tensor) -> Tensor:
    """One number a clip, ready to be combined with clips."""
    return torch.from_numpy(values).to(clips).reshape(-1, 1, 1, 1, 1)
