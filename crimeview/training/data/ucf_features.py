"""Features of UCF-Crime recordings as they are published: one array, and a table beside it."""

import csv
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.given_features import GivenFeatures, read_features

FEATURES_FILE, TABLE_FILE = "c3d_fc6_train.npz", "train.csv"
NORMAL_CLASS = "Normal"
FOLDS = 4
_COLUMNS = ("name", "class", "group", "fold")


@dataclass(frozen=True, slots=True, kw_only=True)
class FeatureTable:
    """Recordings with features and what is known of each, in the order of the features.

    `features` is (recordings, segments, d). Recordings of one `group` are near-duplicates, which
    no fold may part. `folds` (recordings,) are the given folds, 0 to 3. `publications` says where
    each recording's features come from, empty where the table does not.
    """

    names: tuple[str, ...]
    features: NDArray[np.floating]
    classes: tuple[str, ...]
    groups: tuple[str, ...]
    publications: tuple[str, ...]
    folds: NDArray[np.int64]

    @property
    def positive(self) -> NDArray[np.bool_]:
        """Which recordings hold an event somewhere (recordings,)."""
        return np.array([c != NORMAL_CLASS for c in self.classes])


def read_ucf_features(folder: Path) -> FeatureTable:
    """Read `c3d_fc6_train.npz` and `train.csv` of a folder; see `read_feature_table`."""
    return read_feature_table(folder / FEATURES_FILE, table=folder / TABLE_FILE)


def read_feature_table(file: Path, *, table: Path) -> FeatureTable:
    """Read an .npz of `names` (n,) and `features` (n, segments, d), and the table of its names.

    The table has the columns name, class (“Normal” where nothing happens), group and fold (0 to 3),
    and may have feature_set. Raises UsageError where the two do not fit or one cannot be read.
    """
    given = read_features(file)
    _check_finite(given, file)
    rows = _rows(table)
    if absent := [name for name in given.names if name not in rows]:
        raise UsageError(
            f"{table} has no row for {len(absent)} of {len(given.names)} recordings in {file}, "
            f"the first is {absent[0]}; give each one a row."
        )
    found = [rows[name] for name in given.names]
    read = FeatureTable(
        names=given.names,
        features=given.features,
        classes=tuple(row["class"] for row in found),
        groups=tuple(row["group"] for row in found),
        publications=tuple(row.get("feature_set", "") for row in found),
        folds=np.array([_fold(row, table) for row in found], np.int64),
    )
    _check(read, table)
    return read


def regrouped(table: FeatureTable, *, seed: int) -> NDArray[np.int64]:
    """Other folds (recordings,), 0 to 3: groups stay whole, each class is dealt out evenly.

    A group of several classes counts as its first one.
    """
    random = np.random.default_rng(seed)
    strata: dict[str, list[str]] = defaultdict(list)
    label_of = dict(sorted(zip(table.groups, table.classes, strict=True), reverse=True))
    for group, label in sorted(label_of.items()):
        strata[label].append(group)
    fold_of = {}
    dealt = 0
    for label in sorted(strata):
        for group in random.permutation(strata[label]):
            fold_of[str(group)] = dealt % FOLDS
            dealt += 1
    return np.array([fold_of[group] for group in table.groups], np.int64)


def _check_finite(given: GivenFeatures, file: Path) -> None:
    for name, features in zip(given.names, given.features, strict=True):
        if not np.isfinite(features).all():
            raise UsageError(f"The features of {name} in {file} are not finite; extract it again.")


def _rows(table: Path) -> dict[str, dict[str, str]]:
    try:
        with table.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.DictReader(stream, restval="")
            rows = [{k: v.strip() for k, v in row.items() if k} for row in reader]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"The table {table} cannot be read ({error}).") from error
    if missing := [c for c in _COLUMNS if c not in (reader.fieldnames or ())]:
        raise UsageError(f"The table {table} lacks the columns {', '.join(missing)}; add them.")
    return {row["name"]: row for row in rows}


def _fold(row: dict[str, str], table: Path) -> int:
    if row["fold"] not in map(str, range(FOLDS)):
        raise UsageError(
            f"“{row['name']}” has the fold “{row['fold']}” in {table}; it must be 0 to {FOLDS - 1}."
        )
    return int(row["fold"])


def _check(table: FeatureTable, file: Path) -> None:
    fold_of: dict[str, int] = {}
    for group, fold in zip(table.groups, table.folds.tolist(), strict=True):
        if fold_of.setdefault(group, fold) != fold:
            raise UsageError(f"{file} parts the group {group}; a group must be in one fold.")
    positive = table.positive
    counts = [
        min(int((positive & out).sum()), int((~positive & out).sum()))
        for out in (table.folds == fold for fold in range(FOLDS))
    ]
    if min(counts) == 0:
        raise UsageError(
            f"Fold {counts.index(0)} of {file} lacks normal or anomalous recordings; "
            "deal both out to all folds."
        )
