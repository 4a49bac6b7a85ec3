import pytest

from crimeview.gui.widgets.score_curve import ScoreCurve
from tests.gui.driven import Driven


def _visible(driven: Driven) -> tuple[float, float]:
    curve = driven.window.findChild(ScoreCurve)
    left, right = curve.plotItem.getViewBox().viewRange()[0]
    return left, right


def test_close_up_the_playhead_stays_in_sight_wherever_it_is_sent(reviewing: Driven) -> None:
    playhead = reviewing.workspace.playhead
    for _ in range(4):
        reviewing.window.commands["zoom-in"].trigger()
    reviewing.settle()
    left, right = _visible(reviewing)
    width = right - left
    assert width < 6
    for seconds in (22.0, 9.0, playhead.end, 0.0):
        playhead.seek(seconds)
        left, right = _visible(reviewing)
        assert left <= seconds <= right
        assert right - left == pytest.approx(width)
    playhead.seek(left + width / 3)
    assert _visible(reviewing) == (left, right), "it does not move without need"


def test_playing_backwards_turns_pages_too(reviewing: Driven) -> None:
    playhead = reviewing.workspace.playhead
    for _ in range(4):
        reviewing.window.commands["zoom-in"].trigger()
    playhead.seek(20.0)
    reviewing.settle()
    left, _ = _visible(reviewing)
    playhead.shuttle(-1)
    playhead.show(left - 0.1)
    assert _visible(reviewing)[1] == pytest.approx(left - 0.1)
    playhead.pause()


def test_the_score_at_the_playhead_is_the_tracks(reviewing: Driven) -> None:
    curve = reviewing.window.findChild(ScoreCurve)
    highest = reviewing.workspace.listed[0].segment
    reviewing.workspace.playhead.seek(highest.peak_time)
    assert curve.score == pytest.approx(highest.peak)
    reviewing.workspace.playhead.seek(0.0)
    assert curve.score == pytest.approx(0.0, abs=0.1)
