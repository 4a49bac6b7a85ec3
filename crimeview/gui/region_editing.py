"""The regions of the selected recording, and what a person does to them."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QObject, QTimer, Signal

from crimeview.core.edit import Edit
from crimeview.core.errors import UsageError
from crimeview.core.job import Changed
from crimeview.core.region import Point, Region, RegionUse
from crimeview.gui.reviewing import Reviewing
from crimeview.gui.text import translate
from crimeview.gui.workspace import Workspace
from crimeview.jobs.regions import changed_regions, copied_regions, new_region
from crimeview.store.case import Case

_STORING = 500  # ms after the last of several small moves
_FEWEST = 3  # corners of a region
_FIRST = ((0.35, 0.35), (0.65, 0.35), (0.65, 0.65), (0.35, 0.65))  # of one made by keyboard


class RegionEditing(QObject):
    """Regions as they are shown, the chosen one and its chosen corner.

    What is moved shows at once and is stored, as one edit, when the movement is over. `drawing` are
    the corners of a region that is not closed yet.
    """

    changed = Signal()
    mode_changed = Signal()

    def __init__(self, workspace: Workspace, reviewing: Reviewing) -> None:
        super().__init__()
        self._workspace = workspace
        self._reviewing = reviewing
        self.active = False
        self.regions: tuple[Region, ...] = ()
        self._kept: tuple[Region, ...] = ()  # as they are stored, or about to be
        self.region: int | None = None  # number of the chosen one
        self.corner = 0
        self.drawing: tuple[Point, ...] = ()
        self.use = RegionUse.IGNORE  # of the next one
        self._touched = False  # since the mode was entered
        self._storing = QTimer(self, singleShot=True, interval=_STORING)
        self._storing.timeout.connect(self.store)
        workspace.changed.connect(self._on_changed)
        workspace.recording_selected.connect(self._on_selected)

    def toggle(self) -> None:
        """Enter or leave the mode in which regions are changed."""
        self.store()
        self.drawing = ()
        self.active = not self.active and self._workspace.recording is not None
        self.region = 0 if self.active and self.regions else None
        self.corner = 0
        if not self.active and self._touched:
            self._workspace.noticed.emit(
                translate(
                    "RegionEditing",
                    "Regions hold from the next analysis on: Analysis > Analyze the recording "
                    "again. What you said of segments stays.",
                )
            )
        self._touched = False
        self.mode_changed.emit()
        self.changed.emit()

    # Drawing

    def draw(self, point: Point) -> None:
        """Another corner of a new region."""
        self.region = None
        self.drawing = (*self.drawing, point)
        self.changed.emit()

    def finish_drawing(self) -> None:
        points, self.drawing = self.drawing, ()
        if len(points) >= _FEWEST:
            self._add(points)
        self.changed.emit()

    def give_up_drawing(self) -> None:
        self.drawing = ()
        self.changed.emit()

    def add_rectangle(self) -> None:
        """A region in the middle, to be moved where it belongs."""
        self._add(_FIRST)

    # Choosing

    def choose(self, region: int | None, corner: int = 0) -> None:
        self.region, self.corner = region, corner
        self.changed.emit()

    def step_region(self, steps: int) -> None:
        if self.regions:
            at = self.region if self.region is not None else -1 if steps > 0 else 0
            self.choose((at + steps) % len(self.regions))

    def step_corner(self, steps: int) -> None:
        if self.chosen is not None:
            self.choose(self.region, (self.corner + steps) % len(self.chosen.points))

    @property
    def chosen(self) -> Region | None:
        known = self.region is not None and self.region < len(self.regions)
        return self.regions[self.region] if known and self.region is not None else None

    # Changing

    def move_corner(self, to: Point) -> None:
        """Put the chosen corner somewhere; stored a moment after the last move."""
        if self.chosen is not None:
            points = list(self.chosen.points)
            points[self.corner] = _within(to)
            self._replace(replace(self.chosen, points=tuple(points)))

    def move_corner_by(self, x: float, y: float) -> None:
        if self.chosen is not None:
            old = self.chosen.points[self.corner]
            self.move_corner((old[0] + x, old[1] + y))

    def move_by(self, x: float, y: float) -> None:
        """Move the chosen region as a whole, as far as it stays in the picture."""
        if self.chosen is None:
            return
        columns, rows = zip(*self.chosen.points, strict=True)
        x = min(1.0 - max(columns), max(-min(columns), x))
        y = min(1.0 - max(rows), max(-min(rows), y))
        points = tuple(_within((a + x, b + y)) for a, b in self.chosen.points)
        self._replace(replace(self.chosen, points=points))

    def add_corner(self) -> None:
        """Another corner in the middle between the chosen one and the next."""
        if self.chosen is None:
            return
        points = list(self.chosen.points)
        (x0, y0), (x1, y1) = points[self.corner], points[(self.corner + 1) % len(points)]
        points.insert(self.corner + 1, _within(((x0 + x1) / 2, (y0 + y1) / 2)))
        self.corner += 1
        self._replace(replace(self.chosen, points=tuple(points)))

    def delete_corner(self) -> None:
        """Delete the chosen corner; of a triangle, the region."""
        if self.chosen is None:
            return
        if len(self.chosen.points) <= _FEWEST:
            self.delete_region()
            return
        points = [p for n, p in enumerate(self.chosen.points) if n != self.corner]
        self.corner = min(self.corner, len(points) - 1)
        self._replace(replace(self.chosen, points=tuple(points)))

    def delete_region(self) -> None:
        if self.chosen is not None:
            gone = self.chosen
            self._show(tuple(r for r in self.regions if r is not gone))
            self.region = min(self.region or 0, len(self.regions) - 1) if self.regions else None
            self.corner = 0
            self.store()

    def change_use(self) -> None:
        """Ignore what was watched, or watch what was ignored; without a region, the next one."""
        other = {RegionUse.IGNORE: RegionUse.WATCH, RegionUse.WATCH: RegionUse.IGNORE}
        if self.chosen is None:
            self.use = other[self.use]
            self.changed.emit()
        else:
            self._replace(replace(self.chosen, use=other[self.chosen.use]))

    def store(self) -> None:
        """Store what was changed since, as one edit."""
        self._storing.stop()
        edit = changed_regions(self._kept, self.regions)
        if edit is not None:
            self._touched = True
            self._kept = self.regions
            self._reviewing.make(edit, Changed.RECORDINGS)

    def copy_to_others(self) -> None:
        """Give the regions to all recordings with a picture of the same size."""
        self.store()
        recording = self._workspace.recording
        if recording is None:
            return
        source = recording

        def find(case: Case) -> Edit | None:
            return copied_regions(case, source)

        self._workspace.access.ask(find, self._on_copies)

    def _on_copies(self, edit: Edit | None) -> None:
        if edit is None:
            self._workspace.noticed.emit(
                translate(
                    "RegionEditing",
                    "No other recording has a picture of the same size and other regions.",
                )
            )
            return
        after = [c.after for c in edit.changes if c.after is not None] or edit.changes
        text = translate("RegionEditing", "{count} regions were copied to other recordings.")
        self._workspace.succeeded.emit(text.format(count=len(after)))
        self._reviewing.make(edit, Changed.RECORDINGS)

    def _add(self, points: Sequence[Point]) -> None:
        recording = self._workspace.recording
        if recording is None:
            return
        try:
            region = new_region(recording.id, points, use=self.use)
        except UsageError as error:
            self._workspace.notice(error)
            return
        self.region, self.corner = len(self.regions), 0
        self._show((*self.regions, region))
        self.store()

    def _replace(self, region: Region) -> None:
        regions = list(self.regions)
        regions[self.region or 0] = region
        self._show(tuple(regions))
        self._storing.start()

    def _show(self, regions: tuple[Region, ...]) -> None:
        self.regions = regions
        self.changed.emit()

    def _stored(self) -> tuple[Region, ...]:
        recording = self._workspace.recording
        number = recording.id if recording is not None else None
        return tuple(r for r in self._workspace.regions if r.recording_id == number)

    def _on_changed(self, _changed: Changed) -> None:
        if self._storing.isActive() or self._workspace.access.editing:
            return
        self._kept = self._stored()
        if set(self._kept) != set(self.regions):
            order = {region.id: n for n, region in enumerate(self.regions)}
            stored = sorted(self._kept, key=lambda r: order.get(r.id, len(order)))
            self.regions = tuple(stored)
            if self.region is not None and self.region >= len(stored):
                self.region, self.corner = (len(stored) - 1 if stored else None), 0
            if self.chosen is not None:
                self.corner = min(self.corner, len(self.chosen.points) - 1)
            self.changed.emit()

    def _on_selected(self) -> None:
        self._storing.stop()
        self.drawing = ()
        self.regions = self._kept = self._stored()
        self.region, self.corner = (0 if self.active and self.regions else None), 0
        if self.active and self._workspace.recording is None:
            self.active = False
            self.mode_changed.emit()
        self.changed.emit()


def _within(point: Point) -> Point:
    x, y = point
    return round(min(1.0, max(0.0, x)), 5), round(min(1.0, max(0.0, y)), 5)
