"""The time of a recording while it plays."""

import time


class PlayClock:
    """The recording's clock while it plays: seconds of video as wall time goes by."""

    def __init__(self) -> None:
        self._wall = 0.0
        self._media = 0.0
        self._rate = 0.0

    def set(self, media: float, *, rate: float) -> None:
        self._wall, self._media, self._rate = time.monotonic(), media, rate

    def now(self) -> float:
        return self._media + (time.monotonic() - self._wall) * self._rate

    def until(self, media: float) -> float:
        """Wall seconds until the clock shows `media`, negative if it is past."""
        return (media - self.now()) / self._rate
