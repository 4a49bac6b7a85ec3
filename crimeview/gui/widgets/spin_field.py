"""Room beside the figures of a field that counts."""

from typing import TypeVar

from PySide6.QtWidgets import QAbstractSpinBox

from crimeview.gui.style import Space

_Box = TypeVar("_Box", bound=QAbstractSpinBox)


def inset(box: _Box) -> _Box:
    """The same box with its text as far from the frame as that of a line.

    A style sheet cannot say so: Qt lays the text of such a box over all of it.
    """
    box.lineEdit().setTextMargins(Space.TIGHT, 0, Space.TIGHT, 0)
    return box
