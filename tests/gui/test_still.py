from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication

from crimeview.core.errors import UsageError
from crimeview.gui.still import CaptionPlace, with_caption, write_still
from tests.gui.driven import pixels

LINES = ("yard.mp4, 0:00:21.300 of the recording", "SHA-256 " + 64 * "a")


def _picture() -> QImage:
    image = QImage(320, 180, QImage.Format.Format_RGB32)
    image.fill(QColor(90, 120, 30))
    return image


def test_a_burnt_in_caption_covers_nothing(qapp: QApplication) -> None:
    result = with_caption(_picture(), LINES)
    assert result.width() == 320
    assert (pixels(result)[:180] == pixels(_picture())).all()
    strip = pixels(result)[180:]
    assert strip[..., 1].max() > 150, "there are words"
    assert strip[:, -1, :3].max() == 0, "that fit"


def test_a_caption_stands_beside_the_picture(qapp: QApplication, tmp_path: Path) -> None:
    write_still(tmp_path / "a.png", _picture(), LINES, place=CaptionPlace.SEPARATE)
    assert QImage(str(tmp_path / "a.png")).size() == _picture().size()
    assert (tmp_path / "a.txt").read_text().splitlines() == list(LINES)
    assert len(list(tmp_path.iterdir())) == 2


def test_what_cannot_be_written_is_said(qapp: QApplication, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write_still(tmp_path / "no" / "a.png", _picture(), LINES, place=CaptionPlace.NONE)
