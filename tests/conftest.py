"""What holds for every test: no screen, no network, a home of its own, nothing left behind."""

import gc
import itertools
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from crimeview.store import database, sqlite
from tests.compiled_once import CompiledOnce
from tests.new_case import NewCase

# Some containers forbid compiled files: each process of a test would compile the program anew.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False
# Before anything imports Qt. The test of the real window starts its own screen in a child process.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# Networks here are tiny: several threads wait for each other longer than they work.
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
# How long an example takes tells what else the machine is doing.
hypothesis.settings.register_profile("any machine", deadline=None)
hypothesis.settings.load_profile("any machine")

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "allow_log(pattern): log records matching the pattern do not fail the test"
    )


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """`-n logical` has one worker more than there are processors, as tests of cameras wait.

    A camera of the tests films no faster than any other; meanwhile another worker goes on.
    """
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def data() -> Path:
    """The folder of real recordings beside the checkout."""
    if not DATA.is_dir():
        pytest.skip("the folder ../shared/data with real recordings is absent")
    return DATA


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders that are not there yet; pytest looks through all of its own for a name."""
    return (tmp_path_factory.mktemp("homes") / str(number) for number in itertools.count())


@pytest.fixture(autouse=True)
def _own_home(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    home = next(_homes)
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    for name in ("CONFIG", "DATA", "CACHE", "STATE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))


@pytest.fixture(scope="session")
def _new_case() -> NewCase:
    return NewCase()


@pytest.fixture(autouse=True)
def _migrated_once(_new_case: NewCase, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables of a new case are made by the migrations once, and then as those left them."""
    monkeypatch.setattr(database, "_migrate", _new_case.migrate)


@pytest.fixture(scope="session")
def _engines() -> CompiledOnce:
    return CompiledOnce()


@pytest.fixture(autouse=True)
def _compiled_once(_engines: CompiledOnce, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite, "create_engine", _engines.create_engine)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        is_inet = self.family in (socket.AF_INET, socket.AF_INET6)
        if is_inet and isinstance(address, tuple) and address[0] not in ("127.0.0.1", "::1"):
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


# What libraries say of a slow machine, not of crimeview: whichever test is the first to meet it.
_OF_THE_MACHINE = ("Matplotlib is building the font cache",)


class _Records(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def _no_unexpected_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Any warning or error in a log fails the test, unless the test says that it expects it."""
    allowed = [marker.args[0] for marker in request.node.iter_markers("allow_log")]
    handler = _Records()
    logging.getLogger().addHandler(handler)
    yield
    logging.getLogger().removeHandler(handler)
    messages = [record.getMessage() for record in handler.records]
    allowed += _OF_THE_MACHINE
    unexpected = [m for m in messages if not any(pattern in m for pattern in allowed)]
    assert not unexpected, f"unexpected log messages: {unexpected}"


def _own_threads() -> set[threading.Thread]:
    return {t for t in threading.enumerate() if not t.name.startswith("pytest_timeout")}


@pytest.fixture(autouse=True)
def _nothing_left_behind() -> Iterator[None]:
    """A thread or a window that outlives its test fails it."""
    before = _own_threads()
    yield
    deadline = time.monotonic() + 60.0  # nothing is measured by it, and test machines are shared
    while (left := _own_threads() - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"threads left running: {sorted(t.name for t in left)}"
    assert not _left_windows(), f"windows left open: {_left_windows()}"


def _left_windows() -> list[str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []

    def visible() -> list[str]:
        return [repr(w) for w in widgets.QApplication.topLevelWidgets() if w.isVisible()]

    if visible():
        gc.collect()  # takes a third of a second: only where it can change the answer
    return visible()
