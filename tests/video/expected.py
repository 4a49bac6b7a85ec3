"""What clips of a recording must be, said a second time and as plainly as possible."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count, pairwise

from crimeview.core.clip import ClipSpec

_LATE = 0.001


@dataclass(frozen=True)
class Expected:
    """A clip: its span (s), the numbers of its pictures and of those it reports."""

    start: float
    end: float
    numbers: list[int]
    reported: list[int]


def runs(times: Sequence[float], longest: float) -> list[list[int]]:
    """Numbers of the pictures of each unbroken run."""
    starts = [0] + [i + 1 for i, (a, b) in enumerate(pairwise(times)) if b - a > longest]
    return [list(range(a, b)) for a, b in pairwise([*starts, len(times)])]


def expected_clips(
    times: Sequence[float], ends: Sequence[float], spec: ClipSpec, longest: float
) -> list[Expected]:
    clips: list[Expected] = []
    for run in runs(times, longest):
        new = list(run)
        for k in count():
            clip = _clip(times, ends, spec, run, k, new)
            fills = clip.end <= ends[run[-1]] + _LATE and _is_full(times, ends, spec, run, k)
            if not fills and not new:
                break
            new = [i for i in new if i not in clip.reported]
            clips.append(clip)
    return clips


def _is_full(
    times: Sequence[float], ends: Sequence[float], spec: ClipSpec, run: list[int], k: int
) -> bool:
    if spec.rate is None:
        return k * spec.step + spec.frames <= len(run)
    end = times[run[0]] + (k * spec.step + spec.frames) / spec.rate
    return end <= ends[run[-1]] + _LATE


def _clip(
    times: Sequence[float],
    ends: Sequence[float],
    spec: ClipSpec,
    run: list[int],
    k: int,
    new: list[int],
) -> Expected:
    first, run_end = k * spec.step, ends[run[-1]]
    full = _is_full(times, ends, spec, run, k)
    if spec.rate is None:
        numbers = [run[min(first + j, len(run) - 1)] for j in range(spec.frames)]
        reported = [i for i in new if i <= numbers[-1]]
        return Expected(times[numbers[0]], ends[numbers[-1]], numbers, reported)
    origin = times[run[0]]
    ticks = [origin + (first + j) / spec.rate for j in range(spec.frames)]
    numbers = [max(i for i in run if times[i] <= tick + _LATE) for tick in ticks]
    nominal = origin + (first + spec.frames) / spec.rate
    end = nominal if full else min(nominal, run_end)
    reported = [i for i in new if times[i] < end - _LATE] if full else new
    return Expected(min(ticks[0], end), end, numbers, reported)
