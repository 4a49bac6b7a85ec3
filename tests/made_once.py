"""What takes long to make, made once for all processes that run tests beside each other."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

_DONE = "made"  # the file that is written last


def made_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder that `make` fills for whoever asks first; nobody may change what is in it.

    Each of pytest-xdist's workers has fixtures of its own, and `--dist worksteal` deals the tests
    of a module out to several. The others wait for the one who makes it, and share it afterwards.
    """
    own = factory.getbasetemp()
    run = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own
    folder = run / "made-once" / name
    folder.parent.mkdir(exist_ok=True)
    with FileLock(f"{folder}.lock"):
        if not (folder / _DONE).exists():
            shutil.rmtree(folder, ignore_errors=True)  # what was left by one who did not succeed
            (content := folder / "content").mkdir(parents=True)
            make(content)
            (folder / _DONE).touch()
    return folder / "content"
