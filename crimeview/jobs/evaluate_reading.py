"""Looking at all recordings of a table, each only once however often the evaluation is run."""

import time
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import MediaError
from crimeview.core.job import Job, Step
from crimeview.core.recording import Fingerprint
from crimeview.evaluation.labels import ClipLabel, FrameLabel
from crimeview.evaluation.table import LeftOut
from crimeview.jobs.coming import coming_clips
from crimeview.jobs.evaluate_cache import Reading, ReadingCache
from crimeview.jobs.evaluate_middle import SECONDS, WINDOWS, read_middle
from crimeview.jobs.evaluate_models import Pipeline
from crimeview.video.fingerprint import fingerprint
from crimeview.video.source import opened

How = Literal["middle", "whole"]

_REPORT = 0.1  # s between steps


@dataclass(frozen=True, slots=True)
class Scored:
    """A reading with the scores (n,) of its clips in place of their features; see `Reading`."""

    times: NDArray[np.float64]
    scores: NDArray[np.float32]
    frame_times: NDArray[np.float64]
    moved: float


@dataclass(frozen=True, slots=True)
class Seen:
    """Scored recordings and the places of their labels, what does not count, notes on damage."""

    places: list[int]
    scored: list[Scored]
    left_out: list[LeftOut]
    notes: list[str]


def read_recordings(
    labels: Sequence[ClipLabel | FrameLabel],
    *,
    pipeline: Pipeline,
    cache: ReadingCache,
    how: How,
) -> Job[Seen]:
    """Score each recording's middle or all of it; what is in the cache is not read again.

    Steps count recordings.
    """
    seen = Seen([], [], [], [])
    read = read_middle if how == "middle" else _read_whole
    rule = f"{how} {SECONDS} s {WINDOWS} windows" if how == "middle" else how
    for number, label in enumerate(labels):
        yield Step(done=number, total=len(labels), message=f"Reading {label.file.name}")
        try:
            reading = yield from _counted(
                _read(label.file, pipeline, cache, rule, read), number, len(labels)
            )
            scores = _finite(pipeline.scores(reading.numbers), label.file)
        except MediaError as error:
            seen.left_out.append(LeftOut(label.line, label.name, str(error)))
            continue
        seen.places.append(number)
        seen.scored.append(Scored(reading.times, scores, reading.frame_times, reading.moved))
        if reading.damage:
            seen.notes.append(f"{label.name}: {reading.damage}")
    if cache.problem:
        seen.notes.append(cache.problem)
    return seen


def _finite(scores: NDArray[np.float32], path: Path) -> NDArray[np.float32]:
    if not np.isfinite(scores).all():
        raise MediaError(
            f"The model gives “{path.name}” scores that are no numbers; verify it with “crimeview "
            "models verify”."
        )
    return scores


def _read(
    path: Path,
    pipeline: Pipeline,
    cache: ReadingCache,
    rule: str,
    read: Callable[[Path, Pipeline], Job[Reading]],
) -> Job[Reading]:
    content = yield from _fingerprint(path)
    identity = (content.sha256, pipeline.key(), rule)
    reading = cache.find(*identity)
    if reading is None:
        with closing(read(path, pipeline)) as looking:
            reading = yield from looking
        cache.keep(reading, *identity)
    return reading


def _fingerprint(path: Path) -> Job[Fingerprint]:
    with closing(fingerprint(path)) as hashing:
        while True:
            try:
                next(hashing)
            except StopIteration as end:
                found: Fingerprint = end.value
                return found
            yield Step(done=0, total=1, message=f"Reading {path.name}")


def _read_whole(path: Path, pipeline: Pipeline) -> Job[Reading]:
    """All clips of a recording, as an analysis takes them."""
    times, numbers, frame_times = [], [], []
    done = 0.0
    with opened(path) as source, closing(coming_clips(source.clips(pipeline.spec))) as clips:
        length = source.recording.duration
        for clip in clips:
            if clip is not None:
                done = clip.end
                times.append((clip.start, clip.end))
                numbers.append(pipeline.numbers(clip.frames))
                frame_times.append(clip.frame_times)
            yield Step(done=min(done, length), total=length or 1.0, message=f"Reading {path.name}")
        if not times:
            raise MediaError(
                source.damage or f"“{path.name}” holds no picture that can be read; copy it again."
            )
        return Reading(
            times=np.array(times),
            numbers=np.stack(numbers),
            frame_times=np.concatenate(frame_times),
            moved=float("nan"),
            damage=source.damage,
        )


def _counted(job: Job[Reading], number: int, count: int) -> Generator[Step, None, Reading]:
    """The steps of a job on one recording of many, as parts of one; not more than are worth it."""
    told = time.monotonic()
    with closing(job):
        while True:
            try:
                step = next(job)
            except StopIteration as end:
                reading: Reading = end.value
                return reading
            if time.monotonic() - told >= _REPORT:
                told = time.monotonic()
                yield replace(step, done=number + 0.99 * (step.fraction or 0.0), total=count)
