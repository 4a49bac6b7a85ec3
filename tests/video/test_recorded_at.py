import os
from datetime import UTC, datetime
from pathlib import Path

import av
import numpy as np
import pytest

from crimeview.core.errors import MediaError
from crimeview.core.wall_clock import WallClockSource
from crimeview.video.recorded_at import recorded_at


def _write(path: Path, *, made: str | None = None) -> Path:
    with av.open(str(path), "w") as container:
        if made is not None:
            container.metadata["creation_time"] = made
        stream = container.add_stream("libx264", rate=10)
        stream.width, stream.height, stream.pix_fmt = 64, 48, "yuv420p"
        for _ in range(10):
            frame = av.VideoFrame.from_ndarray(np.zeros((48, 64, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    os.utime(path, (1_715_964_131.0, 1_715_964_131.0))  # 2024-05-17 16:42:11 UTC
    return path


def test_the_name_is_the_camera_s_own_time(tmp_path: Path) -> None:
    path = _write(tmp_path / "cam_20200102_030405.mp4", made="2024-05-17T10:00:00Z")
    found = recorded_at(path, duration=1.0)
    assert (found.source, found.zone) == (WallClockSource.FILE_NAME, None)
    assert found.start == datetime(2020, 1, 2, 3, 4, 5)  # noqa: DTZ001


def test_the_container_says_when_it_was_made(tmp_path: Path) -> None:
    found = recorded_at(_write(tmp_path / "a.mp4", made="2024-05-17T10:00:00Z"), duration=1.0)
    assert (found.source, found.zone) == (WallClockSource.CONTAINER, "UTC")
    assert found.instant() == datetime(2024, 5, 17, 10, tzinfo=UTC).timestamp()


@pytest.mark.parametrize("made", ["1970-01-01T00:00:00Z", None])
def test_the_file_was_last_changed_when_the_recording_ended(
    tmp_path: Path, made: str | None
) -> None:
    found = recorded_at(_write(tmp_path / "a.mkv", made=made), duration=61.0)
    assert found.source is WallClockSource.FILE_TIME
    assert found.instant() == pytest.approx(1_715_964_131.0 - 61.0)


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(MediaError, match="does not exist"):
        recorded_at(tmp_path / "a.mp4", duration=1.0)
