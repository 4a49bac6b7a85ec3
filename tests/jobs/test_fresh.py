from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.jobs.fresh import set_aside


def test_no_checkpoint_is_ever_lost(tmp_path: Path) -> None:
    fits = tmp_path / "fits"
    for text in ("hours of work", "a minute", "another"):
        fits.mkdir()
        (fits / "checkpoint.pt").write_text(text)
        set_aside(fits, data=tmp_path)
        assert not fits.exists()
    set_aside(fits, data=tmp_path)  # nothing there, nothing set aside
    kept = {path.name: (path / "checkpoint.pt").read_text() for path in tmp_path.iterdir()}
    assert kept == {
        "fits-before": "hours of work",
        "fits-before-2": "a minute",
        "fits-before-3": "another",
    }


def test_a_training_that_cannot_start_touches_nothing(tmp_path: Path) -> None:
    fits = tmp_path / "fits"
    fits.mkdir()
    with pytest.raises(UsageError, match="There is no folder"):
        set_aside(fits, data=tmp_path / "nowhere")
    assert fits.is_dir()
