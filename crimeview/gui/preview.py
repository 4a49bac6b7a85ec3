"""What is shown while the frame is on its way."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from crimeview.video.frames import Frame


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """A picture that stands for a moment, and its own time (s), which is at or before it."""

    time: float
    image: QImage


PreviewAt = Callable[[float], Preview | None]


def image_of(frame: "Frame") -> QImage:
    """The frame's own pixels, which must outlive the image."""
    height, width = frame.picture.shape[:2]
    return QImage(
        frame.picture.data, width, height, frame.picture.strides[0], QImage.Format.Format_RGB32
    )
