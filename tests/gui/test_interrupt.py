import os
import signal
import sys
import threading
import time

import pytest
from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QApplication, QWidget

from crimeview.gui.interrupt import close_on_interrupt

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="os.kill ends the process there")
_PATIENCE = 60.0  # s


class _Window(QWidget):
    def __init__(self, loop: QEventLoop) -> None:
        super().__init__()
        self._loop = loop

    def closeEvent(self, _event: QCloseEvent) -> None:
        self._loop.quit()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_closes_the_window_although_nothing_else_happens(
    qapp: QApplication, number: signal.Signals
) -> None:
    before = signal.getsignal(number)
    loop = QEventLoop()
    window = _Window(loop)
    window.show()
    QTimer.singleShot(round(_PATIENCE * 1000), loop.quit)
    sender = threading.Timer(0.2, os.kill, (os.getpid(), number))
    began = time.monotonic()
    with close_on_interrupt(window):
        sender.start()
        loop.exec()
    sender.join()
    assert time.monotonic() - began < _PATIENCE / 2
    assert not window.isVisible()
    assert signal.getsignal(number) is before
    window.deleteLater()
