"""Scoring a recording for the evaluation of scene novelty, by the scorer that an analysis uses."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.core.track import Track, TrackKind, frame_scores
from crimeview.evaluation.alarms import ScoredRecording
from crimeview.evaluation.intervals import Interval, flags
from crimeview.evaluation.pointing import FrameMasks, Pointed, is_set, points_at
from crimeview.jobs.novelty_reference import ReadLabel
from crimeview.jobs.scene_marks import SceneMarks, as_arrays
from crimeview.jobs.scene_scores import marked_moments, scored_tracks
from crimeview.scene.cells import Floats, Moments
from crimeview.scene.novelty import smoothed
from crimeview.scene.scoring import SceneScorer
from crimeview.scene.usual import Usual

SPEED, MASS = "raw pixel speed", "foreground mass"
CONTROLS = (SPEED, MASS)
_TOP = 10  # cells, for the speed that no model has seen
_ALWAYS = np.array([[-np.inf, np.inf]])


@dataclass(frozen=True, slots=True)
class NoveltyResult:
    """A scored recording, what needs no model by name (frames,), and where was pointed."""

    recording: ScoredRecording
    controls: dict[str, NDArray[np.float32]]
    pointed: Pointed | None


def scored_novelty(
    read: ReadLabel, usual: Usual, events: tuple[Interval, ...], step: Step
) -> Job[NoveltyResult]:
    """Score a recording and its controls, and see where it is pointed at if it has masks."""
    label, frame_times = read.label, read.moments.reading.frame_times
    made = yield from scored_tracks(read.parts, usual, step=step)
    track = made.novelty
    pointed = None
    if read.masks is not None:
        pointed = yield from _pointed(read, read.masks, made.scorer, events, step)
    return NoveltyResult(
        recording=ScoredRecording(
            name=label.name,
            group=label.group,
            times=frame_times,
            scores=frame_scores(track, frame_times),
            events=events,
            track=track,
        ),
        controls=_controls(read, frame_times),
        pointed=pointed,
    )


def _controls(read: ReadLabel, frame_times: NDArray[np.float64]) -> dict[str, NDArray[np.float32]]:
    times, speeds, masses = [], [], []
    for part in read.parts():
        times.append(part.times)
        flat = np.sqrt(part.energy.reshape(len(part), -1))
        top = min(_TOP, flat.shape[1])
        speeds.append(np.partition(flat, -top, axis=1)[:, -top:].mean(axis=1))
        masses.append(part.share.mean(axis=(1, 2)))
    every = np.concatenate(times)
    return {
        name: frame_scores(
            Track(TrackKind.CLIP_SCORES, every, smoothed(every, np.concatenate(values))),
            frame_times,
        )
        for name, values in zip(CONTROLS, (speeds, masses), strict=True)
    }


def in_one_scale(results: Sequence[NoveltyResult], name: str) -> list[NDArray[np.float32]]:
    """A control of all recordings from 0 to 1 together: their order is what is judged."""
    highest = max(float(r.controls[name].max()) for r in results)
    return [r.controls[name] / np.float32(highest or 1.0) for r in results]


def _pointed(
    read: ReadLabel,
    masks: FrameMasks,
    scorer: SceneScorer,
    events: Sequence[Interval],
    step: Step,
) -> Job[Pointed]:
    """What the window would show at each frame of an event, held against its mask."""
    moments = yield from marked_moments(read.parts, scorer, _ALWAYS, step=step)
    marks = SceneMarks(as_arrays(moments))
    fastest = _fastest(read)
    reading = read.moments.reading
    middles, moving = reading.frame_times.mean(axis=1), reading.times.mean(axis=1)
    inside = flags(events, len(middles))[: len(masks)]
    frames = hits = by_speed = 0
    for frame in np.flatnonzero(inside).tolist():
        mask = masks.at(frame)
        if not mask.any():
            continue
        frames += 1
        hits += points_at(mask, marks.at(float(middles[frame])))
        row, column = fastest[int(np.argmin(np.abs(moving - middles[frame])))]
        by_speed += is_set(mask, down=row, across=column)
    return Pointed(read.label.group, frames, hits, by_speed)


def _fastest(read: ReadLabel) -> Floats:
    """The middle of each moment's fastest cell, (n, 2) down and across in shares of the picture."""
    return np.concatenate([_fastest_of(part) for part in read.parts()])


def _fastest_of(part: Moments) -> Floats:
    rows, columns = part.energy.shape[1:]
    at = part.energy.reshape(len(part), -1).argmax(axis=1)
    places = np.stack([(at // columns + 0.5) / rows, (at % columns + 0.5) / columns], axis=1)
    return places.astype(np.float32)
