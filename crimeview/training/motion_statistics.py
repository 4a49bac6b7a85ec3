"""Numbers that describe how much moves in a clip, where and when: the control for every network.

None of them knows a shape. What a network adds to them is what it has learned about appearance.
"""

import numpy as np
from numpy.typing import NDArray

from crimeview.training.data.framecache import Frames
from crimeview.training.data.windows import frames_at

_RATE, _SECONDS = 12.5, 2.0
_PERCENTILES = (50, 75, 90, 95, 98, 99, 99.5, 99.9)
_LEVELS = (0.02, 0.05, 0.1, 0.2)  # of the gray range: shares of pixels above
_GRID = 4  # cells a side
_LAGS = (1, 2, 4, 8)  # frames
_GAPS = (1, 3)  # frames between which differences are taken

Floats = NDArray[np.float64]


def motion_statistics(frames: Frames, middle: float) -> Floats:
    """Statistics (189,) of the two seconds around `middle` (s) of a recording."""
    count = int(_RATE * _SECONDS) + 1
    start = middle - _SECONDS / 2
    rows = frames_at(frames.times, start=start, interval=1 / _RATE, count=count)
    gray = frames.pictures[rows].astype(np.float64).mean(axis=3) / 255
    contrast = gray.std() + 0.05
    maps = [np.abs(gray[gap:] - gray[:-gap]) for gap in _GAPS]
    maps.append(np.abs(gray - np.median(gray, axis=0)))
    parts = [_of_map(seen) for seen in maps]
    parts.append(_flow(gray))
    parts.append(np.array([gray.mean(), contrast, maps[0].mean() / contrast]))
    return np.concatenate(parts)


def _of_map(seen: Floats) -> Floats:
    """Of change (frames, height, width): how large, where, when."""
    return np.concatenate([_amount(seen), _place(seen), _course(seen)])


def _amount(seen: Floats) -> Floats:
    """Percentiles, shares above levels, mean and deviation; small values spread by the root."""
    shares = [float((seen > level).mean()) for level in _LEVELS]
    sizes = np.percentile(seen, _PERCENTILES)
    return np.asarray(np.sqrt([*sizes, *shares, seen.mean(), seen.std()]))


def _place(seen: Floats) -> Floats:
    """How the change spreads: grid cells by size, entropy, extent, and how its center wanders."""
    total = seen.mean(axis=0)
    share = total / (total.sum() + 1e-9)
    rows, columns = (np.linspace(0, 1, n) for n in share.shape)
    cells = np.sort([c.mean() for r in np.array_split(total, _GRID) for c in _split(r)])[::-1]
    spread = [_deviation(share.sum(axis=1), rows), _deviation(share.sum(axis=0), columns)]
    weights = seen / (seen.sum(axis=(1, 2), keepdims=True) + 1e-9)
    centers = np.column_stack([weights.sum(axis=2) @ rows, weights.sum(axis=1) @ columns])
    steps = np.hypot(*np.diff(centers, axis=0).T)
    entropy = -float((share * np.log(share + 1e-12)).sum())
    peak = float(total.max() / (total.mean() + 1e-9))
    return np.array(
        [*np.sqrt(cells), *spread, entropy, np.log(peak + 1), *centers.std(axis=0), steps.mean()]
    )


def _course(seen: Floats) -> Floats:
    """How the change goes over time: level, jumps, trend, self-similarity, rhythm."""
    level = np.sqrt(seen.mean(axis=(1, 2)))
    jumps = np.abs(np.diff(level))
    moved = level - level.mean()
    power = float((moved**2).sum()) + 1e-9
    similar = [float((moved[lag:] * moved[:-lag]).sum()) / power for lag in _LAGS]
    spectrum = np.abs(np.fft.rfft(moved)) ** 2
    bands = [float(band.sum()) / (float(spectrum.sum()) + 1e-9) for band in _bands(spectrum)]
    trend = float(moved @ np.linspace(-1, 1, len(moved))) / len(moved)
    tops = np.sqrt(np.percentile(seen, 99, axis=(1, 2)))
    return np.array(
        [
            *np.percentile(level, (0, 25, 50, 75, 100)),
            level.std(),
            jumps.mean(),
            jumps.max(),
            trend,
            *similar,
            *bands,
            tops.mean(),
            tops.std(),
            tops.max(),
        ]
    )


def _flow(gray: Floats) -> Floats:
    """Speed along the gradient of brightness, where there is one: size and directions."""
    change = np.diff(gray, axis=0)
    down, across = np.gradient(gray[:-1], axis=(1, 2))
    slope = down**2 + across**2
    held = slope > np.percentile(slope, 75)
    vertical, horizontal = (-change * g / (slope + 1e-3) for g in (down, across))
    speed = np.hypot(vertical, horizontal)[held]
    angles = np.arctan2(vertical, horizontal)[held]
    turns, _ = np.histogram(angles, bins=8, range=(-np.pi, np.pi), weights=speed)
    turns = turns / (turns.sum() + 1e-9)
    sizes = np.sqrt(np.percentile(speed, (50, 75, 90, 95, 99)))
    entropy = -float((turns * np.log(turns + 1e-12)).sum())
    return np.array([*sizes, np.sqrt(speed.mean()), *turns, entropy])


def _split(cells: Floats) -> list[Floats]:
    return np.array_split(cells, _GRID, axis=1)


def _bands(spectrum: Floats) -> list[Floats]:
    return np.array_split(spectrum[1:], 4)


def _deviation(share: Floats, places: Floats) -> float:
    mean = float(share @ places)
    return float(np.sqrt(share @ (places - mean) ** 2))
