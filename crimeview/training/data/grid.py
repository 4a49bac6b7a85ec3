"""A picture of examples and of what augmentation makes of them, to be looked at."""

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray

from crimeview.training.data.augment import Augmentation, augment
from crimeview.training.data.examples import NORMAL

_GAP = 6  # pixels between an example's views
_EVENT, _QUIET, _BACK = (213, 94, 0), (0, 114, 178), (255, 255, 255)  # told apart by all eyes


def picture_grid(
    clips: Sequence[NDArray[np.uint8]],
    labels: Sequence[str],
    rule: Augmentation,
    *,
    random: np.random.Generator,
    views: int = 3,
) -> NDArray[np.uint8]:
    """A row for each clip (T, H, W, C), all of one size: as it is, then `views` changed at random.

    The frames of each are side by side. The bar at a row's left is orange for an event
    and blue for “normal”. Gives (height, width, 3).
    """
    rows = [
        _row(clip, label, rule, random=random, views=views)
        for clip, label in zip(clips, labels, strict=True)
    ]
    return np.concatenate(rows)


def _row(
    clip: NDArray[np.uint8],
    label: str,
    rule: Augmentation,
    *,
    random: np.random.Generator,
    views: int,
) -> NDArray[np.uint8]:
    original = torch.from_numpy(clip.transpose(3, 0, 1, 2)).float()[None] / 255
    changed = augment(original.expand(views, -1, -1, -1, -1), rule, random)
    bar = _block(_QUIET if label == NORMAL else _EVENT, clip.shape[1])
    gap = _block(_BACK, clip.shape[1])
    parts = [bar]
    for view in [original[0], *changed]:
        parts += [gap, _strip(view, clip.shape[1:3])]
    line = np.concatenate(parts, axis=1)
    return np.concatenate([line, np.full((1, *line.shape[1:]), _BACK, np.uint8)])


def _strip(view: torch.Tensor, size: tuple[int, ...]) -> NDArray[np.uint8]:
    """Frames (C, T, h, w) side by side, (H, T W, 3), whatever size the augmentation gave them."""
    frames = torch.nn.functional.interpolate(view.transpose(0, 1), size=size)
    pixels = (frames * 255).round().byte().expand(-1, 3, -1, -1)
    return np.concatenate(list(pixels.permute(0, 2, 3, 1).numpy()), axis=1)


def _block(color: tuple[int, int, int], height: int) -> NDArray[np.uint8]:
    return np.broadcast_to(np.array(color, np.uint8), (height, _GAP, 3))
