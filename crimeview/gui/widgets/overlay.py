"""What lies over a whole window for a while, and has the keyboard meanwhile."""

from PySide6.QtCore import QEvent, QObject, QPoint
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget


class Overlay(QWidget):
    """Covers its parent, of whatever size that is; no key gets to what is beneath.

    `put_away` takes it off and gives the keyboard back to what had it.
    """

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._before: QWidget | None = None  # what had the keyboard
        self.hide()
        parent.installEventFilter(self)

    def cover(self, *, focus: QWidget) -> None:
        """Lie over everything, with the keyboard on `focus`."""
        self._before = self.window().focusWidget()
        self.setGeometry(self._covered().rect())
        self.place()
        self.show()
        self.raise_()
        focus.setFocus()

    def put_away(self) -> None:
        """Go, and give the keyboard back."""
        if not self.isVisible():
            return
        self.hide()
        (self._before or self.window()).setFocus()
        self.deleteLater()

    def place(self) -> None:
        """Put things where they belong in the present size."""

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def focusNextPrevChild(self, _forward: bool) -> bool:  # noqa: FBT001 (Qt's own signature)
        return True  # Tab goes no further than here

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.setGeometry(self._covered().rect())
            self.place()
        return super().eventFilter(watched, event)

    def covers(self, widget: QWidget) -> QPoint:
        """Where the upper left corner of a widget beneath lies on this one."""
        return widget.mapTo(self._covered(), QPoint(0, 0))

    def _covered(self) -> QWidget:
        covered = self.parentWidget()
        assert covered is not None
        return covered
