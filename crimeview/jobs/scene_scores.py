"""Scoring a recording by what is usual for its camera, in an analysis as in an evaluation."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np

from crimeview.core.job import Job, Step
from crimeview.core.spans import Spans
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.scene_marks import Moment
from crimeview.scene.cells import Moments
from crimeview.scene.moving_share import MovingShare
from crimeview.scene.new_classes import NewSeen
from crimeview.scene.scoring import SceneScorer, marks_within
from crimeview.scene.usual import Usual

REPORT = 0.1  # s between steps

Parts = Callable[[], Iterator[Moments]]


@dataclass(slots=True)
class Telling:
    """When to yield a step: not more often than every tenth of a second."""

    last: float = field(default_factory=time.monotonic)

    def due(self) -> bool:
        """Whether it is time for a step, which then counts as told."""
        now = time.monotonic()
        if now - self.last <= REPORT:
            return False
        self.last = now
        return True


@dataclass(frozen=True, slots=True)
class SceneTracks:
    """What a pass over a recording's moments makes: its tracks, and the scorer of the first."""

    novelty: Track
    motion: Track
    scorer: SceneScorer


def scored_tracks(
    parts: Parts, usual: Usual, *, new: Sequence[NewSeen] = (), step: Step
) -> Job[SceneTracks]:
    """The novelty and the motion of a recording.

    `new` are objects of classes that the camera never showed; `step` is what is told meanwhile.
    """
    scorer, moving, telling = SceneScorer(usual, new=new), MovingShare(), Telling()
    for part in parts():
        scorer.take(part)
        moving.take(part)
        if telling.due():
            yield step
    return SceneTracks(
        novelty=Track(TrackKind.NOVELTY, *scorer.result()),
        motion=Track(TrackKind.MOTION, *moving.result()),
        scorer=scorer,
    )


def motion_track(parts: Parts, *, step: Step) -> Job[Track]:
    """The motion of a recording alone; `step` is what is told meanwhile."""
    moving, telling = MovingShare(), Telling()
    for part in parts():
        moving.take(part)
        if telling.due():
            yield step
    return Track(TrackKind.MOTION, *moving.result())


def marked_moments(
    parts: Parts, scorer: SceneScorer, spans: Spans, *, step: Step
) -> Job[list[Moment]]:
    """What is marked in the picture at each moment within the spans (n, 2) of s."""
    moments: list[Moment] = []
    telling = Telling()
    if len(spans) == 0:
        return moments
    for part in parts():
        moments += marks_within(
            part, scorer.usual, touched(spans, part), scorer.staying, scorer.new
        )
        if telling.due():
            yield step
    return moments


def touched(spans: Spans, part: Moments) -> Spans:
    """Those of the spans that lie within a part, if only in part."""
    begin, end = float(part.times[0, 0]), float(part.times[-1, 1])
    return np.asarray(spans[(spans[:, 0] <= end) & (spans[:, 1] >= begin)])
