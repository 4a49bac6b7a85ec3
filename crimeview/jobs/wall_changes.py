"""What others change of the cameras of a case while they are watched."""

import logging
import time
from collections.abc import Callable

from crimeview.core.errors import CaseError
from crimeview.core.watching import Camera
from crimeview.jobs.live_cameras import cameras_to_watch
from crimeview.store.case import Case

_LOOK = 2.0  # s between two looks
_SECRET = 20.0  # s in which a password may come after its camera
_log = logging.getLogger(__name__)


class WallChanges:
    """Asks now and then for cameras that another window or command has changed.

    Rules follow a camera that is renamed: whoever watched it by its old name would raise nothing.
    It is to be made before the cameras that are watched at first are read, or changes in between
    are not told.
    """

    def __init__(self, case: Case, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._case = case
        self._clock = clock
        self._revision = case.revision()
        self._wall = case.live.wall()
        self._looked = self._changed = clock()
        self._lacks_secret = False  # the keyring is told after the case is

    def cameras(self) -> list[Camera] | None:
        """The cameras as they are now with their secrets, None: as before, or not yet asked."""
        now = self._clock()
        if now - self._looked < _LOOK:
            return None
        self._looked = now
        try:
            return self._read(now)
        except CaseError as error:
            _log.info("cameras could not be read, those known are watched on: %s", error)
            return None

    def _read(self, now: float) -> list[Camera] | None:
        revision = self._case.revision()
        waiting = now - self._changed < _SECRET and self._lacks_secret
        if revision == self._revision and not waiting:
            return None
        wall = self._case.live.wall()
        if wall == self._wall and not waiting:
            self._revision = revision
            return None
        cameras = cameras_to_watch(self._case)
        self._revision = revision
        if wall != self._wall:
            self._wall, self._changed = wall, now
        known = {camera.name for camera in cameras if camera.secret is not None}
        self._lacks_secret = any(w.has_secret and w.camera.name not in known for w in wall)
        return cameras
