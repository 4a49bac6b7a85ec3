"""A window on a case of its own, with tiny real models."""

import gc
import itertools
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import fields
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from crimeview.core.job import Job
from crimeview.gui.app import application, compose
from crimeview.gui.settings import Language, Preferences
from crimeview.gui.tasks import Tasks
from crimeview.gui.window import Window
from crimeview.jobs.analyze import AnalyzeSettings, Outcome, analyze
from crimeview.jobs.models import ModelPair
from crimeview.store.case import open_case
from tests.gui.driven import PATIENCE, Driven
from tests.gui.recordings import write_numbered
from tests.gui.x_screen import MISSING, x_screen
from tests.tiny_models import make_models

OpenWindow = Callable[..., Driven]

_WINDOWS = itertools.count(1)
_PATIENCE = round(PATIENCE * 1000)  # ms
_HELD_AT = 60.0  # s of a recording
_COLLECTED = 10  # of so many windows the remains go at once


@pytest.fixture(scope="package", autouse=True)
def _garbage_of_windows() -> Iterator[None]:
    """No window is left to be destroyed by a thread of a later test."""
    gc.freeze()
    yield
    gc.collect()
    gc.unfreeze()
    gc.enable()


class _PatientBot(QtBot):
    """Waits as long as a shared machine may take; what is waited for comes sooner on any other."""

    def waitUntil(self, callback: Callable[[], object], *, timeout: int = _PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return _PatientBot(request)


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """30 s with motion from 8 to 10 s and, stronger, from 20 to 24 s."""
    path = tmp_path_factory.mktemp("recordings") / "yard.mp4"
    return write_numbered(path, duration=30, bursts=[(8, 10, 9), (20, 24, 60)])


@pytest.fixture(scope="session")
def long_recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2.5 min with motion from 100 to 103 s: long enough to be interrupted."""
    path = tmp_path_factory.mktemp("recordings") / "night.mp4"
    return write_numbered(path, duration=150, bursts=[(100, 103, 60)])


@pytest.fixture
def screen() -> Iterator[str]:
    """An X screen of its own with a window manager; gives its DISPLAY."""
    with x_screen() as display:
        yield display


@pytest.fixture
def screen_or_none() -> Iterator[str | None]:
    """The same; None where what it needs is not installed."""
    with nullcontext() if MISSING else x_screen() as display:
        yield display


@pytest.fixture
def slow_analysis(monkeypatch: pytest.MonkeyPatch) -> None:
    """The window's first analysis is slow, and gets to no end before it is interrupted."""
    numbers = itertools.count()

    def slowly(*arguments: Any, **options: Any) -> Job[list[Outcome]]:
        job = analyze(*arguments, **options)
        if next(numbers) > 0:
            return (yield from job)
        try:
            while True:
                step = next(job)
                yield step
                time.sleep(0.05)
                while step.done > _HELD_AT:
                    yield step
                    time.sleep(0.05)
        except StopIteration as end:
            return cast("list[Outcome]", end.value)
        finally:
            job.close()

    monkeypatch.setattr("crimeview.jobs.analyze.analyze", slowly)


@pytest.fixture(scope="session")
def analyzed_case(
    tmp_path_factory: pytest.TempPathFactory, recording: Path, models: ModelPair
) -> Path:
    """A case in which the recording is analyzed."""
    folder = tmp_path_factory.mktemp("cases") / "case"
    with open_case(folder) as case:
        how = AnalyzeSettings(novelty=False)
        for _ in analyze([recording], case=case, models=models, settings=how):
            pass
    return folder


@pytest.fixture
def open_window(
    qtbot: QtBot,
    qapp: QApplication,
    tmp_path: Path,
    models: ModelPair,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[OpenWindow]:
    """Opens windows on cases below tmp_path, and closes them."""
    # What is mentioned for some seconds is read later on a machine that is busy.
    monkeypatch.setattr("crimeview.gui.widgets.notice._PASSING", 10 * _PATIENCE)
    opened: list[Window] = []

    def open_one(name: str = "case", **settings: object) -> Driven:
        app = application(offscreen=True)  # first: its name says where the settings are
        preferences = Preferences()
        # Boxes over the picture would hide the numbers that frames are told by.
        preferences.change(**{"novelty": False, "show_novelty": False} | settings)
        window = compose(
            app,
            open_case(tmp_path / name),
            preferences=preferences,
            find_models=lambda: models,
        )
        opened.append(window)
        window.show()
        assert QTest.qWaitForWindowExposed(window, _PATIENCE)
        window.begin([])
        return Driven(window)

    yield open_one
    for window in opened:
        window.close()
        window._translation.use(Language.ENGLISH)  # nothing of it is left to other windows
        _let_go(window)


def _let_go(window: Window) -> None:
    """Destroy it and its parts, whose connections keep what they call: megabytes in each test."""
    window.deleteLater()
    for field in fields(window.parts):
        part = getattr(window.parts, field.name)
        if isinstance(part, QObject):
            part.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    if next(_WINDOWS) % _COLLECTED == 0:
        gc.collect()  # a third of a second; windows collect as slowly as their own garbage grows


@pytest.fixture
def reviewing(open_window: OpenWindow, analyzed_case: Path, tmp_path: Path) -> Driven:
    """A window on a case in which the recording is analyzed."""
    shutil.copytree(analyzed_case, tmp_path / "case")
    driven = open_window()
    driven.settle()
    return driven


@pytest.fixture
def tasks(qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()
