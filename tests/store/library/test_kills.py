"""Nothing acknowledged is lost, however the program ends."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]


@pytest.mark.skipif(os.name == "nt", reason="needs fork and SIGKILL")
def test_fifty_kills_during_writes_lose_nothing_that_was_acknowledged(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "tests.store.library.killed", str(tmp_path / "library"), "50"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=280,
    )
    assert ended.returncode == 0, ended.stderr
    found = json.loads(ended.stdout)
    assert found["kills"] == 50
    assert found["added"] >= 50
    assert (found["missing"], found["lost"], found["not_whole"]) == ([], [], 0)
    # A sidecar is there whole or not at all: none was ever damaged.
    assert not [notice for notice in found["notices"] if "damaged" in notice]
