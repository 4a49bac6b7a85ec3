from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from crimeview.cli.main import main
from crimeview.video.encode import VideoWriter


def run(*arguments: str) -> int:
    return main(["data", *arguments], open_window=lambda *_, **__: 1)


def _record(path: Path, *, size: tuple[int, int] = (48, 64)) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with VideoWriter(path, rate=10, height=size[0], width=size[1]) as video:
        for n in range(30):
            video.write(np.full((*size, 3), 5 * n, np.uint8))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    _record(tmp_path / "data" / "fight" / "a.mp4")
    _record(tmp_path / "data" / "fight" / "b.mp4", size=(64, 48))
    _record(tmp_path / "data" / "normal" / "c.mp4", size=(32, 96))
    return tmp_path / "data"


def test_show_lists_what_was_read_and_draws_it(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("torch", reason="the extra “train” is not installed")
    assert run("show", str(folder), "--out", str(tmp_path / "grid.png")) == 0
    shown = capsys.readouterr().out
    assert "a folder for each class" in shown
    assert "fight 2, normal 1" in shown
    assert "row 3: data, normal, c.mp4" in shown
    with Image.open(tmp_path / "grid.png") as picture:
        assert picture.height == 3 * 97


def test_a_recording_that_cannot_be_read_is_named(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "normal" / "d.mp4").write_bytes(b"no video")
    assert run("show", str(folder)) == 0
    shown = capsys.readouterr().out
    assert "d.mp4" in shown
    assert "normal 2" in shown


def test_what_is_no_data_set_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("show", str(tmp_path)) == 2
    assert "No data set is found" in capsys.readouterr().err


def test_a_picture_that_cannot_be_written(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pytest.importorskip("torch", reason="the extra “train” is not installed")
    assert run("show", str(folder), "--out", str(folder / "none" / "grid.png")) == 2
    assert "cannot be written" in capsys.readouterr().err
