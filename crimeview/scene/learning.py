"""Learning what is usual for a camera from moments of it, in bounded memory and without labels.

Incidents may be among them: what is least usual by the moments' own measure is left out, and all
that is read from the counts are quantiles that a tenth of the time cannot move far.
"""

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias, TypeVar

import numpy as np
from numpy.typing import NDArray

from crimeview.core.alarm_rate import BLOCK, AlarmRate, block_peaks, fitted
from crimeview.scene.cells import CellGrid, Floats, HeldMoments, Moments
from crimeview.scene.novelty import maps_of, smoothed, standardized
from crimeview.scene.patches import patches_of
from crimeview.scene.places import Places
from crimeview.scene.scene_counts import (
    LIGHT_BINS,
    REASONS,
    SCORE_BINS,
    SCORES,
    SPEED_BINS,
    SPEEDS,
    SceneCounts,
    bins_of,
    count_light,
    counted,
    quantile_of,
)
from crimeview.scene.usual import Usual

_MOST = 4096  # moments with movement that are held at once; of more, whole parts are left out
_QUIET = 0.9  # of the moments with movement are learned from, the rest may be incidents
_AROUND = 0.5  # s, of the Gaussian by which moments around an incident are left out too
_SURE = 30.0  # s that a camera must know before a recording is judged by that alone
_OFTEN = 60.0  # such an hour: what is rarer in the known quiet time is not learned as quiet
_FOLDS = 4  # parts of the time; each is scored by what the others have learned
# Shares of what a person calls normal: more than the tenth of movements that count as fast, and
# than the quarter of stays that count as long.
_NORMAL, _NORMAL_STAYS = 0.25, 0.5
_PRIOR_RATE = (1.2, 0.55)  # location and scale of the scores' peaks, over the visible cameras

T = TypeVar("T")
Parts: TypeAlias = Callable[[], Iterable[Moments]]
Work: TypeAlias = Generator[None, None, T]


def learned(
    parts: Parts, grid: CellGrid, *, known: SceneCounts | None = None, trust: bool = False
) -> SceneCounts:
    """What `learning` gives, at once."""
    steps = learning(parts, grid, known=known, trust=trust)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            found: SceneCounts = end.value
            return found


def learning(
    parts: Parts, grid: CellGrid, *, known: SceneCounts | None = None, trust: bool = False
) -> Work[SceneCounts]:
    """What a recording shows of what is usual; `parts` gives its moments anew at each call.

    `known` is what the camera has shown otherwise, against which this is judged. With `trust` it is
    quiet for certain, and nothing is left out. Yields every few milliseconds.
    """
    known = known or SceneCounts.nothing(grid)
    sample = _Sample(grid)
    for part in parts():
        sample.take(part)
        yield
    quiet = [np.ones(len(part), np.bool_) for part in sample.parts]
    if not trust:
        quiet = yield from _quiet(sample, known)
    counts = yield from _counts(sample, quiet)
    total = replace(
        _sum(grid, counts), light=sample.light, moments=sample.moments, seconds=sample.seconds
    )
    total = replace(total, stays=(yield from _stays(parts, Usual(total + known))))
    values = yield from _values_held_out(sample.parts, counts, total + known)
    total = replace(total, values=_histogram(sample, values, quiet))
    peaks = _peaks(sample.parts, values, Usual(total + known))
    return replace(total, peaks=peaks, judged_by=known.moments)


def as_normal(taught: SceneCounts, known: SceneCounts) -> SceneCounts:
    """The counts of a span, as often as makes them usual beside what is known.

    However long the camera has been watched, what a person calls normal is so at once: at each
    place it becomes the share that quantiles fall on.
    """
    weight = max(1.0, _NORMAL * known.moments / max(taught.moments, 1.0))
    every, usual = taught.weighted(weight), Usual(known)
    return replace(
        every,
        speed=_raised(_above(taught.speed, usual.fast), known.speed),
        momentum=_raised(_above(taught.momentum, usual.momentum), known.momentum),
        direction=_raised(taught.direction, known.direction),
        stays=_raised(taught.stays, known.stays, share=_NORMAL_STAYS),
        values=np.zeros_like(taught.values),
        peaks=np.zeros_like(taught.peaks),
        seconds=taught.seconds,
    )


def _above(taught: Floats, usual: Floats) -> Floats:
    """Histograms of speeds (rows, bins) without what is not above the usual value (rows,) anyway.

    Beside somebody who runs, others walk: that they do is known.
    """
    first = bins_of(usual, SPEEDS, SPEED_BINS)
    return np.where(np.arange(SPEED_BINS) > first[:, None], taught, 0.0).astype(np.float32)


def _raised(taught: Floats, known: Floats, *, share: float = _NORMAL) -> Floats:
    """Histograms (..., bins) of one place each, raised to that share of what is known around it."""
    around = known.sum(axis=-1)
    near = around.copy()
    near[1:] += around[:-1]
    near[:-1] += around[1:]
    total = taught.sum(axis=-1)
    factor = np.maximum(share / (1 - share) * near / np.maximum(total, 1e-9), 1.0)
    return np.where(total[..., None] > 0, taught * factor[..., None], 0.0).astype(np.float32)


def alarm_rate(counts: SceneCounts) -> AlarmRate:
    """How often the camera's quiet time reaches a score, by what was held out.

    Time in which nothing moves counts as well: after hours of it whatever moves is rare.
    """
    return _rate(counts, seen=counts.seconds / BLOCK)


def _rate(counts: SceneCounts, *, seen: float | None) -> AlarmRate:
    blocks = float(counts.peaks.sum())
    low, middle, high = (
        float(np.log(np.nan_to_num(quantile_of(counts.peaks, share, SCORES), nan=1.0)))
        for share in (0.25, 0.5, 0.75)
    )
    moments = max(float(counts.values[0].sum()), 1.0)
    busy = 1.0 - float(counts.values[0, 0]) / moments
    return fitted((low, middle, high), blocks=blocks, busy=busy, prior=_PRIOR_RATE, seen=seen)


class _Sample:
    """Moments of a recording in which something moves, at most `_MOST`, and what is counted of all.

    `every` is how many parts with movement each one that is held stands for.
    """

    def __init__(self, grid: CellGrid) -> None:
        self.parts: list[HeldMoments] = []
        self.every = 1
        self._seen = 0
        self.moments = self.seconds = self.still = 0.0
        self.light = np.zeros((*grid.shape, LIGHT_BINS), np.float32)

    def take(self, part: Moments) -> None:
        if len(part) == 0:
            return
        self.moments += len(part)
        self.seconds += float((part.times[:, 1] - part.times[:, 0]).sum()) / 2  # pairs overlap
        count_light(self.light, part.light)
        if not part.share.any():
            self.still += len(part)
            return
        if self._seen % self.every == 0:
            self.parts.append(HeldMoments.of(part))
        self._seen += 1
        if sum(map(len, self.parts)) > _MOST and len(self.parts) > 2:
            self.parts = self.parts[::2]
            self.every *= 2


def _sum(grid: CellGrid, counts: Iterable[SceneCounts]) -> SceneCounts:
    total = SceneCounts.nothing(grid)
    for each in counts:
        total = total + each
    return total


def _counts(sample: _Sample, chosen: Sequence[NDArray[np.bool_]]) -> Work[list[SceneCounts]]:
    """What the chosen moments of each part show."""
    counts = []
    for held, rows in zip(sample.parts, chosen, strict=True):
        part = held.moments()
        kept = part if rows.all() else part.of(rows)
        counts.append(counted(kept, patches_of(kept)).weighted(sample.every))
        yield
    return counts


def _quiet(sample: _Sample, known: SceneCounts) -> Work[list[NDArray[np.bool_]]]:
    """Which moments of each part are usual enough by the measure of all of them."""
    every = [np.ones(len(part), np.bool_) for part in sample.parts]
    counts = yield from _counts(sample, every)
    total = replace(_sum(known.grid, counts), light=sample.light, moments=sample.moments)
    usual = Usual(total + known)
    values = []
    for part in sample.parts:
        values.append(_values(part.moments(), usual))
        yield
    usual = Usual(replace(total, values=_histogram(sample, values, every)) + known)
    scores = [
        smoothed(part.times, standardized(value, usual).sum(axis=0), sigma=_AROUND)
        for part, value in zip(sample.parts, values, strict=True)
    ]
    moving = [score[part.moving] for score, part in zip(scores, sample.parts, strict=True)]
    if not moving:
        return every
    limit = np.quantile(np.concatenate(moving), _QUIET)
    quiet = [score <= limit for score in scores]
    if known.seconds >= _SURE:  # incidents may fill more than a tenth of a recording
        # By its movement alone: hours of stillness are no reason to learn less of what moves.
        usual, seldom = Usual(known), _rate(known, seen=None).score_at(_OFTEN)
        for part, rows in zip(sample.parts, quiet, strict=True):
            rows &= _by(part.moments(), usual) <= seldom
            yield
    return quiet


def _by(part: Moments, usual: Usual) -> Floats:
    score = standardized(_values(part, usual), usual).sum(axis=0)
    return smoothed(part.times, score, sigma=_AROUND)


def _stays(parts: Parts, usual: Usual) -> Work[Floats]:
    places = Places(usual)
    for part in parts():
        places.take(part)
        yield
    places.finish()
    return places.stays


def _values(part: Moments, usual: Usual) -> Floats:
    return maps_of(part, patches_of(part), usual).moments()


def _values_held_out(
    parts: Sequence[HeldMoments], counts: Sequence[SceneCounts], everything: SceneCounts
) -> Work[list[Floats]]:
    """The values of each part's moments by what all but its own quarter of the time has shown."""
    folds = min(_FOLDS, len(parts))
    fold = np.arange(len(parts)) * folds // max(1, len(parts))
    values = []
    for number in range(folds):
        own = np.flatnonzero(fold == number).tolist()
        held = _sum(everything.grid, [counts[i] for i in own])
        usual = Usual(everything - held if folds > 1 else everything)
        for i in own:
            values.append(_values(parts[i].moments(), usual))
            yield
    return values


def _histogram(
    sample: _Sample, values: Sequence[Floats], chosen: Sequence[NDArray[np.bool_]]
) -> Floats:
    """How often each reason has which value in a moment."""
    histogram = np.zeros((REASONS, SCORE_BINS), np.float32)
    for value, rows in zip(values, chosen, strict=True):
        for counts, numbers in zip(histogram, value[:, rows], strict=True):
            np.add.at(counts, bins_of(numbers, SCORES, SCORE_BINS), np.float32(sample.every))
    histogram[:, 0] += np.float32(sample.still)
    return histogram


def _peaks(parts: Sequence[HeldMoments], values: Sequence[Floats], usual: Usual) -> Floats:
    """The highest score of each few seconds in which anything moves."""
    histogram = np.zeros(SCORE_BINS, np.float32)
    if not parts:
        return histogram
    times = np.concatenate([part.times for part in parts])
    moving = np.concatenate([part.moving for part in parts])
    score = smoothed(times, standardized(np.concatenate(values, axis=1), usual).sum(axis=0))
    peaks = block_peaks(times[moving], score[moving])
    np.add.at(histogram, bins_of(np.exp(peaks).astype(np.float32), SCORES, SCORE_BINS), 1.0)
    return histogram
