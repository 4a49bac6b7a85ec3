"""How much of this computer watching takes, and how often cameras are looked at accordingly."""

import time
from collections.abc import Sequence

from crimeview.core.capacity import capacity
from crimeview.core.watching import Capacity
from crimeview.jobs.watched_camera import WatchedCamera
from crimeview.nets.engines import usable_cores

_TICK = 0.25  # s between looks at how cameras are
_CHOOSE = 5.0  # s between choices of the rate
_TELL = 30.0  # s between reports where nothing changes


class LoadWatch:
    """Chooses the rate of all cameras by what they were measured to take."""

    def __init__(self) -> None:
        self._tick = self._choose = self._tell = 0.0
        self._cameras = -1
        self._told: Capacity | None = None

    def is_due(self, cameras: int) -> bool:
        """Whether it is time to look at the cameras, of which there are so many."""
        now = time.monotonic()
        if now < self._tick and cameras == self._cameras:
            return False
        if cameras != self._cameras:
            self._choose = self._tell = 0.0
        self._tick, self._cameras = now + _TICK, cameras
        return True

    def measured(self, cameras: Sequence[WatchedCamera], *, step: float) -> Capacity | None:
        """Set the cameras' rate; gives what is to be told of it, None where nothing is."""
        now = time.monotonic()
        if now < self._choose:
            return None
        self._choose = now + _CHOOSE
        found = capacity([camera.cost() for camera in cameras], cores=usable_cores(), step=step)
        for camera in cameras:
            camera.live.look_at_each(found.nth)
        if self._told is not None and found.nth == self._told.nth and now < self._tell:
            return None
        first = self._told is None  # reading was not measured then
        self._told, self._tell = found, now + (_CHOOSE if first else _TELL)
        return found
