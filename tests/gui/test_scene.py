"""What is unusual for a camera, in the window: boxes, what is usual, and teaching it by a key."""

import shutil
import threading
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from crimeview.core.detection import COCO
from crimeview.core.found_by import FoundBy
from crimeview.core.job import Job
from crimeview.core.novelty import ClassSeen, Reason
from crimeview.core.scene import Camera, CameraChoice
from crimeview.core.segment import Segment, SegmentRule
from crimeview.core.track import TrackKind
from crimeview.gui.class_names import class_text
from crimeview.gui.novelty_text import (
    number_text,
    reason_sentence,
    reason_text,
    row_text,
    why_texts,
)
from crimeview.gui.score_tracks import SCORE_TRACKS
from crimeview.gui.settings import Preferences
from crimeview.gui.widgets.legend_key import LegendKey
from crimeview.gui.widgets.scene_dialogs import ReferenceDialog, SceneCameraDialog
from crimeview.gui.widgets.scene_overlay import SceneOverlay
from crimeview.gui.widgets.score_curve import ScoreCurve
from crimeview.jobs import teach as teach_module
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.models import ModelPair
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pixels
from tests.jobs.finished import finished
from tests.scene.walkers import Walker, crowd, write_street

_Dialog = TypeVar("_Dialog", SceneCameraDialog, ReferenceDialog)


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
    assert "expected in" in told


def test_motion_is_shown_by_a_key_and_told_in_percent(street: Driven) -> None:
    curve, shift = street.window.findChild(ScoreCurve), Qt.KeyboardModifier.ShiftModifier
    preferences = street.window.parts.preferences
    track = street.workspace.case.track(1, TrackKind.MOTION)
    assert track is not None
    assert not curve.shows(TrackKind.MOTION)
    street.press(Qt.Key.Key_M, shift)
    street.settle()
    assert curve.shows(TrackKind.MOTION)
    most = int(track.values.argmax())
    street.workspace.playhead.seek(float(track.times[most, 0]) + 1e-3)
    street.settle()
    assert curve.value(TrackKind.MOTION) == pytest.approx(float(track.values.max()), rel=0.01)
    (key,) = (k for k in street.window.findChildren(LegendKey) if "picture moves" in k.toolTip())
    name, value = key.findChildren(QLabel)
    assert key.isVisibleTo(street.window)
    assert (name.text(), value.text()) == ("Motion", f"{track.values.max():.1%}")
    assert value.accessibleName()
    assert Preferences(preferences.path).settings.show_motion
    street.press(Qt.Key.Key_M, shift)
    street.settle()
    assert not curve.shows(TrackKind.MOTION)
    assert not key.isVisibleTo(street.window)
    assert not Preferences(preferences.path).settings.show_motion


def test_every_curve_has_a_pattern_of_its_own(street: Driven) -> None:
    curve = street.window.findChild(ScoreCurve)
    patterns = {tuple(curve.pen(track.kind).dashPattern()) for track in SCORE_TRACKS}
    assert len(patterns) == len(SCORE_TRACKS)


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
    street.wait(lambda: not _overlay(street).marks)
    street.window.commands["forget-taught"].trigger()
    street.wait(lambda: len(street.workspace.segments) == 1)
    street.settle()


def _known(driven: Driven) -> object:
    """What the camera has learned, and all that is found by it."""
    case = driven.workspace.case
    camera = case.scenes.camera_of(1)
    track, marks = case.track(1, TrackKind.NOVELTY), case.novelty.marks(1)
    assert camera is not None
    assert track is not None
    assert marks is not None
    arrays = {name: array.tolist() for name, array in marks.items() if name != "version"}
    rows = [(row.segment, row.state) for row in case.segments()]
    shown = [(row.segment, row.state) for row in driven.workspace.segments]
    assert shown == rows, "it is shown"
    return case.scenes.lessons(camera.id), track.values.tolist(), arrays, rows


def test_teaching_and_forgetting_are_undone_and_made_again(street: Driven) -> None:
    said: list[str] = []
    street.workspace.mentioned.connect(said.append)
    ctrl, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier

    def press(key: Qt.Key, modifier: Qt.KeyboardModifier) -> object:
        street.press(key, modifier)
        street.settle()
        return _known(street)

    start = _known(street)
    _go_to_the_runner(street)
    normal = press(Qt.Key.Key_H, Qt.KeyboardModifier.NoModifier)
    assert not street.workspace.segments
    assert street.window.commands["undo"].text().endswith("Teach the camera")
    span = press(Qt.Key.Key_H, shift)
    street.window.commands["forget-taught"].trigger()
    street.settle()
    forgotten = _known(street)
    assert forgotten == start
    assert len({repr(each) for each in (start, normal, span)}) == 3
    assert press(Qt.Key.Key_Z, ctrl) == span
    assert press(Qt.Key.Key_Z, ctrl) == normal
    assert press(Qt.Key.Key_Z, ctrl) == start
    assert len(street.workspace.segments) == 1
    assert said == [
        "Undid: forgetting what the camera was taught",
        "Undid: what the camera was taught",
        "Undid: what the camera was taught",
    ]
    for expected in (normal, span, forgotten):
        assert press(Qt.Key.Key_Z, ctrl | shift) == expected


def test_undone_twice_at_once_both_are_found_anew(street: Driven) -> None:
    """While the one is found anew the other waits."""
    start = _known(street)
    for _ in range(2):
        street.press(Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
        street.settle()
    street.window.commands["undo"].trigger()
    street.window.commands["undo"].trigger()
    street.settle()
    assert _known(street) == start


def test_what_was_undone_as_the_window_was_closed_is_found_anew_by_the_next(
    street: Driven, open_window: OpenWindow
) -> None:
    start = _known(street)
    street.press(Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    street.settle()
    assert _known(street) != start
    errands = street.window.parts.errands
    busy: list[bool] = []  # told, not asked for: it may be over between two looks
    errands.changed.connect(lambda: busy.append(errands.busy))
    errands.changed.connect(errands.stop)
    street.window.commands["undo"].trigger()
    street.wait(lambda: busy[-1:] == [False])
    case = street.workspace.case
    assert case.novelty.behind() == [1]
    assert street.window.close()
    later = open_window()
    later.wait(lambda: later.workspace.case.novelty.behind() == [])
    later.settle()
    assert _known(later) == start


def test_what_is_undone_while_it_is_taught_is_not_said_to_be_learned(
    street: Driven, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    street.workspace.succeeded.connect(said.append)
    start = _known(street)
    taught, undone = threading.Event(), threading.Event()
    real = teach_module.teach

    def held(*args: object, **options: object) -> Job[Camera]:
        camera = yield from real(*args, **options)
        taught.set()
        assert undone.wait(60)
        return camera

    monkeypatch.setattr(teach_module, "teach", held)
    street.press(Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    street.wait(taught.is_set)
    street.window.parts.reviewing.undo()
    street.wait(lambda: street.window.parts.edit_effects.waiting)
    undone.set()
    street.settle()
    assert said == []
    assert _known(street) == start
    monkeypatch.undo()
    street.press(Qt.Key.Key_H, Qt.KeyboardModifier.ShiftModifier)
    street.settle()
    (learned,) = said
    assert learned.startswith("Learned.")


def test_learning_from_what_the_curve_shows(street: Driven) -> None:
    street.window.commands["learn-from-span"].trigger()
    street.wait(lambda: not street.window.parts.errands.busy)
    camera = street.workspace.case.scenes.camera_of(1)
    assert camera is not None
    lesson = street.workspace.case.scenes.lessons(camera.id)[-1]
    assert lesson.kind.value == "span"
    assert lesson.start == pytest.approx(0.0, abs=0.1)
    street.settle()


def _dialog(driven: Driven, command: str, kind: type[_Dialog]) -> _Dialog:
    driven.window.commands[command].trigger()
    driven.wait(lambda: driven.window.findChild(kind) is not None)
    return driven.window.findChild(kind)


def _done(driven: Driven) -> None:
    driven.wait(lambda: not driven.window.parts.errands.busy)
    driven.settle()


def _content(known: object) -> object:
    """The same but for the numbers and times of lessons, whose quiet time is learned anew."""
    assert isinstance(known, tuple)
    return [(x.kind, x.start, x.end, x.counts) for x in known[0]], *known[1:]


def test_a_recording_is_compared_with_another_camera(street: Driven) -> None:
    said: list[str] = []
    street.workspace.succeeded.connect(said.append)
    before = street.workspace.case.scenes.camera_of(1)
    assert before is not None
    dialog = _dialog(street, "compare-with-camera", SceneCameraDialog)
    assert dialog.list.count() == 2
    assert "1 recording · its camera now" in dialog.list.item(0).text()
    assert dialog.list.item(1).text() == "A camera of its own"
    assert not dialog.name.isEnabled()
    dialog.list.setCurrentRow(1)
    assert dialog.name.isEnabled()
    dialog.accept()
    assert "Give the new camera a name" in dialog.verdict.text()
    dialog.name.setText("Yard")
    dialog.accept()
    _done(street)
    camera = street.workspace.case.scenes.camera_of(1)
    assert camera is not None
    assert camera.name == "Yard"
    assert "“Yard”" in said[-1]
    after = _known(street)
    street.workspace.mentioned.connect(said.append)
    street.window.commands["undo"].trigger()
    street.settle()
    assert said[-1] == "Undid: which camera a recording is compared with"
    back = street.workspace.case.scenes.camera_of(1)
    assert back is not None
    assert back.name == before.name
    assert [sight.camera.name for sight in street.workspace.case.scenes.cameras()] == [before.name]
    street.window.commands["redo"].trigger()
    street.settle()
    assert _content(_known(street)) == _content(after)


def test_a_recording_is_learned_from_as_a_whole(street: Driven) -> None:
    assert street.workspace.segments
    start = _known(street)
    dialog = _dialog(street, "learn-from-recording", ReferenceDialog)
    assert dialog.list.item(0).text().startswith("run.mp4 · ")
    assert dialog.verdict.isHidden()
    dialog.accept()
    _done(street)
    case = street.workspace.case
    camera = case.scenes.camera_of(1)
    assert camera is not None
    lesson = case.scenes.lessons(camera.id)[-1]
    assert lesson.kind.value == "span"
    assert (lesson.start, lesson.end) == (0.0, pytest.approx(40.0, abs=0.2))
    (logged,) = case.edits.log()
    assert logged.reviewer == street.window.parts.reviewing.reviewer != ""
    learned = _known(street)
    assert learned != start
    street.wait(street.window.commands["undo"].isEnabled)
    street.window.activateWindow()  # a dialog was over it
    assert QTest.qWaitForWindowActive(street.window, 60_000)
    street.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    street.settle()
    assert _known(street) == start
    street.press(Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    street.settle()
    assert _known(street) == learned


def test_what_does_not_fit_cannot_be_chosen_and_what_looks_different_is_told(
    street: Driven,
) -> None:
    def camera(number: int, name: str, *, fits: bool, alike: bool) -> CameraChoice:
        return CameraChoice(
            camera=Camera(id=number, name=name, version=1, grid=(22, 40)),
            folder=Path("/videos"),
            recordings=2,
            own=number == 1,
            fits=fits,
            alike=alike,
        )

    chosen: list[int | str] = []
    dialog = SceneCameraDialog(
        "run.mp4",
        [
            camera(1, "gate", fits=True, alike=True),
            camera(2, "tall", fits=False, alike=False),
            camera(3, "lobby", fits=True, alike=False),
        ],
        chosen.append,
        look=street.window.parts.look,
        parent=street.window,
    )
    assert dialog.list.currentRow() == 0
    dialog.list.setCurrentRow(1)
    dialog.accept()
    assert chosen == []
    assert "another shape" in dialog.list.item(1).text()
    dialog.list.setCurrentRow(2)
    assert "does" in dialog.verdict.text()
    dialog.list.setCurrentRow(3)
    dialog.name.setText("lobby")
    dialog.accept()
    assert "“lobby” already" in dialog.verdict.text()
    dialog.list.setCurrentRow(2)
    dialog.accept()
    assert chosen == [3]


def test_what_was_not_analyzed_has_no_camera_to_choose(reviewing: Driven) -> None:
    said: list[str] = []
    reviewing.workspace.noticed.connect(said.append)
    for command in ("compare-with-camera", "learn-from-recording"):
        reviewing.window.commands[command].trigger()
        reviewing.settle()
        reviewing.wait(lambda: bool(said))
        assert "analyze the recording" in said.pop()


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
