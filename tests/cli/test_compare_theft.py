"""`crimeview evaluate theft`, from clips to its page."""

import json
from pathlib import Path

import pytest

from crimeview.cli.main import main
from tests.bursts import write_bursts
from tests.nets.made_pose import make_pose
from tests.walks import write_walk


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two scenes; who walks to the left is called a thief."""
    folder = tmp_path_factory.mktemp("clips")
    lines = ["path,label,scene"]
    for scene in ("a", "b"):
        for label in ("theft", "normal"):
            name = f"{label}-{scene}.mp4"
            write_walk(folder / name, leftward=label == "theft")
            lines.append(f"{name},{label},{scene}")
    (folder / "labels.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def pose(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_pose(tmp_path / "models")
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tmp_path / "models"))


def _main(*words: object) -> int:
    command = ["evaluate", "theft", *map(str, words)]
    return main(command, open_window=lambda *_, **__: 1)


@pytest.mark.usefixtures("pose")
def test_the_comparison_is_printed_and_written_with_what_limits_it(
    clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page, runs = tmp_path / "page.md", tmp_path / "runs"
    short = ("--seeds", 1, "--epochs", 2, "--runs", runs)
    assert _main(clips, *short, "--page", page, "--json") == 0
    values = json.loads(capsys.readouterr().out)
    names = [row["name"] for row in values["by_scene"]]
    assert any("LSTM" in name for name in names)
    assert any("GRU" in name for name in names)
    assert any("box" in name for name in names)
    assert any("another order" in name for name in names)
    text = page.read_text("utf-8")
    assert text.startswith("# ")
    assert all(f"| {name} |" in text for name in names)
    assert "staged" in text


def test_a_page_in_a_folder_that_is_not_there_is_refused_before_the_work(
    clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "nowhere" / "page.md"
    assert _main(clips, "--page", page) == 2
    assert "nowhere" in capsys.readouterr().err


@pytest.mark.usefixtures("pose")
def test_clips_in_which_nobody_is_seen_are_refused_in_a_sentence(
    clips: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    still = tmp_path / "still"
    still.mkdir()
    (still / "labels.csv").write_bytes((clips / "labels.csv").read_bytes())
    for clip in clips.glob("*.mp4"):
        write_bursts(still / clip.name, duration=3.0)
    assert _main(still, "--seeds", 1, "--epochs", 1, "--runs", tmp_path / "runs") == 2
    assert "Nobody is seen" in capsys.readouterr().err
