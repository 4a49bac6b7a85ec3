import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimeview.core.edit import Action, CaseNote, Change, Edit, EditKind, stacks


def note(text: str | None) -> CaseNote | None:
    return CaseNote(name="title", text=text) if text is not None else None


def test_the_inverse_of_the_inverse_is_the_edit() -> None:
    changes = (Change(before=None, after=note("a")), Change(before=note("a"), after=note("b")))
    edit = Edit(action=Action.DESCRIBE, changes=changes)
    assert edit.inverse().changes[0] == Change(before=note("b"), after=note("a"))
    assert edit.inverse().inverse() == edit


def test_undone_edits_can_be_redone_until_something_else_is_done() -> None:
    done, undone, redone = EditKind.DONE, EditKind.UNDONE, EditKind.REDONE
    log = [(1, done, None), (2, done, None), (3, undone, 2), (4, undone, 1)]
    left = stacks(log)
    assert (left.undo, left.redo) == ((), (2, 1))
    left = stacks([*log, (5, redone, 1)])
    assert (left.undo, left.redo) == ((1,), (2,))
    left = stacks([*log, (5, done, None)])
    assert (left.undo, left.redo) == ((5,), ())


def test_what_has_lapsed_is_passed_by() -> None:
    done, undone, lapsed = EditKind.DONE, EditKind.UNDONE, EditKind.LAPSED
    log = [(1, done, None), (2, done, None), (3, done, None), (4, undone, 3), (5, lapsed, 2)]
    left = stacks(log)
    assert (left.undo, left.redo) == ((1,), (3,))
    left = stacks([*log, (6, lapsed, 3)])
    assert (left.undo, left.redo) == ((1,), ())
    with pytest.raises(ValueError, match="not in list"):
        stacks([*log, (6, lapsed, 2)])


@given(st.lists(st.sampled_from(["do", "undo", "redo"]), max_size=40))
def test_the_stacks_are_those_of_any_editor(moves: list[str]) -> None:
    undo: list[int] = []
    redo: list[int] = []
    log: list[tuple[int, EditKind, int | None]] = []
    for number, move in enumerate(moves):
        if move == "do":
            undo.append(number)
            redo.clear()
            log.append((number, EditKind.DONE, None))
        elif move == "undo" and undo:
            redo.append(undo.pop())
            log.append((number, EditKind.UNDONE, redo[-1]))
        elif move == "redo" and redo:
            undo.append(redo.pop())
            log.append((number, EditKind.REDONE, undo[-1]))
        left = stacks(log)
        assert left.undo == tuple(undo)
        assert left.redo == tuple(redo)


def test_a_log_that_makes_no_sense_is_not_guessed_at() -> None:
    with pytest.raises(ValueError, match="not in list"):
        stacks([(1, EditKind.UNDONE, 7)])
