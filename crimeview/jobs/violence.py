"""The probability of violence over a recording's time, beside its scores."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Changed, Job, Step
from crimeview.core.track import Track, TrackKind
from crimeview.nets.frame_classifier import FrameClassifier
from crimeview.store.case import Case
from crimeview.store.features import FeatureWriter

_PART = 4096  # rows


def row_of(classifier: FrameClassifier) -> Callable[[NDArray[np.uint8]], NDArray[np.float32]]:
    """The classifier as a maker of rows (1,) of a clip's frames."""
    return lambda frames: np.array([classifier.probability(frames)], np.float32)


def save_violence(case: Case, run_id: int, *, name: str, writer: FeatureWriter) -> Job[None]:
    """Store what `writer` holds as the run's track, in place of an earlier one."""
    parts = (
        Track(TrackKind.VIOLENCE, part.times, part.values[:, 0])
        for part in writer.parts(rows=_PART)
    )
    case.analyses.save_track_parts(run_id, TrackKind.VIOLENCE, parts)
    yield Step(done=writer.analyzed, total=None, message=f"Scoring {name}", changed=Changed.TRACKS)
