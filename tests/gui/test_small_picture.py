"""Small pictures as they are stored."""

import subprocess
import sys

import numpy as np
import pytest

from crimeview.gui.small_picture import image_of_jpeg, image_of_rgb
from crimeview.video.jpeg import jpeg_of_array
from tests.gui.driven import pixels

# While a QObject is destroyed, Qt holds one of its 131 locks as it tells who was connected to it;
# it is destroyed here until the lock is one that whoever makes and connects objects waits for.
_DESTROYED_MEANWHILE = """
import faulthandler, sys
from concurrent.futures import ThreadPoolExecutor
from PySide6.QtCore import QCoreApplication, QObject, Signal
from crimeview.gui.small_picture import image_of_jpeg

faulthandler.dump_traceback_later(30, exit=True)
jpeg = bytes.fromhex(sys.argv[1])
application = QCoreApplication([])
read = []

class Sender(QObject):
    told = Signal()

    def disconnectNotify(self, signal):
        read.append(worker.submit(image_of_jpeg, jpeg).result().isNull())

with ThreadPoolExecutor(1) as worker:
    receivers = [QObject() for _ in range(400)]
    senders = [Sender() for _ in receivers]
    for number, sender in enumerate(senders):
        sender.told.connect(receivers[number].deleteLater)
    receivers.clear()
print(len(read), any(read))
"""


def _picture(width: int = 64) -> np.ndarray:
    rows, columns = np.mgrid[0:48, 0:width]
    return np.stack([4 * rows, 255 * columns // width, 128 + 0 * rows], axis=2).astype(np.uint8)


@pytest.mark.parametrize("width", [64, 61, 145])
def test_the_image_is_the_picture_in_its_colors(width: int) -> None:
    picture = _picture(width)
    shown = pixels(image_of_jpeg(jpeg_of_array(picture)))[..., 2::-1]
    assert shown.shape == picture.shape
    assert np.abs(shown.astype(int) - picture).mean() < 6


def test_an_image_outlives_its_pixels() -> None:
    picture = _picture()
    image = image_of_rgb(picture)
    picture[:] = 0
    assert (pixels(image)[..., 2::-1] == _picture()).all()


def test_what_is_no_picture_is_null() -> None:
    jpeg = jpeg_of_array(_picture())
    for damaged in (b"", b"no picture", jpeg[:40]):
        assert image_of_jpeg(damaged).isNull()


def test_reading_waits_for_nothing_that_is_destroyed_meanwhile() -> None:
    jpeg = jpeg_of_array(_picture())
    done = subprocess.run(
        [sys.executable, "-c", _DESTROYED_MEANWHILE, jpeg.hex()],
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.stdout.split() == ["400", "False"], done.stderr
