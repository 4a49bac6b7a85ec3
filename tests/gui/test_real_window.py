"""The same window as a person has it: a real X screen, a window manager, mouse and keyboard."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from crimeview.jobs.models import ModelPair
from tests.gui.x_screen import MISSING

pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"{' and '.join(MISSING)} not installed")


def test_dropped_analyzed_clicked_and_on_screen_to_the_frame(
    screen: str, recording: Path, models: ModelPair, tmp_path: Path
) -> None:
    environment = os.environ | {
        "DISPLAY": screen,
        "QT_QPA_PLATFORM": "xcb",
        "CRIMEVIEW_MODELS": str(models.encoder.folder.parent),
    }
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "tests.gui.drive_real_window",
            tmp_path / "case",
            recording,
        ],
        env=environment,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout.splitlines()[-1])
    assert seen["platform"] == "xcb"
    assert seen["active"]
    assert seen["segments"] == 2
    assert seen["numbers"] == seen["expected"]
    assert seen["stepped"] == seen["expected"][-1] + 2
    assert seen["sheet"]
