"""A window on a case of its own, with tiny real models."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crimeview.gui.app import application, compose
from crimeview.gui.settings import Preferences
from crimeview.gui.tasks import Tasks
from crimeview.gui.widgets.recording_list import RecordingList
from crimeview.gui.widgets.segment_list import SegmentList
from crimeview.gui.widgets.video_view import VideoView
from crimeview.gui.window import Window
from crimeview.jobs.models import ModelPair
from crimeview.store.case import open_case
from tests.gui.recordings import shown_number, write_numbered
from tests.tiny_models import make_models

OpenWindow = Callable[..., "Driven"]


class Driven:
    """A window as a person handles it."""

    def __init__(self, window: Window, qtbot: QtBot) -> None:
        self.window = window
        self.workspace = window.parts.workspace
        self.analysis = window.parts.analysis
        self._qtbot = qtbot

    def drop(self, *paths: Path) -> None:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.window, QDragEnterEvent(QPoint(50, 50), copy, data, left, none))
        QApplication.sendEvent(self.window, QDropEvent(QPointF(50, 50), copy, data, left, none))

    def settle(self, *, timeout: int = 20_000) -> None:
        self._qtbot.waitUntil(lambda: self.window.settled, timeout=timeout)

    def wait(self, condition: Callable[[], bool], *, timeout: int = 20_000) -> None:
        self._qtbot.waitUntil(condition, timeout=timeout)

    def press(self, key: Qt.Key) -> None:
        self._qtbot.keyClick(self.window, key)

    def click_segment(self, row: int) -> None:
        self._click(self.segments, row)

    def click_recording(self, row: int) -> None:
        self._click(self.recordings, row)

    @property
    def segments(self) -> SegmentList:
        return self.window.findChild(SegmentList)

    @property
    def recordings(self) -> RecordingList:
        return self.window.findChild(RecordingList)

    @property
    def view(self) -> VideoView:
        return self.window.findChild(VideoView)

    def number_on_screen(self) -> int:
        """The number of the frame as it is painted."""
        area = self.view.picture_rectangle().toRect()
        return shown_number(pixels(self.view.grab(area).toImage()))

    def _click(self, view: SegmentList | RecordingList, row: int) -> None:
        place = view.visualRect(view.model().index(row, 0)).center()
        self._qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)


def pixels(image: QImage) -> NDArray[np.uint8]:
    """(height, width, 4) uint8."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    flat = np.frombuffer(image.constBits(), np.uint8)
    return flat.reshape(image.height(), image.bytesPerLine() // 4, 4)[:, : image.width()].copy()


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """30 s with motion from 8 to 10 s and, stronger, from 20 to 24 s."""
    path = tmp_path_factory.mktemp("recordings") / "yard.mp4"
    return write_numbered(path, duration=30, bursts=[(8, 10, 9), (20, 24, 60)])


@pytest.fixture
def open_window(
    qtbot: QtBot, qapp: QApplication, tmp_path: Path, models: ModelPair
) -> Iterator[OpenWindow]:
    """Opens windows on cases below tmp_path, and closes them."""
    opened: list[Window] = []

    def open_one(name: str = "case", **settings: object) -> Driven:
        preferences = Preferences()
        preferences.change(**settings)
        window = compose(
            application(offscreen=True),
            open_case(tmp_path / name),
            preferences=preferences,
            find_models=lambda: models,
        )
        opened.append(window)
        window.resize(1280, 800)
        window.show()
        qtbot.waitExposed(window)
        window.begin([])
        return Driven(window, qtbot)

    yield open_one
    for window in opened:
        window.close()
        window.deleteLater()


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()
