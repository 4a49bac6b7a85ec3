import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from crimeview.cli.main import main
from crimeview.jobs.demonstrate import _facts
from crimeview.rendering.demonstration import demonstration
from crimeview.store.case import open_case
from tests.bursts import write_bursts


@pytest.fixture(scope="module")
def brief(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty seconds with a burst of motion."""
    folder = tmp_path_factory.mktemp("brief")
    return write_bursts(folder / "night.mp4", duration=20.0, bursts=[(8.0, 11.0)])


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
    assert window.case is not None
    assert window.case.parent == folder
    assert window.snapshot == folder / "window.png"
    found = json.loads((folder / "segments.json").read_text())
    assert len(found) == 3
    told = capsys.readouterr().err
    assert str(folder / "segments.json") in told
    assert str(folder / "window.png") in told
    assert "incident" not in told


def test_with_a_display_the_window_opens(
    brief: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setenv("DISPLAY", ":99")
    window = Window()
    assert main(["demo", str(brief), "--dir", str(tmp_path)], open_window=window) == 0
    assert window.case is not None
    assert window.snapshot is None


def test_each_recording_has_a_case_of_its_own(brief: Path, tmp_path: Path) -> None:
    folder = tmp_path / "demo"
    folder.mkdir()
    first, _ = demonstration().incidents
    _stand_in(folder, [(first.start, first.end)])
    namesake = tmp_path / "another" / brief.name
    namesake.parent.mkdir()
    namesake.write_bytes(brief.read_bytes())
    cases = []
    for video in None, brief, namesake:
        window = Window()
        asked = [] if video is None else [str(video)]
        assert main(["demo", *asked, "--dir", str(folder)], open_window=window) == 0
        assert window.case is not None
        path = video or folder / "demonstration.mp4"
        with open_case(window.case, create=False) as case:
            assert [recording.path for recording in case.recordings()] == [path]
        found = json.loads((folder / "segments.json").read_text())
        assert {segment["recording"] for segment in found} == {str(path)}
        cases.append(window.case)
    assert cases[0] == folder / "case"
    assert len(set(cases)) == 3


def test_a_name_of_any_length_makes_a_case(brief: Path, tmp_path: Path) -> None:
    video = tmp_path / ("n" * 251 + ".mp4")
    video.write_bytes(brief.read_bytes())
    command = ["demo", str(video), "--dir", str(tmp_path / "demo")]
    assert main(command, open_window=Window()) == 0


@pytest.mark.parametrize("kind", ["missing", "folder", "text"])
def test_what_is_no_recording_is_refused_before_there_is_a_case(
    kind: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    video = tmp_path / "night.mp4"
    if kind == "folder":
        video.mkdir()
    if kind == "text":
        video.write_text("not a video")
    window = Window()
    folder = tmp_path / "demo"
    assert main(["demo", str(video), "--dir", str(folder)], open_window=window) == 1
    assert window.case is None
    assert not folder.exists()
    told = capsys.readouterr().err
    assert "night.mp4" in told
    assert told.count("\n") == 1


def test_results_of_an_earlier_recording_do_not_stay(
    brief: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.setenv("DISPLAY", ":99")
    (tmp_path / "window.png").write_bytes(b"a picture of something else")
    assert main(["demo", str(brief), "--dir", str(tmp_path)], open_window=Window()) == 0
    assert not (tmp_path / "window.png").exists()


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
