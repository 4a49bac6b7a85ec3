"""What goes wrong is said in Korean in the Korean window: in the list, across it, at the query."""

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from crimeview.core.recording import RecordingState
from crimeview.gui.settings import Language
from crimeview.gui.widgets.filter_bar import FilterBar
from crimeview.gui.widgets.notice import Notice
from crimeview.gui.widgets.recording_list import RecordingList
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven


@pytest.fixture
def korean(open_window: OpenWindow, analyzed_case: Path, tmp_path: Path) -> Driven:
    """A Korean window on a case in which the recording is analyzed."""
    shutil.copytree(analyzed_case, tmp_path / "case")
    driven = open_window(language=Language.KOREAN)
    driven.settle()
    return driven


def _across(driven: Driven) -> str:
    notice = driven.window.findChild(Notice)
    texts = [label.text() for label in notice.findChildren(QLabel) if label.text()]
    return texts[0] if notice.isVisible() and texts else ""


def test_a_broken_file_is_told_in_korean_and_stored_in_english(
    korean: Driven, tmp_path: Path
) -> None:
    broken = tmp_path / "broken.avi"
    broken.write_bytes(b"")
    korean.drop(broken)
    korean.settle()
    row = next(r for r in korean.workspace.recordings if r.path == broken)
    assert row.state is RecordingState.FAILED
    assert row.error == "“broken.avi” is empty (0 bytes); copy it from its source again."
    model = korean.window.findChild(RecordingList).model()
    index = model.index(model.row_of(row.id))
    told = "“broken.avi”은(는) 빈 파일(0바이트)입니다. 원본에서 다시 복사하세요."
    assert model.state(row) == told
    assert told in model.data(index, Qt.ItemDataRole.ToolTipRole)
    assert told in model.data(index, Qt.ItemDataRole.AccessibleTextRole)


def test_a_split_beside_a_segment_and_a_merge_of_one_are_told_in_korean(korean: Driven) -> None:
    korean.press(Qt.Key.Key_N)
    korean.press(Qt.Key.Key_Home)
    korean.settle()
    korean.press(Qt.Key.Key_S)
    korean.settle()
    assert _across(korean) == "구간 안의 한 순간으로 이동해야 그곳에서 나눌 수 있습니다."
    korean.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    korean.settle()
    assert _across(korean) == "합치려면 구간을 두 개 이상 고르세요."


def test_a_query_with_a_wrong_column_is_told_in_korean(korean: Driven) -> None:
    bar = korean.window.findChild(FilterBar)
    bar.query.setText("colour:red")
    bar._find()
    told = bar.query.toolTip()
    assert told.startswith("“colour”은(는) 없는 열입니다.")
    bar.query.setText("score>high")
    bar._find()
    assert bar.query.toolTip() == "“score>” 뒤에는 “high”이(가) 아니라 숫자를 적어야 합니다."
    bar.query.setText("")
    bar._find()
