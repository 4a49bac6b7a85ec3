import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from crimeview.cli.main import main
from crimeview.jobs.demonstrate import _facts
from crimeview.rendering.demonstration import demonstration
from tests.bursts import write_bursts


class Window:
    """Notes what it was opened on."""

    def __init__(self) -> None:
        self.case: Path | None = None
        self.snapshot: Path | None = None

    def __call__(self, paths: Sequence[Path], *, case: Path | None, snapshot: Path | None) -> int:
        assert list(paths) == []
        self.case, self.snapshot = case, snapshot
        return 0


def test_a_recording_of_ones_own_without_a_display(
    bursts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window = Window()
    folder = tmp_path / "demo"
    assert main(["demo", str(bursts), "--dir", str(folder)], open_window=window) == 0
    assert window.case == folder / "case"
    assert window.snapshot == folder / "window.png"
    found = json.loads((folder / "segments.json").read_text())
    assert len(found) == 3
    told = capsys.readouterr().err
    assert str(folder / "segments.json") in told
    assert str(folder / "window.png") in told
    assert "incident" not in told


def test_with_a_display_the_window_opens(
    bursts: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setenv("DISPLAY", ":99")
    window = Window()
    assert main(["demo", str(bursts), "--dir", str(tmp_path)], open_window=window) == 0
    assert window.case == tmp_path / "case"
    assert window.snapshot is None


def test_a_bad_recording_ends_with_1(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    window = Window()
    command = ["demo", str(tmp_path / "none.mp4"), "--dir", str(tmp_path / "demo")]
    assert main(command, open_window=window) == 1
    assert window.case is None
    assert "does not exist" in capsys.readouterr().err


def test_the_demonstration_says_whether_its_incidents_were_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = demonstration().incidents
    _stand_in(tmp_path, [(first.start, first.end)])  # a scorer that finds one of the two
    assert main(["demo", "--dir", str(tmp_path)], open_window=Window()) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("Known")]
    assert len(told) == 2
    assert first.kind in told[0]
    assert "segment number 1" in told[0]
    assert second.kind in told[1]
    assert "not among the first 3" in told[1]


def _stand_in(folder: Path, bursts: list[tuple[float, float]]) -> None:
    """Put a recording where the demonstration is drawn, which takes too long for a test."""
    scene = demonstration()
    (folder / "incidents.json").write_text(_facts(scene, "demonstration.mp4"), encoding="utf-8")
    write_bursts(folder / "demonstration.mp4", duration=scene.duration, bursts=bursts)
