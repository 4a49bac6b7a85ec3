"""Which frames make a clip: the rule of `crimeview.core.clip`, on frames that are in memory."""

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec

_LATE = 0.001  # s; a frame this little after a tick is on screen at it, as in analysis


def frames_at(
    times: NDArray[np.float64], *, start: float, interval: float, count: int
) -> NDArray[np.intp]:
    """Frame numbers on screen at `count` ticks, `interval` seconds apart from `start`.

    `times` is (n, 2). Ticks before the first frame get the first, after the last one the last.
    """
    ticks = start + interval * np.arange(count)
    return np.clip(np.searchsorted(times[:, 0], ticks + _LATE, side="right") - 1, 0, None)


def clip_starts(span: tuple[float, float], spec: ClipSpec) -> NDArray[np.float64]:
    """Start seconds of the whole clips in an unbroken span (s); one where it is too short."""
    rate, (start, end) = _rate(spec), span
    ticks = int((end - start + _LATE) * rate)
    count = max(1, (ticks - spec.frames) // spec.step + 1)
    return np.asarray(start + np.arange(count) * spec.step / rate)


def clip_seconds(spec: ClipSpec) -> float:
    return spec.frames / _rate(spec)


def usable_span(times: NDArray[np.float64], central: float | None) -> tuple[float, float]:
    """Start and end seconds of what may be used: all, or `central` seconds around the middle."""
    start, end = float(times[0, 0]), float(times[-1, 1])
    if central is None or end - start <= central:
        return start, end
    middle = (start + end) / 2
    return middle - central / 2, middle + central / 2


def _rate(spec: ClipSpec) -> float:
    if spec.rate is None:
        raise ValueError("training needs clips at a fixed rate")
    return spec.rate
