from pathlib import Path

from crimeview.training.data.data_sets import DataSet, Layout
from crimeview.training.data.examples import Example, Split
from crimeview.training.data.folds import with_folds
from crimeview.training.data.summary import find_problems, summarize


def _examples(count: int, *, split: Split = "train", groups: int = 100) -> list[Example]:
    return with_folds(
        [
            Example(
                path=Path(f"{split}{n}.mp4"),
                data="d",
                label="fight" if n % 2 else "normal",
                group=f"g{n % groups}",
                fold=-1,
                central=2.0,
                split=split,
            )
            for n in range(count)
        ]
    )


def test_parts_are_counted() -> None:
    examples = [*_examples(20), *_examples(4, split="test")]
    data = DataSet(
        name="d", folder=Path("d"), layout=Layout.TABLE, examples=tuple(examples), problems=()
    )
    train, test = summarize(data, examples, {e.path: 30.0 for e in examples})
    assert (train.split, train.labels, train.groups) == ("train", {"normal": 10, "fight": 10}, 20)
    assert train.folds == (4, 4, 4, 4, 4)
    assert train.minutes == 10.0
    assert (test.split, test.folds, test.minutes) == ("test", (), 2.0)


def test_nothing_is_wrong_with_clips_of_one_length() -> None:
    examples = _examples(40)
    assert find_problems(examples, {e.path: 2.0 for e in examples}) == []


def test_length_that_tells_the_label_is_told_whichever_way() -> None:
    examples = _examples(40)
    for sign in (-1, 1):
        lengths = {e.path: 5.0 + sign * (e.label == "fight") for e in examples}
        (problem,) = find_problems(examples, lengths)
        assert "AUC of 1.00" in problem


def test_a_source_in_two_parts_and_folds_without_events_are_told() -> None:
    examples = [*_examples(4, groups=2), *_examples(1, split="test", groups=2)]
    problems = find_problems(examples, {e.path: 2.0 for e in examples})
    assert "The source g0 is in the parts test and train." in problems
    assert "4 of 5 folds have no example of “fight”." in problems
