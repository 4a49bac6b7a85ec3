"""The picture as a person handles it."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog, QSlider

from crimeview.gui.still import CaptionPlace
from crimeview.gui.widgets.picture_panel import PicturePanel
from crimeview.gui.widgets.save_picture_dialog import SavePictureDialog, StillChoice
from crimeview.gui.widgets.transport import Transport
from tests.gui.driven import Driven, pixels
from tests.gui.recordings import HEIGHT, WIDTH


def _wheel(driven: Driven, at: QPointF, notches: int) -> None:
    view = driven.view
    none = Qt.KeyboardModifier.NoModifier
    event = QWheelEvent(
        at,
        QPointF(view.mapToGlobal(at.toPoint())),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def test_the_wheel_looks_closer_and_a_drag_moves_on(reviewing: Driven) -> None:
    view = reviewing.view
    whole = view.picture_rectangle()
    _wheel(reviewing, QPointF(whole.center()), 5)
    close = view.picture_rectangle()
    assert close.width() > 2.5 * whole.width()
    middle = whole.center().toPoint()
    QTest.mousePress(view, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(view, middle + QPoint(20, 0))
    QTest.mouseMove(view, middle + QPoint(60, 0))
    QTest.mouseRelease(view, Qt.MouseButton.LeftButton, pos=middle + QPoint(60, 0))
    assert view.picture_rectangle().x() == pytest.approx(close.x() + 60, abs=1)
    assert not reviewing.workspace.playhead.playing, "a drag is no click"
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=middle)
    assert reviewing.workspace.playhead.playing
    reviewing.press(Qt.Key.Key_K)


def test_turning_turns_what_is_on_the_screen(reviewing: Driven) -> None:
    before = pixels(reviewing.view.picture(as_seen=True))
    reviewing.window.commands["turn-right"].trigger()
    area = reviewing.view.picture_rectangle()
    assert area.height() > area.width()
    assert (pixels(reviewing.view.picture(as_seen=True)) == np.rot90(before, -1)).all()
    recorded = pixels(reviewing.view.picture(as_seen=False))
    assert (recorded == before).all(), "the recording's own picture stays as it is"


def test_light_is_of_the_view_and_another_recording_begins_plain(reviewing: Driven) -> None:
    view = reviewing.view
    middle = (HEIGHT // 2, WIDTH - 40)
    before = pixels(view.picture(as_seen=False))[middle][0]
    reviewing.window.commands["adjust-picture"].trigger()
    panel = reviewing.window.findChild(PicturePanel)
    panel.findChildren(QSlider)[0].setValue(70)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    assert pixels(view.picture(as_seen=True))[middle][0] > before + 40
    assert pixels(view.picture(as_seen=False))[middle][0] == before
    reviewing.workspace.select_recording(None)
    reviewing.workspace.select_first()
    reviewing.settle()
    assert pixels(view.picture(as_seen=True))[middle][0] == before


def test_a_picture_is_saved_with_its_caption(reviewing: Driven, tmp_path: Path) -> None:
    reviewing.workspace.playhead.seek(12.34)
    reviewing.settle()
    reviewing.press(Qt.Key.Key_K)
    reviewing.window.commands["save-picture"].trigger()
    dialog = reviewing.window.findChild(SavePictureDialog)
    dialog.findChild(QDialogButtonBox).accepted.emit()
    chooser = reviewing.window.findChild(QFileDialog)
    assert "yard 0-00-12" in chooser.selectedFiles()[0]
    chooser.close()
    page = reviewing.window.pages[0]
    page._picture.stills.save(
        tmp_path / "out", StillChoice(place=CaptionPlace.SEPARATE, as_seen=False)
    )
    reviewing.settle()
    assert QImage(str(tmp_path / "out.png")).width() == WIDTH
    caption = (tmp_path / "out.txt").read_text()
    fingerprint = reviewing.workspace.recording.fingerprint
    assert "yard.mp4, 0:00:12.340" in caption
    assert fingerprint.sha256 in caption


def test_a_segment_is_repeated_until_it_is_not(reviewing: Driven) -> None:
    reviewing.press(Qt.Key.Key_N)
    reviewing.settle()
    reviewing.press(Qt.Key.Key_Y)
    playhead = reviewing.workspace.playhead
    loop = playhead.loop
    assert loop is not None
    assert reviewing.window.commands["repeat"].isChecked()
    playhead.seek(loop[1] - 0.4)
    reviewing.settle()
    playhead.set_speed(4.0)
    playhead.play()
    reviewing.wait(lambda: playhead.position < loop[1] - 1.0)
    assert playhead.playing
    assert playhead.position >= loop[0] - 0.1
    reviewing.press(Qt.Key.Key_Y)
    assert playhead.loop is None
    playhead.pause()


def test_marks_set_what_is_repeated(reviewing: Driven) -> None:
    playhead = reviewing.workspace.playhead
    playhead.seek(5.0)
    reviewing.press(Qt.Key.Key_Z)
    assert playhead.loop == (5.0, playhead.end)
    playhead.seek(9.0)
    reviewing.press(Qt.Key.Key_X)
    assert playhead.loop == (5.0, 9.0)
    playhead.seek(5.3)
    reviewing.settle()
    playhead.shuttle(-1)
    reviewing.wait(lambda: playhead.position > 8.0)
    playhead.pause()
    reviewing.workspace.select_recording(None)
    assert playhead.loop is None


def test_the_caption_over_the_picture_is_toggled(reviewing: Driven) -> None:
    before = reviewing.view.grab().toImage()
    reviewing.window.commands["show-caption"].trigger()
    assert reviewing.view.grab().toImage() != before
    reviewing.window.commands["show-caption"].trigger()
    assert reviewing.view.grab().toImage() == before


def test_without_sound_there_is_no_button_for_it(reviewing: Driven) -> None:
    transport = reviewing.window.findChild(Transport)
    assert not transport.button("mute").isVisible()
    assert not reviewing.window.commands["mute"].isEnabled()
    assert transport.button("repeat").isVisible()
