"""From people frame by frame to a sequence for each of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes
from crimeview.core.people import LANDMARKS, People

LONGEST_GAP = 6  # frames: two seconds at three a second


@dataclass(frozen=True, slots=True)
class PersonSequence:
    """One person over consecutive frames from number `first`.

    `boxes` (t, 4) and `landmarks` (t, 33, 3) are in shares of the picture, NaN where the person was
    not found.
    """

    person: int
    first: int
    boxes: Boxes
    landmarks: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.boxes)


@dataclass(slots=True)
class _Open:
    first: int
    boxes: list[NDArray[np.float32]] = field(default_factory=list)
    landmarks: list[NDArray[np.float32]] = field(default_factory=list)

    @property
    def stop(self) -> int:
        return self.first + len(self.boxes)

    def fill(self, frame: int) -> None:
        while self.stop < frame:
            self.boxes.append(np.full(4, np.nan, np.float32))
            self.landmarks.append(np.full((LANDMARKS, 3), np.nan, np.float32))


class SequenceBuilder:
    """Takes frames in order and gives the sequences of people who have left.

    A sequence that becomes longer than `longest` frames is given in parts that overlap by
    `overlap`, so that memory does not grow with how long somebody stays.
    """

    def __init__(self, *, longest: int, overlap: int) -> None:
        self._open: dict[int, _Open] = {}
        self._longest, self._overlap = longest, overlap

    def take(self, frame: int, people: People, ids: Sequence[int]) -> Iterator[PersonSequence]:
        """Take the people of the frame of that number and who each is (-1: nobody followed)."""
        for number, person in enumerate(ids):
            if person >= 0:
                known = self._open.setdefault(person, _Open(frame))
                known.fill(frame)
                known.boxes.append(people.boxes[number])
                known.landmarks.append(people.landmarks[number])
                if len(known.boxes) >= self._longest:
                    yield _closed(person, known)
                    self._open[person] = _Open(
                        known.stop - self._overlap,
                        known.boxes[-self._overlap :],
                        known.landmarks[-self._overlap :],
                    )
        gone = [p for p, known in self._open.items() if frame - known.stop >= LONGEST_GAP]
        for person in gone:
            yield _closed(person, self._open.pop(person))

    def finish(self) -> Iterator[PersonSequence]:
        """The sequences of those who are still there."""
        for person, known in self._open.items():
            yield _closed(person, known)
        self._open.clear()


def _closed(person: int, known: _Open) -> PersonSequence:
    return PersonSequence(person, known.first, np.stack(known.boxes), np.stack(known.landmarks))
