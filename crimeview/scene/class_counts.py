"""Which classes of objects a camera has shown, where in its picture and on how many occasions.

As `SceneCounts` these can be added to and taken away from, and their size does not depend on the
length: a table for each class that the detectors know.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import CaseError
from crimeview.core.novelty import CLASS_REASONS
from crimeview.scene.things import BLOCK, Seen, Thing

FORMAT = 1  # of the bytes
PLACES = (6, 8)  # rows and columns of the places that a picture is divided into
NEEDED = 2  # occasions from which on a class is known: one may be the very incident
_APART = BLOCK  # looks without a class after which its next coming is another occasion
_MOST = 512  # classes; more no detector has

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class ClassCounts:
    """Of each class (k,): how it was seen; all float32.

    `looked` (k,) are looks by detectors that know the class, `seen` (k,) those in which it was in
    the picture and `seen_at` (k, rows, columns) near a place; `came` and `came_at` the occasions.
    `odd` (2,) are occasions that were new themselves when this was learned, of a class and of a
    class at a place. `looks` is how many looks there were in all.
    """

    names: tuple[str, ...]
    looked: Floats
    seen: Floats
    came: Floats
    seen_at: Floats
    came_at: Floats
    odd: Floats
    looks: float

    @classmethod
    def nothing(cls, names: Iterable[str] = ()) -> Self:
        known = tuple(names)[:_MOST]
        one, at = (len(known),), (len(known), *PLACES)
        return cls(
            names=known,
            looked=np.zeros(one, np.float32),
            seen=np.zeros(one, np.float32),
            came=np.zeros(one, np.float32),
            seen_at=np.zeros(at, np.float32),
            came_at=np.zeros(at, np.float32),
            odd=np.zeros(len(CLASS_REASONS), np.float32),
            looks=0.0,
        )

    def __add__(self, other: "ClassCounts") -> "ClassCounts":
        names = tuple(dict.fromkeys([*self.names, *other.names]))[:_MOST]
        one, two = self.of(names), other.of(names)
        return ClassCounts(
            names=names,
            looked=one.looked + two.looked,
            seen=one.seen + two.seen,
            came=one.came + two.came,
            seen_at=one.seen_at + two.seen_at,
            came_at=one.came_at + two.came_at,
            odd=one.odd + two.odd,
            looks=one.looks + two.looks,
        )

    def of(self, names: tuple[str, ...]) -> "ClassCounts":
        """The same in the order of other names, zero of those that are not known here."""
        if names == self.names:
            return self
        numbers = {name: number for number, name in enumerate(self.names)}
        here = [at for at, name in enumerate(names) if name in numbers]
        there = [numbers[names[at]] for at in here]
        ordered = ClassCounts.nothing(names)
        for field in ("looked", "seen", "came", "seen_at", "came_at"):
            getattr(ordered, field)[here] = getattr(self, field)[there]
        return replace(ordered, odd=self.odd, looks=self.looks)

    def as_usual(self) -> "ClassCounts":
        """What a person calls usual: known at once, however seldom it was seen."""
        return replace(
            self,
            came=np.where(self.seen > 0, np.maximum(self.came, NEEDED + 1), 0).astype(np.float32),
            came_at=np.where(self.seen_at > 0, np.maximum(self.came_at, NEEDED + 1), 0).astype(
                np.float32
            ),
            odd=np.zeros_like(self.odd),
        )

    def to_bytes(self) -> bytes:
        """As compressed arrays in NumPy's own format (.npz)."""
        file = io.BytesIO()
        np.savez_compressed(
            file,
            allow_pickle=False,
            format=np.array(FORMAT),
            names=np.array(self.names, np.str_),
            looked=self.looked,
            seen=self.seen,
            came=self.came,
            seen_at=self.seen_at,
            came_at=self.came_at,
            odd=self.odd,
            looks=np.array(self.looks),
        )
        return file.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Self:
        """Raises CaseError where they are of another format."""
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            if int(arrays["format"]) != FORMAT:
                raise CaseError(
                    "What was learned of this camera is of another version of crimeview; "
                    "let it be learned anew."
                )
            read = {name: arrays[name] for name in arrays.files if name != "format"}
        names = tuple(map(str, read.pop("names").tolist()))
        return cls(names=names, **{**read, "looks": float(read["looks"])})


class ClassCounter:
    """Counts the things of a recording, in order of time but for a block of looks."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._counts = ClassCounts.nothing(names)
        self._looks = 0
        long_ago = -(2**40)
        self._last = np.full(len(names), long_ago)
        self._last_at = np.full((len(names), *PLACES), long_ago)

    def look(self) -> None:
        """Count a look, whatever it showed."""
        self._looks += 1

    def add(self, things: Iterable[Thing]) -> None:
        """Count the things of a block."""
        sightings = sorted(
            ((seen.look, thing.kind, places_near(seen)) for thing in things for seen in thing.seen),
            key=lambda row: row[:2],
        )
        for look, kind, near in sightings:
            self._count(look, kind, near)

    def result(self) -> ClassCounts:
        looked = np.full(len(self._counts.names), self._looks, np.float32)
        return replace(self._counts, looked=looked, looks=float(self._looks))

    def _count(self, look: int, kind: int, near: NDArray[np.bool_]) -> None:
        counts, passed = self._counts, look - self._last[kind]
        counts.seen[kind] += passed != 0
        counts.came[kind] += abs(passed) > _APART
        self._last[kind] = max(look, self._last[kind])
        passed_at = look - self._last_at[kind]
        counts.seen_at[kind] += near & (passed_at != 0)
        counts.came_at[kind] += near & (np.abs(passed_at) > _APART)
        self._last_at[kind][near] = np.maximum(look, self._last_at[kind][near])


def place_of(seen: Seen) -> tuple[int, int]:
    """Row and column of the place where something stands: the middle of its box's lower side."""
    left, _, right, bottom = seen.box
    rows, columns = PLACES
    row = min(rows - 1, max(0, int(bottom * rows)))
    return row, min(columns - 1, max(0, int((left + right) / 2 * columns)))


def places_near(seen: Seen) -> NDArray[np.bool_]:
    """That place and those around it, (rows, columns)."""
    row, column = place_of(seen)
    near = np.zeros(PLACES, np.bool_)
    near[max(0, row - 1) : row + 2, max(0, column - 1) : column + 2] = True
    return near
