"""What training asks of its surroundings, before any of it starts."""

import subprocess
import sys
from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.jobs import train as train_jobs


@pytest.mark.parametrize("job", [train_jobs.train_encoder, train_jobs.train_scorer])
def test_without_torch_the_extra_is_named(
    job: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(train_jobs, "find_spec", lambda name: None)
    assert callable(job)
    with pytest.raises(UsageError, match=r"pip install 'crimeview\[train\]'"):
        next(job(tmp_path, out=tmp_path, runs=tmp_path))


def test_nothing_imports_torch_before_a_job_starts() -> None:
    code = "import crimeview.jobs.train, sys; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
