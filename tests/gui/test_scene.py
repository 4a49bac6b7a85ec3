"""What is unusual for a camera, in the window: boxes, what is usual, and teaching it by a key."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from crimeview.core.detection import COCO
from crimeview.core.novelty import ClassSeen, Reason
from crimeview.core.segment import FoundBy, Segment, SegmentRule
from crimeview.gui.class_names import class_text
from crimeview.gui.novelty_text import (
    number_text,
    reason_sentence,
    reason_text,
    row_text,
    why_texts,
)
from crimeview.gui.widgets.scene_overlay import SceneOverlay
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.models import ModelPair
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pixels
from tests.jobs.finished import finished
from tests.scene.walkers import Walker, crowd, write_street


@pytest.fixture(scope="module")
def street_case(tmp_path_factory: pytest.TempPathFactory, models: ModelPair) -> Path:
    """A recording in which somebody runs from 25 s to 27.5 s, analyzed."""
    folder = tmp_path_factory.mktemp("street")
    runner = Walker(row=100, column=-20.0, speed=150.0, since=25.0, until=27.5, texture=77)
    path = write_street(folder / "run.mp4", [*crowd(seconds=40), runner], seconds=40)
    settings = AnalyzeSettings(lanes=1, rule=SegmentRule(threshold=1.0))
    with open_case(folder / "case") as case:
        finished(analyze([path], case=case, models=models, settings=settings))
    return folder / "case"


@pytest.fixture
def street(street_case: Path, tmp_path: Path, open_window: OpenWindow) -> Driven:
    shutil.copytree(street_case, tmp_path / "case")
    driven = open_window()
    driven.settle()
    return driven


def _overlay(driven: Driven) -> SceneOverlay:
    return driven.window.findChild(SceneOverlay)


def _go_to_the_runner(driven: Driven) -> None:
    driven.press(Qt.Key.Key_N)
    segment = driven.workspace.segment
    assert segment is not None
    driven.workspace.playhead.seek(segment.segment.peak_time)
    driven.wait(lambda: bool(_overlay(driven).marks))
    driven.settle()


def test_the_runner_is_boxed_and_told_in_words(street: Driven) -> None:
    before = pixels(street.view.grab().toImage())
    _go_to_the_runner(street)
    overlay = _overlay(street)
    (mark, *_) = overlay.marks
    assert len(overlay.marks) <= 2
    assert mark.reason is Reason.FAST
    assert "times the usual fast speed here" in overlay.accessibleDescription()
    corner = street.view.place_of((mark.left, mark.top))
    picture = street.view.picture_rectangle()
    assert picture.adjusted(-1, -1, 1, 1).contains(corner)
    lead = street.window.parts.look.colors.lead
    shown = pixels(street.view.grab().toImage())
    color = tuple(int(lead[at : at + 2], 16) for at in (5, 3, 1))
    assert (abs(shown[..., :3].astype(int) - color).sum(axis=-1) < 30).sum() > 50
    assert before.shape == shown.shape
    street.workspace.playhead.seek(5.0)
    street.wait(lambda: not overlay.marks)
    assert overlay.accessibleDescription() == ""


def test_boxes_follow_a_picture_that_is_turned(street: Driven) -> None:
    _go_to_the_runner(street)
    street.window.commands["turn-right"].trigger()
    street.settle()
    assert not _overlay(street).grab().isNull()


def test_the_list_says_why(street: Driven) -> None:
    model = street.segments.model()
    index = model.index(0, 0)
    told = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
    assert "Too fast" in told
    assert "unusual for this camera" in told
    assert "to be expected" in told


def test_what_is_usual_is_shown_by_a_key(street: Driven) -> None:
    overlay = _overlay(street)
    street.wait(lambda: street.window.parts.scene.usual is not None)
    plain = pixels(street.view.grab().toImage())
    street.press(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    street.settle()
    assert overlay.shows_usual
    assert street.window.parts.preferences.settings.show_usual
    assert (pixels(street.view.grab().toImage()) != plain).mean() > 0.02
    street.press(Qt.Key.Key_U, Qt.KeyboardModifier.ControlModifier)
    assert not overlay.shows_usual


def test_this_is_normal_here_and_forgotten_again(street: Driven) -> None:
    _go_to_the_runner(street)
    street.press(Qt.Key.Key_H)
    street.wait(lambda: not street.workspace.segments and not street.window.parts.errands.busy)
    assert not _overlay(street).marks
    street.window.commands["forget-taught"].trigger()
    street.wait(lambda: len(street.workspace.segments) == 1)
    street.settle()


def test_learning_from_what_the_curve_shows(street: Driven) -> None:
    street.window.commands["learn-from-span"].trigger()
    street.wait(lambda: not street.window.parts.errands.busy)
    camera = street.workspace.case.scenes.camera_of(1)
    assert camera is not None
    lesson = street.workspace.case.scenes.lessons(camera.id)[-1]
    assert lesson.kind.value == "span"
    assert lesson.start == pytest.approx(0.0, abs=0.1)
    street.settle()


def test_what_the_network_found_is_not_for_the_camera_to_learn(reviewing: Driven) -> None:
    said: list[str] = []
    reviewing.workspace.noticed.connect(said.append)
    row = reviewing.workspace.listed[0]
    events = replace(row, segment=replace(row.segment, found_by=FoundBy.EVENTS))
    reviewing.workspace.show_instead({row.id: events})
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_H)
    assert "dismiss it" in said[-1]


@pytest.mark.parametrize(
    ("reason", "number", "short", "sentence"),
    [
        (Reason.FAST, 2.53, "2.5×", "2.5 times"),
        (Reason.LARGE, 1.2, "1.2×", "1.2 times"),
        (Reason.WRONG_WAY, 0.004, "0.4 %", "0.4 %"),
        (Reason.WRONG_PLACE, 0.0001, "under 0.1 %", "under 0.1 %"),
        (Reason.LOITERING, 95.0, "1 min 35 s", "1 min 35 s"),
        (Reason.STATIONARY, 42.0, "42 s", "42 s"),
    ],
)
def test_reasons_in_words(
    qapp: object, reason: Reason, number: float, short: str, sentence: str
) -> None:
    assert number_text(reason, number) == short
    assert sentence in reason_sentence(reason, number)
    assert reason_text(reason)


def test_a_segment_without_novelty_has_nothing_to_add(reviewing: Driven) -> None:
    segment = reviewing.workspace.segments[0].segment
    assert why_texts(replace(segment, per_hour=None)) == []


@pytest.mark.parametrize(
    ("reason", "number", "title", "row", "sentence"),
    [
        (Reason.NEW_CLASS, 0.0, "Truck: never seen here", "New: truck", "0 of 1,412 looks showed"),
        (Reason.NEW_CLASS, 9.0, "Truck: seldom seen here", "Seldom: truck", "9 of 1,412 looks"),
        (Reason.NEW_CLASS_HERE, 0.0, "Truck: never in this part", "New here: truck", "this part"),
    ],
)
def test_a_class_is_named_with_its_number(
    qapp: object, reason: Reason, number: float, title: str, row: str, sentence: str
) -> None:
    seen = ClassSeen("truck", 1412)
    assert reason_text(reason, number=number, seen=seen) == title
    assert sentence in reason_sentence(reason, number, seen=seen)
    segment = Segment(
        start=1.0,
        end=2.0,
        peak=0.8,
        peak_time=1.5,
        mean=0.7,
        found_by=FoundBy.NOVELTY,
        per_hour=0.5,
        reason=reason,
        number=number,
        seen_class="truck",
        looks=1412,
    )
    assert row_text(segment) == row
    assert f"{title} ({number:.0f} of 1,412 looks)" in why_texts(segment)


def test_classes_without_a_word_of_ours_keep_their_name(qapp: object) -> None:
    for name in COCO:
        assert class_text(name) == name
    assert class_text("class 7") == "class 7"
