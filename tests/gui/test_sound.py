from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crimeview.gui.playhead import Playhead
from crimeview.gui.sound import Sound
from crimeview.gui.tasks import Tasks
from crimeview.sound.speaker import Pieces, Speaker, SpeakerError
from crimeview.video.sound import RATE
from tests.video.recordings import write_recording
from tests.video.test_sound import write_sounding


class _Counting(Speaker):
    """A speaker that needs no device, and how often it was told to play."""

    def __init__(self) -> None:
        super().__init__(rate=RATE, silent=True)
        self.begun = 0

    def play(self, pieces: Pieces) -> None:
        super().play(pieces)
        self.begun += 1


class Heard:
    """What became of the speaker."""

    def __init__(self) -> None:
        self.speaker: _Counting | None = None

    def make(self) -> Speaker:
        self.speaker = _Counting()
        return self.speaker

    @property
    def begun(self) -> int:
        """How often sound has begun: it stays to be seen, unlike a position soon after."""
        return self.speaker.begun if self.speaker is not None else 0

    @property
    def position(self) -> float:
        return self.speaker.position if self.speaker is not None else 0.0


@pytest.fixture
def playhead() -> Playhead:
    made = Playhead()
    made.reset(end=6.0)
    return made


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def sound(
    qtbot: QtBot, tasks: Tasks, playhead: Playhead, heard: Heard, tmp_path: Path
) -> Iterator[Sound]:
    made = Sound(tasks, playhead, make_speaker=heard.make)
    made.open(write_sounding(tmp_path / "a.mp4", seconds=6))
    qtbot.waitUntil(lambda: made.available)
    yield made
    made.close()


def test_it_is_heard_at_its_own_speed_forwards_only(
    qtbot: QtBot, sound: Sound, playhead: Playhead, heard: Heard
) -> None:
    assert heard.speaker is None, "no device is opened before there is something to play"
    playhead.play()
    qtbot.waitUntil(lambda: heard.position > 0.1)
    playhead.shuttle(1)
    assert not sound.playing
    playhead.shuttle(-1)
    assert not sound.playing
    playhead.pause()
    assert not sound.playing


def test_it_goes_where_the_playhead_is_sent(
    qtbot: QtBot, sound: Sound, playhead: Playhead, heard: Heard
) -> None:
    playhead.play()
    qtbot.waitUntil(lambda: heard.position > 0.3)
    assert heard.begun == 1
    playhead.seek(4.0)
    qtbot.waitUntil(lambda: heard.begun == 2)
    assert sound.playing
    qtbot.waitUntil(lambda: heard.position > 0.0)
    playhead.pause()


def test_it_comes_back_to_the_pictures(
    qtbot: QtBot, sound: Sound, playhead: Playhead, heard: Heard
) -> None:
    playhead.play()
    qtbot.waitUntil(lambda: heard.position > 0.3)
    assert heard.begun == 1
    playhead.show(3.0)  # the decoder was slow, or quick
    qtbot.waitUntil(lambda: heard.begun == 2)
    playhead.pause()


def test_muted_it_is_silent(qtbot: QtBot, sound: Sound, playhead: Playhead, heard: Heard) -> None:
    sound.mute(muted=True)
    playhead.play()
    assert not sound.playing
    sound.mute(muted=False)
    qtbot.waitUntil(lambda: heard.position > 0.1)
    playhead.pause()


def test_a_recording_without_sound_has_none(
    qtbot: QtBot, tasks: Tasks, playhead: Playhead, tmp_path: Path
) -> None:
    path = tmp_path / "a.mkv"
    write_recording(path, [i / 10 for i in range(10)])
    changes: list[bool] = []
    made = Sound(tasks, playhead)
    made.open(path)
    made.changed.connect(lambda: changes.append(made.available))
    qtbot.waitUntil(lambda: bool(changes))
    assert not made.available
    made.close()


def test_without_a_loudspeaker_it_says_so(
    qtbot: QtBot, tasks: Tasks, playhead: Playhead, tmp_path: Path
) -> None:
    def none_there() -> Speaker:
        raise SpeakerError("No sound can be played on this computer.")

    made = Sound(tasks, playhead, make_speaker=none_there)
    made.open(write_sounding(tmp_path / "a.mp4", seconds=6))
    qtbot.waitUntil(lambda: made.available)
    playhead.play()
    qtbot.waitUntil(lambda: bool(made.complaint))
    assert not made.available
    playhead.pause()
    made.close()
