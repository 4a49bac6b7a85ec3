"""A window as a person handles it, whatever screen it is on."""

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PySide6.QtCore import QEventLoop, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from crimeview.gui.widgets.recording_list import RecordingList
from crimeview.gui.widgets.segment_list import SegmentList
from crimeview.gui.widgets.segment_panel import SegmentPanel
from crimeview.gui.widgets.video_view import VideoView
from crimeview.gui.window import Window
from tests.gui.recordings import shown_number

PATIENCE = 120.0  # s; nothing is measured by it, and test machines are shared
_Widget = TypeVar("_Widget", bound=QWidget)


class Driven:
    def __init__(self, window: Window) -> None:
        self.window = window
        self.workspace = window.parts.workspace

    def drop(self, *paths: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
        bare = Qt.KeyboardModifier.NoModifier
        entering = QDragEnterEvent(QPoint(50, 50), copy, data, left, bare)
        QApplication.sendEvent(self.window, entering)
        QApplication.sendEvent(self.window, QDropEvent(QPointF(50, 50), copy, data, left, bare))

    def open_case(self, folder: Path) -> None:
        """Open another case in the window, as from its menu."""
        self.window._opening.open_case(folder)
        self.settle()

    def settle(self) -> None:
        self.wait(lambda: self.window.settled)

    def wait(self, condition: Callable[[], bool]) -> None:
        deadline = time.monotonic() + PATIENCE
        while not condition():
            assert time.monotonic() < deadline, "the window took too long"
            pass_time(5)

    def press(
        self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        QTest.keyClick(self.window, key, modifier)

    def click_segment(self, row: int) -> None:
        _click(self.segments, row)

    def click_recording(self, row: int) -> None:
        _click(self.recordings, row)

    @property
    def segments(self) -> SegmentList:
        return self._child(SegmentList)

    @property
    def panel(self) -> SegmentPanel:
        return self._child(SegmentPanel)

    @property
    def recordings(self) -> RecordingList:
        return self._child(RecordingList)

    @property
    def view(self) -> VideoView:
        return self._child(VideoView)

    def _child(self, kind: type[_Widget]) -> _Widget:
        found = self.window.findChild(kind)
        assert found is not None
        return found

    def number_on_screen(self) -> int:
        """The number of the frame, read from the picture as it is painted."""
        area = self.view.picture_rectangle().toRect()
        return shown_number(pixels(self.view.grab(area).toImage()))


def pass_time(milliseconds: int) -> None:
    """Let events come for a while. `QTest.qWait` would keep Python's other threads waiting."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def pixels(image: QImage) -> NDArray[np.uint8]:
    """(height, width, 4) uint8."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), -1, 4)[:, : image.width()].copy()


def _click(view: SegmentList | RecordingList, row: int) -> None:
    place = view.visualRect(view.model().index(row, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
