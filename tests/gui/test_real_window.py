"""The same window as a person has it: a real X screen, a window manager, mouse and keyboard."""

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from crimeview.jobs.models import ModelPair

NEEDED = ("Xvfb", "openbox")
MISSING = [name for name in NEEDED if shutil.which(name) is None]
pytestmark = pytest.mark.skipif(bool(MISSING), reason=f"{' and '.join(MISSING)} not installed")


@pytest.fixture
def screen() -> Iterator[str]:
    """An X screen of its own with a window manager; gives its DISPLAY."""
    with ExitStack() as stack:
        read, write = os.pipe()
        server = stack.enter_context(
            subprocess.Popen(
                ["Xvfb", "-displayfd", str(write), "-screen", "0", "1280x800x24"],
                pass_fds=(write,),
                stderr=subprocess.DEVNULL,
            )
        )
        stack.callback(server.terminate)
        os.close(write)
        with os.fdopen(read) as pipe:
            display = f":{pipe.readline().strip()}"
        manager = stack.enter_context(
            subprocess.Popen(
                ["openbox"], env=os.environ | {"DISPLAY": display}, stderr=subprocess.DEVNULL
            )
        )
        stack.callback(manager.terminate)
        time.sleep(0.3)
        yield display


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
        timeout=90,
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
