"""What is usual at each place of a camera's picture, read from what was counted."""

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
from numpy.typing import NDArray

from crimeview.scene.cells import CellGrid, Floats
from crimeview.scene.patches import DIRECTIONS
from crimeview.scene.scene_counts import (
    LIGHT_BINS,
    SCORES,
    SPEEDS,
    STAYS,
    SceneCounts,
    quantile_of,
)

_FAST = 0.9  # of the speeds in a row of cells are below what counts as fast
_ENOUGH = 200  # patches that a row needs for a quantile of its own
_NEIGHBORHOOD = 1.5  # cells, of the Gaussian by which neighbors share what they know
_PRIOR = 10.0  # moments for which the row speaks where a cell has seen little
_LIGHT_SHARE = 0.04  # of the time that a brightness is usual at a place from
_LEAST_STAY, _WATCHED = (20.0, 60.0), 0.5  # s, at least and at most, of what share of the time
_STAYS, _TIMES = 0.75, 3.0  # a quantile of stays, and how many times it
_COUNTED_STAYS = 5  # from which on their quantile says something
# Where a camera has shown nothing that moves: the medians of ten street, lobby and campus cameras,
# in percent of the picture's longer side a second. Whoever comes is then compared with people and
# cars elsewhere; how rare it is that anything moves there is this camera's own.
_FAST_ELSEWHERE, _MIDDLE_ELSEWHERE, _MOMENTUM_ELSEWHERE = 20.0, 7.5, 13.5


@dataclass(frozen=True)
class Usual:
    """What is usual for a camera; see each property. Rows are those of cells."""

    counts: SceneCounts

    @property
    def grid(self) -> CellGrid:
        return self.counts.grid

    @cached_property
    def fast(self) -> Floats:
        """The speed (rows,) that nine of ten moving patches stay below."""
        return self._row_quantile(self.counts.speed, _FAST, unknown=_FAST_ELSEWHERE)

    @cached_property
    def middle(self) -> Floats:
        """The median speed (rows,) of moving patches."""
        return self._row_quantile(self.counts.speed, 0.5, unknown=_MIDDLE_ELSEWHERE)

    @cached_property
    def momentum(self) -> Floats:
        """Share moving times speed (rows,) that nine of ten moving patches stay below."""
        return self._row_quantile(self.counts.momentum, _FAST, unknown=_MOMENTUM_ELSEWHERE)

    @cached_property
    def presence(self) -> Floats:
        """The share of time (rows, columns) in which something moves at a place, never zero."""
        share = self.counts.active / max(self.counts.moments, 1.0)
        return _blurred(share) + np.float32(2.0 / max(self.counts.moments, 1.0) + 1e-4)

    @cached_property
    def directions(self) -> Floats:
        """The share (rows, columns, 8) of each direction at a place; neighbors count too."""
        counts = self.counts.direction
        counts = counts + 0.5 * (np.roll(counts, 1, axis=-1) + np.roll(counts, -1, axis=-1))
        near = np.stack([_blurred(counts[..., d]) for d in range(DIRECTIONS)], axis=-1)
        row = near.sum(axis=1, keepdims=True)
        prior = row / np.maximum(row.sum(axis=-1, keepdims=True), 1e-6)
        total = near.sum(axis=-1, keepdims=True)
        return np.asarray(
            (near + _PRIOR * prior + 0.1) / (total + _PRIOR + 0.1 * DIRECTIONS), np.float32
        )

    @cached_property
    def lights(self) -> NDArray[np.bool_]:
        """Which brightness (rows, columns, bins) is usual at a place."""
        light = self.counts.light
        total = light.sum(axis=-1, keepdims=True)
        usual = light >= np.maximum(_LIGHT_SHARE * total, 1.0)
        # A level beside a usual one is usual too, or noise at a border between bins would not be.
        wide = usual.copy()
        wide[..., 1:] |= usual[..., :-1]
        wide[..., :-1] |= usual[..., 1:]
        return np.asarray(wide | (total == 0))

    @cached_property
    def watched(self) -> NDArray[np.bool_]:
        """Which cells (rows, columns) have been seen at all, not ignored."""
        return np.asarray(self.counts.light.any(axis=-1))

    @cached_property
    def background(self) -> Floats:
        """The most frequent brightness (rows, columns), 0 to 255."""
        frequent = np.argmax(self.counts.light, axis=-1)
        return np.asarray((frequent + 0.5) * (256 / LIGHT_BINS), np.float32)

    @cached_property
    def stay(self) -> Floats:
        """How long (rows,), in s, something may stay in one place."""
        counts = self.counts.stays
        near = counts.copy()
        near[1:] += counts[:-1]
        near[:-1] += counts[1:]
        usual = quantile_of(near, _STAYS, STAYS)
        told = near.sum(axis=-1) >= _COUNTED_STAYS
        longest = np.where(told, _TIMES * np.nan_to_num(usual), 0.0)
        # Who has watched for a minute does not know that half a minute is long.
        least = float(np.clip(_WATCHED * self.counts.seconds, *_LEAST_STAY))
        return np.maximum(longest, least).astype(np.float32)

    @cached_property
    def values(self) -> tuple[Floats, Floats]:
        """The median and the 99 % quantile (reasons,) of each reason's value in a moment."""
        middle = np.nan_to_num(quantile_of(self.counts.values, 0.5, SCORES), nan=0.0)
        high = np.nan_to_num(quantile_of(self.counts.values, 0.99, SCORES), nan=1.0)
        return middle.astype(np.float32), high.astype(np.float32)

    def _row_quantile(self, histogram: Floats, share: float, *, unknown: float) -> Floats:
        """The quantile of each row and its neighbors; rows that saw little take their nearest's.

        `unknown` where nothing was counted in any of them.
        """
        near = histogram.copy()
        near[1:] += histogram[:-1]
        near[:-1] += histogram[1:]
        enough = near.sum(axis=-1) >= min(_ENOUGH, max(1.0, float(near.sum(axis=-1).max())))
        if not histogram.any():
            return np.full(len(histogram), unknown, np.float32)
        known = np.flatnonzero(enough)
        values = quantile_of(near[known], share, SPEEDS)
        return np.interp(np.arange(len(histogram)), known, values).astype(np.float32)


def _blurred(plane: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(plane, (0, 0), _NEIGHBORHOOD), np.float32)
