"""What an evaluation gives, whatever its protocol."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from crimeview.evaluation.summary import Summary, left_out_summary
from crimeview.evaluation.table import LeftOut, Only
from crimeview.jobs.evaluate_models import Runnable

Protocol = Literal["clips", "frames", "segments", "features", "retrieval", "groupings"]

BOOTSTRAP = (
    "Intervals are 95 %, by 1000 bootstrap draws over groups (the column group, source or scene; "
    "without one each recording is its own)."
)
SEEN = "Figures on recordings that a model was trained on say nothing: see what it was trained on."


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluation:
    """A finished evaluation.

    `sources` are the files that were given, by role, `only` which rows of them (None: all);
    `statement` says in sentences how was measured; `summary` has the figures; `left_out` what is
    not among them, and why; `plots` are the pictures that were written.
    """

    protocol: Protocol
    sources: dict[str, Path]
    only: Only | None
    statement: tuple[str, ...]
    models: tuple[Runnable, ...]
    summary: Summary
    left_out: tuple[LeftOut, ...]
    notes: tuple[str, ...]
    plots: tuple[Path, ...]

    def values(self) -> dict[str, Any]:
        """All of it as plain values, for JSON."""
        return {
            "protocol": self.protocol,
            **{role: str(path) for role, path in self.sources.items()},
            "only": None if self.only is None else f"{self.only.column}={self.only.value}",
            "models": [
                {
                    "name": m.model.manifest.name,
                    "kind": m.model.manifest.kind,
                    "precision": m.precision,
                    "sha256": m.sha256,
                    "trained_on": list(m.model.manifest.origin.data),
                }
                for m in self.models
            ],
            "statement": [*self.statement, *((SEEN,) if self.models else ())],
            **self.summary,
            "left_out": left_out_summary(self.left_out),
            "notes": list(self.notes),
            "plots": [str(path) for path in self.plots],
        }
