"""The probability of violence beside the score, in a real window on a real case."""

import numpy as np
import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QLabel

from crimeview.core.track import TrackKind
from crimeview.gui.widgets.legend_key import LegendKey
from crimeview.gui.widgets.score_curve import ScoreCurve
from tests.gui.driven import Driven, pixels


def _curve(driven: Driven) -> ScoreCurve:
    return driven.window.findChild(ScoreCurve)


def _dots(driven: Driven) -> int:
    """Points of the picture of the curve that have the color of violence, nearly."""
    driven.settle()
    color = QColor(driven.window.parts.look.colors.violence)
    wanted = np.array([color.blue(), color.green(), color.red()])
    picture = pixels(_curve(driven).grab().toImage())[..., :3].astype(int)
    return int((np.abs(picture - wanted).max(axis=2) < 24).sum())


def _keys(driven: Driven) -> dict[str, LegendKey]:
    return {
        key.findChildren(QLabel)[0].text(): key
        for key in driven.window.findChildren(LegendKey)
        if key.isVisibleTo(driven.window)
    }


def test_the_curve_is_what_is_stored(reviewing: Driven) -> None:
    case, recording = reviewing.workspace.case, reviewing.workspace.recording
    assert recording is not None
    track = case.track(recording.id, TrackKind.VIOLENCE)
    assert track is not None
    highest = int(track.values.argmax())
    reviewing.workspace.playhead.seek(float(track.times[highest].mean()))
    reviewing.settle()
    assert _curve(reviewing).violence == pytest.approx(float(track.values.max()), abs=1e-3)
    assert _dots(reviewing) > 50
    value = _keys(reviewing)["Violence"].findChildren(QLabel)[1].text()
    assert value == f"{track.values.max():.2f}"


def test_it_can_be_hidden_and_stays_so(reviewing: Driven) -> None:
    action = reviewing.window.commands["show-violence"]
    assert action.isChecked()
    assert set(_keys(reviewing)) == {"Score", "Violence", "Skipped"}
    action.trigger()
    assert _dots(reviewing) == 0
    assert set(_keys(reviewing)) == {"Score", "Skipped"}
    assert not reviewing.window.parts.preferences.settings.show_violence
    action.trigger()
    assert _dots(reviewing) > 50


def test_the_score_stays_where_it_was(reviewing: Driven) -> None:
    """Segments and the value beside the score are the score's own."""
    reviewing.workspace.playhead.seek(reviewing.workspace.listed[0].segment.peak_time)
    reviewing.settle()
    curve = _curve(reviewing)
    assert curve.score == pytest.approx(reviewing.workspace.listed[0].segment.peak)
    before = [row.segment for row in reviewing.workspace.listed]
    reviewing.window.commands["show-violence"].trigger()
    reviewing.settle()
    assert [row.segment for row in reviewing.workspace.listed] == before
    assert curve.score == pytest.approx(before[0].peak)
