"""Sound while a recording plays at its own speed."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from crimeview.gui.playhead import Playhead
from crimeview.gui.tasks import Lane, Tasks, log_error
from crimeview.gui.told_text import fault_text

if TYPE_CHECKING:
    from crimeview.sound.speaker import Speaker

_APART = 0.2  # s that sound and pictures may be apart
_LOOK = 1.0  # s of playing between two looks whether they are

MakeSpeaker = Callable[[], "Speaker"]


class Sound(QObject):
    """Plays the sound of the recording that a `Playhead` is in, forwards at 1x.

    `available` says that the recording has sound, `muted` that it is not wanted. Where no sound can
    be played, `complaint` says why.
    """

    changed = Signal()

    def __init__(
        self, tasks: Tasks, playhead: Playhead, *, make_speaker: MakeSpeaker | None = None
    ) -> None:
        super().__init__()
        self.available = False
        self.muted = False
        self.complaint = ""
        self._tasks = tasks
        self._playhead = playhead
        self._make_speaker = make_speaker or _speaker
        self._lane: Lane | None = None
        self._player: _SoundPlayer | None = None
        self._playing = False
        self._looked = 0.0
        playhead.rate_changed.connect(self._on_rate_changed)
        playhead.sought.connect(self._on_sought)
        playhead.moved.connect(self._on_moved)

    @property
    def playing(self) -> bool:
        """Whether sound is asked for."""
        return self._playing

    def open(self, path: Path) -> None:
        """Look whether the recording has sound."""
        self.close()
        self._player = _SoundPlayer(path, self._make_speaker)
        self._tasks.turns.take(self._look)

    def _look(self) -> None:
        if self._player is not None and self._lane is None:
            self._lane = self._tasks.lane("sound")
            self._lane.call(self._player.look, on_result=self._on_looked)

    def close(self) -> None:
        if self._lane is not None and self._player is not None:
            self._lane.close(self._player.close)
        self._lane = self._player = None
        self._playing = False
        if self.available:
            self.available = False
            self.changed.emit()

    def mute(self, *, muted: bool) -> None:
        self.muted = muted
        self._follow()
        self.changed.emit()

    def _on_looked(self, available: bool) -> None:  # noqa: FBT001 (a lane gives it so)
        self.available = available
        self.changed.emit()
        self._follow()

    def _on_rate_changed(self, _rate: float) -> None:
        self._follow()

    def _on_sought(self, _seconds: float) -> None:
        if self._playing:
            self._start()

    def _on_moved(self, seconds: float) -> None:
        """Now and then see whether sound and pictures are still together."""
        if self._playing and abs(seconds - self._looked) >= _LOOK and self._lane is not None:
            self._looked = seconds
            assert self._player is not None, "made with the lane"
            self._lane.call(self._player.position, on_result=self._on_position)

    def _on_position(self, position: float | None) -> None:
        apart = 0.0 if position is None else abs(position - self._playhead.position)
        if self._playing and apart > _APART:
            self._start()

    def _follow(self) -> None:
        wanted = self.available and not self.muted and self._playhead.rate == 1.0
        if wanted and not self._playing:
            self._start()
        elif self._playing and not wanted and self._lane is not None:
            assert self._player is not None, "made with the lane"
            self._lane.call(self._player.stop, on_result=_nothing)
        self._playing = wanted

    def _start(self) -> None:
        if self._lane is None or self._player is None:
            return
        self._looked = seconds = self._playhead.position
        player = self._player
        self._lane.call(lambda: player.start(seconds), on_result=_nothing, on_error=self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        log_error(error)
        self.available = self._playing = False
        self.complaint = fault_text(error)
        self.changed.emit()


class _SoundPlayer:
    """What the lane's thread owns; every method runs there."""

    def __init__(self, path: Path, make_speaker: MakeSpeaker) -> None:
        self._path = path
        self._make_speaker = make_speaker
        self._speaker: Speaker | None = None
        self._from = 0.0

    def look(self) -> bool:
        from crimeview.video.sound import has_sound  # in the lane: decoders are slow to load

        return has_sound(self._path)

    def start(self, seconds: float) -> None:
        from crimeview.video.sound import sound_since

        if self._speaker is None:
            self._speaker = self._make_speaker()
        self._from = seconds
        self._speaker.play(sound_since(self._path, seconds))

    def position(self) -> float | None:
        return self._from + self._speaker.position if self._speaker is not None else None

    def stop(self) -> None:
        if self._speaker is not None:
            self._speaker.stop()

    def close(self) -> None:
        if self._speaker is not None:
            self._speaker.close()


def _speaker() -> "Speaker":
    from crimeview.sound.speaker import Speaker
    from crimeview.video.sound import RATE

    return Speaker(rate=RATE)


def _nothing(_result: None) -> None:
    """What comes of it is heard."""
