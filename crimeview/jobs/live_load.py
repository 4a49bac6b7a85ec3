"""How much of this computer watching takes, and how often cameras are looked at accordingly."""

import time
from collections.abc import Sequence

from crimeview.core.capacity import Choice, capacity
from crimeview.core.watching import Capacity
from crimeview.jobs.live_scores import NetworkCosts
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
        self._chosen = Choice()
        self._left_out = 0

    def is_due(self, cameras: int) -> bool:
        """Whether it is time to look at the cameras, of which there are so many."""
        now = time.monotonic()
        if now < self._tick and cameras == self._cameras:
            return False
        if cameras != self._cameras:
            self._choose = self._tell = 0.0
        self._tick, self._cameras = now + _TICK, cameras
        return True

    def measured(
        self, cameras: Sequence[WatchedCamera], networks: NetworkCosts, *, step: float
    ) -> Capacity | None:
        """Set the cameras' rate; gives what is to be told of it, None where nothing is."""
        now = time.monotonic()
        if now < self._choose:
            return None
        self._choose = now + _CHOOSE
        costs = [camera.cost() for camera in cameras]
        found = capacity(
            costs,
            cores=usable_cores(),
            step=step,
            before=self._chosen,
            slowed=networks.slowed,
            left_out=self._newly_left_out(cameras),
        )
        networks.fade()
        self._chosen = Choice(found.nth, found.followed)
        left = found.followed
        for camera, cost in zip(cameras, costs, strict=True):
            camera.live.look_at_each(found.nth)
            if cost.following > 0.0:
                camera.follow(people=left > 0)
                left -= 1
        if self._told is not None and _alike(found, self._told) and now < self._tell:
            return None
        first = self._told is None  # reading was not measured then
        self._told, self._tell = found, now + (_CHOOSE if first else _TELL)
        return found

    def _newly_left_out(self, cameras: Sequence[WatchedCamera]) -> int:
        """Pictures and clips that there was no time for since this was last asked."""
        before = self._left_out
        self._left_out = sum(camera.live.health().left_out for camera in cameras)
        return max(0, self._left_out - before)


def _alike(one: Capacity, other: Capacity) -> bool:
    """Whether cameras are looked at in the same way, and the computer keeps up as well."""
    return (one.nth, one.followed, one.enough) == (other.nth, other.followed, other.enough)
