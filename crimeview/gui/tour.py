"""What a tour of the window stops at."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True, kw_only=True)
class TourStop:
    """A part of the window and what there is to say of it."""

    title: str
    text: str
    target: Callable[[], QWidget]
