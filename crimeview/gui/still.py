"""A picture of a recording as a file, with a caption that says what it is of."""

from collections.abc import Sequence
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter

from crimeview.core.errors import UsageError

_SHARE = 0.032  # of the picture's shorter side: the height of a line
_LEAST = 13  # pixels of a line


class CaptionPlace(Enum):
    """Where the caption of a picture goes."""

    BURNT_IN = "burnt in"  # below the picture, in the same file: nothing of it is covered
    SEPARATE = "separate"  # into a text file of the same name
    NONE = "none"


def with_caption(image: QImage, lines: Sequence[str]) -> QImage:
    """The picture with the lines on a strip below it; long ones are made to fit by smaller type."""
    font = QFont()
    font.setPixelSize(max(_LEAST, round(min(image.width(), image.height()) * _SHARE)))
    margin = font.pixelSize() / 2
    widest = max((QFontMetricsF(font).horizontalAdvance(line) for line in lines), default=0.0)
    room = image.width() - 2 * margin
    if widest > room:
        font.setPixelSize(max(6, int(font.pixelSize() * room / widest)))
    height = QFontMetricsF(font).height()
    strip = round(2 * margin + height * len(lines))
    result = QImage(image.width(), image.height() + strip, QImage.Format.Format_RGB32)
    result.fill(QColor("black"))
    painter = QPainter(result)
    painter.drawImage(0, 0, image)
    painter.setFont(font)
    painter.setPen(QColor("white"))
    for number, line in enumerate(lines):
        place = QRectF(margin, image.height() + margin + number * height, room, height)
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, line)
    painter.end()
    return result


def write_still(path: Path, image: QImage, lines: Sequence[str], *, place: CaptionPlace) -> None:
    """Write the picture as PNG, and the lines beside it if they are to be `SEPARATE`.

    `lines` of a burnt-in caption are in the picture already. Raises UsageError where the disk
    refuses; a file of that name is then as it was.
    """
    part = path.with_name(f".{path.stem}.part.png")  # its ending says what to write
    if not image.save(str(part)):
        part.unlink(missing_ok=True)
        raise UsageError(
            f"The picture “{path}” cannot be written; check the folder and the free space."
        )
    try:
        part.replace(path)
        if place is CaptionPlace.SEPARATE:
            path.with_suffix(".txt").write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        part.unlink(missing_ok=True)
        raise UsageError(
            f"The picture “{path}” cannot be written ({error.strerror}); "
            "check the folder and the free space."
        ) from error
