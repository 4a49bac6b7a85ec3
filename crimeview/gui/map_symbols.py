"""What points of a map look like: each value has a color and a symbol of its own."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from math import cos, pi, sin

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QImage, QPainter, QPainterPath, QPen, QPixmap

from crimeview.core.places import shipped
from crimeview.core.review import ReviewState
from crimeview.gui.look import Look
from crimeview.gui.style import ICON, mixed
from crimeview.jobs.map_facets import OTHER, SUGGESTED, Facet, FacetValues


class Symbol(Enum):
    """The forms, in the order they are given out; the last one is of what is not known."""

    DISK = "disk"
    SQUARE = "square"
    TRIANGLE = "triangle"
    DIAMOND = "diamond"
    PLUS = "plus"
    DOWN = "down"
    CROSS = "cross"
    STAR = "star"
    RING = "ring"


GIVEN = tuple(s for s in Symbol if s is not Symbol.RING)


@dataclass(frozen=True, slots=True)
class Mark:
    """A point's symbol and its color as `#rrggbb`; an outline with a dot where it is `hollow`."""

    symbol: Symbol
    color: str
    hollow: bool = False


def marks_of(values: FacetValues, look: Look) -> tuple[Mark, ...]:
    """What each value looks like in the theme in use."""
    inks = json.loads((shipped("resources") / "colors" / "map.json").read_text("utf-8"))
    own = inks[look.theme.value]
    known = [v for v in values.values if v is not None and v != OTHER]
    if values.facet is Facet.STATE:
        return tuple(_state_mark(value, look) for value in values.values)
    colors = own["values"]
    if values.facet is Facet.DATE:
        colors = _along(own["order"], len(known))
    # What is suggested has the form and color of what is said, as an outline.
    names = list(dict.fromkeys(value.removesuffix(SUGGESTED) for value in known))
    places = [names.index(value.removesuffix(SUGGESTED)) for value in known]
    marks = [
        Mark(
            GIVEN[place % len(GIVEN)],
            colors[place % len(colors)],
            hollow=values.facet is Facet.TYPE and value.endswith(SUGGESTED),
        )
        for place, value in zip(places, known, strict=True)
    ]
    rest = [value for value in values.values if value is None or value == OTHER]
    inks_of_rest = {OTHER: look.colors.muted, None: look.colors.faint}
    return (*marks, *(Mark(Symbol.RING, inks_of_rest[value]) for value in rest))


def stamp(mark: Mark, *, size: int, edge: str) -> QImage:
    """A point as a square picture of `size` pixels, premultiplied, with a thin edge."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    draw_mark(painter, QPointF(size / 2, size / 2), mark, radius=size / 2 - 0.75, edge=edge)
    painter.end()
    return image


def draw_mark(
    painter: QPainter, center: QPointF, mark: Mark, *, radius: float, edge: str | None
) -> None:
    """Draw a point's symbol."""
    path = symbol_path(mark.symbol, radius).translated(center)
    painter.setBrush(QColor(mark.color))
    painter.setPen(QPen(QColor(edge), 0.8) if edge is not None else Qt.PenStyle.NoPen)
    if mark.symbol is Symbol.RING or mark.hollow:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(mark.color), max(1.2, radius / 3)))
    painter.drawPath(path)
    if mark.hollow:  # so that an outlined disk is not the ring of what is not known
        painter.setBrush(QColor(mark.color))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawEllipse(center, radius / 4, radius / 4)


def symbol_icon(mark: Mark, look: Look) -> QIcon:
    """The symbol as a legend shows it, at two densities of screens."""
    icon = QIcon()
    for scale in (1, 2):
        pixmap = QPixmap(ICON * scale, ICON * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = ICON * scale / 2
        draw_mark(
            painter,
            QPointF(middle, middle),
            mark,
            radius=6.0 * scale,
            edge=look.colors.panel,
        )
        painter.end()
        pixmap.setDevicePixelRatio(scale)
        icon.addPixmap(pixmap)
    return icon


def symbol_path(symbol: Symbol, radius: float) -> QPainterPath:
    """The outline round (0, 0), as large as a disk of that radius looks."""
    path = QPainterPath()
    if symbol in (Symbol.DISK, Symbol.RING):
        wide = radius * (0.88 if symbol is Symbol.DISK else 0.68)
        path.addEllipse(QRectF(-wide, -wide, 2 * wide, 2 * wide))
    elif symbol is Symbol.SQUARE:
        side = radius * 0.8
        path.addRect(QRectF(-side, -side, 2 * side, 2 * side))
    elif symbol in (Symbol.PLUS, Symbol.CROSS):
        path = _plus(radius, turned=pi / 4 if symbol is Symbol.CROSS else 0.0)
    else:
        path = _closed(_CORNERS[symbol](radius))
    return path


def _plus(radius: float, *, turned: float) -> QPainterPath:
    arm, half = radius, radius * 0.36
    corners = [
        (-half, -arm), (half, -arm), (half, -half), (arm, -half), (arm, half), (half, half),
        (half, arm), (-half, arm), (-half, half), (-arm, half), (-arm, -half), (-half, -half),
    ]  # fmt: skip
    c, s = cos(turned), sin(turned)
    return _closed([(x * c - y * s, x * s + y * c) for x, y in corners])


def _star(radius: float) -> list[tuple[float, float]]:
    radii = (radius * 1.05, radius * 0.46)
    return [
        (radii[n % 2] * sin(n * pi / 5), -radii[n % 2] * cos(n * pi / 5) + radius * 0.06)
        for n in range(10)
    ]


_CORNERS = {
    Symbol.TRIANGLE: lambda r: [(0, -r), (r * 0.95, r * 0.75), (-r * 0.95, r * 0.75)],
    Symbol.DOWN: lambda r: [(0, r), (r * 0.95, -r * 0.75), (-r * 0.95, -r * 0.75)],
    Symbol.DIAMOND: lambda r: [(0, -r), (r * 0.9, 0), (0, r), (-r * 0.9, 0)],
    Symbol.STAR: _star,
}


def _closed(corners: Sequence[tuple[float, float]]) -> QPainterPath:
    path = QPainterPath(QPointF(*corners[0]))
    for x, y in corners[1:]:
        path.lineTo(x, y)
    path.closeSubpath()
    return path


def _state_mark(value: str | None, look: Look) -> Mark:
    colors = look.colors
    return {
        ReviewState.NEW.value: Mark(Symbol.DISK, colors.accent),
        ReviewState.CONFIRMED.value: Mark(Symbol.STAR, colors.good),
        ReviewState.UNSURE.value: Mark(Symbol.TRIANGLE, colors.lead),
        ReviewState.DISMISSED.value: Mark(Symbol.CROSS, colors.muted),
    }.get(value or "", Mark(Symbol.RING, colors.faint))


def _along(stops: Sequence[str], count: int) -> list[str]:
    """`count` colors at even distances along a scale."""
    found = []
    for number in range(count):
        place = number / max(1, count - 1) * (len(stops) - 1)
        first = min(int(place), len(stops) - 2)
        found.append(mixed(stops[first + 1], stops[first], share=place - first).name())
    return found
