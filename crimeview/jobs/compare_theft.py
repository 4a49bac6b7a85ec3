"""Ways to find thefts side by side: what each choice gains, and what needs no network at all."""

from pathlib import Path

from crimeview.core.job import Job
from crimeview.jobs.theft_figures import Comparison
from crimeview.jobs.train import require_torch


def compare_theft(
    data: Path, *, runs: Path, seeds: int = 3, detector: str | None = None, epochs: int = 120
) -> Job[Comparison]:
    """Compare detector and whole frame, windows, body and face, LSTM and GRU, with the controls.

    `runs` keeps the people that were found. Raises UsageError, MediaError, ModelError.
    """
    require_torch()
    from crimeview.jobs.theft_comparison import compare

    return (yield from compare(data, runs=runs, seeds=seeds, detector=detector, epochs=epochs))
