"""A bar that shows how far something is."""

from PySide6.QtWidgets import QProgressBar, QWidget


class ProgressBar(QProgressBar):
    """Is painted with all else that is new.

    Qt's own paints itself, and whatever waits to be painted, within each call that changes it.
    """

    def __init__(self, parent: QWidget | None = None, *, maximum: int = 100) -> None:
        super().__init__(parent, maximum=maximum, textVisible=False)

    def setMaximum(self, maximum: int) -> None:
        if maximum != self.maximum():
            self.setUpdatesEnabled(False)
            super().setMaximum(maximum)
            self.setUpdatesEnabled(True)

    def setValue(self, value: int) -> None:
        if value != self.value():
            self.setUpdatesEnabled(False)
            super().setValue(value)
            self.setUpdatesEnabled(True)
