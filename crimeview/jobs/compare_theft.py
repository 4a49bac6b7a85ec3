"""Ways to find thefts side by side: what each choice gains, and what needs no network at all."""

from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from crimeview.core.job import Job
from crimeview.jobs.theft_figures import Row, table_text
from crimeview.jobs.train import require_torch


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """A finished comparison: a table by leaving out each scene, one by each actor where known.

    `statement` must always be shown beside them.
    """

    clips: int
    scenes: int
    actors: int | None
    by_scene: tuple[Row, ...]
    by_actor: tuple[Row, ...]
    statement: tuple[str, ...] = field(default=())

    def values(self) -> dict[str, Any]:
        """All of it as plain values, for JSON."""
        return {
            "clips": self.clips,
            "scenes": self.scenes,
            "actors": self.actors,
            "by_scene": [asdict(row) | {"accuracy": row.accuracy} for row in self.by_scene],
            "by_actor": [asdict(row) | {"accuracy": row.accuracy} for row in self.by_actor],
            "statement": list(self.statement),
        }

    def text(self) -> str:
        """All of it as a page in Markdown."""
        parts = [f"Leaving out each of {self.scenes} scenes:", table_text(self.by_scene)]
        if self.by_actor:
            parts += [f"Leaving out each of {self.actors} actors:", table_text(self.by_actor)]
        return "\n\n".join([*parts, "\n".join(f"- {s}" for s in self.statement)]) + "\n"


def compare_theft(
    data: Path, *, runs: Path, seeds: int = 3, detector: str | None = None, epochs: int = 120
) -> Job[Comparison]:
    """Compare detector and whole frame, windows, body and face, LSTM and GRU, with the controls.

    `runs` keeps the people that were found. Raises UsageError, MediaError, ModelError.
    """
    require_torch()
    from crimeview.jobs.theft_comparison import compare

    return (yield from compare(data, runs=runs, seeds=seeds, detector=detector, epochs=epochs))
