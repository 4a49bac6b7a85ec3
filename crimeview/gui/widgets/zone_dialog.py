"""The zones of a camera: parts of its picture that are scored by themselves."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from crimeview.core.errors import CrimeviewError
from crimeview.core.region import Point
from crimeview.core.watching import Camera, LivePicture, Zone
from crimeview.gui.look import Look
from crimeview.gui.style import HEAT, Space, color
from crimeview.gui.text import translate
from crimeview.gui.told_text import fault_text
from crimeview.gui.widgets.dialog_parts import open_at, save_or_cancel
from crimeview.gui.widgets.form_parts import Verdict, add_row, form

_PICTURE = QSize(320, 180)  # at least
_WIDTH, _HEIGHT = 770, 560


class ZoneDialog(QDialog):
    """Corners are clicked in the picture, or written; `take` gets the camera with its zones."""

    def __init__(
        self,
        camera: Camera,
        picture: LivePicture | None,
        take: Callable[[Camera], None],
        *,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self._camera = camera
        self._take = take
        self.zones = list(camera.zones)
        self.setWindowTitle(translate("ZoneDialog", "Zones of {name}").format(name=camera.name))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.view = _CornerView(picture, look=look)
        self.view.clicked.connect(self._on_corner)
        self.list = QListWidget()
        self.list.setAccessibleName(translate("ZoneDialog", "Zones"))
        self.name = QLineEdit()
        self.name.setPlaceholderText(translate("ZoneDialog", "door"))
        self.corners = QLineEdit()
        self.corners.setPlaceholderText("0,0 1,0 1,0.5 0,0.5")
        self.corners.textChanged.connect(self._show_corners)
        self.verdict = Verdict(look=look)
        self._lay_out(look)
        open_at(self, _WIDTH, _HEIGHT)
        self._fill()

    def add(self) -> None:
        """Take up the zone that is written."""
        from crimeview.jobs.regions import parse_points

        name = self.name.text().strip()
        try:
            points = tuple(parse_points(self.corners.text()))
        except CrimeviewError as error:
            self.verdict.say(fault_text(error))
            return
        if not name:
            self.verdict.say(translate("ZoneDialog", "Give the zone a name."))
            return
        self.verdict.say("")
        self.zones = [zone for zone in self.zones if zone.name != name]
        self.zones.append(Zone(name=name, points=points))
        self.name.clear()
        self.corners.clear()
        self._fill()

    def remove(self) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self.zones):
            del self.zones[row]
            self._fill()

    def accept(self) -> None:
        if self.corners.text().strip():
            self.add()
            if self.corners.text().strip():
                return
        self._take(replace(self._camera, zones=tuple(self.zones)))
        super().accept()

    def _on_corner(self, x: float, y: float) -> None:
        self.corners.setText(f"{self.corners.text()} {x:.2f},{y:.2f}".strip())

    def _show_corners(self) -> None:
        self.view.show_zones(self.zones, drawn=_written(self.corners.text()))

    def _fill(self) -> None:
        self.list.clear()
        self.list.addItems([zone.name for zone in self.zones])
        self._show_corners()

    def _lay_out(self, look: Look) -> None:
        add = QPushButton(translate("ZoneDialog", "Add the &zone"))
        add.clicked.connect(self.add)
        remove = QPushButton(translate("ZoneDialog", "&Remove"))
        remove.clicked.connect(self.remove)
        for button in (add, remove):
            button.setAutoDefault(False)
        fields = form()
        add_row(fields, translate("ZoneDialog", "&Name"), self.name)
        add_row(fields, translate("ZoneDialog", "&Corners"), self.corners)
        side = QVBoxLayout()
        side.addWidget(self.list, 1)
        side.addWidget(remove)
        upper = QHBoxLayout()
        upper.setSpacing(Space.MEDIUM)
        upper.addWidget(self.view, 1)
        upper.addLayout(side)
        self.list.setFixedWidth(150)
        line = QHBoxLayout()
        line.addLayout(fields, 1)
        line.addWidget(add, 0, Qt.AlignmentFlag.AlignBottom)
        word = QLabel(
            translate(
                "ZoneDialog",
                "Click three corners or more, or write them as shares of the picture's width and "
                "height. A zone is scored by itself, which takes as long as another camera.",
            ),
            wordWrap=True,
        )
        look.tint(word, look.colors.muted)
        buttons = save_or_cancel(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.HUGE, Space.LARGE, Space.HUGE, Space.LARGE)
        column.setSpacing(Space.MEDIUM)
        column.addLayout(upper, 1)
        column.addLayout(line)
        column.addWidget(word)
        column.addWidget(self.verdict)
        column.addWidget(buttons)


class _CornerView(QWidget):
    """A camera's picture with its zones; a click tells a corner as shares."""

    clicked = Signal(float, float)

    def __init__(self, picture: LivePicture | None, *, look: Look) -> None:
        super().__init__()
        self._look = look
        self._picture = picture
        self._zones: list[Zone] = []
        self._drawn: tuple[Point, ...] = ()
        self.setMinimumSize(_PICTURE)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setAccessibleName(translate("ZoneDialog", "Picture of the camera"))

    def show_zones(self, zones: list[Zone], *, drawn: tuple[Point, ...]) -> None:
        self._zones, self._drawn = zones, drawn
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        area = self._area()
        place = event.position()
        x = (place.x() - area.left()) / max(1, area.width())
        y = (place.y() - area.top()) / max(1, area.height())
        if 0.0 <= x <= 1.0 and 0.0 <= y <= 1.0:
            self.clicked.emit(x, y)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.colors.picture))
        area = self._area()
        if self._picture is not None:
            pixels = self._picture.pixels
            image = QImage(
                pixels.data,
                pixels.shape[1],
                pixels.shape[0],
                pixels.strides[0],
                QImage.Format.Format_RGB32,
            )
            painter.drawImage(area, image)
        else:
            painter.setPen(QColor("#ffffff"))
            word = translate("ZoneDialog", "No picture yet: watch the cameras and open this again")
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignCenter), word)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for zone in self._zones:
            painter.setPen(QPen(QColor(HEAT), 2))
            painter.setBrush(color(HEAT, alpha=0.2))
            outline = self._polygon(zone.points)
            painter.drawPolygon(outline)
            painter.drawText(outline.boundingRect(), int(Qt.AlignmentFlag.AlignCenter), zone.name)
        painter.setPen(QPen(QColor("#ffffff"), 2, Qt.PenStyle.DashLine))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(self._polygon(self._drawn))
        for corner in self._places(self._drawn):
            painter.drawEllipse(corner, 4, 4)

    def _polygon(self, points: tuple[Point, ...]) -> QPolygonF:
        return QPolygonF(self._places(points))

    def _places(self, points: tuple[Point, ...]) -> list[QPointF]:
        area = self._area()
        return [
            QPointF(area.left() + x * area.width(), area.top() + y * area.height())
            for x, y in points
        ]

    def _area(self) -> QRect:
        shape = self._picture.pixels.shape if self._picture is not None else (9, 16)
        size = QSize(shape[1], shape[0]).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        area = QRect(self.rect().topLeft(), size)
        area.moveCenter(self.rect().center())
        return area


def _written(text: str) -> tuple[Point, ...]:
    """The corners of a text that may not be complete yet."""
    corners = []
    for word in text.split():
        x, _, y = word.partition(",")
        try:
            corners.append((min(1.0, max(0.0, float(x))), min(1.0, max(0.0, float(y)))))
        except ValueError:
            continue
    return tuple(corners)
