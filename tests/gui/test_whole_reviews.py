"""Whole reviews of real recordings, by keyboard alone, and all the way back."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import numpy as np
import pytest
from PySide6.QtCore import Qt

from crimeview.core.segment import SegmentRule
from crimeview.core.track import TrackKind
from crimeview.gui.widgets.review_card import ReviewCard
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.models import ModelPair
from crimeview.jobs.resegment import resegment
from crimeview.store.case import Case, open_case
from tests.gui.driven import Driven
from tests.gui.held import BLOCKED, watched_alone
from tests.gui.whole_review import CTRL


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


@pytest.mark.timeout(600)  # the recordings are analyzed, and driven through in another process
@pytest.mark.parametrize("folder", ["recordings", "avenue/test"])
def test_a_review_of_real_recordings_and_back_to_the_start(
    analyzed: Callable[[str], Path],
    screen_or_none: str | None,
    tmp_path: Path,
    record_property: Callable[[str, object], None],
    folder: str,
) -> None:
    """On a real X screen with a window manager; without one where those are not installed."""
    shutil.copytree(analyzed(folder), tmp_path / "case")
    platform = "xcb" if screen_or_none else "offscreen"
    environment = os.environ | {"DISPLAY": screen_or_none or "", "QT_QPA_PLATFORM": platform}
    seen = _driven(tmp_path / "case", environment)
    assert seen["platform"] == platform
    assert seen["active"]
    before = seen["before"]
    assert before >= 3, "there is something to review"
    assert seen["reviewed"] == before
    assert seen["new"] == 0
    assert seen["progress"] == f"{before} of {before} reviewed"
    assert seen["edits"] >= before + 4
    assert seen["presses"] == seen["edits_and_undone"] / 2
    assert seen["stored_as_before"]
    assert seen["shown_as_before"]
    assert seen["ticks"] > 20 * before
    assert seen["own"] < BLOCKED, "the window's thread is held"
    record_property("longest block of its own, ms", seen["own"])
    record_property("one of four segments takes as long or longer, ms", seen["often"])


def _driven(case: Path, environment: dict[str, str]) -> dict[str, Any]:
    """What `drive_whole_review` saw in the window's own process."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.gui.drive_whole_review", case],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return cast("dict[str, Any]", json.loads(done.stdout.splitlines()[-1]))


def test_the_window_is_never_held_for_long_in_a_review(reviewing: Driven) -> None:
    """Of its own processor time: what other processes take is not the window's."""
    card = reviewing.window.findChild(ReviewCard)
    assert isinstance(card, ReviewCard)
    with watched_alone() as blocks:
        for _ in range(5):
            for key in (Qt.Key.Key_N, Qt.Key.Key_C, Qt.Key.Key_P, Qt.Key.Key_1):
                reviewing.press(key)
                reviewing.settle()
        while reviewing.window.parts.reviewing.stacks.undo:
            reviewing.press(Qt.Key.Key_Z, CTRL)
            reviewing.settle()
    assert blocks.ticks > 20
    assert blocks.own < BLOCKED, f"held for {blocks.own:.0f} ms"
