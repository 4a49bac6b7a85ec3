"""The picture."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from crimeview.core.timetext import clock_text
from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.player import Player
from crimeview.gui.playhead import Playhead
from crimeview.gui.text import translate
from crimeview.video.frames import Frame

_SLOW = 300  # ms after which a seek is worth a word


class VideoView(QWidget):
    """Paints the frame of a `Player`, as large as fits, and a sentence where there is none."""

    def __init__(self, player: Player, playhead: Playhead, *, look: Look) -> None:
        super().__init__()
        self._player = player
        self._playhead = playhead
        self._look = look
        self._failure = ""
        self._slow = QTimer(self, singleShot=True, interval=_SLOW)
        self._slow.timeout.connect(self.update)
        self.setAccessibleName(translate("VideoView", "Picture"))
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(240, 135)
        player.shown.connect(self._on_shown)
        player.failed.connect(self._on_failed)
        playhead.sought.connect(self._slow.start)
        playhead.rate_changed.connect(self.update)
        look.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        return QSize(960, 540)

    def picture_rectangle(self) -> QRectF:
        """Where in the widget the picture lies; empty where there is none."""
        frame = self._player.frame
        if frame is None:
            return QRectF()
        height, width = frame.picture.shape[:2]
        size = QSize(width, height).scaled(self.size(), Qt.AspectRatioMode.KeepAspectRatio)
        return QRectF(
            (self.width() - size.width()) // 2,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._player.frame is not None:
            self._playhead.toggle()

    def paintEvent(self, _event: object) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._look.colors.picture))
        if self._player.frame is not None:
            self._paint_frame(painter, self._player.frame)
        if self._failure:
            self._paint_words(painter, self._failure)
        elif self._player.busy and not self._slow.isActive() and not self._playhead.playing:
            text = translate("VideoView", "Going to {time} …")
            self._paint_words(painter, text.format(time=clock_text(self._playhead.position)))

    def _paint_frame(self, painter: QPainter, frame: Frame) -> None:
        height, width = frame.picture.shape[:2]
        image = QImage(
            frame.picture.data,
            width,
            height,
            frame.picture.strides[0],
            QImage.Format.Format_RGB32,
        )
        # Smooth scaling takes a few ms more, which only a standing picture repays.
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, not self._playhead.playing)
        painter.drawImage(self.picture_rectangle(), image)

    def _paint_words(self, painter: QPainter, text: str) -> None:
        margin = style.Space.HUGE
        area = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        bounds = painter.boundingRect(area, flags, text)
        ground = bounds.adjusted(
            -style.Space.MEDIUM, -style.Space.SMALL, style.Space.MEDIUM, style.Space.SMALL
        )
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color(self._look.colors.panel, alpha=0.9))
        painter.drawRoundedRect(ground, style.ROW_RADIUS, style.ROW_RADIUS)
        painter.setPen(QColor(self._look.colors.text))
        painter.drawText(bounds, flags, text)

    def _on_shown(self) -> None:
        self._failure = ""
        if not self._player.busy:
            self._slow.stop()
        self.update()

    def _on_failed(self, sentence: str) -> None:
        self._failure = sentence
        self.update()
