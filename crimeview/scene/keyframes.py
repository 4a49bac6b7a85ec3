"""Which parts of a recording must be decoded, told by its keyframes alone.

Where groups of pictures are short, whatever moves for longer than one of them leaves its mark in a
keyframe: a cell that differs from the keyframe before, or from the median of the keyframes around,
by far more than it usually does. The groups on both sides of such a keyframe are decoded.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.look import CELLS, Refusal
from crimeview.core.spans import Spans, merged
from crimeview.scene.clock_mask import clock_mask
from crimeview.scene.differences import AROUND, from_median, from_previous, noise
from crimeview.scene.gops import SHORT_GOP, GopTable, typical_length, unsuitable
from crimeview.scene.packets import unusual

WINDOW = 180  # keyframes that share their noise

# The rule was chosen on recordings apart from those it was confirmed on, see docs/gate.md.
# Movement leaves a trace in fewer keyframes the longer the groups are.
_THRESHOLD_SHORT, _THRESHOLD_LONG = 4.5, 4.2
# Levels of the middle cell; in noisier windows small movers drown, above all in long groups.
_NOISY_SHORT, _NOISY_LONG = 2.6, 1.75
_BUSY_SCORE = 6.0  # of the middle keyframe
_BUSY_SHARE = 0.4  # of a window's keyframes that show movement
_MOST_KEPT = 0.8  # of the recording
# Clips (their length) kept around movement; those that touch it by less show it to their neighbors.
_WIDER = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What of a recording must be decoded.

    `kept` are whole groups of pictures (s), all where there is a `refusal`. `clock`, bool (90,
    160), marks a running clock. `scores` (k,) float32 are those of the groups' keyframes: how many
    times its noise the most unusual cell differs; NaN where the keyframe is missing.
    """

    kept: Spans
    refusal: Refusal | None
    clock: NDArray[np.bool_]
    scores: NDArray[np.float32]


class KeyframeGate:
    """Judges a recording while its keyframes come in, in order of time.

    Holds the pictures of `WINDOW` keyframes and those next to them, whatever the length. `clip` is
    how many seconds a clip of the network lasts: what moves is kept with the clips that touch it.
    """

    def __init__(self, gops: GopTable, *, height: int, width: int, clip: float) -> None:
        self._gops, self._clip = gops, clip
        self._refusal = unsuitable(gops, height=height, width=width)
        short = len(gops.times) == 0 or typical_length(gops) <= SHORT_GOP
        self._threshold = _THRESHOLD_SHORT if short else _THRESHOLD_LONG
        self._noisy = _NOISY_SHORT if short else _NOISY_LONG
        self._scores = np.full(len(gops.times), np.nan, np.float32)
        self._moving = np.zeros(len(gops.times), np.bool_)
        self._drowned = 0  # keyframes in windows that are too noisy
        # The newest keyframes; the first `_judged` of them have been judged already.
        self._numbers: list[int] = []
        self._pictures: list[NDArray[np.uint8]] = []
        self._judged = 0
        self._clocks = np.zeros(CELLS, np.int64)
        self._windows = 0

    @property
    def seen(self) -> int:
        """How many of the recording's keyframes lie behind: the number of the next one."""
        return self._numbers[-1] + 1 if self._numbers else 0

    def state(self) -> dict[str, NDArray[np.generic]]:
        """All that `restore` needs to go on from here in another process; three megabytes."""
        return {
            "scores": self._scores,
            "moving": self._moving,
            "clocks": self._clocks,
            "counts": np.array([self._drowned, self._windows, self._judged]),
            "numbers": np.array(self._numbers),
            "pictures": np.stack(self._pictures),
        }

    def restore(self, state: Mapping[str, NDArray[np.generic]]) -> None:
        """Go on where another gate for the same recording was."""
        self._scores = np.asarray(state["scores"], np.float32)
        self._moving = np.asarray(state["moving"], np.bool_)
        self._clocks = np.asarray(state["clocks"], np.int64)
        self._drowned, self._windows, self._judged = np.asarray(state["counts"], int).tolist()
        self._numbers = np.asarray(state["numbers"], int).tolist()
        self._pictures = list(np.asarray(state["pictures"], np.uint8))

    @property
    def refusal(self) -> Refusal | None:
        """Why the recording must be decoded whole, as far as can be told before any keyframe."""
        return self._refusal

    def add(self, time: float, luma: NDArray[np.uint8]) -> None:
        """Take the keyframe shown at `time` (s), luma (90, 160) made by averaging areas."""
        if luma.shape != CELLS:
            raise ValueError(f"keyframes are compared as {CELLS}, not {luma.shape}")
        number = int(np.searchsorted(self._gops.times, time + 0.001, side="right")) - 1
        if number < 0 or (self._numbers and number <= self._numbers[-1]):
            return
        self._numbers.append(number)
        self._pictures.append(luma)
        if len(self._pictures) - self._judged >= WINDOW + AROUND:
            self._judge(len(self._pictures) - AROUND)

    def verdict(self) -> Verdict:
        """Say what must be decoded, after the last keyframe."""
        refusal = self._refusal
        if refusal is None and len(self._pictures) > self._judged:
            self._judge(len(self._pictures))
        gops = self._gops
        keep = self._kept()
        spans = np.column_stack([gops.times, gops.ends])
        if (
            refusal is None
            and (spans[keep, 1] - spans[keep, 0]).sum()
            > _MOST_KEPT * (spans[:, 1] - spans[:, 0]).sum()
        ):
            refusal = Refusal.NOISY if 2 * self._drowned > keep.sum() else Refusal.BUSY
        return Verdict(
            kept=merged(spans if refusal else spans[keep]),
            refusal=refusal,
            clock=2 * self._clocks > self._windows,
            scores=self._scores,
        )

    def _judge(self, stop: int) -> None:
        """Judge the keyframes held from the first that is not judged yet to before `stop`."""
        # The last window of a recording is made whole with keyframes judged before.
        first = max(0, min(self._judged, stop - WINDOW))
        pictures = np.stack(self._pictures)
        window = pictures[first:stop]
        clock = clock_mask(window)
        # With the keyframe before, so that the first one is compared too.
        before = min(first, 1)
        new = from_previous(pictures[first - before : stop])[before:]
        unlike = from_median(pictures, first=first, stop=stop)
        usual = noise(unlike)
        score = np.maximum(
            _highest(new, noise(new), clock=clock), _highest(unlike, usual, clock=clock)
        )
        numbers = np.array(self._numbers[first:stop])
        fresh = slice(self._judged - first, None)
        self._scores[numbers[fresh]] = score[fresh]
        moving = score > self._threshold
        busy = np.median(score) > _BUSY_SCORE or moving.mean() > _BUSY_SHARE
        noisy = np.median(usual) > self._noisy
        self._moving[numbers[fresh]] = True if busy or noisy else moving[fresh]
        self._drowned += len(numbers[fresh]) if noisy else 0
        self._clocks += clock
        self._windows += 1
        # What the next window needs: its own, and those before it for medians and its length.
        drop = max(0, stop - WINDOW)
        self._numbers, self._pictures = self._numbers[drop:], self._pictures[drop:]
        self._judged = stop - drop

    def _kept(self) -> NDArray[np.bool_]:
        """Which groups (k,) are decoded: where something moves, with the clips that touch it."""
        gops = self._gops
        # A keyframe that cannot be decoded says nothing of the groups beside it.
        touched = self._moving | np.isnan(self._scores)
        begins = gops.times[np.maximum(np.flatnonzero(touched) - 1, 0)]
        ends = gops.ends[touched]
        heavy = unusual(gops)
        begins = np.concatenate([begins, gops.times[heavy]]) - _WIDER * self._clip
        ends = np.concatenate([ends, gops.ends[heavy]]) + _WIDER * self._clip
        first = np.searchsorted(gops.ends, begins, side="right")
        stop = np.searchsorted(gops.times, ends, side="left")
        steps = np.zeros(len(gops.times) + 1, np.int64)
        np.add.at(steps, first, 1)
        np.add.at(steps, stop, -1)
        keep = np.asarray(np.cumsum(steps)[:-1] > 0)
        keep[:1] = True
        return keep


def _highest(
    differences: NDArray[np.float32], usual: NDArray[np.float32], *, clock: NDArray[np.bool_]
) -> NDArray[np.float32]:
    """Of each picture (n,) the most unusual cell, as a multiple of what is usual there."""
    scale = np.where(clock, np.float32(0.0), 1 / usual)
    return np.array([np.abs(cells * scale).max() for cells in differences], np.float32)
