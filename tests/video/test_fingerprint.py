import hashlib
from pathlib import Path

import pytest

from crimeview.core.errors import MediaError
from crimeview.core.recording import Fingerprint
from crimeview.video.fingerprint import fingerprint


def _run(path: Path) -> tuple[list[int], Fingerprint]:
    steps = fingerprint(path)
    done = []
    while True:
        try:
            done.append(next(steps))
        except StopIteration as stop:
            return done, stop.value


def test_is_the_sha256_of_the_bytes_told_step_by_step(tmp_path: Path) -> None:
    data = bytes(range(256)) * 40_000  # 10 MB
    (path := tmp_path / "a.mp4").write_bytes(data)
    done, found = _run(path)
    assert found == Fingerprint(sha256=hashlib.sha256(data).hexdigest(), size=len(data))
    assert done == [4_194_304, 8_388_608, 10_240_000]


def test_an_unreadable_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="cannot be read through"):
        _run(tmp_path / "gone.mp4")
