import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from crimeview.cli.main import main
from crimeview.cli.parser import make_parser
from tests.cli.conftest import Command, start

HEAVY = ("PySide6", "pyqtgraph", "torch", "onnxruntime", "sklearn", "av", "numpy", "sqlalchemy")


class Window:
    """Notes what it was opened on."""

    def __init__(self, error: Exception | None = None) -> None:
        self.opened: list[tuple[list[Path], Path | None, Path | None]] = []
        self._error = error

    def __call__(self, paths: Sequence[Path], *, case: Path | None, snapshot: Path | None) -> int:
        self.opened.append((list(paths), case, snapshot))
        if self._error is not None:
            raise self._error
        return 0


@pytest.mark.parametrize("arguments", [["--help"], ["analyze", "--help"], ["nonsense"]])
def test_help_imports_nothing_heavy(arguments: list[str]) -> None:
    script = (
        "import sys; from crimeview.__main__ import main; sys.argv[0] = 'crimeview'\n"
        "main()\n"
        f"print('heavy:', [m for m in {HEAVY!r} if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "heavy: []"


def test_every_command_has_help(crimeview: Command) -> None:
    for command in ("analyze", "segments", "open", "models", "demo", "train"):
        assert command in make_parser().format_help()
    ended = crimeview("--help")
    assert ended.code == 0
    assert ended.err == ""


@pytest.mark.parametrize(
    "arguments",
    [
        ["nonsense"],
        ["analyze"],
        ["analyze", "a.mp4", "--at-once", "-3"],
        ["segments", "--json", "--csv"],
        ["segments", "--threshold", "high"],
        ["models", "forget"],
    ],
)
def test_wrong_usage_is_2(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(arguments, open_window=Window()) == 2
    assert "usage: crimeview" in capsys.readouterr().err


def test_opening_a_video_and_a_case(tmp_path: Path, analyzed: Path, bursts: Path) -> None:
    window = Window()
    picture = tmp_path / "a.png"
    assert main(["open", str(bursts)], open_window=window) == 0
    command = ["open", str(analyzed), "--snapshot", str(picture)]
    assert main(command, open_window=window) == 0
    assert window.opened == [([bursts], None, None), ([], analyzed, picture)]


def test_opening_nothing_is_wrong_usage(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["open", str(tmp_path / "none")], open_window=Window()) == 2
    assert "There is nothing at" in capsys.readouterr().err


def test_a_fault_of_ours_is_logged_and_told_in_a_sentence(
    bursts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window = Window(RuntimeError("a bug"))
    assert main(["open", str(bursts)], open_window=window) == 1
    told = capsys.readouterr().err
    assert told.count("\n") == 1
    log = Path(told.split("report it with ")[1].strip().removesuffix("."))
    assert log.is_relative_to(Path.home())
    assert "RuntimeError: a bug" in log.read_text()
    assert "Traceback" in log.read_text()


def test_a_reader_that_has_enough_is_no_fault(analyzed: Path) -> None:
    with start("segments", "--json", "--case", analyzed) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 141


@pytest.mark.parametrize(
    "arguments", [["analyze", ""], ["analyze", "a.mp4", "--case", ""], ["open", ""]]
)
def test_an_empty_path_is_not_the_present_folder(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments, open_window=Window()) == 2
    assert "names nothing" in capsys.readouterr().err


@pytest.mark.skipif(sys.platform == "win32", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    ("redirection", "code", "told"),
    [
        (">&-", 0, ""),
        (">/dev/full", 1, "The disk is full; free some space and try again.\n"),
    ],
)
def test_output_that_cannot_be_written_is_no_fault(
    analyzed: Path, redirection: str, code: int, told: str
) -> None:
    if "/dev/full" in redirection and not Path("/dev/full").exists():
        pytest.skip("there is no /dev/full here")
    command = f'exec "$0" -m crimeview segments --json --case "$1" {redirection}'
    done = subprocess.run(
        ["sh", "-c", command, sys.executable, analyzed], capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (code, told)
