"""Following people from frame to frame, so that each has a sequence of their own.

At three frames a second a person who walks hardly overlaps where they were, so overlap alone loses
them. In the first of two stages sure boxes are paired with tracks by overlap with where each is
expected, in the second what is left, unsure boxes too, by the distance from there, within what the
person can have moved (after ByteTrack, Zhang et al. 2022, which pairs by overlap in both).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.boxes import Boxes, intersection_over_union
from crimeview.scene.assignment import assigned

_SURE = 0.5  # score of a box that may begin a track and is paired first
_LEAST_OVERLAP = 0.2
_FARTHEST = 1.0  # heights of the person a second in which they may be elsewhere than expected
_FARTHEST_AT_FIRST = 2.0  # the same after one sighting: nobody knows yet how they move; a run
_SIZE_RATIO = 1.8  # in which a person's height may change between two sightings
_LONGEST_LOST = 2.0  # s
_SMOOTHING = 0.5  # of the velocity, the weight of what was just seen


@dataclass(slots=True)
class _Track:
    """A person as last seen: box (4,), velocity of its center (2,) a second, time (s)."""

    id: int
    box: NDArray[np.float32]
    velocity: NDArray[np.float32]
    time: float
    sightings: int = 1

    def expected(self, time: float) -> NDArray[np.float32]:
        """The box where the person will be if they go on as they did."""
        shift = self.velocity * np.float32(time - self.time)
        return np.asarray(self.box + np.concatenate([shift, shift]), np.float32)

    def see(self, box: NDArray[np.float32], time: float) -> None:
        moved = (_center(box) - _center(self.box)) / np.float32(max(time - self.time, 1e-3))
        weight = np.float32(_SMOOTHING if self.sightings > 1 else 1.0)
        self.velocity = np.asarray(self.velocity + weight * (moved - self.velocity), np.float32)
        self.box, self.time = box, time
        self.sightings += 1


class Tracker:
    """Gives each box the number of a person, frame by frame; numbers are never used again."""

    def __init__(self, *, reach: float = 1.0) -> None:
        """What is not people may move so many times as far, for its height, from look to look."""
        self._reach = reach
        self._tracks: list[_Track] = []
        self._next = 0

    def take(
        self, boxes: Boxes, scores: Sequence[float] | NDArray[np.float32], time: float
    ) -> list[int]:
        """The numbers (n,) of the boxes (n, 4) of the frame at a time (s); -1: not followed.

        Boxes must be in a unit that is as long across as it is down, as pixels. A box that is
        unsure and continues nobody's track is not followed.
        """
        self._tracks = [t for t in self._tracks if time - t.time <= _LONGEST_LOST]
        sure = np.asarray(scores) >= _SURE
        ids = [-1] * len(boxes)
        left = self._pair_by_overlap(boxes, np.flatnonzero(sure), time, ids)
        open_boxes = np.array([n for n in range(len(boxes)) if ids[n] == -1], np.intp)
        self._pair_by_distance(boxes, open_boxes, left, time, ids)
        for number in np.flatnonzero(sure):
            if ids[number] == -1:
                ids[number] = self._begin(boxes[number], time)
        return ids

    def _pair_by_overlap(
        self, boxes: Boxes, numbers: NDArray[np.intp], time: float, ids: list[int]
    ) -> list[_Track]:
        """Pair sure boxes; gives the tracks that are left."""
        if not self._tracks:
            return []
        expected = np.stack([track.expected(time) for track in self._tracks])
        costs = 1 - intersection_over_union(expected, boxes[numbers])
        return self._pair(costs, self._tracks, boxes, numbers, time, ids, most=1 - _LEAST_OVERLAP)

    def _pair_by_distance(
        self,
        boxes: Boxes,
        numbers: NDArray[np.intp],
        tracks: list[_Track],
        time: float,
        ids: list[int],
    ) -> None:
        if not tracks:
            return
        found = [_distances(t, boxes[numbers], time, reach=self._reach) for t in tracks]
        costs = np.stack(found)
        self._pair(costs, tracks, boxes, numbers, time, ids, most=1.0)

    def _pair(
        self,
        costs: NDArray[np.float32],
        tracks: list[_Track],
        boxes: Boxes,
        numbers: NDArray[np.intp],
        time: float,
        ids: list[int],
        *,
        most: float,
    ) -> list[_Track]:
        paired = assigned(costs, most=most)
        for row, column in paired:
            number = int(numbers[column])
            ids[number] = tracks[row].id
            tracks[row].see(boxes[number], time)
        taken = {row for row, _ in paired}
        return [track for row, track in enumerate(tracks) if row not in taken]

    def _begin(self, box: NDArray[np.float32], time: float) -> int:
        track = _Track(self._next, box, np.zeros(2, np.float32), time)
        self._tracks.append(track)
        self._next += 1
        return track.id


def _center(box: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray((box[:2] + box[2:]) / 2, np.float32)


def _distances(track: _Track, boxes: Boxes, time: float, *, reach: float) -> NDArray[np.float32]:
    """(n,): how far each box is from where the person is expected, 1 being as far as can be.

    Infinite where the height has changed too much.
    """
    height = max(float(track.box[3] - track.box[1]), 1e-6)
    heights = np.maximum(boxes[:, 3] - boxes[:, 1], 1e-6)
    centers = (boxes[:, :2] + boxes[:, 2:]) / 2
    away = np.linalg.norm(centers - _center(track.expected(time)), axis=1)
    # A box cut by the picture's border or by shelves is shorter, the person as near.
    ratios = np.maximum(heights / height, height / heights)
    farthest = reach * (_FARTHEST if track.sightings > 1 else _FARTHEST_AT_FIRST)
    far = away / (farthest * height * max(time - track.time, 0.1))
    return np.where(ratios <= _SIZE_RATIO, far, np.inf).astype(np.float32)
