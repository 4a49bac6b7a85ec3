from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import UsageError
from crimeview.training.data.ucf_features import (
    FEATURES_FILE,
    FOLDS,
    TABLE_FILE,
    read_ucf_features,
    regrouped,
)

_HEADER = "name,class,feature_set,group,fold"
_NAMES = [f"{kind}{n}" for kind in ("Fight", "Quiet") for n in range(8)]


def _lines() -> list[str]:
    return [
        f"{name},{'Fighting' if name[0] == 'F' else 'Normal'},one,{name[0]}{n % 8 // 2 * 2},"
        f"{n % 8 // 2}"
        for n, name in enumerate(_NAMES)
    ]


def _write(folder: Path, *, lines: list[str] | None = None, **arrays: np.ndarray) -> Path:
    whole = {"names": np.array(_NAMES), "features": np.ones((16, 3, 4), np.float16), **arrays}
    np.savez(folder / FEATURES_FILE, **whole)
    (folder / TABLE_FILE).write_text("\n".join([_HEADER, *(lines or _lines())]), encoding="utf-8")
    return folder


def test_features_come_with_what_the_table_says_of_them(tmp_path: Path) -> None:
    table = read_ucf_features(_write(tmp_path, lines=_lines()[::-1]))  # in another order
    assert table.names == tuple(_NAMES)
    assert table.features.shape == (16, 3, 4)
    assert table.positive.tolist() == [True] * 8 + [False] * 8
    assert table.folds.tolist() == [0, 0, 1, 1, 2, 2, 3, 3] * 2
    assert table.groups[:3] == ("F0", "F0", "F2")
    assert set(table.publications) == {"one"}


def _lost_row(folder: Path) -> None:
    _write(folder, lines=_lines()[1:])


def _bad_fold(folder: Path) -> None:
    _write(folder, lines=[_lines()[0][:-1] + "7", *_lines()[1:]])


def _parted_group(folder: Path) -> None:
    _write(folder, lines=[_lines()[0][:-1] + "3", *_lines()[1:]])


def _one_class_fold(folder: Path) -> None:
    _write(folder, lines=[line.replace("Normal", "Arson") for line in _lines()])


def _lost_column(folder: Path) -> None:
    _write(folder)
    table = folder / TABLE_FILE
    table.write_text(table.read_text(encoding="utf-8").replace("group", "of"), encoding="utf-8")


def _not_finite(folder: Path) -> None:
    _write(folder, features=np.full((16, 3, 4), np.nan, np.float32))


def _whole_numbers(folder: Path) -> None:
    _write(folder, features=np.ones((16, 3, 4), np.int64))


def _twice(folder: Path) -> None:
    _write(folder, names=np.array(["Fight0"] * 16))


def _cut(folder: Path) -> None:
    _write(folder)
    file = folder / FEATURES_FILE
    file.write_bytes(file.read_bytes()[:100])


@pytest.mark.parametrize(
    ("harm", "says"),
    [
        (_lost_row, "no row for 1 of 16"),
        (_bad_fold, "must be 0 to 3"),
        (_parted_group, "parts the group F0"),
        (_one_class_fold, "Fold 0 .* lacks"),
        (_lost_column, "lacks the columns group"),
        (_not_finite, "not finite"),
        (_whole_numbers, "int64"),
        (_twice, "twice"),
        (_cut, "cannot be read"),
        (lambda _: None, "There is no file"),
    ],
)
def test_what_cannot_be_used_is_refused_in_a_sentence(
    harm: Callable[[Path], None], says: str, tmp_path: Path
) -> None:
    harm(tmp_path)
    with pytest.raises(UsageError, match=says):
        read_ucf_features(tmp_path)


def test_other_folds_keep_groups_whole_and_deal_out_each_class(data: Path) -> None:
    table = read_ucf_features(data / "ucf_crime")
    assert len(table.names) == 690
    given = {0: table.folds}
    for seed in (1, 2, 3):
        folds = given[seed] = regrouped(table, seed=seed)
        fold_of = dict(zip(table.groups, folds.tolist(), strict=True))
        assert all(fold_of[g] == f for g, f in zip(table.groups, folds, strict=True))
        for label, count in Counter(table.classes).items():
            held = [int((folds[np.array(table.classes) == label] == f).sum()) for f in range(FOLDS)]
            assert sum(held) == count
            assert max(held) - min(held) <= 1 + count // 20
    assert not any((given[a] == given[b]).all() for a in given for b in given if a < b)
