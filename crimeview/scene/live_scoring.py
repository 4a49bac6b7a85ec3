"""Scoring a camera's moments as they come, by what is usual for it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.scene.cells import Floats, Moments
from crimeview.scene.learning import alarm_rate
from crimeview.scene.novelty import scored, smoothed
from crimeview.scene.scoring import StayJudge
from crimeview.scene.usual import Usual

_BREAK = 1.0  # s between two parts, beyond which neither says anything of the other
_REMEMBERED = 10.0  # s of what stays too long


@dataclass(frozen=True, slots=True)
class LiveNovelty:
    """Calibrated scores (n,) of moments with their times (n, 2) s."""

    times: NDArray[np.float64]
    scores: Floats


class LiveScorer:
    """Takes a camera's moments part by part; what it holds does not grow.

    A part is scored with the one before and the one after it, since direction and smoothing look a
    few moments around: its scores are told when the next part is here, and are those that a
    recording's moments get.
    """

    def __init__(self, usual: Usual) -> None:
        self._usual = usual
        self._rate = alarm_rate(usual.counts)
        self._stays = StayJudge(usual)
        self._before: Moments | None = None
        self._waiting: Moments | None = None

    def take(self, part: Moments) -> list[LiveNovelty]:
        """Take the next part; gives the scores of those that are settled now."""
        waiting = self._waiting
        if waiting is None:
            self._waiting = part
            return []
        unbroken = part.times[0, 0] - waiting.times[-1, 0] <= _BREAK
        told = [self._scored(waiting, part if unbroken else None)]
        self._before, self._waiting = (waiting if unbroken else None), part
        return told

    def _scored(self, part: Moments, after: Moments | None) -> LiveNovelty:
        parts = [p for p in (self._before, part, after) if p is not None]
        around = joined(parts)
        score = smoothed(around.times, scored(around, self._usual).score)
        first = len(self._before) if self._before is not None else 0
        own = score[first : first + len(part)]
        self._stays.take(part)
        self._stays.forget(float(part.times[0, 0]) - _REMEMBERED)
        raised = self._stays.raised(part.times, own, self._rate)
        return LiveNovelty(part.times, self._rate.calibrated(raised))


def joined(parts: list[Moments]) -> Moments:
    """Consecutive parts as one."""
    before = np.cumsum([0, *(len(part) for part in parts[:-1])])
    return Moments(
        times=np.concatenate([p.times for p in parts]),
        share=np.concatenate([p.share for p in parts]),
        across=np.concatenate([p.across for p in parts]),
        down=np.concatenate([p.down for p in parts]),
        energy=np.concatenate([p.energy for p in parts]),
        light=np.concatenate([p.light for p in parts]),
        lit=np.concatenate([p.lit + n for p, n in zip(parts, before.tolist(), strict=True)]),
    )
