"""Suggested types: kept beside what people say, learned from it, forgotten and recalled."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import ClassVar

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.cli.main import main
from crimeview.core.edit import Edit
from crimeview.core.errors import CrimeviewError
from crimeview.core.review import ReviewState
from crimeview.core.type_suggestion import TypeSuggestion
from crimeview.jobs.edit_effects import edit_effects, has_effects
from crimeview.jobs.learn_types import forget_types, learn_types, recall_types
from crimeview.jobs.name_clusters import name_cluster
from crimeview.jobs.review import Reviewer, judged, named, trimmed
from crimeview.jobs.suggest_types import suggest_types
from crimeview.jobs.type_judge import KindChances
from crimeview.nets.type_classifier import TypeClassifier
from crimeview.store.case import Case, open_case
from crimeview.store.rows import CaseSegment
from tests.jobs.finished import finished
from tests.jobs.made_case import SEGMENTS, fill_case

BY = Reviewer(name="kim", now="2026-01-02T03:04:05+00:00")


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "night.case") as opened:
        fill_case(opened)
        yield opened


def _first(row: CaseSegment) -> bool:
    return int(row.segment.start) in (2, 20)


def _say(case: Case, *, recordings: int) -> None:
    """A person names segments of the first recordings; what is ordinary they dismiss."""
    for row in case.segments():
        if row.recording_id <= recordings and row.review is None:
            edit = named([row], "fall", by=BY) if _first(row) else _dismissed(row)
            assert edit is not None
            case.edits.make(edit, reviewer="kim")


def _dismissed(row: CaseSegment) -> Edit | None:
    return judged([row], ReviewState.DISMISSED, by=BY)


def _suggested(case: Case) -> dict[tuple[int, float], str | None]:
    return {
        (r.recording_id, r.segment.start): r.suggested.kind
        for r in case.segments()
        if r.suggested is not None
    }


def test_without_anything_that_knows_types_nothing_is_suggested(case: Case) -> None:
    assert finished(suggest_types(case)) == 0
    assert _suggested(case) == {}


def test_what_people_say_is_learned_for_recordings_they_have_not_seen(case: Case) -> None:
    _say(case, recordings=4)
    learned = finished(learn_types(case, reviewer="kim"))
    assert learned.lesson is not None
    assert learned.figures["counts"] == {
        "segments": 4 * SEGMENTS,
        "recordings": 4,
        "kinds": {"fall": 2 * 4, "normal": 2 * 4},
    }
    assert learned.figures["before"]["accuracy"]["value"] == 0  # no classifier for these features
    assert learned.figures["after"]["accuracy"]["value"] == 1
    new = [r for r in case.segments() if r.recording_id > 4]
    assert len(new) == 2 * SEGMENTS
    for row in new:
        assert row.suggested is not None
        assert row.suggested.kind == ("fall" if _first(row) else None)
        assert row.suggested.source == f"learned {learned.lesson.id}"
        assert row.suggested.likeliest[0][0] == ("fall" if _first(row) else "normal")
        assert row.review is None  # a suggestion says nothing in a person's name


def test_what_does_worse_on_other_recordings_is_not_used(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A classifier that is right, and people whose types differ from recording to recording."""
    monkeypatch.setattr("crimeview.jobs.learn_types.KindChances", _Knowing)
    for row in case.segments():
        kind = "crash" if _first(row) else "fight"
        if row.recording_id % 2 and row.segment.start > 25:
            kind = "fight" if kind == "crash" else "crash"
        edit = named([row], kind, by=BY)
        assert edit is not None
        case.edits.make(edit, reviewer="kim")
    _Knowing.right = [r.review.kind for r in _in_order(case) if r.review is not None]
    learned = finished(learn_types(case, reviewer="kim"))
    assert learned.figures["before"]["accuracy"]["value"] == 1
    assert learned.figures["kept"] is False
    assert learned.lesson is None
    assert case.types.lessons() == []


class _Knowing(KindChances):
    """Knows what each segment is, in the order in which they are asked for."""

    right: ClassVar[list[str | None]] = []

    def __init__(self, _classifier: TypeClassifier | None) -> None:
        super().__init__(None)
        self.kinds = ("crash", "fight")

    def of(self, vectors: NDArray[np.float32]) -> NDArray[np.float64]:
        assert len(vectors) == len(self.right)
        return np.array([[0.9, 0.1] if kind == "crash" else [0.1, 0.9] for kind in self.right])


def _in_order(case: Case) -> list[CaseSegment]:
    """By recording, and within as `Case.segments` gives them."""
    return sorted(case.segments(), key=lambda row: row.recording_id)


def test_lessons_are_forgotten_one_after_the_other_and_recalled(case: Case) -> None:
    _say(case, recordings=3)
    first = finished(learn_types(case, reviewer="kim")).lesson
    _say(case, recordings=4)
    second = finished(learn_types(case, reviewer="lee")).lesson
    assert first is not None
    assert second is not None
    with_lessons = _suggested(case)
    assert finished(forget_types(case)).id == second.id
    assert {r.suggested.source for r in case.segments() if r.suggested} == {f"learned {first.id}"}
    assert finished(forget_types(case)).id == first.id
    assert _suggested(case) == {}
    with pytest.raises(CrimeviewError, match="learned nothing"):
        finished(forget_types(case))
    finished(recall_types(case, second.id))
    assert _suggested(case) == with_lessons
    finished(recall_types(case, first.id))
    assert [lesson.used for lesson in case.types.lessons()] == [True, False]
    with pytest.raises(CrimeviewError, match="no lesson 9; there are: 1, 2"):
        finished(recall_types(case, 9))


def test_learning_and_forgetting_are_undone_and_made_again(case: Case) -> None:
    def known() -> object:
        return case.types.lessons(), _suggested(case)

    def taken_back(*, again: bool = False) -> object:
        edits = case.edits
        edit = edits.redo(reviewer="lee") if again else edits.undo(reviewer="lee")
        assert edit is not None
        assert has_effects(edit)
        finished(edit_effects(case, edit))
        return known()

    _say(case, recordings=3)
    finished(learn_types(case, reviewer="kim"))
    _say(case, recordings=4)
    finished(learn_types(case, reviewer="lee"))
    learned = known()
    finished(forget_types(case, reviewer="lee"))
    forgotten = known()
    finished(recall_types(case, 1, reviewer="lee"))
    assert known() == forgotten, "it is used, and the later one is not: that is no edit"
    assert taken_back() == learned
    assert taken_back() == forgotten, "as it was before lee had anything learned"
    assert taken_back(again=True) == learned
    assert taken_back(again=True) == forgotten
    finished(recall_types(case, 2, reviewer="lee"))
    assert known() == learned
    assert taken_back() == forgotten


def test_too_little_to_learn_from_is_told(case: Case) -> None:
    with pytest.raises(CrimeviewError, match="0 segments with features have a type"):
        finished(learn_types(case, reviewer=""))
    _say(case, recordings=1)
    with pytest.raises(CrimeviewError, match="4 segments with features have a type"):
        finished(learn_types(case, reviewer=""))


def test_a_named_cluster_suggests_its_name_first(case: Case) -> None:
    finished(name_cluster(case, "Crash", cluster=0, method="average-cosine", count=2))
    for row in case.segments():
        kind = row.suggested.kind if row.suggested is not None else None
        assert kind == ("crash" if _first(row) else None)


def test_suggestions_are_of_spans_and_what_people_say_stays(case: Case) -> None:
    row = case.segments(1)[0]
    span = (row.segment.start, row.segment.end)
    told = TypeSuggestion(kind="fight", confidence=0.7, likeliest=(("fight", 0.7),), source="x")
    edit = named([row], "theft", by=BY)
    assert edit is not None
    case.edits.make(edit, reviewer="kim")
    case.types.suggest(1, {span: told})
    (said,) = [r for r in case.segments(1) if r.review is not None]
    assert said.suggested == told
    assert said.review is not None
    assert said.review.kind == "theft"
    shorter = trimmed(said, case.recording(1), start=span[0] + 1, by=BY)
    assert shorter is not None
    case.edits.make(shorter, reviewer="kim")
    assert all(r.suggested is None for r in case.segments(1))


def run(*arguments: str) -> int:
    return main(list(arguments), open_window=lambda *_, **__: 0)


def test_the_command_line(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(case.folder)
    assert run("types", "suggest", folder) == 0
    assert "Nothing is suggested" in capsys.readouterr().err
    assert run("types", "learn", folder) == 2
    assert "give types to at least 6" in capsys.readouterr().err
    _say(case, recordings=4)
    assert run("types", "learn", folder, "--reviewer", "kim", "--json") == 0
    values = json.loads(capsys.readouterr().out)
    assert (values["lesson"], values["kept"]) == (1, True)
    assert values["after"]["accuracy"] == {"value": 1.0, "interval": [1.0, 1.0]}
    assert run("types", "suggest", folder, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["type"] for row in rows} == {"fall", None}
    assert all(row["source"] == "learned 1" for row in rows)
    assert run("types", "suggest", folder) == 0
    assert "5.mp4, 0:00:02 to 0:00:07: fall (fall " in capsys.readouterr().out
    assert run("types", "lessons", folder) == 0
    assert "kim, used, from 16 segments" in capsys.readouterr().out
    assert run("types", "forget", folder) == 0
    assert "Lesson 1 is forgotten" in capsys.readouterr().err
    assert run("types", "lessons", folder, "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["used"] is False
    assert run("types", "recall", folder, "1") == 0
    assert "used again" in capsys.readouterr().err
