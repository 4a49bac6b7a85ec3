import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from crimeview.gui.player import Player
from crimeview.gui.playhead import Playhead
from crimeview.gui.tasks import Tasks
from tests.video.recordings import read_number, write_recording

# A second of 25 frames/s, one of 5, half a second without any, and one of 50 frames/s.
UNEVEN = (
    *(i / 25 for i in range(25)),
    *(1 + i / 5 for i in range(5)),
    *(2.5 + i / 50 for i in range(50)),
)


@pytest.fixture
def playhead(tasks: Tasks) -> Playhead:
    return Playhead()


@pytest.fixture
def player(qtbot: QtBot, tasks: Tasks, playhead: Playhead, tmp_path: Path) -> Iterator[Player]:
    path = tmp_path / "uneven.mkv"
    write_recording(path, UNEVEN, options={"g": "20", "bf": "2"})
    made = Player(tasks, playhead, preview_at=lambda _seconds: None)
    made.open(path)
    qtbot.waitUntil(lambda: made.frame is not None)
    yield made
    made.close()


def _number(player: Player) -> int:
    assert player.frame is not None
    return read_number(player.frame.picture)


def _watch(player: Player) -> list[int]:
    """The numbers of the frames shown from now on."""
    shown: list[int] = []
    player.shown.connect(lambda: shown.append(_number(player)) if player.frame else None)
    return shown


def test_every_time_shows_the_frame_on_screen_then(
    qtbot: QtBot, player: Player, playhead: Playhead
) -> None:
    for seconds, number in ((0.0, 0), (0.5, 12), (1.3, 26), (2.4, 29), (2.51, 30), (0.03, 0)):
        playhead.seek(seconds)
        qtbot.waitUntil(lambda: not player.busy)
        assert _number(player) == number


def test_dragging_never_queues_up(qtbot: QtBot, player: Player, playhead: Playhead) -> None:
    shown = _watch(player)
    for number in range(200):
        playhead.seek(number / 200 * 3.4)
    qtbot.waitUntil(lambda: not player.busy)
    assert _number(player) == max(i for i, t in enumerate(UNEVEN) if t <= 199 / 200 * 3.4)
    assert len(shown) < 20


def test_playing_shows_no_frame_before_it_is_due(
    qtbot: QtBot, player: Player, playhead: Playhead
) -> None:
    moments: list[tuple[int, float]] = []
    player.shown.connect(lambda: moments.append((_number(player), time.monotonic())))
    playhead.set_speed(2.0)
    began = time.monotonic()
    playhead.play()
    qtbot.waitUntil(lambda: not playhead.playing)
    player.shown.disconnect()
    numbers = [number for number, _ in moments]
    assert numbers == sorted(numbers)
    assert numbers[-1] == len(UNEVEN) - 1
    early = [UNEVEN[number] / 2.0 - (moment - began) for number, moment in moments]
    assert max(early) < 0.02


def test_a_fast_player_drops_frames_and_keeps_time(
    qtbot: QtBot, player: Player, playhead: Playhead
) -> None:
    shown = _watch(player)
    playhead.set_speed(16.0)
    playhead.play()
    qtbot.waitUntil(lambda: not playhead.playing)
    assert shown == sorted(shown)
    assert len(set(shown)) < len(UNEVEN)


def test_turning_round_while_playing(qtbot: QtBot, player: Player, playhead: Playhead) -> None:
    playhead.seek(0.5)
    playhead.shuttle(1)
    qtbot.waitUntil(lambda: playhead.position > 0.7)
    playhead.shuttle(-1)
    qtbot.waitUntil(lambda: playhead.position < 0.3)
    playhead.pause()
    qtbot.waitUntil(lambda: not player.busy)
    assert _number(player) == round(playhead.position * 25)


def test_a_file_that_cannot_be_read_gets_its_sentence(
    qtbot: QtBot, tasks: Tasks, playhead: Playhead, tmp_path: Path
) -> None:
    said: list[str] = []
    (tmp_path / "broken.mp4").write_bytes(b"no video" * 500)
    player = Player(tasks, playhead, preview_at=lambda _seconds: None)
    player.failed.connect(said.append)
    player.open(tmp_path / "broken.mp4")
    qtbot.waitUntil(lambda: bool(said))
    assert "broken.mp4" in said[0]
    assert not player.busy
    player.close()
