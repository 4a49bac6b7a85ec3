"""Notifications of the desktop, shown by the window."""

from collections import deque

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from crimeview.core.places import shipped


class Notifying(QObject):
    """Shows what jobs have to say: through the tray where there is one, else through the desktop.

    `notify` may be called by any thread; what it leaves is shown by `show_waiting` in this one.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[tuple[str, str]] = deque()
        self._tray: QSystemTrayIcon | None = None
        self._has_tray = QSystemTrayIcon.isSystemTrayAvailable()

    def notify(self, title: str, text: str) -> None:
        """Raises DeliveryError where the desktop shows nothing."""
        if self._has_tray:
            self._waiting.append((title, text))
            return
        from crimeview.messaging import desktop

        desktop.notify(title, text)

    def show_waiting(self) -> None:
        while self._waiting:
            title, text = self._waiting.popleft()
            self._icon().showMessage(title, text, QSystemTrayIcon.MessageIcon.Warning)

    def call_attention(self) -> None:
        """Have the desktop point at the window, if it is not in front."""
        window = QApplication.activeWindow()
        for widget in QApplication.topLevelWidgets():
            if window is None and widget.isVisible() and widget.isWindow():
                QApplication.alert(widget)

    def close(self) -> None:
        if self._tray is not None:
            self._tray.hide()

    def _icon(self) -> QSystemTrayIcon:
        if self._tray is None:
            icon = QIcon(str(shipped("resources") / "icons" / "crimeview.svg"))
            self._tray = QSystemTrayIcon(icon, self)
            self._tray.show()
        return self._tray
