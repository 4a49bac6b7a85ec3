"""Min-max pyramids: what a long score curve looks like from far away, without losing a peak."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Self

import numpy as np
from numpy.typing import NDArray

FACTOR = 8
_ENOUGH = 512  # entries, which any screen can draw whole


@dataclass(frozen=True, slots=True)
class Level:
    """Entries of one level: each sums up `rows` rows of the track (the last one perhaps fewer).

    `starts` and `ends` are seconds (float64), `lows` and `highs` the extreme values (float32),
    all of shape (m,).
    """

    rows: int
    starts: NDArray[np.float64]
    ends: NDArray[np.float64]
    lows: NDArray[np.float32]
    highs: NDArray[np.float32]

    @classmethod
    def of(cls, times: NDArray[np.float64], values: NDArray[np.floating]) -> Self:
        """The rows of a track, (n, 2) and (n,), themselves."""
        finest = values.astype(np.float32)
        return cls(1, times[:, 0], times[:, 1], finest, finest)

    def __len__(self) -> int:
        return len(self.starts)

    def __getitem__(self, part: slice) -> "Level":
        starts, ends, lows, highs = self.starts, self.ends, self.lows, self.highs
        return Level(self.rows, starts[part], ends[part], lows[part], highs[part])


Store = Callable[[int, int, Level], None]


@dataclass(slots=True)
class Pyramid:
    """Levels of 1, 8, 64, 512 ... rows an entry of a track that comes in parts, of any length.

    Each level goes to `store` in chunks of `chunk` entries (the last one perhaps fewer), as
    (number of the level, number of its first entry, entries). Coarsening stops at a level of at
    most 512 entries.
    """

    store: Store
    chunk: int
    number: int = 0
    _count: int = 0
    _waiting: list[Level] = field(default_factory=list)  # to be stored
    _rest: list[Level] = field(default_factory=list)  # to be summed up, fewer than FACTOR
    _above: "Pyramid | None" = None

    def add(self, entries: Level) -> None:
        """Take the next entries of this level."""
        self._waiting.append(entries)
        self._count += len(entries)
        if sum(map(len, self._waiting)) >= self.chunk:
            self._store(whole=True)
        self._rest.append(entries)
        if sum(map(len, self._rest)) >= FACTOR:
            self._coarsen(whole=True)

    def finish(self) -> int:
        """Store the rest; gives the number of levels."""
        self._store(whole=False)
        if self._count <= _ENOUGH:
            return self.number + 1
        return self._coarsen(whole=False).finish()

    def _store(self, *, whole: bool) -> None:
        waiting, self._waiting = _joined(self._waiting), []
        first = self._count - len(waiting)
        stop = len(waiting) // self.chunk * self.chunk if whole else len(waiting)
        for at in range(0, stop, self.chunk):
            self.store(self.number, first + at, waiting[at : min(stop, at + self.chunk)])
        if whole:
            self._waiting = [waiting[stop:]]

    def _coarsen(self, *, whole: bool) -> "Pyramid":
        rest, self._rest = _joined(self._rest), []
        stop = len(rest) // FACTOR * FACTOR if whole else len(rest)
        if self._above is None:
            self._above = Pyramid(self.store, self.chunk, self.number + 1)
        if stop:
            self._above.add(_coarser(rest[:stop]))
        if whole:
            self._rest = [rest[stop:]]
        return self._above


def levels_of(times: NDArray[np.float64], values: NDArray[np.floating]) -> list[Level]:
    """All levels of a track, (n, 2) and (n,), in memory; the first is the track itself."""
    levels: list[Level] = []
    pyramid = Pyramid(lambda _number, _first, level: levels.append(level), max(1, len(values)))
    pyramid.add(Level.of(times, values))
    pyramid.finish()
    return sorted(levels, key=lambda level: level.rows)


def _joined(parts: list[Level]) -> Level:
    if not parts:
        nothing = np.empty(0)
        return Level.of(nothing.reshape(0, 2), nothing)
    return Level(
        parts[0].rows,
        np.concatenate([part.starts for part in parts]),
        np.concatenate([part.ends for part in parts]),
        np.concatenate([part.lows for part in parts]),
        np.concatenate([part.highs for part in parts]),
    )


def envelope(
    levels: Sequence[Level], *, start: float, end: float, entries: int
) -> tuple[NDArray[np.float64], NDArray[np.float32], NDArray[np.float32]]:
    """What levels look like from `start` to `end` (s) in at most `entries` entries.

    `levels` begin with the track itself. Gives times (m, 2), lows (m,) and highs (m,).
    """
    wanted = level_for(visible(levels[-1], start, end), levels=len(levels), entries=entries)
    return thinned(visible(levels[wanted], start, end), entries)


def visible(level: Level, start: float, end: float) -> Level:
    """The entries that touch `start` to `end` (s)."""
    first = int(np.searchsorted(level.ends, start))
    last = int(np.searchsorted(level.starts, end, side="right"))
    part = slice(first, max(first, last))
    return Level(
        level.rows, level.starts[part], level.ends[part], level.lows[part], level.highs[part]
    )


def level_for(coarsest: Level, *, levels: int, entries: int) -> int:
    """The number of the level with about `entries` where the coarsest one shows `coarsest`."""
    rows = len(coarsest.starts) * coarsest.rows
    return min(levels - 1, int(np.log(max(1.0, rows / entries)) / np.log(FACTOR)))


def thinned(
    level: Level, entries: int
) -> tuple[NDArray[np.float64], NDArray[np.float32], NDArray[np.float32]]:
    """The level in at most `entries` entries: times (m, 2), lows (m,) and highs (m,)."""
    count = len(level.starts)
    if count > entries:
        step = -(-count // entries)
        at = np.arange(0, count, step)
        last = np.minimum(at + step, count) - 1
        starts, ends = level.starts[at], level.ends[last]
        lows = np.minimum.reduceat(level.lows, at)
        highs = np.maximum.reduceat(level.highs, at)
    else:
        starts, ends, lows, highs = level.starts, level.ends, level.lows, level.highs
    return np.stack([starts, ends], axis=1), lows, highs


def _coarser(level: Level) -> Level:
    at = np.arange(0, len(level), FACTOR)
    last = np.minimum(at + FACTOR, len(level)) - 1
    return Level(
        level.rows * FACTOR,
        level.starts[at],
        level.ends[last],
        np.minimum.reduceat(level.lows, at),
        np.maximum.reduceat(level.highs, at),
    )
