"""How well held-out scores tell recordings with an event from those without."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from crimeview.core.manifest import Metric
from crimeview.core.metrics import group_interval, roc_auc
from crimeview.training.data.ucf_features import FOLDS, FeatureTable

Floats = NDArray[np.float64]


def report_recordings(table: FeatureTable, peaks: Floats, *, threshold: float) -> list[Metric]:
    """Figures of held-out peaks, calibrated (seeds, recordings), one row for each set of folds.

    Beside the recording AUC stands what the origin of the features alone would reach, and the AUC
    over pairs of recordings with features from one place: a scorer that learned the origin would
    lose there.
    """
    positive, groups = table.positive, table.groups
    aucs = [roc_auc(positive, row) for row in peaks]
    quiet, found = peaks[:, ~positive], peaks[:, positive]
    protocol = (
        f"recordings held out in {FOLDS} folds, by group: {positive.sum()} with an event and "
        f"{(~positive).sum()} without; a recording scores its highest segment; mean of "
        f"{len(peaks)} sets of folds"
    )
    chosen = "the threshold was chosen on those without an event; interval by bootstrap over groups"
    metrics = [
        Metric(
            name="recording AUC",
            value=round(float(np.mean(aucs)), 4),
            interval=_interval(table, peaks),
            protocol=f"{protocol} ({', '.join(f'{auc:.4f}' for auc in aucs)}; standard deviation "
            f"{np.std(aucs, ddof=1):.4f}), interval by bootstrap over groups",
        ),
        Metric(
            name=f"recall of recordings at {threshold:g}",
            value=round(float((found >= threshold).mean()), 4),
            interval=_share_interval(found >= threshold, _of(groups, positive)),
            protocol=f"{protocol}; {chosen}",
        ),
        Metric(
            name=f"share of recordings without an event that reach {threshold:g}",
            value=round(float((quiet >= threshold).mean()), 4),
            interval=_share_interval(quiet >= threshold, _of(groups, ~positive)),
            protocol=f"{protocol}; {chosen}",
        ),
    ]
    return metrics + _controls(table, peaks, protocol)


def auc_within(parts: Sequence[str], positive: NDArray[np.bool_], scores: Floats) -> float:
    """AUC over pairs of recordings of one part only; raises ValueError if there are no pairs."""
    won, pairs = 0.0, 0
    for part in sorted(set(parts)):
        rows = np.array([p == part for p in parts])
        count = int(positive[rows].sum()) * int((~positive[rows]).sum())
        if count:
            won += count * roc_auc(positive[rows], scores[rows])
            pairs += count
    if not pairs:
        raise ValueError("no part has both labels")
    return won / pairs


def _controls(table: FeatureTable, peaks: Floats, protocol: str) -> list[Metric]:
    parts = table.publications
    if len(set(parts)) < 2:
        return []
    share = {
        p: np.mean([c for c, q in zip(table.positive, parts, strict=True) if q == p])
        for p in set(parts)
    }
    alone = np.array([share[p] for p in parts])
    return [
        Metric(
            name="recording AUC, pairs from one publication",
            value=round(float(np.mean([auc_within(parts, table.positive, r) for r in peaks])), 4),
            interval=None,
            protocol=protocol,
        ),
        Metric(
            name="recording AUC of the publication alone, no features",
            value=round(roc_auc(table.positive, alone), 4),
            interval=None,
            protocol="which of the publications the features are from, as a score: a control",
        ),
    ]


def _interval(table: FeatureTable, peaks: Floats) -> tuple[float, float]:
    def mean_auc(rows: NDArray[np.intp]) -> float:
        return float(np.mean([roc_auc(table.positive[rows], row[rows]) for row in peaks]))

    return _rounded(group_interval(mean_auc, table.groups))


def _share_interval(hits: NDArray[np.bool_], groups: Sequence[str]) -> tuple[float, float]:
    return _rounded(group_interval(lambda rows: float(hits[:, rows].mean()), groups))


def _of(groups: Sequence[str], chosen: NDArray[np.bool_]) -> list[str]:
    return [g for g, c in zip(groups, chosen, strict=True) if c]


def _rounded(interval: tuple[float, float]) -> tuple[float, float]:
    return round(interval[0], 4), round(interval[1], 4)
