"""What happens when the program itself is at fault: one dialog that can be copied, and no storm."""

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer, qCritical, qWarning
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton

from crimeview.gui.crash_file import CrashFile
from crimeview.gui.fault_news import FaultNews
from crimeview.gui.faults import Faults, caught
from crimeview.gui.log import log_path, log_tail, log_to_file
from crimeview.gui.widgets.fault_dialog import FaultDialog
from crimeview.gui.widgets.log_dialog import LogDialog
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven, pass_time

pytestmark = pytest.mark.allow_log("fault")


class _Told:
    """A window that tells of faults, as the program's own does."""

    def __init__(self, driven: Driven) -> None:
        self.driven = driven
        self.faults = Faults()
        self.news = FaultNews(self.faults, look=driven.window.parts.look, parent=driven.window)

    @property
    def dialogs(self) -> list[FaultDialog]:
        return [d for d in self.driven.window.findChildren(FaultDialog) if d.isVisible()]


@pytest.fixture
def told(open_window: OpenWindow) -> Iterator[_Told]:
    told = _Told(open_window())
    with caught(told.faults):
        yield told
    for dialog in told.dialogs:
        dialog.close()


def _fail_in_the_window() -> None:
    def fail() -> None:
        # As Qt's own callbacks do with what Python raises; the test runner has its own hook.
        try:
            {}["in the window"]
        except KeyError as error:
            sys.excepthook(type(error), error, error.__traceback__)

    QTimer.singleShot(0, fail)


def _fail_in_a_thread() -> None:
    def fail() -> None:
        raise KeyError("in a thread")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()


def _fail_in_a_task(told: _Told) -> None:
    def fail() -> None:
        raise LookupError("in a task")

    told.driven.window.parts.tasks.call(fail)


@pytest.mark.allow_log("A background task failed")
@pytest.mark.parametrize("where", ["window", "thread", "task"])
def test_what_nobody_expected_is_said_and_logged(told: _Told, where: str) -> None:
    log_to_file()
    if where == "window":
        _fail_in_the_window()
    elif where == "thread":
        _fail_in_a_thread()
    else:
        _fail_in_a_task(told)
    told.driven.wait(lambda: bool(told.dialogs))
    (dialog,) = told.dialogs
    text = dialog.details.toPlainText()
    assert f"in {'the' if where == 'window' else 'a'} {where}" in text
    assert "Traceback (most recent call last)" in text
    for expected in ("crimeview: ", "Python: ", "Qt: ", "System: ", str(log_path())):
        assert expected in text
    assert "Traceback" not in dialog.sentence
    assert QApplication.activeModalWidget() is None, "work can go on"
    next(b for b in dialog.findChildren(QPushButton) if "Copy" in b.text()).click()
    assert QGuiApplication.clipboard().text() == text
    assert "Traceback" in log_tail(most=10_000)
    _forget_log()


def test_a_storm_is_one_dialog_and_the_same_fault_does_not_come_again(told: _Told) -> None:
    for _ in range(50):
        _fail_in_a_thread()
    told.driven.wait(lambda: told.faults.repeated == 49)
    assert len(told.dialogs) == 1
    told.dialogs[0].close()
    _fail_in_a_thread()
    told.driven.wait(lambda: told.faults.repeated == 50)
    assert told.dialogs == []
    _fail_in_the_window()
    told.driven.wait(lambda: bool(told.dialogs))
    assert "in a thread" not in told.dialogs[0].details.toPlainText(), "it was told already"


@pytest.mark.allow_log("Qt says")
def test_what_qt_calls_critical_is_a_fault_and_a_warning_is_not(
    told: _Told, capfd: pytest.CaptureFixture[str]
) -> None:
    qWarning("Qt says: careful")
    pass_time(30)
    assert told.dialogs == []
    qCritical("Qt says: too late")
    told.driven.wait(lambda: bool(told.dialogs))
    assert "too late" in told.dialogs[0].details.toPlainText()
    assert "careful" in capfd.readouterr().err


def test_hooks_are_as_they_were_afterwards(qapp: QApplication) -> None:
    before = sys.excepthook, threading.excepthook, list(logging.getLogger("crimeview").handlers)
    with caught(Faults()):
        assert sys.excepthook is not before[0]
    after = sys.excepthook, threading.excepthook, list(logging.getLogger("crimeview").handlers)
    assert after == before


def test_an_interrupt_is_no_fault(told: _Told, capsys: pytest.CaptureFixture[str]) -> None:
    sys.excepthook(KeyboardInterrupt, KeyboardInterrupt(), None)
    pass_time(30)
    assert told.faults.faults == ()


CRASH = """
import faulthandler, sys
from pathlib import Path
from crimeview.gui.crash_file import CrashFile
assert CrashFile(Path(sys.argv[1])).begin() == []
faulthandler._sigsegv()
"""
RUN = """
import sys
from pathlib import Path
from crimeview.gui.crash_file import CrashFile
file = CrashFile(Path(sys.argv[1]))
file.begin()
print("begun", flush=True)
sys.stdin.readline()
file.end()
"""


def _run(code: str, folder: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", code, folder],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_crash_is_told_once_at_the_next_start(told: _Told, tmp_path: Path) -> None:
    folder = tmp_path / "log"
    with _run(CRASH, folder) as crashed:
        crashed.communicate(timeout=120)
    assert crashed.returncode != 0
    file = CrashFile(folder)
    (crash,) = file.begin()
    file.end()
    assert "Segmentation fault" in crash.details
    told.news.tell_of_crashes([crash])
    (dialog,) = told.dialogs
    assert "Segmentation fault" in dialog.details.toPlainText()
    again = CrashFile(folder)
    assert again.begin() == []
    again.end()
    assert list(folder.iterdir()) == []


def test_a_window_that_is_open_has_not_crashed(tmp_path: Path) -> None:
    with _run(RUN, tmp_path) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "begun\n"
        own = CrashFile(tmp_path)
        assert own.begin() == []
        assert len(list(tmp_path.glob("crash-*.txt"))) == 2
        own.end()
        other.communicate("\n", timeout=120)
    assert list(tmp_path.iterdir()) == [], "both ended in good order"


@pytest.mark.skipif(sys.platform == "win32" or os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    file = CrashFile(tmp_path)
    assert file.begin() == ()
    file.end()
    tmp_path.chmod(0o700)


def test_the_log_can_be_read_and_copied(open_window: OpenWindow) -> None:
    log_path().parent.mkdir(parents=True, exist_ok=True)
    log_path().write_text("x" * 70_000 + "\nthe last line\n")
    driven = open_window()
    driven.window.commands["show-log"].trigger()
    dialog = driven.window.findChildren(LogDialog)[-1]
    text = dialog.text.toPlainText()
    assert text.rstrip().endswith("the last line")
    assert "xx" not in text, "the end, from a whole line on"
    log_path().write_text("another line\n")
    next(b for b in dialog.findChildren(QPushButton) if "Read" in b.text()).click()
    assert "another line" in dialog.text.toPlainText()
    next(b for b in dialog.findChildren(QPushButton) if "Copy" in b.text()).click()
    assert "another line" in QGuiApplication.clipboard().text()
    dialog.close()


def _forget_log() -> None:
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h, logging.FileHandler)]:
        root.removeHandler(handler)
        handler.close()
