"""A camera's picture on the wall, its name over it, and how it is with it.

All of it is labels, which Qt paints by itself: while cameras are watched other threads hold the
interpreter, and a paint event in Python would wait for it, for each camera and each picture anew.
"""

import math

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPalette, QPixmap, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from crimeview.core.watching import Camera, CameraHealth, CameraState, LivePicture
from crimeview.gui.look import Look
from crimeview.gui.style import ICON, Space, Type, color
from crimeview.gui.text import translate
from crimeview.gui.told_text import told_text
from crimeview.gui.wall_text import STATE_ICONS, camera_state_text, health_text
from crimeview.gui.watching import Watching

_HEAD = 30  # pixels
_ALARM, _ON_ALARM = "#ffb000", "#1a1200"
_ON_PICTURE = "#c8d0d7"  # what surrounds pictures is dark in every theme


class CameraFace(QWidget):
    """Placed without layouts: a label tells its layout of each new picture."""

    def __init__(self, camera: Camera, watching: Watching, *, look: Look) -> None:
        super().__init__()
        self._camera, self._watching, self._look = camera, watching, look
        self._held: LivePicture | None = None
        self._said: tuple[object, ...] = ()
        self._ground = QWidget(self)
        self._ground.setAutoFillBackground(True)
        self._picture = QLabel(self)
        self._picture.setAutoFillBackground(True)
        self._picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._icon, self._name, self._told = QLabel(self), QLabel(self), QLabel(self)
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        self._told.setAlignment(right)
        self._reason = QLabel(self, wordWrap=True)
        self._reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._reason.setMargin(Space.MEDIUM)
        self._alarm = self._alarm_sign()
        self._dress()

    def lines(self) -> int:
        """Lines that the picture is shown with, in pixels of the screen."""
        area = self._area().size()
        health = self._health
        if health is not None and health.width and health.height:
            shape = QSize(health.width, health.height)
            area = shape.scaled(area, Qt.AspectRatioMode.KeepAspectRatio)
        return math.floor(area.height() * self.devicePixelRatioF())

    def take(self, picture: LivePicture | None) -> None:
        """Show a newer picture; the same one again costs nothing."""
        if picture is self._held:
            return
        self._held = picture  # holds the memory that the image is of
        if picture is None:
            self._picture.clear()
            return
        height, width = picture.pixels.shape[:2]
        stride = picture.pixels.strides[0]
        form = QImage.Format.Format_RGB32
        image = QImage(picture.pixels.data, width, height, stride, form)
        pixmap = QPixmap.fromImage(image, Qt.ImageConversionFlag.NoFormatConversion)
        pixmap.setDevicePixelRatio(self.devicePixelRatioF())
        self._picture.setPixmap(pixmap)

    def describe(self, *, alarmed: bool) -> None:
        """Say anew how it is with the camera, where that is something else."""
        health = self._health
        state = health.state if health is not None else None
        reason = self._why(health)
        live = state is CameraState.LIVE
        told = health_text(health) if live else camera_state_text(state)
        said = (state, told, reason, alarmed, self.width(), self._look.colors)
        if said == self._said:
            return
        if not self._said or said[-1] != self._said[-1]:
            self._dress()
        self._said = said
        self._show_head(state, told)
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self._alarm.setVisible(alarmed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        area = self._area()
        self._ground.setGeometry(0, 0, self.width(), _HEAD)
        self._picture.setGeometry(area)
        self._reason.setGeometry(area)
        self._alarm.move(Space.SMALL, _HEAD + Space.SMALL)
        self.describe(alarmed=self._alarm.isVisibleTo(self))

    @property
    def _health(self) -> CameraHealth | None:
        return self._watching.sight(self._camera.name).health

    def _area(self) -> QRect:
        return self.rect().adjusted(0, _HEAD, 0, 0)

    def _why(self, health: CameraHealth | None) -> str:
        """Why there is no picture, or none to rely on, in words; empty where there is."""
        state = health.state if health is not None else None
        if state is CameraState.LIVE or (
            state is CameraState.CONNECTING and self._held is not None
        ):
            return ""
        running = self._watching.running
        text = camera_state_text(state if state or not running else CameraState.CONNECTING)
        if health is not None and health.message:
            return f"{text}\n{told_text(health.message)}"
        return text

    def _show_head(self, state: CameraState | None, told: str) -> None:
        colors = self._look.colors
        ink = {CameraState.LIVE: colors.good, CameraState.LOST: colors.bad}.get(
            state or CameraState.ENDED, colors.muted
        )
        icon = STATE_ICONS.get(state, "stopped") if state is not None else "stopped"
        scale = self.devicePixelRatioF()
        self._icon.setPixmap(self._look.pixmap(icon, size=ICON, color=ink, scale=scale))
        self._icon.setGeometry(Space.SMALL, 0, ICON, _HEAD)
        left = Space.SMALL + ICON + Space.TIGHT
        room = max(0, self.width() - left - Space.SMALL)
        metrics = self._name.fontMetrics()
        name = metrics.elidedText(self._camera.name, Qt.TextElideMode.ElideRight, room)
        used = metrics.horizontalAdvance(name) + Space.MEDIUM
        self._name.setText(name)
        self._name.setGeometry(left, 0, room, _HEAD)
        beside = max(0, room - used)
        elided = self._told.fontMetrics().elidedText(told, Qt.TextElideMode.ElideRight, beside)
        self._told.setText(elided)
        self._told.setGeometry(left + used, 0, beside, _HEAD)

    def _dress(self) -> None:
        """Fonts and colors of the theme."""
        look, colors = self._look, self._look.colors
        self._name.setFont(look.font(bold=True))
        self._told.setFont(look.font(Type.SMALL))
        self._reason.setFont(look.font())
        for label, ink in ((self._name, colors.text), (self._told, colors.muted)):
            label.setPalette(_palette(QPalette.ColorRole.WindowText, QColor(ink)))
        self._ground.setPalette(_palette(QPalette.ColorRole.Window, QColor(colors.panel)))
        self._picture.setPalette(_palette(QPalette.ColorRole.Window, QColor(colors.picture)))
        dim = color(colors.picture, alpha=0.6)
        ground = f"rgba({dim.red()}, {dim.green()}, {dim.blue()}, {dim.alpha()})"
        self._reason.setStyleSheet(f"background: {ground}; color: {_ON_PICTURE};")

    def _alarm_sign(self) -> QFrame:
        """The word over the picture, for those who do not hear the sound."""
        sign = QFrame(self)
        sign.setObjectName("alarm")
        sign.setStyleSheet(
            f"#alarm {{ background: {_ALARM}; border-radius: 4px; }}"
            f"QLabel {{ color: {_ON_ALARM}; }}"
        )
        icon, word = QLabel(), QLabel(translate("Wall", "ALARM"))
        icon.setPixmap(
            self._look.pixmap("warning", size=ICON, color=_ON_ALARM, scale=self.devicePixelRatioF())
        )
        word.setFont(self._look.font(Type.HEADING, bold=True))
        row = QHBoxLayout(sign)
        row.setContentsMargins(Space.SMALL, Space.TIGHT, Space.MEDIUM, Space.TIGHT)
        row.setSpacing(Space.TIGHT)
        row.addWidget(icon)
        row.addWidget(word)
        sign.adjustSize()
        sign.hide()
        return sign


def _palette(role: QPalette.ColorRole, ink: QColor) -> QPalette:
    made = QPalette()
    made.setColor(role, ink)
    return made
