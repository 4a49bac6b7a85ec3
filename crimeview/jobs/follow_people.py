"""From the rows of a recording's people to each one's sequence."""

from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

from crimeview.core.people import People
from crimeview.core.person_sequences import PersonSequence, SequenceBuilder
from crimeview.scene.tracker import Tracker

LONGEST, OVERLAP = 1800, 15  # frames: ten minutes, and half a window


def followed(
    rows: Iterable[tuple[float, NDArray[np.floating]]], *, aspect: float
) -> Iterator[PersonSequence]:
    """The sequences of people in rows (`core.people.ROW`,) with their times (s), in order of time.

    `aspect` is how many times as wide as high the picture is.
    """
    tracker = Tracker()
    builder = SequenceBuilder(longest=LONGEST, overlap=OVERLAP)
    stretch = np.array([aspect, 1, aspect, 1], np.float32)
    for frame, (time, row) in enumerate(rows):
        people = People.of_row(row)
        ids = tracker.take(people.boxes * stretch, people.scores, time)
        yield from builder.take(frame, people, ids)
    yield from builder.finish()
