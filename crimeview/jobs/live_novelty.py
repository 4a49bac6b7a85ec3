"""How unlike what is usual for it a camera is, as it is watched."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipSpec
from crimeview.core.live_spec import LiveSpec, StreamShape
from crimeview.core.track import TrackKind
from crimeview.core.watching import LiveScore
from crimeview.jobs.cameras import looks_alike
from crimeview.jobs.moments import LIGHT, moment_rate
from crimeview.jobs.scene import knowledge
from crimeview.scene.cells import CellGrid, Floats, Moments, unpacked
from crimeview.scene.live_scoring import LiveScorer
from crimeview.scene.motion import MotionCells
from crimeview.scene.usual import Usual
from crimeview.store.case import Case
from crimeview.store.scenes import CameraSight

PAIRS = 8  # pairs of pictures in a clip
_RATE = 12.5  # moments a second, about
_THRESHOLD = 0.5  # at which two alarms an hour of quiet time are expected
_VIEW = 20  # looks at the brightness after which the view is compared: ten seconds
# A correlation: ten seconds in which people stand close reach 0.83, of other views 0.67 at most.
_LIKENESS = 0.75


@dataclass(frozen=True, slots=True)
class KnownScene:
    """What a camera of the case has learned, and what it looked like then."""

    usual: Usual
    sight: CameraSight

    @property
    def seconds(self) -> float:
        """How long was learned from."""
        return self.usual.counts.seconds


def known_scene(case: Case, name: str) -> KnownScene | None:
    """What was learned of the camera of that name; None where nothing was.

    A camera that is watched and one that recordings are of are the same where their names are.
    Raises CaseError.
    """
    for sight in case.scenes.cameras():
        if sight.camera.name.casefold() == name.casefold():
            counts = knowledge(case, sight.camera)
            return KnownScene(Usual(counts), sight) if counts.moments else None
    return None


class NoveltyTrack:
    """Scores one camera's clips by what is usual for it; a clip's score is its highest moment's."""

    kind = TrackKind.NOVELTY

    def __init__(self, camera: str, scene: KnownScene) -> None:
        self.spec = LiveSpec(self._spec, per_second=_RATE / PAIRS)
        self.fits: bool | None = None  # whether its picture has the shape of what was learned
        self._camera, self._scene = camera, scene
        self._motion: tuple[float, MotionCells] | None = None
        self._scorer = LiveScorer(scene.usual)
        self._last: tuple[float, NDArray[np.float16]] | None = None  # row, and when it began
        self._lit = -np.inf
        self._view = _View(scene.sight)

    @property
    def strange(self) -> bool:
        """Whether the camera shows another view than the one that was learned."""
        return self._view.strange

    def take(self, frames: NDArray[np.uint8], start: float, end: float) -> list[LiveScore]:
        """The scores that are known now that a clip from `start` to `end` has come."""
        moments = self._moments(frames, start, (end - start) / len(frames))
        self._view.take(moments)
        return [
            LiveScore(
                camera=self._camera,
                kind=self.kind,
                start=float(told.times[0, 0]),
                end=float(told.times[-1, 1]),
                score=float(told.scores.max()),
                threshold=_THRESHOLD,
                known=self._scene.seconds,
                told=0.0,
            )
            for told in self._scorer.take(moments)
        ]

    def _spec(self, shape: StreamShape) -> ClipSpec | None:
        """Pictures a moment apart, each clip going on where the last one ended.

        None of streams whose pictures have another shape than what was learned.
        """
        grid = self._scene.usual.grid
        self.fits = CellGrid.of(height=shape.height, width=shape.width) == grid
        if not self.fits:
            return None
        return ClipSpec(
            frames=PAIRS + 1,
            rate=moment_rate(shape.rate),
            step=PAIRS,
            resize=grid.pixels,
            crop=grid.pixels,
            color="gray",
        )

    def _moments(self, frames: NDArray[np.uint8], start: float, interval: float) -> Moments:
        """The moments of a clip, each of two pictures that are `interval` s apart."""
        motion = self._motion_cells(interval)
        begins = start + interval * np.arange(len(frames) - 1)
        rows, times = [], []
        if self._last is not None and start - self._last[0] < 2 * interval:
            # A picture that was shown twice goes on moving as the row before it says.
            rows, times = [self._last[1]], [self._last[0]]
        before = len(rows)
        for number, begin in enumerate(begins.tolist()):
            lit = begin - self._lit >= LIGHT
            self._lit = begin if lit else self._lit
            pair = frames[number, ..., 0], frames[number + 1, ..., 0]
            rows.append(motion.row(*pair, lit=lit))
            times.append(begin)
        self._last = times[-1], rows[-1]
        spans = np.column_stack([times, np.array(times) + 2 * interval])
        whole = unpacked(self._scene.usual.grid, spans, np.stack(rows))
        return whole.of(np.arange(len(rows)) >= before)

    def _motion_cells(self, interval: float) -> MotionCells:
        rounded = round(interval, 4)  # wall time is moved by fractions of that
        if self._motion is None or self._motion[0] != rounded:
            cells = MotionCells(self._scene.usual.grid, interval=interval)
            self._motion = rounded, cells
        return self._motion[1]


class _View:
    """Compares what a camera shows with the view that was learned, every ten seconds."""

    def __init__(self, sight: CameraSight) -> None:
        self._sight = sight
        self._lights: list[Floats] = []
        self.strange = False

    def take(self, moments: Moments) -> None:
        self._lights += list(moments.light)
        if len(self._lights) < _VIEW:
            return
        background = np.median(np.stack(self._lights), axis=0)
        self._lights.clear()
        levels = np.clip(np.nan_to_num(background), 1, 255).astype(np.uint8)
        self.strange = not looks_alike(self._sight, levels, likeness=_LIKENESS)
