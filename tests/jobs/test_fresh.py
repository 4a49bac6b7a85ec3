from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.jobs.fresh import set_aside


def test_checkpoints_are_kept_beside(tmp_path: Path) -> None:
    fits = tmp_path / "fits"
    for text in ("first", "second"):
        fits.mkdir()
        (fits / "checkpoint.pt").write_text(text)
        set_aside(fits, data=tmp_path)
        assert not fits.exists()
    assert (tmp_path / "fits-before" / "checkpoint.pt").read_text() == "second"
    set_aside(fits, data=tmp_path)  # nothing there: what was set aside stays
    assert (tmp_path / "fits-before" / "checkpoint.pt").read_text() == "second"


def test_a_training_that_cannot_start_touches_nothing(tmp_path: Path) -> None:
    fits = tmp_path / "fits"
    fits.mkdir()
    with pytest.raises(UsageError, match="There is no folder"):
        set_aside(fits, data=tmp_path / "nowhere")
    assert fits.is_dir()
