"""A case with a day of scores and 5,000 segments, in the window."""

import time
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from benchmarks import curves_window
from benchmarks.review_window import store_many
from benchmarks.watchdog import watched
from crimeview.core.review import ReviewState
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven

_COUNT = 5000
# The targets are 2 s, a 60th of a second and 50 ms; machines of tests may be half as fast, and have
# other things to do. benchmarks.review_window measures them as they are.
_SLOW = 3.0


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases") / "day"
    with pytest.MonkeyPatch.context() as patch, open_case(folder) as case:
        patch.setattr(curves_window, "RATE", 5)  # of scores: a sixth of the rows
        store_many(case, segments=_COUNT)
    return folder


@pytest.fixture
def opened(day: Path, open_window: OpenWindow) -> tuple[Driven, float]:
    """A window on the case, and how long (s) its own thread took to open it."""
    began = time.thread_time()
    driven = open_window(str(day))
    driven.settle()
    return driven, time.thread_time() - began


def test_opening_takes_no_more_than_two_seconds(opened: tuple[Driven, float]) -> None:
    driven, taken = opened
    assert len(driven.workspace.listed) == _COUNT
    assert driven.panel.progress.text == "2500 of 5000 reviewed"
    assert taken < 2.0 * _SLOW


def test_the_list_scrolls_at_sixty_a_second(opened: tuple[Driven, float]) -> None:
    driven, _ = opened
    bar = driven.segments.verticalScrollBar()
    assert bar.maximum() > 100_000
    taken = []
    for number in range(100):
        began = time.thread_time()
        bar.setValue(number * 35)
        QApplication.processEvents()
        taken.append(time.thread_time() - began)
    assert float(np.median(taken)) < _SLOW / 60


def test_decisions_hold_the_window_for_no_more_than_fifty_milliseconds(
    opened: tuple[Driven, float],
) -> None:
    driven, _ = opened
    driven.press(Qt.Key.Key_N, Qt.KeyboardModifier.ShiftModifier)
    driven.settle()
    with watched() as blocks:
        for key in (Qt.Key.Key_C, Qt.Key.Key_D, Qt.Key.Key_U):
            driven.press(key)
            driven.settle()
        for _ in range(3):
            driven.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
            driven.settle()
    assert blocks.own < 50.0 * _SLOW, f"held for {blocks.own:.0f} ms"
    states = [r.state for r in driven.workspace.segments]
    assert states.count(ReviewState.NEW) == _COUNT / 2
