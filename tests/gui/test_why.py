"""Why a segment scores as it does, in a real window."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton

from crimeview.core.explanation import ExplainedClip, Explanation, ScoredClip, Window
from crimeview.gui.why_text import limits_text, place_text, why_text
from crimeview.gui.widgets.why_bar import WhyBar
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.models import ModelPair
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pixels
from tests.jobs.test_explain import write_moving


@pytest.fixture(scope="module")
def moving_case(tmp_path_factory: pytest.TempPathFactory, models: ModelPair) -> Path:
    """A case with a recording of 20 s in which something small moves from 10 to 13 s."""
    folder = tmp_path_factory.mktemp("moving")
    path = write_moving(folder / "a.mp4", left=0.42, top=0.42)
    with open_case(folder / "case") as case:
        for _ in analyze([path], case=case, models=models, settings=AnalyzeSettings(novelty=False)):
            pass
    return folder / "case"


@pytest.fixture
def moving(open_window: OpenWindow, moving_case: Path, tmp_path: Path) -> Driven:
    shutil.copytree(moving_case, tmp_path / "case")
    driven = open_window()
    driven.settle()
    return driven


def _bar(driven: Driven) -> WhyBar:
    return driven.window.findChild(WhyBar)


def _texts(driven: Driven) -> str:
    return " ".join(label.text() for label in _bar(driven).findChildren(QLabel))


def test_a_segment_is_explained_and_its_heat_lies_over_the_picture(moving: Driven) -> None:
    assert not moving.window.commands["why"].isEnabled()
    moving.press(Qt.Key.Key_N)
    moving.settle()
    assert not _bar(moving).isVisible()
    moving.workspace.playhead.seek(11.5)
    moving.settle()
    before = pixels(moving.view.picture(as_seen=True))
    moving.press(Qt.Key.Key_Q)
    moving.settle()
    assert _bar(moving).isVisible()
    assert "comes mostly from the middle of the picture" in _texts(moving)
    assert "not what happened" in _texts(moving)
    moving.press(Qt.Key.Key_Q)
    assert not _bar(moving).isVisible()
    moving.settle()
    assert (pixels(moving.view.picture(as_seen=True)) == before).all()
    moving.press(Qt.Key.Key_Q)
    assert _bar(moving).isVisible(), "what is known is there at once"
    recorded = pixels(moving.view.picture(as_seen=False))
    seen = pixels(moving.view.picture(as_seen=True))
    middle = recorded.shape[1] // 2
    changed = np.abs(seen.astype(int) - recorded).max(axis=2)
    assert changed[:, middle - 20 : middle + 20].mean() > 20
    assert changed[:, :20].mean() < 2
    assert moving.window.commands["why"].isChecked()
    moving.workspace.playhead.seek(2.0)
    moving.settle()
    seen = pixels(moving.view.picture(as_seen=True))
    assert (seen == pixels(moving.view.picture(as_seen=False))).all(), "far away there is none"


def test_another_segment_has_its_own(moving: Driven) -> None:
    moving.press(Qt.Key.Key_N)
    moving.press(Qt.Key.Key_Q)
    moving.settle()
    explaining = moving.window.parts.explaining
    assert explaining.explanation is not None
    chosen = moving.workspace.segment
    moving.workspace.preview_segments(
        chosen.recording_id,
        [chosen.segment, replace(chosen.segment, start=1.0, end=2.0, peak=0.1)],
    )
    moving.workspace.select_segment(moving.workspace.listed[1].id)
    assert explaining.explanation is None
    assert not _bar(moving).isVisible()
    moving.workspace.select_segment(moving.workspace.listed[0].id)
    assert _bar(moving).isVisible()


def test_it_is_stopped_while_it_looks(moving: Driven, monkeypatch: pytest.MonkeyPatch) -> None:
    from crimeview.jobs import explain as module

    windows = module.windows
    monkeypatch.setattr(module, "windows", lambda: list(windows()) * 200)
    moving.press(Qt.Key.Key_N)
    moving.press(Qt.Key.Key_Q)
    stop = next(b for b in _bar(moving).findChildren(QPushButton))
    moving.wait(lambda: moving.window.parts.explaining.progress is not None)
    assert stop.isVisible()
    stop.click()
    moving.settle()
    assert not _bar(moving).isVisible()
    assert not moving.window.parts.explaining.running


def _explanation(*, without: float, area: tuple[float, float, float, float]) -> Explanation:
    clip = ExplainedClip(
        start=38.4,
        end=39.76,
        score=0.87,
        still=0.07,
        drops=np.zeros((8, 8), np.float32),
        strongest=Window(top=0, bottom=2, left=6, right=8),
        without=without,
    )
    scored = tuple(ScoredClip(start=n, end=n + 1, score=0.5 + n / 100) for n in range(20))
    return Explanation(start=38, end=45, clips=scored, explained=(clip,), area=area)


def test_the_sentences_say_what_was_found_and_no_more() -> None:
    whole = (0.0, 0.0, 1.0, 1.0)
    text = why_text(_explanation(without=0.3, area=whole), threshold=0.6)
    assert "mostly from the upper right of the picture" in text
    assert "0.30" in text
    assert "10 of 20 reach the threshold" in text
    text = why_text(_explanation(without=0.6, area=whole), threshold=0.6)
    assert "in good part from the upper right" in text
    text = why_text(_explanation(without=0.8, area=whole), threshold=None)
    assert "No single part of the picture" in text
    assert "0.80 or above" in text
    assert "The network sees" not in limits_text(_explanation(without=0.3, area=whole))
    cropped = _explanation(without=0.3, area=(0.125, 0.0, 0.75, 1.0))
    assert "sees 75 %" in limits_text(cropped)


def test_places_have_names() -> None:
    assert place_text(Window(top=3, bottom=5, left=3, right=5)) == "the middle"
    assert place_text(Window(top=6, bottom=8, left=0, right=2)) == "the lower left"
