from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimeview.core.errors import UsageError
from crimeview.training.data.examples import FOLDS, FOLDS_OPEN, Example
from crimeview.training.data.folds import held_out, regroup, with_folds


def _example(number: int, *, group: str, label: str, data: str, fold: int = FOLDS_OPEN) -> Example:
    return Example(path=Path(f"{number}.mp4"), data=data, label=label, group=group, fold=fold)


@st.composite
def _examples(draw: st.DrawFn) -> list[Example]:
    """Groups of any sizes, of which some are given a fold."""
    groups = draw(
        st.lists(
            st.tuples(
                st.sampled_from(["a", "b"]),
                st.lists(st.sampled_from(["normal", "fight", "crash"]), min_size=1, max_size=6),
                st.integers(FOLDS_OPEN, FOLDS - 1),
            ),
            min_size=1,
            max_size=25,
        )
    )
    return [
        _example(n, group=f"{data}/{number}", label=label, data=data, fold=fold)
        for number, (data, labels, fold) in enumerate(groups)
        for n, label in enumerate(labels)
    ]


@given(_examples(), st.integers(0, 5))
def test_no_group_is_on_both_sides_and_no_given_fold_changes(
    examples: list[Example], seed: int
) -> None:
    folded = with_folds(examples, seed=seed)
    assert [(e.path, e.group, e.label) for e in folded] == [
        (e.path, e.group, e.label) for e in examples
    ]
    for before, after in zip(examples, folded, strict=True):
        assert 0 <= after.fold < FOLDS
        assert before.fold in (FOLDS_OPEN, after.fold)
    for parted in (folded, regroup(examples, seed=seed)):
        tested = 0
        for fold in range(FOLDS):
            rest, test = held_out(parted, fold)
            assert not {e.group for e in rest} & {e.group for e in test}
            assert len(rest) + len(test) == len(examples)
            tested += len(test)
        assert tested == len(examples)
    assert with_folds(examples, seed=seed) == folded


def test_labels_are_spread_as_far_as_groups_allow() -> None:
    examples = [
        _example(n, group=f"g{n // 2}", label="fight" if n % 10 < 4 else "normal", data="a")
        for n in range(100)
    ]
    for seed in range(5):
        folded = with_folds(examples, seed=seed)
        for label, count in (("fight", 40), ("normal", 60)):
            sizes = [sum(e.fold == f and e.label == label for e in folded) for f in range(FOLDS)]
            assert sizes == [count // FOLDS] * FOLDS


def test_two_cameras_of_different_data_sets_do_not_share_a_fold() -> None:
    examples = [_example(n, group=d, label="normal", data=d) for d in "abcde" for n in range(4)]
    assert len({e.fold for e in with_folds(examples)}) == FOLDS


def test_another_seed_is_another_grouping() -> None:
    examples = [_example(n, group=f"g{n}", label="fight", data="a", fold=0) for n in range(40)]
    one, two = regroup(examples, seed=1), regroup(examples, seed=2)
    assert one == regroup(examples, seed=1)
    assert [e.fold for e in one] != [e.fold for e in two]


def test_a_group_in_two_folds_is_told() -> None:
    examples = [_example(n, group="g", label="fight", data="a", fold=n) for n in (1, 2)]
    with pytest.raises(UsageError, match="the folds 1 and 2"):
        with_folds(examples)
