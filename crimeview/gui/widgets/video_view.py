"""The picture."""

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from crimeview.core.timetext import clock_text
from crimeview.gui import style
from crimeview.gui.look import Look
from crimeview.gui.player import Player
from crimeview.gui.playhead import Playhead
from crimeview.gui.preview import image_of
from crimeview.gui.text import translate

_SLOW = 300  # ms after which a seek is worth a word


class VideoView(QWidget):
    """Paints the frame of a `Player`, as large as fits, and a sentence where there is none.

    A preview in its place is as large and marked as what it is.
    """

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

    @property
    def shows_preview(self) -> bool:
        """Whether a small picture of about the moment stands in for the frame."""
        return self._player.preview is not None

    def picture_rectangle(self) -> QRectF:
        """Where in the widget the picture lies; empty where there is none."""
        frame, preview = self._player.frame, self._player.preview
        if frame is not None:
            height, width = frame.picture.shape[:2]
        elif preview is not None:
            height, width = preview.image.height(), preview.image.width()
        else:
            return QRectF()
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
        frame, preview = self._player.frame, self._player.preview
        if preview is not None:
            self._paint_picture(painter, preview.image, smooth=True)
            self._paint_mark(painter, translate("VideoView", "Preview"))
        elif frame is not None:
            # Smooth scaling takes a few ms more, which only a standing picture repays.
            self._paint_picture(painter, image_of(frame), smooth=not self._playhead.playing)
        if self._failure:
            self._paint_words(painter, self._failure)
        elif preview is None and self._is_slow:
            text = translate("VideoView", "Going to {time} …")
            self._paint_words(painter, text.format(time=clock_text(self._playhead.position)))

    @property
    def _is_slow(self) -> bool:
        return self._player.busy and not self._slow.isActive() and not self._playhead.playing

    def _paint_picture(self, painter: QPainter, image: QImage, *, smooth: bool) -> None:
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, smooth)
        painter.drawImage(self.picture_rectangle(), image)

    def _paint_mark(self, painter: QPainter, text: str) -> None:
        """A word in the picture's upper right corner."""
        painter.setFont(self._look.font(style.Type.SMALL))
        metrics = painter.fontMetrics()
        size = QSizeF(metrics.horizontalAdvance(text), metrics.height())
        size += QSizeF(2 * style.Space.SMALL, 2 * style.Space.HAIR)
        inside = self.picture_rectangle()
        corner = QPointF(inside.right() - style.Space.SMALL - size.width(), inside.top())
        corner += QPointF(0, style.Space.SMALL)
        self._paint_label(painter, QRectF(corner, size), text, flags=Qt.AlignmentFlag.AlignCenter)

    def _paint_words(self, painter: QPainter, text: str) -> None:
        """A sentence in the middle."""
        margin = style.Space.HUGE
        area = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
        painter.setFont(self._look.font())
        bounds = painter.boundingRect(area, flags, text)
        ground = bounds.adjusted(
            -style.Space.MEDIUM, -style.Space.SMALL, style.Space.MEDIUM, style.Space.SMALL
        )
        self._paint_label(painter, ground, text, flags=flags)

    def _paint_label(
        self, painter: QPainter, ground: QRectF, text: str, *, flags: Qt.AlignmentFlag | int
    ) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(style.color(self._look.colors.panel, alpha=0.9))
        painter.drawRoundedRect(ground, style.ROW_RADIUS, style.ROW_RADIUS)
        painter.setPen(QColor(self._look.colors.text))
        painter.drawText(ground, flags, text)

    def _on_shown(self) -> None:
        self._failure = ""
        if not self._player.busy:
            self._slow.stop()
        self.update()

    def _on_failed(self, sentence: str) -> None:
        self._failure = sentence
        self.update()
