"""Cases: several windows on one, recent ones, settings of their own, lost recordings, exports."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from crimeview.core.review import ReviewState
from crimeview.gui.settings import Preferences
from crimeview.gui.widgets.case_dialog import CaseDialog
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
            case.edit(edit, reviewer=name)
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
        out, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        made, refused = made + int(out.split()[0]), refused + int(out.split()[1])
    assert made + refused == 120
    with open_case(folder) as case:
        assert len(case.log()) == made
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
