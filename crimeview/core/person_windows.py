"""From people frame by frame to windows of each of them, as soon as one is full."""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from crimeview.core.people import LANDMARKS, People
from crimeview.core.person_sequences import LONGEST_GAP, PersonSequence

_Row = tuple[np.ndarray, np.ndarray]  # box (4,), landmarks (33, 3)
_NOTHING: _Row = np.full(4, np.nan, np.float32), np.full((LANDMARKS, 3), np.nan, np.float32)


@dataclass(slots=True)
class _Present:
    first: int
    rows: deque[_Row]
    length: int = 0
    seen: int = 0

    @property
    def stop(self) -> int:
        return self.first + self.length

    def add(self, row: _Row) -> None:
        self.rows.append(row)
        self.length += 1


class PersonWindows:
    """Takes frames in order; gives each person's last `frames`, anew every `step` frames.

    They begin with the person's first frame, so that they are the windows that a whole sequence is
    cut into. Who leaves before a window is full is given as far as they were seen. Who was seen in
    fewer than `least` frames is not given.
    """

    def __init__(self, *, frames: int, step: int, least: int) -> None:
        self._frames, self._step, self._least = frames, step, least
        self._present: dict[int, _Present] = {}

    @property
    def present(self) -> frozenset[int]:
        """Who is there, or was a moment ago."""
        return frozenset(self._present)

    def take(self, frame: int, people: People, ids: Sequence[int]) -> Iterator[PersonSequence]:
        """Take the people of the frame of that number and who each is (-1: nobody followed)."""
        for number, person in enumerate(ids):
            if person < 0:
                continue
            known = self._present.setdefault(person, _Present(frame, deque(maxlen=self._frames)))
            while known.stop < frame:
                known.add(_NOTHING)
                yield from self._full(person, known)
            known.seen += 1
            known.add((people.boxes[number], people.landmarks[number]))
            yield from self._full(person, known)
        for person, known in list(self._present.items()):
            if frame - known.stop >= LONGEST_GAP:
                del self._present[person]
                if known.length < self._frames:
                    yield from self._given(person, known)

    def _full(self, person: int, known: _Present) -> Iterator[PersonSequence]:
        beyond = known.length - self._frames
        if beyond >= 0 and beyond % self._step == 0:
            yield from self._given(person, known)

    def _given(self, person: int, known: _Present) -> Iterator[PersonSequence]:
        if known.seen < self._least:
            return
        boxes, landmarks = zip(*known.rows, strict=True)
        first = known.stop - len(known.rows)
        yield PersonSequence(person, first, np.stack(boxes), np.stack(landmarks))
