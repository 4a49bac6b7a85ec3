import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from crimeview.jobs.models import ModelPair
from crimeview.store.case import open_case
from tests.gui.driven import pixels

RUN = "import sys; from crimeview.__main__ import main; sys.exit(main())"


def _crimeview(*arguments: object, models: ModelPair) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    del environment["QT_QPA_PLATFORM"]  # without a screen it must find that out by itself
    environment["CRIMEVIEW_MODELS"] = str(models.encoder.folder.parent)
    return subprocess.run(
        [sys.executable, "-c", RUN, *map(str, arguments)],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )


def test_a_snapshot_of_a_file_shows_what_was_found(
    recording: Path, models: ModelPair, tmp_path: Path
) -> None:
    picture = tmp_path / "window.png"
    done = _crimeview("open", recording, "--snapshot", picture, models=models)
    assert done.returncode == 0, done.stderr
    shot = QImage(str(picture))
    assert (shot.width(), shot.height()) == (1440, 900)
    assert len(np.unique(pixels(shot).reshape(-1, 4), axis=0)) > 100


def test_a_snapshot_of_a_case(models: ModelPair, tmp_path: Path) -> None:
    with open_case(tmp_path / "case"):
        pass
    done = _crimeview("open", tmp_path / "case", "--snapshot", tmp_path / "w.png", models=models)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "w.png").is_file()


def test_a_snapshot_that_cannot_be_written_fails_with_a_sentence(
    models: ModelPair, tmp_path: Path
) -> None:
    with open_case(tmp_path / "case"):
        pass
    to = tmp_path / "no" / "such" / "w.png"
    done = _crimeview("open", tmp_path / "case", "--snapshot", to, models=models)
    assert done.returncode == 2
    assert str(to) in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="the offscreen fallback is for Linux")
def test_qt_is_not_needed_before_the_window_opens() -> None:
    code = "import crimeview.__main__, sys; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
