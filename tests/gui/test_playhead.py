import pytest

from crimeview.gui.playhead import Playhead


@pytest.fixture
def playhead() -> Playhead:
    made = Playhead()
    made.reset(end=60.0)
    return made


def test_it_stays_within_the_recording(playhead: Playhead) -> None:
    playhead.seek(-3)
    assert playhead.position == 0.0
    playhead.seek(1e9)
    assert playhead.position == 60.0


def test_seeking_asks_the_player_and_showing_does_not(playhead: Playhead) -> None:
    sought: list[float] = []
    moved: list[float] = []
    playhead.sought.connect(sought.append)
    playhead.moved.connect(moved.append)
    playhead.seek(5.0)
    playhead.show(5.04)
    assert sought == [5.0]
    assert moved == [5.0, 5.04]


def test_a_recording_longer_than_it_said_is_taken_at_its_frames(playhead: Playhead) -> None:
    playhead.show(61.0)
    assert playhead.end == 61.0


def test_shuttling_doubles_and_turns_round_at_normal_speed(playhead: Playhead) -> None:
    rates: list[float] = []
    playhead.rate_changed.connect(rates.append)
    for direction in (1, 1, 1, -1, -1, 1):
        playhead.shuttle(direction)
    assert rates == [1, 2, 4, -1, -2, 1]
    for _ in range(9):
        playhead.shuttle(1)
    assert playhead.rate == 16


def test_play_uses_the_chosen_speed_and_pause_keeps_it(playhead: Playhead) -> None:
    playhead.change_speed(1)
    playhead.toggle()
    assert playhead.rate == 2.0
    playhead.change_speed(-2)
    assert playhead.rate == 0.5
    playhead.toggle()
    assert (playhead.rate, playhead.speed) == (0.0, 0.5)


def test_the_speed_ends_at_the_slowest_and_fastest(playhead: Playhead) -> None:
    playhead.change_speed(-100)
    assert playhead.speed == 0.1
    playhead.change_speed(100)
    assert playhead.speed == 16.0


def test_playing_from_the_end_starts_over(playhead: Playhead) -> None:
    playhead.seek(60.0)
    playhead.play()
    assert playhead.position == 0.0
