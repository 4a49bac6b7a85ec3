"""Cases: several windows on one, recent ones, settings of their own, lost recordings, exports."""

import hashlib
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from crimeview.core.edit import CaseNote, EditKind
from crimeview.core.job import Changed
from crimeview.core.recording import Fingerprint
from crimeview.core.review import ReviewState
from crimeview.core.segment import SegmentRule
from crimeview.gui.settings import Preferences
from crimeview.gui.widgets.case_dialog import CaseDialog
from crimeview.jobs.resegment import resegment
from crimeview.jobs.review import Reviewer, judged, marked
from crimeview.store.case import open_case
from crimeview.training.data.data_sets import read_examples
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven

CTRL = Qt.KeyboardModifier.ControlModifier


def test_two_windows_review_one_case_and_see_each_other(
    reviewing: Driven, open_window: OpenWindow
) -> None:
    other = open_window()
    other.settle()
    for _ in range(4):  # each looks about once a second; here when it is told to
        for driven in (reviewing, other):
            driven.window.parts.case_watch.look()
            driven.settle()
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_C)
    reviewing.settle()
    other.wait(lambda: ReviewState.CONFIRMED in {r.state for r in other.workspace.segments})
    new = next(r for r in other.workspace.segments if r.state is ReviewState.NEW)
    other.workspace.select_segment(new.id)
    other.press(Qt.Key.Key_D)
    other.settle()
    reviewing.wait(lambda: ReviewState.DISMISSED in {r.state for r in reviewing.workspace.segments})
    assert list(reviewing.workspace.segments) == list(other.workspace.segments)


def test_what_is_decided_here_is_not_read_again(reviewing: Driven) -> None:
    watch = reviewing.window.parts.case_watch
    told: list[Changed] = []

    def look() -> None:
        for _ in range(2):  # it may be looking just now
            reviewing.wait(lambda: not watch._asking)
            watch.look()
            reviewing.wait(lambda: not watch._asking)
            reviewing.settle()

    look()
    reviewing.press(Qt.Key.Key_N)
    reviewing.press(Qt.Key.Key_C)
    reviewing.settle()
    reviewing.workspace.changed.connect(told.append)
    look()
    assert not told
    reviewing.workspace.case.note(CaseNote(name="written", text="by whoever else"))
    look()
    assert told


def test_a_window_takes_the_rule_that_another_has_stored(
    reviewing: Driven, open_window: OpenWindow
) -> None:
    other = open_window()
    both = (reviewing, other)

    def look() -> None:
        for driven in (*both, *both):  # each looks about once a second; here when it is told to
            watch = driven.window.parts.case_watch
            driven.settle()
            driven.wait(lambda watch=watch: not watch._asking)
            watch.look()
            driven.wait(lambda watch=watch: not watch._asking)
            driven.settle()

    def rules() -> list[SegmentRule | None]:
        """What each window shows; the list is by it."""
        shown = [driven.window.parts.thresholding.rule for driven in both]
        assert [driven.workspace.rule for driven in both] == shown
        assert list(reviewing.workspace.segments) == list(other.workspace.segments)
        return shown

    look()
    first = reviewing.workspace.rule
    assert first is not None
    listed = list(other.workspace.segments)
    reviewing.window.parts.thresholding.drop(0.9999)
    look()
    assert rules() == [replace(first, threshold=0.9999)] * 2
    assert list(other.workspace.segments) != listed
    other.press(Qt.Key.Key_Z, CTRL)
    look()
    assert rules() == [first] * 2, "the other's undo holds here too"
    reviewing.window.parts.thresholding.keep_rule(replace(first, merge_gap=9.0))
    look()
    other.window.parts.thresholding.drop(0.6)
    look()
    assert rules() == [replace(first, merge_gap=9.0, threshold=0.6)] * 2
    log = reviewing.workspace.case.edits.log()
    assert [entry.kind for entry in log].count(EditKind.DONE) == 3, "what is taken is no edit"
    with open_case(reviewing.workspace.case.folder) as case:  # as a command does
        for _step in resegment(case, rule=replace(first, min_length=1.0)):
            pass
    look()
    assert rules() == [replace(first, min_length=1.0)] * 2


def test_a_rule_that_is_being_tried_is_not_taken_away(
    reviewing: Driven, open_window: OpenWindow
) -> None:
    other = open_window()
    other.settle()
    first = other.workspace.rule
    assert first is not None
    trying = other.window.parts.thresholding
    trying.drag(0.9)
    reviewing.window.parts.thresholding.drop(0.8)
    reviewing.settle()
    other.window.parts.workspace.access.refresh()
    other.settle()
    assert other.workspace.rule == replace(first, threshold=0.8)
    assert trying.rule == replace(first, threshold=0.9), "the hand is still on it"
    trying.drop(0.95)
    other.settle()
    assert trying.rule == other.workspace.rule == replace(first, threshold=0.95)


_REVIEWER = """
import sys
from pathlib import Path
from crimeview.core.review import ReviewState
from crimeview.jobs.review import Reviewer, judged, tagged
from crimeview.store.case import open_case
from crimeview.store.edits import ConflictError
name, made, refused = sys.argv[2], 0, 0
with open_case(Path(sys.argv[1])) as case:
    for turn in range(40):
        row = case.segments()[turn % 2]
        edit = tagged([row], add=[f"{name} {turn}"], by=Reviewer.at_present(name))
        try:
            case.edits.make(edit, reviewer=name)
            made += 1
        except ConflictError:
            refused += 1
print(made, refused)
"""


def test_processes_that_write_at_once_lose_nothing(analyzed_case: Path, tmp_path: Path) -> None:
    folder = tmp_path / "case"
    shutil.copytree(analyzed_case, folder)
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", _REVIEWER, str(folder), name], stdout=subprocess.PIPE, text=True
        )
        for name in ("kim", "lee", "park")
    ]
    made = refused = 0
    for process in processes:
        out, _ = process.communicate(timeout=240)
        assert process.returncode == 0
        made, refused = made + int(out.split()[0]), refused + int(out.split()[1])
    assert made + refused == 120
    with open_case(folder) as case:
        assert len(case.edits.log()) == made
        tags = [tag for s in case.segments() if s.review for tag in s.review.tags]
        assert len(tags) == len(set(tags)) == made, "what was not refused is there"


def test_recent_cases_are_remembered_and_opened(reviewing: Driven, tmp_path: Path) -> None:
    first = reviewing.workspace.case.folder
    opening = reviewing.window._opening
    opening.open_case(tmp_path / "second", create=True)
    reviewing.settle()
    assert reviewing.workspace.case.folder == tmp_path / "second"
    action = reviewing.window.commands["recent-case-1"]
    assert action.isVisible()
    assert "case" in action.text()
    assert not reviewing.window.commands["recent-case-2"].isVisible()
    action.trigger()
    reviewing.settle()
    assert reviewing.workspace.case.folder == first
    assert list(Preferences().settings.recent) == [str(first), str(tmp_path / "second")]


def test_a_case_has_settings_of_its_own(reviewing: Driven) -> None:
    reviewing.window.commands["case-settings"].trigger()
    dialog = reviewing.window.findChild(CaseDialog)
    assert dialog is not None
    QTest.keyClicks(dialog.title, "Harbor, 3 May")
    QTest.keyClicks(dialog.kinds, "Illegal dumping")
    dialog.accept()
    reviewing.settle()
    assert reviewing.window.windowTitle() == "Harbor, 3 May"
    kind = reviewing.panel.card.kind
    assert kind.itemText(kind.count() - 1) == "illegal dumping"
    reviewing.window.activateWindow()  # which a window manager does
    reviewing.wait(reviewing.window.isActiveWindow)
    reviewing.press(Qt.Key.Key_Z, CTRL)
    reviewing.settle()
    assert reviewing.window.windowTitle() == reviewing.workspace.case.folder.name
    assert reviewing.workspace.case.notes() == {}


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """The next folder dialog is answered at once."""

    def answer(folder: Path) -> None:
        def choose_now(dialog: QFileDialog) -> None:
            dialog.filesSelected.emit([str(folder)])
            dialog.deleteLater()

        monkeypatch.setattr(QFileDialog, "open", choose_now)

    return answer


def test_a_lost_recording_is_found_again_and_undone(
    open_window: OpenWindow, recording: Path, tmp_path: Path, choose: Callable[[Path], None]
) -> None:
    lost = tmp_path / "gate.mp4"
    shutil.copy(recording, lost)
    driven = open_window()
    driven.drop(lost)
    driven.settle()
    segments = driven.workspace.case.segments()
    (tmp_path / "elsewhere").mkdir()
    moved = lost.rename(tmp_path / "elsewhere" / "renamed.mp4")
    said: list[str] = []
    driven.workspace.noticed.connect(said.append)
    driven.window.parts.missing.look()
    driven.settle()
    assert "not where it was" in said[-1]
    model = driven.recordings.model()
    assert "missing" in model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    choose(tmp_path / "elsewhere")
    driven.window.commands["find-missing"].trigger()
    driven.settle()
    assert driven.workspace.recordings[0].path == moved
    assert driven.workspace.case.segments() == segments
    assert not driven.window.commands["find-missing"].isEnabled()
    driven.window.parts.reviewing.refresh_stacks()
    driven.settle()
    driven.press(Qt.Key.Key_Z, CTRL)
    driven.settle()
    assert driven.workspace.recordings[0].path == lost


def test_decisions_are_exported_for_training(
    reviewing: Driven, tmp_path: Path, choose: Callable[[Path], None]
) -> None:
    for key in (Qt.Key.Key_N, Qt.Key.Key_D, Qt.Key.Key_1, Qt.Key.Key_C):
        reviewing.press(key)
    reviewing.settle()
    choose(tmp_path / "out")
    reviewing.press(Qt.Key.Key_E, CTRL)
    reviewing.settle()
    assert sorted(e.label for e in read_examples(tmp_path / "out")) == ["fight", "normal"]


def test_what_was_exported_or_found_in_part_is_told_as_what_it_is(
    reviewing: Driven, recording: Path, tmp_path: Path, choose: Callable[[Path], None]
) -> None:
    noticed: list[str] = []
    succeeded: list[str] = []
    reviewing.workspace.noticed.connect(noticed.append)
    reviewing.workspace.succeeded.connect(succeeded.append)
    for key in (Qt.Key.Key_N, Qt.Key.Key_D):
        reviewing.press(key)
    reviewing.window.parts.preferences.change(analyze_on_opening=False)
    lost = [tmp_path / "gate.mp4", tmp_path / "yard.mp4"]
    for number, path in enumerate(lost):
        path.write_bytes(recording.read_bytes() + bytes(number + 1))
    reviewing.drop(*lost)
    reviewing.settle()
    case = reviewing.workspace.case
    content = lost[0].read_bytes()
    known = Fingerprint(sha256=hashlib.sha256(content).hexdigest(), size=len(content))
    row = next(row for row in case.recordings() if row.path == lost[0])
    case.set_fingerprint(row.id, known)
    by = Reviewer.at_present("kim")
    own = marked(case.recording(row.id), start=1.0, end=2.0, by=by)
    case.edits.make(own, reviewer="kim")
    segment = next(s for s in case.segments() if s.recording_id == row.id)
    dismissed = judged([segment], ReviewState.DISMISSED, by=by)
    assert dismissed is not None
    case.edits.make(dismissed, reviewer="kim")
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for path in lost:
        path.rename(elsewhere / path.name)
    choose(tmp_path / "out")
    reviewing.workspace.access.refresh()
    reviewing.settle()
    reviewing.press(Qt.Key.Key_E, CTRL)
    reviewing.settle()
    assert noticed[-1].startswith("Exported 1 of 2 clips; they and their labels are in ")
    assert "gate.mp4" in noticed[-1]
    assert len(list(read_examples(tmp_path / "out"))) == 1
    assert succeeded == []

    missing = reviewing.window.parts.missing
    missing.look()
    reviewing.settle()
    missing.relink([elsewhere])
    reviewing.settle()
    assert noticed[-1] == "Found 1 of 2; 1 still missing."
    missing.relink([elsewhere])
    reviewing.settle()
    assert noticed[-1] == "Nothing was found there; 1 still missing."
    assert succeeded == []
    reviewing.press(Qt.Key.Key_E, CTRL)
    reviewing.settle()
    assert succeeded == [f"2 clips and their labels are in {tmp_path / 'out'}."]
