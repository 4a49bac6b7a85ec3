"""What can be dropped on the window, and what the window says before it is let go of."""

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent
from PySide6.QtWidgets import QApplication, QWidget

from crimeview.gui.dropped import Dropped, kind_of, promise
from crimeview.gui.widgets.drop_veil import DropVeil
from crimeview.jobs.models import ModelPair
from crimeview.nets.catalog import list_models, models_folder
from crimeview.store.case import open_case
from crimeview.store.library.library import open_library
from crimeview.store.library.location import Location
from tests.gui.driven import Driven
from tests.store.library.made import entry, recording, unit_vectors


def _made(folder: Path, *files: str) -> Path:
    folder.mkdir(parents=True)
    for name in files:
        (folder / name).write_bytes(b"")
    return folder


def _library(folder: Path) -> Path:
    with open_library(Location(folder=folder)) as library:
        vectors = unit_vectors(3)
        library.load([(recording(f"r{n}"), entry(f"u{n}", v)) for n, v in enumerate(vectors)])
    return folder


def test_what_a_path_is_is_told_by_what_lies_in_it(tmp_path: Path) -> None:
    with open_case(tmp_path / "night"):
        pass
    kinds = {
        tmp_path / "night": Dropped.CASE,
        _library(tmp_path / "shared"): Dropped.LIBRARY,
        _made(tmp_path / "package", "manifest.json", "segments.parquet"): Dropped.PACKAGE,
        _made(tmp_path / "model", "manifest.json", "model.onnx"): Dropped.MODEL,
        _made(tmp_path / "videos", "a.mp4"): Dropped.RECORDINGS,
        tmp_path / "videos" / "a.mp4": Dropped.RECORDINGS,
        tmp_path / "Truth.CSV": Dropped.ANNOTATIONS,
        tmp_path / "yolox.onnx": Dropped.MODEL,
        tmp_path / "nothing": Dropped.RECORDINGS,
    }
    assert {path: kind_of(path) for path in kinds} == kinds
    assert promise([tmp_path / "night"]) == "Let go to open the case night"
    assert promise(list(kinds)[4:6]) == "Let go to add 2 files and folders"
    assert promise(list(kinds)) == "Let go to open"


def _enter(widget: QWidget, path: Path) -> QDragEnterEvent:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, copy = Qt.MouseButton.LeftButton, Qt.DropAction.CopyAction
    event = QDragEnterEvent(QPoint(9, 9), copy, data, left, Qt.KeyboardModifier.NoModifier)
    event.kept = data  # type: ignore[attr-defined]  # as long as the event
    QApplication.sendEvent(widget, event)
    return event


def _veil(driven: Driven) -> DropVeil:
    content = driven.window.centralWidget()
    return content.findChild(DropVeil, options=Qt.FindChildOption.FindDirectChildrenOnly)


def test_the_window_says_what_letting_go_will_do(reviewing: Driven, tmp_path: Path) -> None:
    window = reviewing.window
    entered = _enter(window, tmp_path / "yolox.onnx")
    assert entered.isAccepted()
    veil = _veil(reviewing)
    assert veil.isVisible()
    assert veil.accessibleName() == "Let go to import the model yolox.onnx"
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert not veil.isVisible()


def test_the_page_of_similar_ones_takes_videos_and_leaves_the_rest_to_the_window(
    reviewing: Driven, tmp_path: Path
) -> None:
    reviewing.window.commands["page-similar"].trigger()
    page = reviewing.window.page
    assert _enter(page, tmp_path / "a.mp4").isAccepted()
    assert page.findChild(DropVeil).accessibleName() == "Let go to look for what is like a.mp4"
    QApplication.sendEvent(page, QDragLeaveEvent())
    _enter(page, tmp_path / "truth.csv")
    assert not page.findChild(DropVeil).isVisible()
    assert "truth.csv" in _veil(reviewing).accessibleName()


def test_a_library_and_then_a_package_are_taken_on_their_page(
    reviewing: Driven, tmp_path: Path
) -> None:
    shelf = reviewing.window.parts.shelf
    reviewing.drop(_library(tmp_path / "mine"))
    reviewing.settle()
    assert reviewing.window.page.name == "library"
    assert len(shelf.entries) == 3
    shelf.export(tmp_path / "package", with_clips=False)
    reviewing.settle()
    assert kind_of(tmp_path / "package") is Dropped.PACKAGE
    reviewing.window.commands["page-review"].trigger()
    said: list[str] = []
    reviewing.workspace.succeeded.connect(said.append)
    reviewing.drop(tmp_path / "package")
    reviewing.settle()
    assert reviewing.window.page.name == "library"
    assert said == ["0 segments added, 3 known already."]


def test_a_package_without_a_library_is_told(reviewing: Driven, tmp_path: Path) -> None:
    said: list[str] = []
    reviewing.workspace.noticed.connect(said.append)
    reviewing.drop(_made(tmp_path / "package", "manifest.json", "segments.parquet"))
    reviewing.settle()
    assert "Open a library first" in said[-1]


def test_a_model_is_imported(
    reviewing: Driven, models: ModelPair, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tmp_path / "models"))
    said: list[str] = []
    reviewing.workspace.succeeded.connect(said.append)
    reviewing.workspace.noticed.connect(said.append)
    reviewing.drop(models.encoder.folder)
    reviewing.settle()
    name = models.encoder.manifest.name
    assert said[-1].startswith(f"Imported: {name}.")
    assert name in [model.manifest.name for model in list_models(models_folder())]
    reviewing.drop(models.encoder.folder)
    reviewing.settle()
    assert "already" in said[-1], "nothing is overwritten"


def test_recordings_and_what_they_show_may_come_together(
    reviewing: Driven, long_recording: Path, tmp_path: Path
) -> None:
    reviewing.window.parts.preferences.change(analyze_on_opening=False)
    truth = tmp_path / "truth.txt"
    truth.write_text(f"{long_recording.name} Fight 1000 1030 -1 -1\n")
    reviewing.drop(truth, long_recording)
    reviewing.settle()
    reviewing.wait(lambda: bool(reviewing.window.parts.truth.events))
    assert reviewing.workspace.recording.path == long_recording


def test_a_case_comes_alone(reviewing: Driven, long_recording: Path, tmp_path: Path) -> None:
    with open_case(tmp_path / "other"):
        pass
    said: list[str] = []
    reviewing.workspace.noticed.connect(said.append)
    before = reviewing.workspace.case
    reviewing.drop(tmp_path / "other", long_recording)
    reviewing.settle()
    assert said == ["Open a case or a library by itself, without anything else."]
    assert reviewing.workspace.case is before
    assert len(reviewing.workspace.recordings) == 1
