"""What is kept of a recording for its scene: a row of numbers for each of its moments."""

from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import Clip, ClipSpec
from crimeview.core.look import Gate, Look
from crimeview.core.recording import Recording
from crimeview.core.region import Region, ignored_mask
from crimeview.core.track import Track
from crimeview.jobs.looking import as_sampled
from crimeview.scene.cells import CellGrid, Moments, unpacked
from crimeview.scene.motion import MotionCells

VERSION = "scene-moments 1"  # of the rows; others are computed anew
PART = 64  # moments that are worked on at once
_RATE = 12.5  # moments a second, about: a walker moves by pixels and a runner not by his own length
LIGHT = 0.5  # s between two looks at the brightness
_HIDDEN = 128  # levels; any that stands still will do
_RATES, _USUAL = (1.0, 240.0), 25.0  # frames a second that a file may say and be believed


def scene_grid(recording: Recording) -> CellGrid:
    return CellGrid.of(height=recording.height, width=recording.width)


def scene_spec(recording: Recording) -> ClipSpec:
    """Pairs of small gray pictures, every one, two ... frames apart, whichever is about 80 ms.

    A whole number of frames: at any other rate the pictures on screen are not evenly apart, and
    every speed would be told wrong.
    """
    pixels = scene_grid(recording).pixels
    return ClipSpec(
        frames=2,
        rate=moment_rate(recording.frame_rate),
        step=1,
        resize=pixels,
        crop=pixels,
        color="gray",
    )


def moment_rate(frame_rate: float) -> float:
    """How many moments are taken a second of so many frames: a whole number of frames apart."""
    low, high = _RATES
    rate = frame_rate if low <= frame_rate <= high else _USUAL
    return rate / max(1, round(rate / _RATE))


def scene_rows(
    recording: Recording, gate: Gate | None, *, regions: Sequence[Region] = ()
) -> "SceneRows":
    """The maker of a recording's rows; what its regions tell to ignore does not count."""
    spec = scene_spec(recording)
    clock = None
    if gate is not None and gate.clock.any():
        clock = as_sampled(gate, spec, rotation=recording.rotation).clock
    height, width = spec.resize
    hidden = ignored_mask(regions, height=height, width=width)
    assert spec.rate is not None
    return SceneRows(
        scene_grid(recording),
        interval=1 / spec.rate,
        clock=clock,
        hidden=hidden if hidden.any() else None,
    )


class SceneRows:
    """Makes rows of pairs of pictures; what was not decoded stands still."""

    def __init__(
        self,
        grid: CellGrid,
        *,
        interval: float,
        clock: NDArray[np.bool_] | None = None,
        hidden: NDArray[np.bool_] | None = None,
    ) -> None:
        """`interval` s lie between the pictures; `clock` and `hidden` mark what does not count.

        Of a clock it is still told how bright it is, of what is hidden nothing.
        """
        self._hidden = hidden
        self._motion = MotionCells(grid, interval=interval, hidden=clock, unseen=hidden)
        self._lit = -np.inf

    def row(self, clip: Clip) -> tuple[Look, NDArray[np.float16]]:
        """The row of a clip of two pictures."""
        before, after = (self._shown(clip.frames[number, ..., 0]) for number in (0, -1))
        lit = clip.start - self._lit >= LIGHT
        if lit:
            self._lit = clip.start
        if not clip.decoded:
            return Look.SKIPPED_BY_KEYFRAMES, self._motion.still(after, lit=lit)
        return Look.ANALYZED, self._motion.row(before, after, lit=lit)

    def _shown(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        if self._hidden is None:
            return picture
        return np.where(self._hidden, np.uint8(_HIDDEN), picture)

    def forget(self) -> None:
        """Tell the brightness at the next clip."""
        self._lit = -np.inf


def parts_of(
    grid: CellGrid, times: NDArray[np.float64], rows: NDArray[np.float16]
) -> Iterator[Moments]:
    """Rows (n, d) with their times (n, 2) as moments, some at a time, unbroken within each."""
    breaks = np.flatnonzero(times[1:, 0] - times[:-1, 0] > 2 * LIGHT) + 1
    for run in np.split(np.arange(len(rows)), breaks):
        for first in range(0, len(run), PART):
            chosen = run[first : first + PART]
            yield unpacked(grid, times[chosen], rows[chosen])


def moments_of(
    grid: CellGrid, stored: Callable[[], Iterable[Track]]
) -> Callable[[], Iterator[Moments]]:
    """Stored rows as moments, anew at each call; `stored` gives them some at a time."""

    def parts() -> Iterator[Moments]:
        for track in stored():
            yield from parts_of(grid, track.times, np.asarray(track.values, np.float16))

    return parts
