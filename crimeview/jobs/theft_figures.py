"""What is said of a theft classifier: figures, never without the controls beside them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from crimeview.core.metrics import group_interval, roc_auc

Floats = NDArray[np.float64]
STAGED = (
    "The clips are staged: actors play thefts and ordinary shopping in one shop. Such figures say "
    "that the parts work together, and nothing about thefts in a real store (on a real one, "
    "PoseLift reports an AUC of 0.67)."
)
ACTORS_UNKNOWN = "The labels do not say who plays (column actor), so no actor could be left out."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One way to judge the clips: accuracy and AUC, means over the seeds.

    `right` are the clips judged right by each seed; `accuracy_interval` and `auc_interval` are 95 %
    intervals by bootstrap over groups, of the seeds together; None where there is one group only.
    """

    name: str
    clips: int
    right: tuple[int, ...]
    auc: float
    accuracy_interval: tuple[float, float] | None
    auc_interval: tuple[float, float] | None

    @property
    def accuracy(self) -> float:
        return float(np.mean(self.right)) / self.clips


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
    statement: tuple[str, ...]

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


def row_of(
    name: str,
    scores: Sequence[Floats],
    *,
    positive: NDArray[np.bool_],
    groups: Sequence[str],
    threshold: float,
) -> Row:
    """Judge scores (clips,) of each seed; a clip is called a theft above the threshold."""
    table = np.stack(scores)
    right = (table > threshold) == positive

    def auc(rows: NDArray[np.intp]) -> float:
        return float(np.mean([roc_auc(positive[rows], seed[rows]) for seed in table]))

    return Row(
        name=name,
        clips=len(positive),
        right=tuple(int(n) for n in right.sum(axis=1)),
        auc=auc(np.arange(len(positive))),
        accuracy_interval=group_interval(lambda rows: float(right[:, rows].mean()), groups),
        auc_interval=group_interval(auc, groups),
    )


def table_text(rows: Sequence[Row]) -> str:
    """The rows as a Markdown table."""
    lines = [
        "| judged by | right, by seed | accuracy | 95 % | AUC | 95 % |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.name} | {', '.join(map(str, row.right))} of {row.clips} | {row.accuracy:.3f} | "
        f"{_interval(row.accuracy_interval)} | {row.auc:.3f} | {_interval(row.auc_interval)} |"
        for row in rows
    ]
    return "\n".join(lines)


def _interval(interval: tuple[float, float] | None) -> str:
    return "-" if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}"
