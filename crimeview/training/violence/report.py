"""How a classifier does class by class: precision, recall, F1 and support."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassRow:
    """One line of a classification report; figures that are not defined are 0."""

    label: str
    precision: float
    recall: float
    f1: float
    support: int


def confusion(positive: Flags, said: Flags) -> NDArray[np.int64]:
    """Counts (2, 2): rows what is true, columns what is said, the negative class first."""
    counts = np.zeros((2, 2), np.int64)
    np.add.at(counts, (positive.astype(int), said.astype(int)), 1)
    return counts


def classification_report(counts: NDArray[np.integer], labels: Sequence[str]) -> list[ClassRow]:
    """A row for each class of a confusion matrix (k, k), and their unweighted mean."""
    right = np.diag(counts).astype(float)
    truth, said = counts.sum(axis=1), counts.sum(axis=0)
    recall = np.divide(right, truth, out=np.zeros(len(right)), where=truth > 0)
    precision = np.divide(right, said, out=np.zeros(len(right)), where=said > 0)
    both = precision + recall
    f1 = np.divide(2 * precision * recall, both, out=np.zeros(len(right)), where=both > 0)
    rows = [
        ClassRow(label=label, precision=p, recall=r, f1=f, support=int(n))
        for label, p, r, f, n in zip(labels, precision, recall, f1, truth, strict=True)
    ]
    average = ClassRow(
        label="mean",
        precision=float(precision.mean()),
        recall=float(recall.mean()),
        f1=float(f1.mean()),
        support=int(truth.sum()),
    )
    return [*rows, average]


def report_text(rows: Sequence[ClassRow]) -> str:
    """The report as a table of plain text."""
    width = max(len(row.label) for row in rows)
    lines = [f"{'':{width}}  precision  recall      F1  support"]
    lines += [
        f"{row.label:{width}}  {row.precision:9.3f}  {row.recall:6.3f}  {row.f1:6.3f}  "
        f"{row.support:7d}"
        for row in rows
    ]
    return "\n".join(lines) + "\n"
