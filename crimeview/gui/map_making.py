"""The map of segments in the making: read, shown at once by PCA, then laid out by UMAP and kept."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import partial
from typing import TYPE_CHECKING, TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QTimer, Signal

from crimeview.core.errors import CrimeviewError
from crimeview.core.job import Changed, Job, Step
from crimeview.gui.analysis import Analysis
from crimeview.gui.shelf import Shelf
from crimeview.gui.tasks import Task, Tasks
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text
from crimeview.gui.workspace import Workspace
from crimeview.store.case import Case
from crimeview.store.rows import CaseSegment

if TYPE_CHECKING:
    from crimeview.atlas.map_process import MapProcess
    from crimeview.jobs.map_points import MapItem, MapPoints
    from crimeview.jobs.map_segments import SegmentMap
    from crimeview.store.library.library import Library

T = TypeVar("T")
Floats = NDArray[np.float32]

_SETTLING = 800  # ms after a change, before the map is looked at again


class MapSource(Enum):
    """Whose segments are on the map."""

    CASE = "case"
    LIBRARY = "library"


class Layout(Enum):
    """How the positions that are shown came to be."""

    NONE = "none"
    FIRST = "first"  # PCA: UMAP is not there yet, or was stopped
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Stage:
    """What is under way, and what share of it is done, None while that is unknown."""

    text: str
    fraction: float | None


class MapMaking(QObject):
    """One map at a time, of the case or of the library that is open; begun when it is looked at.

    `points` are None until they are read, `positions` (n, 2) as they are shown; `trust` comes last.
    `problem` is a sentence where there is no map to be had.
    """

    points_changed = Signal()  # others, or the same in other positions
    items_changed = Signal()  # what is said of them
    stage_changed = Signal()  # what is under way, or how far to trust it

    def __init__(
        self, workspace: Workspace, tasks: Tasks, analysis: Analysis, shelf: Shelf
    ) -> None:
        super().__init__()
        self.source = MapSource.CASE
        self.points: MapPoints | None = None
        self.items: tuple[MapItem, ...] = ()
        self.positions: Floats = np.empty((0, 2), np.float32)
        self.layout = Layout.NONE
        self.trust: float | None = None
        self.stage: Stage | None = None
        self.problem: str | None = None
        self.projection: str | None = None  # that segments are laid out by
        self._workspace = workspace
        self._tasks = tasks
        self._analysis = analysis
        self._shelf = shelf
        self._library: Library | None = None  # that the points are of
        self._process: MapProcess | None = None
        self._task: Task | None = None
        self._watched = False
        self._stale = True
        self._settling = QTimer(self, singleShot=True, interval=_SETTLING)
        self._settling.timeout.connect(self._look_again)
        workspace.changed.connect(self._on_changed)
        workspace.case_opened.connect(self._on_case_opened)
        analysis.running_changed.connect(self._look_again)
        shelf.altered.connect(self._on_library)
        shelf.changed.connect(self._on_shelf)

    @property
    def busy(self) -> bool:
        return self._task is not None or (self._watched and self._settling.isActive())

    @property
    def outdated(self) -> bool:
        """Whether there are segments that are not on the map yet."""
        return self._stale

    def watch(self, *, watched: bool) -> None:
        """Somebody looks at the map, or nobody does: then nothing new is begun."""
        self._watched = watched
        if watched:
            self._look_again()

    def show(self, source: MapSource) -> None:
        """Show the segments of the case, or those of the library."""
        if source is not self.source:
            self.source = source
            self.projection = None  # the other's features may be of another encoder
            self._forget()
            self.refresh()

    def lay_out_by(self, projection: str | None) -> None:
        """Lay out the vectors of a projection for these features, None for them as they are."""
        if projection != self.projection:
            self.projection = projection
            self.refresh()

    def refresh(self, *, anew: bool = False) -> None:
        """Read what there is and lay it out; what is on the map already stays, unless `anew`."""
        self._cancel()
        self._stale = False
        self.problem = None
        reading = (
            _case_points(self._workspace.case, self._segments(), self.projection)
            if self.source is MapSource.CASE
            else self._library_points()
        )
        if reading is None:
            self._stale = True  # until it is open
            self.stage_changed.emit()
            return
        self._start(
            reading,
            translate("MapMaking", "Reading the segments"),
            then=partial(self._on_points, anew=anew),
        )

    def stop(self) -> None:
        """Leave the map as it is."""
        self._cancel()
        self.stage_changed.emit()

    def close(self) -> None:
        """Let the process that lays out maps end; no job is running any more."""
        self._settling.stop()
        if self._process is not None:
            self._process.close()
            self._process = None

    # Step by step

    def _segments(self) -> Sequence[CaseSegment] | None:
        """All of the case where they are known as they are stored; reading them takes a while."""
        rows = tuple(self._workspace.segments)
        shown_only = self._workspace.access.unread or any(row.id < 0 for row in rows)
        return None if shown_only else rows

    def _library_points(self) -> "Job[MapPoints] | None":
        """Those of the open library; None while it is being opened, and where there is none."""
        self._shelf.begin()
        self._library = library = self._shelf.library
        if library is not None:
            return _library_points(library, self.projection)
        if self._shelf.busy:
            self.stage = Stage(translate("MapMaking", "Opening the library"), None)
        else:
            self.problem = self._shelf.failure or translate(
                "MapMaking", "No library is open. Open one on the library page, or add to it there."
            )
        return None

    def _on_points(self, points: "MapPoints", *, anew: bool) -> None:
        def then(found: tuple[Floats, bool]) -> None:
            positions, whole = found
            self.points, self.items = points, points.items
            self.trust = None
            self._show(positions, Layout.WHOLE if whole else Layout.FIRST)
            if whole:
                self._judge(points, positions)
            else:
                self._lay_out(points, anew=anew)

        text = translate("MapMaking", "Drawing the first picture")
        self._start(_first(points, anew=anew), text, then=then)

    def _lay_out(self, points: "MapPoints", *, anew: bool) -> None:
        if self._process is None:
            from crimeview.atlas.map_process import MapProcess  # only who looks at a map needs it

            self._process = MapProcess()
        self._start(
            _whole(points, self._process, anew=anew),
            translate("MapMaking", "Laying out the map"),
            then=self._on_whole,
        )

    def _on_whole(self, found: "SegmentMap") -> None:
        self._end()
        self.trust = found.trust
        self._show(found.positions, Layout.WHOLE)
        self.stage_changed.emit()

    def _judge(self, points: "MapPoints", positions: Floats) -> None:
        def then(trust: float | None) -> None:
            self._end()
            self.trust = trust
            self.stage_changed.emit()

        text = translate("MapMaking", "Looking how far to trust the map")
        self._start(_trust(points, positions), text, then=then)

    def _show(self, positions: Floats, layout: Layout) -> None:
        self.positions, self.layout = positions, layout
        self.points_changed.emit()

    def _start(self, job: Job[T], text: str, *, then: Callable[[T], None]) -> None:
        task: Task

        def current(call: Callable[[], None]) -> None:
            if task is self._task:
                call()

        def on_step(step: Step) -> None:
            self.stage = Stage(text, step.fraction)
            self.stage_changed.emit()

        self.stage = Stage(text, None)
        task = self._task = self._tasks.start(
            job,
            on_step=lambda step: current(lambda: on_step(step)),
            on_result=lambda result: current(lambda: then(result)),
            on_error=lambda error: current(lambda: self._on_failed(error)),
        )
        self.stage_changed.emit()

    def _on_failed(self, error: Exception) -> None:
        self._end()
        if self.points is None and isinstance(error, CrimeviewError):
            self.problem = fault_text(error)
        else:
            self._workspace.notice(error)
        self.stage_changed.emit()

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._end()

    def _end(self) -> None:
        self._task = self.stage = None

    # What changes

    def _on_changed(self, changed: Changed) -> None:
        if self.source is not MapSource.CASE:
            return
        if changed & Changed.SEGMENTS:
            self._stale = True
            self._settling.start()
            self.stage_changed.emit()
        elif changed & Changed.REVIEWS and self.points is not None:
            self._renew()

    def _renew(self) -> None:
        """Take over what is said of the segments now."""
        points, segments = self.points, self._workspace.segments

        def take(items: "tuple[MapItem, ...] | None") -> None:
            if points is not self.points:
                return
            if items is None:
                self._stale = True
                self._settling.start()
            elif items != self.items:
                self.items = items
                self.items_changed.emit()

        items = self.items
        self._tasks.call(lambda: _renewed(items, segments), on_result=take)

    def _look_again(self) -> None:
        if not self._watched or not self._stale:
            return
        if self.source is MapSource.CASE and self._analysis.running:
            return
        self.refresh()

    def _on_library(self) -> None:
        """It is another library, or another state of it."""
        if self.source is not MapSource.LIBRARY:
            return
        if self._shelf.library is not self._library:
            self._forget()
        self._stale = True
        self._settling.start()

    def _on_shelf(self) -> None:
        """No library may be what has come of opening one."""
        waiting = self.source is MapSource.LIBRARY and self._library is None
        if waiting and not self._shelf.busy:
            self._look_again()

    def _on_case_opened(self) -> None:
        self.source = MapSource.CASE
        self.projection = None
        self._forget()
        self._stale = True
        self._look_again()

    def _forget(self) -> None:
        self._cancel()
        self.points, self.items, self.trust, self.problem = None, (), None, None
        self._show(np.empty((0, 2), np.float32), Layout.NONE)
        self.stage_changed.emit()


# Imported where they run: they take a second that the window's start must not wait for.


def _case_points(
    case: Case, segments: Sequence[CaseSegment] | None, projection: str | None
) -> "Job[MapPoints]":
    from crimeview.jobs.map_points import by_projection, points_of_case

    points = yield from points_of_case(case, segments=segments)
    return by_projection(points, projection)


def _library_points(library: "Library", projection: str | None) -> "Job[MapPoints]":
    from crimeview.jobs.map_points import by_projection, points_of_library

    points = yield from points_of_library(library)
    return by_projection(points, projection)


def _first(points: "MapPoints", *, anew: bool) -> Job[tuple[Floats, bool]]:
    """Positions at once, and whether they are those of the whole map."""
    from crimeview.jobs.map_segments import first_positions, kept_positions

    yield Step(done=0, total=None, message="Drawing the first picture")
    if not anew:
        kept = kept_positions(
            points.vectors, space=points.space, file=points.file, center=points.center
        )
        if kept is not None:
            return kept, True
    return first_positions(points.vectors - points.center), False


def _whole(points: "MapPoints", process: "MapProcess", *, anew: bool) -> "Job[SegmentMap]":
    from crimeview.jobs.map_segments import map_segments

    return (
        yield from map_segments(
            points.vectors,
            space=points.space,
            file=points.file,
            process=process,
            center=points.center,
            anew=anew,
        )
    )


def _trust(points: "MapPoints", positions: Floats) -> Job[float | None]:
    from crimeview.jobs.map_segments import trust_of

    yield Step(done=0, total=None, message="Judging the map")
    return trust_of(points.vectors - points.center, positions)


def _renewed(
    items: "Sequence[MapItem]", segments: Sequence[CaseSegment]
) -> "tuple[MapItem, ...] | None":
    from crimeview.jobs.map_points import with_reviews

    return with_reviews(items, segments)
