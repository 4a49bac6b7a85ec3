"""Short clips by their middle: the windows by which a clip is judged as a whole.

Clips of events tend to be longer than ordinary ones, so that length alone tells them apart: only
the middle two seconds count.
"""

from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.core.errors import MediaError
from crimeview.core.job import Job, Step
from crimeview.jobs.coming import coming_clips
from crimeview.jobs.evaluate_cache import Reading
from crimeview.jobs.evaluate_models import Pipeline
from crimeview.video.source import opened

SECONDS = 2.0  # around the middle
WINDOWS = 3
_LATE = 0.001  # s; a frame this little after a tick is on screen at it, as in an analysis
_SHORT = 30.0  # s; up to this length all frames are kept while the middle is not known
_MARGIN = 1.0  # s; containers promise their length only about as exactly as this

Span = tuple[float, float]


@dataclass(frozen=True, slots=True)
class _Seen:
    """Frames of a stretch of a recording: `times` (n, 2) and pictures; `whole` spans all of it."""

    times: NDArray[np.float64]
    pictures: NDArray[np.uint8]
    whole: Span
    damage: str | None


def read_middle(path: Path, pipeline: Pipeline) -> Job[Reading]:
    """Look at the windows of a clip's middle. Raises MediaError."""
    seen = yield from _middle(path, pipeline.spec)
    windows = middle_windows(
        seen.times, pipeline.spec, span=middle_of(seen.whole), every_step=pipeline.by_frame
    )
    numbers = []
    for number, rows in enumerate(windows):
        yield Step(done=number, total=len(windows), message=f"Looking at {path.name}")
        numbers.append(pipeline.numbers(seen.pictures[rows]))
    changes = np.abs(np.diff(seen.pictures.astype(np.int16), axis=0))
    return Reading(
        times=np.array([(seen.times[rows[0], 0], seen.times[rows[-1], 1]) for rows in windows]),
        numbers=np.stack(numbers),
        frame_times=np.array([seen.whole]),
        moved=float(np.percentile(changes, 99)) if changes.size else 0.0,
        damage=seen.damage,
    )


def middle_windows(
    times: NDArray[np.float64], spec: ClipSpec, *, span: Span, every_step: bool
) -> list[NDArray[np.intp]]:
    """The windows of a span (s) whose frames have these times (n, 2): frame numbers (T,) of each.

    Three, evenly spaced from the first that begins with the span to the last that ends with it;
    or, for frame classifiers, one every `spec.step` sampled frames. Where the span does not fill a
    window there is one, in which the last frame stands until it is full.
    """
    last = len(times) - 1
    if spec.rate is None:
        latest = max(0, len(times) - spec.frames)
        spots = (
            np.arange(0, latest + 1, spec.step) if every_step else np.linspace(0, latest, WINDOWS)
        )
        firsts = np.unique(np.round(spots).astype(np.intp))
        return [np.minimum(first + np.arange(spec.frames), last) for first in firsts]
    start, latest_start = span[0], max(span[0], span[1] - spec.frames / spec.rate)
    if every_step:
        starts = np.arange(start, latest_start + _LATE, spec.step / spec.rate)
    else:
        starts = np.unique(np.linspace(start, latest_start, WINDOWS))
    ticks = starts[:, None] + np.arange(spec.frames) / spec.rate
    rows = np.searchsorted(times[:, 0], ticks + _LATE, side="right") - 1
    return list(np.clip(rows, 0, last))


def middle_of(whole: Span) -> Span:
    """Start and end seconds of the middle of a clip."""
    start, end = whole
    if end - start <= SECONDS:
        return whole
    center = (start + end) / 2
    return center - SECONDS / 2, center + SECONDS / 2


def _middle(path: Path, spec: ClipSpec) -> Generator[Step, None, _Seen]:
    """The frames of the middle: kept at once where the container tells the length rightly."""
    with opened(path) as source:
        promised = source.recording.duration
    if 0 < promised <= _SHORT:
        kept = (-np.inf, np.inf)
    else:
        start, end = middle_of((0.0, promised))
        kept = (start - _MARGIN, end + _MARGIN)
    seen = yield from _frames(path, spec, kept)
    wanted = middle_of(seen.whole)
    if not (kept[0] <= wanted[0] and wanted[1] <= kept[1]):
        seen = yield from _frames(path, spec, wanted)
    begins = seen.times[:, 0]
    first = max(0, int(np.searchsorted(begins, wanted[0] + _LATE, side="right")) - 1)  # on screen
    inside = slice(first, max(first + 1, int(np.searchsorted(begins, wanted[1] - _LATE))))
    return replace(seen, times=seen.times[inside], pictures=seen.pictures[inside])


def _frames(path: Path, spec: ClipSpec, kept: Span) -> Generator[Step, None, _Seen]:
    """The frames of a span, and the last one before it: it may be on screen when that begins."""
    every = replace(spec, frames=1, rate=None, step=1)
    times: list[Span] = []
    pictures: list[NDArray[np.uint8]] = []
    first, last = None, 0.0
    with opened(path) as source, closing(coming_clips(source.clips(every))) as clips:
        for clip in clips:
            if clip is not None:
                first, last = clip.start if first is None else first, clip.end
                if clip.start <= kept[0]:
                    times.clear()
                    pictures.clear()
                if clip.start < kept[1]:
                    times.append((clip.start, clip.end))
                    pictures.append(clip.frames[0])
            yield Step(done=0, total=1, message=f"Reading {path.name}")
        if first is None:
            raise MediaError(
                source.damage or f"“{path.name}” holds no picture that can be read; copy it again."
            )
        shape = (len(pictures), *spec.crop, spec.channels)
        return _Seen(
            times=np.array(times, np.float64).reshape(-1, 2),
            pictures=np.array(pictures, np.uint8).reshape(shape),
            whole=(first, last),
            damage=source.damage,
        )
