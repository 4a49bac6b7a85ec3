"""The loudspeaker: the only place that knows what plays sound on this computer."""

from collections.abc import Generator
from threading import Lock

import miniaudio
import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import CrimeviewError
from crimeview.sound.held_back import errors_held_back

_BUFFER = 60  # ms
Pieces = Generator[NDArray[np.int16]]


class SpeakerError(CrimeviewError):
    """No sound can be played here."""


class Speaker:
    """Plays pieces of sound, (n, 2) int16, as they come; `position` is how many seconds it has.

    The device asks for sound in a thread of its own, which the generator then runs in.
    """

    def __init__(self, *, rate: int, silent: bool = False) -> None:
        """A `silent` one needs no device and takes the sound as fast as one would.

        Raises SpeakerError where there is no device for sound.
        """
        self._rate = rate
        self._played = 0
        self._lock = Lock()
        self._pieces: Pieces | None = None
        self._rest = np.empty((0, 2), np.int16)
        backends = [miniaudio.Backend.NULL] if silent else None
        try:
            with errors_held_back():
                self._device = miniaudio.PlaybackDevice(
                    output_format=miniaudio.SampleFormat.SIGNED16,
                    nchannels=2,
                    sample_rate=rate,
                    buffersize_msec=_BUFFER,
                    backends=backends,
                    app_name="crimeview",
                )
        except miniaudio.MiniaudioError as error:
            raise SpeakerError(
                "No sound can be played on this computer; connect a loudspeaker and open the "
                "recording again."
            ) from error

    @property
    def position(self) -> float:
        """Seconds of sound that were taken since `play`."""
        return self._played / self._rate

    def play(self, pieces: Pieces) -> None:
        """Play these from now on, in place of what is playing."""
        self.stop()
        self._pieces, self._played = pieces, 0
        self._rest = np.empty((0, 2), np.int16)
        feed = self._feed()
        next(feed)
        self._device.start(feed)

    def stop(self) -> None:
        if self._device.running:
            self._device.stop()
        with self._lock:
            if self._pieces is not None:
                self._pieces.close()
                self._pieces = None

    def close(self) -> None:
        self.stop()
        self._device.close()

    def _feed(self) -> Generator[NDArray[np.int16], int]:
        wanted = yield self._rest
        while True:
            wanted = yield self._take(wanted)

    def _take(self, count: int) -> NDArray[np.int16]:
        """The next samples; silence where there are no more."""
        with self._lock:
            while len(self._rest) < count and self._pieces is not None:
                piece = next(self._pieces, None)
                if piece is None:
                    break
                self._rest = np.concatenate([self._rest, piece])
            taken, self._rest = self._rest[:count], self._rest[count:]
        self._played += count
        missing = count - len(taken)
        return np.concatenate([taken, np.zeros((missing, 2), np.int16)]) if missing else taken
