"""Painting a part of the window after all else that is new."""

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from crimeview.gui.turns import Turns


class PutOff(QObject):
    """Has a widget that takes long painted in a turn of its own, and not with the others.

    Until then it is as it was painted last.
    """

    def __init__(self, widget: QWidget, turns: Turns) -> None:
        super().__init__(widget)
        self._widget = widget
        self._turns = turns
        widget.destroyed.connect(lambda: turns.drop(self._paint))

    def once(self) -> None:
        """Put off what is to be painted now."""
        self._widget.setUpdatesEnabled(False)
        self._turns.take(self._paint)

    def _paint(self) -> None:
        self._widget.setUpdatesEnabled(True)
