"""From 1 to 16 cameras side by side, or one of them alone."""

import math
import time
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from crimeview.gui.alarm_setup import AlarmSetup
from crimeview.gui.look import Look
from crimeview.gui.style import Space
from crimeview.gui.wall import Wall
from crimeview.gui.watching import Watching
from crimeview.gui.widgets.camera_tile import CameraTile

_PACE = 40  # ms between two looks for newer pictures: 25 a second
_FEW = 4  # cameras that are looked at so often; of more, each half as often
_BUDGET = 0.012  # s of showing pictures at once; who does not get a turn has the next one


class CameraGrid(QWidget):
    """Looks for newer pictures at the pace of a screen while it is shown: the newest counts.

    `selected` names the camera that commands are about, `enlarged` the one that is shown alone.
    """

    selected_changed = Signal()
    enlarged_changed = Signal()

    def __init__(self, wall: Wall, watching: Watching, setup: AlarmSetup, *, look: Look) -> None:
        super().__init__()
        self._wall = wall
        self._watching = watching
        self._setup = setup
        self._look = look
        self.tiles: dict[str, CameraTile] = {}
        self.selected: str | None = None
        self.enlarged: str | None = None
        self._turn = 0  # whose picture is shown next
        self._curve = 0  # whose curve is drawn next
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*(4 * (Space.SMALL,)))
        self._grid.setSpacing(Space.SMALL)
        self._timer = QTimer(self, interval=_PACE)
        self._timer.timeout.connect(self._look_for_pictures)
        wall.cameras_changed.connect(self._rebuild)
        watching.health_changed.connect(self._describe)
        wall.alarms_changed.connect(self._describe_all)
        watching.raised.connect(self._describe)
        watching.running_changed.connect(self._describe_all)
        setup.changed.connect(self._describe_all)
        look.changed.connect(self._describe_all)
        self._rebuild()

    def select(self, name: str) -> None:
        if name != self.selected:
            self.selected = name
            self.selected_changed.emit()

    def enlarge(self, name: str | None) -> None:
        """Show one camera alone, or all."""
        self.enlarged = name if name in self.tiles else None
        self._lay_out()
        tile = self.tiles.get(name or self.selected or "")
        if tile is not None:
            tile.setFocus()
        self.enlarged_changed.emit()

    def _rebuild(self) -> None:
        """Make tiles anew for cameras that are others now."""
        wanted = {camera.name: camera for camera in self._wall.cameras}
        for name, tile in list(self.tiles.items()):
            if wanted.get(name) != tile.camera:
                self._watching.show(name, height=None)
                self._grid.removeWidget(tile)
                tile.hide()
                tile.deleteLater()
                del self.tiles[name]
        for name, camera in wanted.items():
            if name not in self.tiles:
                tile = CameraTile(
                    camera,
                    self._watching,
                    thresholds=partial(self._setup.threshold_of, name),
                    look=self._look,
                    parent=self,
                )
                tile.chosen.connect(self.select)
                tile.opened.connect(self._toggle)
                tile.left.connect(self._leave)
                tile.stepped.connect(self._step)
                self.tiles[name] = tile
        self.tiles = {name: self.tiles[name] for name in wanted}
        if self.selected not in self.tiles:
            self.selected = next(iter(self.tiles), None)
        if self.enlarged not in self.tiles:
            self.enlarged = None
        self._lay_out()
        self.selected_changed.emit()

    def _lay_out(self) -> None:
        names = list(self.tiles)
        columns = self._columns(len(names))
        for column in range(4):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for row in range(16):
            rows = math.ceil(len(names) / columns) if names else 0
            self._grid.setRowStretch(row, 1 if row < rows and self.enlarged is None else 0)
        for number, name in enumerate(names):
            tile = self.tiles[name]
            self._grid.removeWidget(tile)
            shown = self.enlarged in (None, name)
            tile.setVisible(shown)
            if self.enlarged == name:
                self._grid.addWidget(tile, 0, 0, 1, max(1, columns))
                self._grid.setRowStretch(0, 1)
            elif shown:
                self._grid.addWidget(tile, number // columns, number % columns)
        QTimer.singleShot(0, self, self._ask_for_sizes)

    def _columns(self, count: int) -> int:
        return max(1, math.ceil(math.sqrt(count)))

    def _toggle(self, name: str) -> None:
        self.enlarge(None if self.enlarged == name else name)

    def _leave(self) -> None:
        if self.enlarged is not None:
            self.enlarge(None)

    def _step(self, columns: int, rows: int) -> None:
        """Go to a neighbor; alone on the wall, to the next or previous camera."""
        names = list(self.tiles)
        if self.selected not in names:
            return
        across = 1 if self.enlarged is not None else self._columns(len(names))
        target = names.index(self.selected) + columns + rows * across
        if 0 <= target < len(names):
            self.select(names[target])
            if self.enlarged is not None:
                self.enlarge(names[target])
            self.tiles[names[target]].setFocus()

    def _describe(self, name: str) -> None:
        tile = self.tiles.get(name)
        if tile is not None:
            tile.describe()
            self._ask_for_size(name, tile)  # its shape may be known by now

    def _describe_all(self) -> None:
        for name in self.tiles:
            self._describe(name)

    # Pictures

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._timer.start()
        self._ask_for_sizes()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nobody looks: no pictures are made."""
        super().hideEvent(event)
        self._timer.stop()
        for name in self.tiles:
            self._watching.show(name, height=None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._ask_for_sizes()

    def _ask_for_sizes(self) -> None:
        for name, tile in self.tiles.items():
            self._ask_for_size(name, tile)

    def _ask_for_size(self, name: str, tile: CameraTile) -> None:
        shown = self.isVisible() and tile.isVisible()
        self._watching.show(name, height=max(2, tile.picture_height()) if shown else None)

    def _look_for_pictures(self) -> None:
        """Show newer pictures, and every other time draw one of the curves."""
        shown = [(name, tile) for name, tile in self.tiles.items() if tile.isVisible()]
        if not shown:
            return
        until = time.perf_counter() + _BUDGET
        share = 1 if len(shown) <= _FEW else 2
        for _ in range(math.ceil(len(shown) / share)):
            self._turn = (self._turn + 1) % len(shown)
            name, tile = shown[self._turn]
            tile.take_picture(self._watching.picture(name))
            if time.perf_counter() > until:
                break
        self._curve = (self._curve + 1) % (2 * len(shown))
        if self._watching.running and self._curve % 2 == 0:
            shown[self._curve // 2][1].curve.show_now()
