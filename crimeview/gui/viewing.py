"""How the picture is looked at: what changes on the screen only, never in a file or an analysis."""

from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal

CLOSEST = 16.0  # times larger than what fits
MOST = 100  # of brightness and contrast, both ways
_CENTER = (0.5, 0.5)


class Deinterlacing(Enum):
    """Whether every second line is made from its neighbors."""

    AUTO = "auto"  # where the recording says that its lines are of two moments
    ON = "on"
    OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """How a picture is shown.

    `zoom` is how much larger than what fits, `center` the point of the turned picture in the
    middle, in shares of its width and height; `turns` are quarter turns clockwise. `brightness`
    and `contrast` go from -100 to 100.
    """

    zoom: float = 1.0
    center: tuple[float, float] = _CENTER
    turns: int = 0
    brightness: int = 0
    contrast: int = 0
    deinterlacing: Deinterlacing = Deinterlacing.AUTO

    @property
    def changes_light(self) -> bool:
        return self.brightness != 0 or self.contrast != 0

    @property
    def is_plain(self) -> bool:
        """Whether the picture is shown as it is."""
        return self == View(deinterlacing=self.deinterlacing)


class Viewing(QObject):
    """The view of the recording on the screen; another recording begins with a plain one."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.view = View()

    def change(self, **changes: Any) -> None:
        """Change parts of the view by name."""
        view = replace(self.view, **changes)
        view = replace(view, center=_kept_in(view.center, view.zoom))
        if view != self.view:
            self.view = view
            self.changed.emit()

    def reset(self) -> None:
        """Show the picture as it is."""
        if self.view != View():
            self.view = View()
            self.changed.emit()

    def turn(self, quarters: int) -> None:
        """Turn by quarters clockwise; what is in the middle stays there."""
        x, y = self.view.center
        for _ in range(quarters % 4):
            x, y = 1.0 - y, x
        self.change(turns=(self.view.turns + quarters) % 4, center=(x, y))

    def zoom(self, factor: float, *, at: tuple[float, float] | None = None) -> None:
        """Show it so many times larger; the point `at` of the turned picture stays where it is."""
        before = self.view.zoom
        after = min(max(before * factor, 1.0), CLOSEST)
        x, y = at or self.view.center
        share = before / after
        center = (x + (self.view.center[0] - x) * share, y + (self.view.center[1] - y) * share)
        self.change(zoom=after, center=center)

    def fit(self) -> None:
        """Show all of the picture."""
        self.change(zoom=1.0, center=_CENTER)

    def move(self, across: float, down: float) -> None:
        """Look further to the right and down, in shares of what is visible."""
        x, y = self.view.center
        zoom = self.view.zoom
        self.change(center=(x + across / zoom, y + down / zoom))


def place(view: View, picture: QSizeF, room: QSizeF) -> QRectF:
    """Where the turned picture lies in a widget of that size; it may be larger than that."""
    turned = picture.transposed() if view.turns % 2 else picture
    size = turned.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
    if view.zoom == 1.0:
        corner = QPointF(
            (int(room.width()) - int(size.width())) // 2,
            (int(room.height()) - int(size.height())) // 2,
        )
        return QRectF(corner, QSizeF(int(size.width()), int(size.height())))
    size *= view.zoom
    return QRectF(
        QPointF(
            _offset(view.center[0], size.width(), room.width()),
            _offset(view.center[1], size.height(), room.height()),
        ),
        size,
    )


def developed(
    picture: NDArray[np.uint8], view: View, *, interlaced: bool = False
) -> NDArray[np.uint8]:
    """The picture, uint8 (height, width, 4), with the view's light and whole lines; else itself."""
    mode = view.deinterlacing
    if mode is Deinterlacing.ON or (mode is Deinterlacing.AUTO and interlaced):
        picture = _whole_lines(picture)
    if view.changes_light:
        picture = light_table(view)[picture]
    return picture


def light_table(view: View) -> NDArray[np.uint8]:
    """What becomes of each value (256,): brightness lifts what is dark, contrast spreads it."""
    values = np.linspace(0.0, 1.0, 256)
    values = values ** (3.0 ** (-view.brightness / MOST))
    values = 0.5 + (values - 0.5) * 4.0 ** (view.contrast / MOST)
    return np.asarray(np.clip(np.rint(values * 255), 0, 255), np.uint8)


def _whole_lines(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The lines of the first moment, and between two of them what lies between."""
    result = picture.copy()
    above = picture[0:-2:2]
    below = picture[2::2][: len(above)]
    result[1:-1:2] = (above >> 1) + (below >> 1) + (above & below & 1)
    if len(picture) % 2 == 0 and len(picture) > 1:
        result[-1] = picture[-2]
    return result


def _kept_in(center: tuple[float, float], zoom: float) -> tuple[float, float]:
    """The center, so that the picture fills what is visible."""
    half = 0.5 / zoom
    x, y = (min(max(value, half), 1.0 - half) for value in center)
    return x, y


def _offset(center: float, size: float, room: float) -> float:
    """Where the picture begins; it leaves no room at one side that the other has too much of."""
    if size <= room:
        return (room - size) / 2
    return min(0.0, max(room - size, room / 2 - center * size))
