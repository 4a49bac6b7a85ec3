"""People that an analysis has found, over the picture, and the curve of theft."""

from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from crimeview.core.clip import ClipCursor
from crimeview.core.people import LANDMARKS, Finder, People
from crimeview.core.track import Track, TrackKind
from crimeview.gui import style
from crimeview.gui.widgets.score_curve import ScoreCurve
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.models import ModelPair
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pixels
from tests.jobs.finished import finished

FRAMES = 45  # at three a second: the first half of the recording


@pytest.fixture
def watched(
    tmp_path: Path,
    recording: Path,
    models: ModelPair,
    open_window: OpenWindow,
    request: pytest.FixtureRequest,
) -> Driven:
    """A window on a recording in which somebody stands in the middle for 15 s.

    The parameter is what stands for people: a detector's boxes where none is given.
    """
    finder: Finder = getattr(request, "param", Finder.PERSON)
    with open_case(tmp_path / "case") as case:
        settings = AnalyzeSettings(lanes=1)
        (outcome,) = finished(analyze([recording], case=case, models=models, settings=settings))
        run = case.analyses.newest(outcome.recording_id)
        assert run is not None
        marks = np.full((1, LANDMARKS, 3), 1.0, np.float32)
        marks[0, :, 0] = np.linspace(0.4, 0.6, LANDMARKS)
        marks[0, :, 1] = np.linspace(0.2, 0.8, LANDMARKS)
        box = np.array([[0.35, 0.15, 0.65, 0.85]], np.float32)
        row = People(box, np.array([0.9], np.float32), marks).row().astype(np.float16)
        times = np.arange(FRAMES)[:, None] / 3 + np.array([0, 1 / 3])
        case.analyses.people_writer(
            run.id, finder_sha256="p" * 64, clip_key=f"x by={finder.value}"
        ).append(
            times,
            np.tile(row, (FRAMES, 1)),
            np.empty((0, 2)),
            ClipCursor(origin=0.0, index=FRAMES, last_frame=15.0),
            damage=None,
        )
        theft = np.full(FRAMES, 0.75, np.float32)
        case.analyses.save_track(run.id, Track(TrackKind.THEFT, times, theft))
    driven = open_window()
    driven.settle()
    return driven


def _drawn(driven: Driven) -> int:
    """How many pixels of the picture have the color of a skeleton."""
    color = tuple(int(style.SKELETON[at : at + 2], 16) for at in (5, 3, 1))
    shown = pixels(driven.view.grab().toImage())[..., :3].astype(int)
    return int((abs(shown - color).sum(axis=-1) < 30).sum())


def _white(driven: Driven) -> int:
    shown = pixels(driven.view.grab().toImage())[..., :3]
    return int((shown == 255).all(axis=-1).sum())


def _go(driven: Driven, seconds: float) -> None:
    driven.workspace.playhead.seek(seconds)
    driven.settle()


def test_people_are_drawn_where_they_were_found_and_only_then(watched: Driven) -> None:
    _go(watched, 5.0)
    watched.wait(lambda: _drawn(watched) > 100)
    _go(watched, 25.0)
    assert _drawn(watched) == 0


def test_a_key_hides_them_and_shows_them_again(watched: Driven) -> None:
    _go(watched, 5.0)
    watched.wait(lambda: _drawn(watched) > 100)
    watched.press(Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert _drawn(watched) == 0
    assert not watched.window.parts.preferences.settings.show_people
    watched.press(Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    assert _drawn(watched) > 100


def test_the_curve_of_theft_is_drawn_and_hidden_by_a_key(watched: Driven) -> None:
    curve = watched.window.findChild(ScoreCurve)
    _go(watched, 5.0)
    watched.wait(lambda: curve.shows(TrackKind.THEFT))
    assert curve.value(TrackKind.THEFT) == pytest.approx(0.75)
    watched.press(Qt.Key.Key_D, Qt.KeyboardModifier.ShiftModifier)
    watched.settle()
    assert not curve.shows(TrackKind.THEFT)


@pytest.mark.parametrize("watched", [Finder.REGION, Finder.PERSON], indirect=True)
def test_what_only_moves_is_called_that_in_the_picture(
    watched: Driven, request: pytest.FixtureRequest
) -> None:
    _go(watched, 5.0)
    watched.wait(lambda: _drawn(watched) > 100)
    shown = _white(watched)
    watched.press(Qt.Key.Key_B, Qt.KeyboardModifier.ShiftModifier)
    named = shown - _white(watched) > 20
    assert named == (request.node.callspec.params["watched"] is Finder.REGION)
