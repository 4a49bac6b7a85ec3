from pathlib import Path

import pytest

from crimeview.core.errors import UsageError
from crimeview.evaluation.given import read_scores


def test_any_number_of_scores_a_row(tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text(
        "name,Class,s0,s1,s2\na,x,0.1,2e-9,1\nb,,0.5\nc,,0.1,,0.2\nd,,0.1,nan\na,,1\ne\nf,,x\n"
    )
    given = read_scores(file)
    assert {name: scores.tolist() for name, scores in given.scores.items()} == {
        "a": [0.1, 2e-9, 1.0],
        "b": [0.5],
    }
    said = ["“” is no score", "“nan” is no score that can be ranked", "listed twice", "no scores"]
    for row, text in zip(given.left_out, [*said, "“x” is no score"], strict=True):
        assert text in row.reason


@pytest.mark.parametrize(
    "table",
    [
        ",name,0,1,seconds\n0,a,0.1,0.9,12\n1,b,0.2,0.3,99\n",
        "Unnamed: 0,name,s,s\n0,a,0.1,0.9\n1,b,0.2,0.3\n",
        "name,,\na,0.1,0.9\nb,0.2,0.3\n",
        "name,scores\na,0.1,0.9\nb,0.2,0.3\n",
    ],
    ids=["numbered by pandas", "numbered twice and one name", "no names", "one name for all"],
)
def test_no_score_is_lost_and_none_is_made_up(tmp_path: Path, table: str) -> None:
    file = tmp_path / "scores.csv"
    file.write_text(table)
    given = read_scores(file)
    assert given.left_out == ()
    assert {name: scores.tolist() for name, scores in given.scores.items()} == {
        "a": [0.1, 0.9],
        "b": [0.2, 0.3],
    }


def test_scores_of_nobody_are_left_out(tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("name,s0\n,0.5\na,0.1\n")
    given = read_scores(file)
    assert list(given.scores) == ["a"]
    assert [(row.line, row.name) for row in given.left_out] == [(2, "")]


def test_a_table_of_scores_without_any(tmp_path: Path) -> None:
    file = tmp_path / "scores.csv"
    file.write_text("name,s0\na,inf\n")
    with pytest.raises(UsageError, match=r"no row of scores that can be used.*“inf”"):
        read_scores(file)
