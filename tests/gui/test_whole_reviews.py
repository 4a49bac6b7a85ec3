"""Whole reviews of real recordings, by keyboard alone, and all the way back."""

import shutil
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.watchdog import watched
from crimeview.core.review import ReviewState
from crimeview.core.segment import SegmentRule
from crimeview.core.track import TrackKind
from crimeview.gui.widgets.review_card import ReviewCard
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.models import ModelPair
from crimeview.jobs.resegment import resegment
from crimeview.store.case import Case, open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven

CTRL, SHIFT, ALT = (
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.AltModifier,
)
_DECISIONS = (Qt.Key.Key_C, Qt.Key.Key_D, Qt.Key.Key_U)
_BLOCK = 50.0  # ms that the window's thread may be held


@pytest.fixture(scope="module")
def analyzed(
    data: Path, models: ModelPair, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[str], Path]:
    """Cases in which a folder of real recordings is analyzed, with many segments."""
    made: dict[str, Path] = {}

    def case_of(folder: str) -> Path:
        if folder not in made:
            paths = sorted(p for p in (data / folder).iterdir() if p.suffix in (".mp4", ".avi"))
            made[folder] = tmp_path_factory.mktemp("cases") / "case"
            with open_case(made[folder]) as case:
                settings = AnalyzeSettings(gate=False)
                for _ in analyze(paths, case=case, models=models, settings=settings):
                    pass
                for _ in resegment(case, rule=_many(case)):
                    pass
        return made[folder]

    return case_of


def _many(case: Case) -> SegmentRule:
    """A rule by which two fifths of all frames are in segments."""
    tracks = (case.track(r.id, TrackKind.FRAME_SCORES) for r in case.recordings())
    scores = np.concatenate([track.values for track in tracks if track is not None])
    threshold = float(np.quantile(scores, 0.6))
    return SegmentRule(threshold=threshold, hysteresis=1.0, merge_gap=0.0, min_length=0.2)


def _write(text: str, *, end: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    widget = QApplication.focusWidget()
    QTest.keyClicks(widget, text)
    QTest.keyClick(widget, Qt.Key.Key_Return, end)


def _review(driven: Driven) -> None:
    """All segments of all recordings, each with a decision, every other one with more."""
    decisions = cycle(_DECISIONS)
    driven.press(Qt.Key.Key_A)
    driven.press(Qt.Key.Key_N, SHIFT)
    for number in range(1000):
        segment = driven.workspace.segment
        if segment is None or segment.state is not ReviewState.NEW:
            return
        if number % 3 == 0:
            driven.press(Qt.Key(Qt.Key.Key_1 + number % 9))
        if number % 5 == 0:
            driven.press(Qt.Key.Key_G)
            _write(f"gate, number {number}")
        if number % 7 == 0:
            driven.press(Qt.Key.Key_M)
            _write(f"seen: {number}", end=CTRL)
        driven.press(next(decisions))
    raise AssertionError("there is no end to it")


def _shape(driven: Driven) -> None:
    """A segment of one's own, trimmed, split and merged again; another deleted."""
    seek = driven.press
    seek(Qt.Key.Key_Home)
    driven.press(Qt.Key.Key_BracketLeft)
    seek(Qt.Key.Key_Right, SHIFT)
    driven.press(Qt.Key.Key_BracketRight)
    driven.settle()
    seek(Qt.Key.Key_Home)
    for _ in range(6):
        seek(Qt.Key.Key_Right)
        driven.settle()
    driven.press(Qt.Key.Key_BracketLeft, ALT)
    driven.settle()
    for _ in range(6):
        seek(Qt.Key.Key_Right)
        driven.settle()
    driven.press(Qt.Key.Key_S)
    driven.settle()
    driven.press(Qt.Key.Key_M, CTRL)
    driven.settle()
    driven.press(Qt.Key.Key_Delete, SHIFT)
    driven.settle()


@pytest.mark.parametrize("folder", ["recordings", "avenue/test"])
def test_a_review_of_real_recordings_and_back_to_the_start(
    analyzed: Callable[[str], Path], open_window: OpenWindow, tmp_path: Path, folder: str
) -> None:
    shutil.copytree(analyzed(folder), tmp_path / "case")
    driven = open_window()
    driven.settle()
    before = driven.workspace.case.segments()
    assert len(before) >= 3, "there is something to review"
    _review(driven)
    driven.settle()
    reviewed = driven.workspace.case.segments()
    assert len(reviewed) == len(before)
    assert ReviewState.NEW not in {s.state for s in reviewed}
    assert driven.panel.progress.text == f"{len(before)} of {len(before)} reviewed"
    _shape(driven)
    assert len(driven.workspace.case.log()) >= len(before) + 4
    presses = 0
    while driven.window.parts.reviewing.stacks.undo:
        driven.press(Qt.Key.Key_Z, CTRL)
        driven.settle()
        presses += 1
    assert presses == len(driven.workspace.case.log()) / 2
    assert driven.workspace.case.segments() == before
    assert list(driven.workspace.segments) == before


def test_the_window_is_never_held_for_long_in_a_review(reviewing: Driven) -> None:
    """Of its own processor time: what other processes take is not the window's."""
    card = reviewing.window.findChild(ReviewCard)
    assert isinstance(card, ReviewCard)
    with watched() as blocks:
        for _ in range(5):
            for key in (Qt.Key.Key_N, Qt.Key.Key_C, Qt.Key.Key_P, Qt.Key.Key_1):
                reviewing.press(key)
                reviewing.settle()
        while reviewing.window.parts.reviewing.stacks.undo:
            reviewing.press(Qt.Key.Key_Z, CTRL)
            reviewing.settle()
    assert blocks.ticks > 20
    assert blocks.own < _BLOCK, f"held for {blocks.own:.0f} ms"
