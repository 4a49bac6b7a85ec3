"""What a case keeps of types: suggestions, lessons, and cases from before there were any."""

from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.core.edit import Action, Change, Edit
from crimeview.core.segment import Segment
from crimeview.core.type_suggestion import ORDINARY, TypeLessonUse, kind_of_class, suggestion
from crimeview.store.case import Case, open_case
from crimeview.store.edits import ConflictError
from crimeview.store.rows import TypeLesson
from tests.store.begun import begin
from tests.store.earlier import as_of

TOLD = suggestion(
    {"fight": 0.7, ORDINARY: 0.2, "crash": 0.06, "theft": 0.04}, threshold=0.5, source="x"
)


def _found(case: Case) -> int:
    recording_id, run_id = begin(case)
    segments = [
        Segment(start=1.0, end=2.0, peak=0.9, peak_time=1.5, mean=0.5),
        Segment(start=5.0, end=7.5, peak=0.8, peak_time=6.0, mean=0.5),
    ]
    case.replace_segments(recording_id, run_id, segments)
    return recording_id


def test_a_suggestion_tells_a_type_from_its_threshold_on_and_never_the_ordinary() -> None:
    assert (TOLD.kind, TOLD.confidence) == ("fight", 0.7)
    assert [name for name, _ in TOLD.likeliest] == ["fight", ORDINARY, "crash"]
    assert suggestion({"fight": 0.49, "crash": 0.3}, threshold=0.5, source="").kind is None
    assert suggestion({ORDINARY: 0.9, "crash": 0.1}, threshold=0.5, source="").kind is None
    assert suggestion({"crash": 0.9}, threshold=0.5, source="", is_far=True).kind is None
    with pytest.raises(ValueError, match="needs chances"):
        suggestion({}, threshold=0.5, source="")
    assert [kind_of_class(name) for name in ("RoadAccidents", "Shoplifting", "Arson")] == [
        "crash",
        "theft",
        "arson",
    ]


def test_suggestions_are_found_with_their_segments_and_replaced(tmp_path: Path) -> None:
    with open_case(tmp_path / "case") as case:
        recording_id = _found(case)
        case.types.suggest(recording_id, {(1.0, 2.0): TOLD, (9.0, 9.5): TOLD})
        first, second = sorted(case.segments(), key=lambda row: row.segment.start)
        assert (first.suggested, second.suggested) == (TOLD, None)
        case.types.suggest(recording_id, {(5.0, 7.5): TOLD})
        first, second = sorted(case.segments(), key=lambda row: row.segment.start)
        assert (first.suggested, second.suggested) == (None, TOLD)
        case.types.suggest(99, {(5.0, 7.5): TOLD})  # was removed meanwhile
        case.remove_recording(recording_id)
        assert case.segments() == []


def _learn(case: Case, *, space: str, reviewer: str, arrays: bytes) -> TypeLesson:
    lesson = case.types.prepare(space=space, reviewer=reviewer, figures="{}", arrays=arrays)
    assert case.types.lesson(space) != lesson, "it is only prepared"
    _use(case, lesson.id, used=True)
    return replace(lesson, used=True)


def _use(case: Case, number: int, *, used: bool) -> None:
    change = Change(
        before=TypeLessonUse(id=number, used=not used), after=TypeLessonUse(id=number, used=used)
    )
    case.edits.make(Edit(action=Action.LEARN_TYPES, changes=(change,)), reviewer="kim")


def test_the_newest_lesson_that_is_not_forgotten_is_used(tmp_path: Path) -> None:
    with open_case(tmp_path / "case") as case:
        one = _learn(case, space="a", reviewer="kim", arrays=b"1")
        two = _learn(case, space="a", reviewer="lee", arrays=b"2")
        other = _learn(case, space="b", reviewer="lee", arrays=b"3")
        assert case.types.lesson("a") == two
        _use(case, two.id, used=False)
        assert case.types.lesson("a") == one
        assert case.types.lesson("b") == other
        assert case.types.lesson("c") is None
        assert [lesson.used for lesson in case.types.lessons()] == [True, False, True]
        assert case.edits.undo(reviewer="kim") is not None
        assert case.types.lesson("a") == two
        assert case.edits.redo(reviewer="kim") is not None
        assert case.types.lesson("a") == one
        with pytest.raises(ConflictError):
            _use(case, 99, used=True)


def test_a_case_from_before_there_were_suggestions_opens(tmp_path: Path) -> None:
    folder = tmp_path / "case"
    with open_case(folder) as case:
        recording_id = _found(case)
    as_of(folder, "0060")
    with open_case(folder) as case:
        assert [row.suggested for row in case.segments()] == [None, None]
        case.types.suggest(recording_id, {(1.0, 2.0): TOLD})
        assert TOLD in [row.suggested for row in case.segments()]
        assert case.types.lessons() == []
        assert not case.types.behind


def test_a_case_from_before_it_was_kept_by_what_types_were_suggested_is_behind(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "case"
    with open_case(folder) as case:
        _learn(case, space="a", reviewer="kim", arrays=b"1")
        assert case.types.behind
        case.types.suggested(case.types.newest_edit)
        assert not case.types.behind
    as_of(folder, "0110")
    with open_case(folder) as case:
        assert case.types.behind, "nobody knows"
        case.types.suggested(case.types.newest_edit)
        assert not case.types.behind
