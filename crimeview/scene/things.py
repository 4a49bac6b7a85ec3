"""From objects look by look to things that were there for a while, each of one class.

A detector errs in single looks: it sees what is not there, and takes a car for a truck. A thing is
followed whatever it is called, must be seen in several looks, and is what most of them say.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from crimeview.core.objects import Objects
from crimeview.scene.tracker import Tracker

BLOCK = 240  # looks after which what was seen is told: two minutes at two a second
_LOOKS = 4  # that a thing must be seen in
_AGREED = 0.6  # share of the scores that must speak for its class
_SURE = 0.5  # score of its class, on the mean of all looks at it
_REACH = 2.0  # times as far as people: cars cross their own height much sooner

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Seen:
    """A thing in a look: its number and time (s), and the box in shares of the picture."""

    look: int
    time: float
    box: Box


@dataclass(frozen=True, slots=True)
class Thing:
    """Something that was seen in several looks; `kind` is the number of its class.

    Who stays for long is told in parts, of which the later may be of a single look.
    """

    id: int
    kind: int
    seen: Sequence[Seen]


@dataclass(slots=True)
class _Track:
    looks: int = 0
    last: int = 0
    votes: dict[int, float] = field(default_factory=dict)
    untold: list[Seen] = field(default_factory=list)

    def kind(self) -> int | None:
        """The class that its looks agree on."""
        if self.looks < _LOOKS:
            return None
        best = max(self.votes, key=lambda kind: self.votes[kind])
        least = max(_AGREED * sum(self.votes.values()), _SURE * self.looks)
        return best if self.votes[best] >= least else None


class Things:
    """Takes looks in order of time; what it holds does not grow."""

    def __init__(self, *, aspect: float) -> None:
        """`aspect` is how many times as wide as high the picture is."""
        self._stretch = np.array([aspect, 1, aspect, 1], np.float32)
        self._tracker = Tracker(reach=_REACH)
        self._tracks: dict[int, _Track] = {}
        self._look = 0

    def take(self, time: float, objects: Objects) -> list[Thing]:
        """Take a look at a time (s); gives what a block of looks has shown, at its end."""
        ids = self._tracker.take(objects.boxes * self._stretch, objects.scores, time)
        rows = zip(ids, objects.boxes.tolist(), objects.scores.tolist(), objects.classes.tolist(),
                   strict=True)  # fmt: skip
        for number, (left, top, right, bottom), score, kind in rows:
            if number < 0:
                continue
            track = self._tracks.setdefault(number, _Track())
            track.looks, track.last = track.looks + 1, self._look
            track.votes[kind] = track.votes.get(kind, 0.0) + score
            track.untold.append(Seen(self._look, time, (left, top, right, bottom)))
        self._look += 1
        return self._told() if self._look % BLOCK == 0 else []

    def finish(self) -> list[Thing]:
        """What has not been told yet."""
        return self._told()

    def _told(self) -> list[Thing]:
        told = []
        for number, track in self._tracks.items():
            kind = track.kind()
            if kind is not None and track.untold:
                told.append(Thing(number, kind, tuple(track.untold)))
            if kind is not None or track.looks >= _LOOKS:
                track.untold.clear()
        self._tracks = {n: t for n, t in self._tracks.items() if self._look - t.last <= BLOCK}
        return told
