"""Where in the picture a score comes from, drawn over it."""

import numpy as np
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen

from crimeview.core.explanation import ExplainedClip, Explanation
from crimeview.gui import style
from crimeview.gui.explaining import Explaining
from crimeview.gui.playhead import Playhead
from crimeview.gui.why_text import is_driven

_STRONGEST = 150  # opacity, of 255
_LEAST = 0.1  # of log-odds; what hardly changes the score is no heat
_AROUND = 1.0  # s before and after the segment in which the overlay stays


class HeatOverlay:
    """Paints the explanation of the clip nearest to the playhead, while that is near the segment.

    The more the score falls with a part, the stronger its color; the strongest part is framed, so
    that it is seen without telling colors apart.
    """

    def __init__(self, explaining: Explaining, playhead: Playhead) -> None:
        self._explaining = explaining
        self._playhead = playhead

    def paint(self, painter: QPainter, size: QSizeF) -> None:
        explanation = self._explaining.explanation
        if explanation is None or not _is_near(explanation, self._playhead.position):
            return
        clip = explanation.at(self._playhead.position)
        left, top, width, height = explanation.area
        area = QRectF(
            left * size.width(),
            top * size.height(),
            width * size.width(),
            height * size.height(),
        )
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(area, self._heat(clip))
        if is_driven(clip):
            self._frame(painter, clip, area)

    def _heat(self, clip: ExplainedClip) -> QImage:
        """A pixel for each cell; drawing it large makes it smooth."""
        drops = np.maximum(clip.drops, 0.0)
        most = max(float(drops.max()), _LEAST)
        color = QColor(style.HEAT)
        alpha = (drops / most * _STRONGEST).astype(np.uint32)
        pixels = np.zeros(drops.shape, np.uint32)
        for channel, shift in ((color.red(), 16), (color.green(), 8), (color.blue(), 0)):
            pixels |= (channel * alpha // 255).astype(np.uint32) << shift
        pixels |= alpha << 24
        rows, columns = drops.shape[0], drops.shape[1]
        form = QImage.Format.Format_ARGB32_Premultiplied
        return QImage(pixels.tobytes(), columns, rows, 4 * columns, form).copy()

    def _frame(self, painter: QPainter, clip: ExplainedClip, area: QRectF) -> None:
        rows, columns = clip.drops.shape
        window = clip.strongest
        frame = QRectF(
            area.left() + window.left / columns * area.width(),
            area.top() + window.top / rows * area.height(),
            (window.right - window.left) / columns * area.width(),
            (window.bottom - window.top) / rows * area.height(),
        )
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for color, width, line in (
            ("#000000", 4, Qt.PenStyle.SolidLine),
            (style.HEAT, 2, Qt.PenStyle.DashLine),
        ):
            pen = QPen(QColor(color), width, line)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawRect(frame)


def _is_near(explanation: Explanation, seconds: float) -> bool:
    first = min([explanation.start, *(clip.start for clip in explanation.explained)])
    last = max([explanation.end, *(clip.end for clip in explanation.explained)])
    return first - _AROUND <= seconds <= last + _AROUND
