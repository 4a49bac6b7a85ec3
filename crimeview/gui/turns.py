"""What is done in the window's own thread, but not all in one go."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

# ms. What is posted to Qt's loop comes before input, and so does a timer that is started anew
# without any interval among others that are due.
SOON = 1


class Turns(QObject):
    """Lets things wait for their turn: one at a time, between which input and painting are seen to.

    Nobody waits for a turn so long that another action could come before it: `finish` is called
    ahead of those.
    """

    def __init__(self) -> None:
        super().__init__()
        self._waiting: deque[Callable[[], None]] = deque()
        self._acting = False
        self._timer = QTimer(self, singleShot=True, interval=SOON)
        self._timer.timeout.connect(self._act)

    @property
    def busy(self) -> bool:
        return self._acting or bool(self._waiting)

    def take(self, act: Callable[[], None]) -> None:
        """Do this after all that waits already; what does wait already is not done twice."""
        if act not in self._waiting:
            self._waiting.append(act)
            self._timer.start()

    def drop(self, act: Callable[[], None]) -> None:
        """Have this not done, if it waits."""
        if act in self._waiting:
            self._waiting.remove(act)

    def finish(self) -> None:
        """Do all that waits, now; what is being done has come to its turn already."""
        while self._waiting and not self._acting:
            self._act()

    def clear(self) -> None:
        self._waiting.clear()

    def _act(self) -> None:
        if not self._waiting or self._acting:
            return
        self._acting = True
        try:
            self._waiting.popleft()()
        finally:
            self._acting = False
            if self._waiting:
                self._timer.start()
