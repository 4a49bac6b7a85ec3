import pytest
from pytestqt.qtbot import QtBot

from crimeview.gui.turns import Turns


def test_other_events_come_between_two_turns(qtbot: QtBot) -> None:
    turns, seen = Turns(), list[str]()

    def act(name: str) -> None:
        seen.append(name)
        turns.take(lambda: seen.append(f"after {name}"))

    for name in ("a", "b"):
        turns.take(lambda name=name: act(name))
    assert not seen
    turns._timer.timeout.connect(lambda: seen.append("|"))
    qtbot.waitUntil(lambda: not turns.busy)
    assert seen == ["a", "|", "b", "|", "after a", "|", "after b", "|"]


def test_what_waits_is_not_done_twice(qtbot: QtBot) -> None:
    turns, seen = Turns(), list[int]()

    def act() -> None:
        seen.append(len(seen))

    for _ in range(3):
        turns.take(act)
    qtbot.waitUntil(lambda: not turns.busy)
    turns.take(act)
    qtbot.waitUntil(lambda: not turns.busy)
    assert seen == [0, 1]


def test_what_waits_can_be_done_at_once(qtbot: QtBot) -> None:
    turns, seen = Turns(), list[str]()

    def act() -> None:
        turns.finish()  # nothing overtakes what is being done
        seen.append("first")

    turns.take(act)
    turns.take(lambda: seen.append("second"))
    turns.finish()
    assert seen == ["first", "second"]
    assert not turns.busy


def test_one_that_fails_keeps_no_other_from_its_turn(qtbot: QtBot) -> None:
    turns, seen = Turns(), list[str]()

    def fail() -> None:
        raise ValueError("no")

    turns.take(fail)
    turns.take(lambda: seen.append("next"))
    with pytest.raises(ValueError, match="no"):
        turns._act()
    qtbot.waitUntil(lambda: not turns.busy)
    assert seen == ["next"]
