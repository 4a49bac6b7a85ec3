import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from crimeview.jobs.analyze import analyze
from crimeview.jobs.models import default_models
from crimeview.store.case import open_case
from tests.bursts import write_bursts
from tests.cli.forked import Program
from tests.tiny_models import make_models

LENGTH = 200.0  # s


@pytest.fixture(scope="session")
def tiny_models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("models")
    make_models(folder)
    return folder


@pytest.fixture(autouse=True)
def _tiny_models(tiny_models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tiny_models))


@pytest.fixture(scope="session")
def bursts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`LENGTH` s with three bursts of motion."""
    return write_bursts(
        tmp_path_factory.mktemp("recordings") / "night.mp4",
        duration=LENGTH,
        bursts=[(30.0, 32.0), (100.0, 102.0), (180.0, 183.0)],
    )


@pytest.fixture(scope="session")
def analyzed(tiny_models: Path, bursts: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with that recording and its three segments."""
    folder = tmp_path_factory.mktemp("analyzed")
    with open_case(folder) as case:
        for _ in analyze([bursts], case=case, models=default_models(tiny_models)):
            pass
    return folder


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, Any]]:
        """What was printed, as JSON lines."""
        return [json.loads(line) for line in self.out.splitlines()]


Command = Callable[..., Ended]


def start(*arguments: object) -> subprocess.Popen[str]:
    """Start the program in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "crimeview", *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONWARNINGS": "error"},
    )


_NEVER_DONE = """
import io, json, sys, time
from crimeview.__main__ import main

class Held(io.TextIOWrapper):
    def write(self, text):
        written = super().write(text)
        line = json.loads(text)
        if line.get("total") and line["done"] >= 0.95 * line["total"]:
            self.flush()
            time.sleep(600)
        return written

sys.stdout = Held(sys.stdout.buffer, encoding="utf-8")
sys.exit(main())
"""


def start_to_kill(*arguments: object) -> subprocess.Popen[str]:
    """The same, but it gets to no end: near it, it waits to be killed."""
    return subprocess.Popen(
        [sys.executable, "-c", _NEVER_DONE, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONWARNINGS": "error"},
    )


@pytest.fixture(scope="session")
def _program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program | None]:
    if sys.platform != "linux":  # elsewhere a process that has imported much is not to be forked
        yield None
        return
    program = Program(tmp_path_factory.mktemp("program"))
    yield program
    program.close()


@pytest.fixture
def crimeview(_program: Program | None) -> Command:
    """Runs the program in a process of its own, to its end."""

    def run(*arguments: object) -> Ended:
        if _program is not None:
            ended = Ended(*_program.run(*map(str, arguments)))
        else:
            with start(*arguments) as process:
                out, err = process.communicate()
            ended = Ended(process.returncode, out, err)
        assert "Traceback" not in ended.err
        return ended

    return run


def read_until(
    process: subprocess.Popen[str], enough: Callable[[dict[str, Any]], bool]
) -> list[str]:
    """Read the JSON lines of a process up to one that is enough; gives them as they came."""
    assert process.stdout is not None
    lines = []
    for line in process.stdout:
        lines.append(line)
        if enough(json.loads(line)):
            return lines
    raise AssertionError("the process ended before")


def steps(lines: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [line for line in lines if line["type"] == "step" and line["total"] is not None]
