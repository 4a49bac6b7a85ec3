"""A curve as it is painted: how high its values stand."""

import numpy as np
import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPen
from PySide6.QtWidgets import QApplication

from crimeview.gui.widgets.envelope_curve import EnvelopeCurve
from crimeview.gui.widgets.time_scale import TimeScale
from tests.gui.driven import pixels

WIDTH, HEIGHT = 100, 80


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize(("rooted", "height"), [(False, 0.25), (True, 0.5)])
def test_values_stand_at_their_heights(rooted: bool, height: float) -> None:
    assert QApplication.instance() is not None
    values = np.full(10, 0.25, np.float32)
    starts = np.arange(10.0)
    curve, scale = EnvelopeCurve(), TimeScale()
    scale.set_length(10.0)
    scale.set_width(WIDTH)
    curve.pen = QPen(Qt.GlobalColor.white, 0)
    curve.rooted = rooted
    curve.show_envelope((np.stack([starts, starts + 1], axis=1), values, values))
    image = QImage(WIDTH, HEIGHT, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.black)
    painter = QPainter(image)
    curve.paint(painter, QRectF(0, 0, WIDTH, HEIGHT), scale=scale, top=1.0)
    painter.end()
    rows = np.flatnonzero(pixels(image)[:, WIDTH // 2, 1] > 100)
    assert rows.mean() == pytest.approx(HEIGHT * (1 - height), abs=1)
    assert curve.value_at(5.5) == 0.25, "what is told is the value"
