"""What people say of segments stays, whatever becomes of the segments."""

import threading
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.edit import Action, CaseNote, Change, Edit, EditKind
from crimeview.core.region import Region, RegionUse
from crimeview.core.review import ReviewState
from crimeview.core.segment import Segment, SegmentRule, find_segments
from crimeview.jobs.review import Reviewer, judged, marked, merged, noted, split, tagged, trimmed
from crimeview.store.case import Case, open_case
from crimeview.store.edits import ConflictError
from crimeview.store.rows import CaseSegment
from tests.store.begun import OTHER_CONTENT, begin, score_track

KIM = Reviewer(name="kim", now="2026-01-02T03:04:05+00:00")
PEAKS = ((10, 12, 0.9), (40, 44, 0.7), (60, 61, 0.5))


def scores() -> np.ndarray:
    """100 s at ten a second: three peaks on a floor of 0.1, the flanks of each 0.3 for 5 s."""
    values = np.full(1000, 0.1)
    for start, end, peak in PEAKS:
        values[(start - 5) * 10 : (end + 5) * 10] = 0.3
        values[start * 10 : end * 10] = peak
    return values


@pytest.fixture
def found(case: Case) -> Case:
    recording_id, run_id = begin(case)
    case.analyses.save_track(run_id, score_track(scores()))
    segment_by(case, 0.45)
    assert recording_id == 1
    return case


def segment_by(case: Case, threshold: float) -> None:
    run = case.analyses.newest(1)
    assert run is not None
    rule = SegmentRule(threshold=threshold)
    case.replace_segments(1, run.id, find_segments(score_track(scores()), rule))


def judge(case: Case, row: CaseSegment, state: ReviewState) -> None:
    edit = judged([row], state, by=KIM)
    assert edit is not None
    case.edits.make(edit, reviewer="kim")


def spans(case: Case) -> list[tuple[float, float, str]]:
    return sorted((s.segment.start, s.segment.end, s.state.value) for s in case.segments())


def test_a_decision_takes_the_place_of_what_was_found(found: Case) -> None:
    first, second, third = found.segments()
    judge(found, first, ReviewState.CONFIRMED)
    listed = found.segments()
    assert [s.state for s in listed] == [ReviewState.CONFIRMED, ReviewState.NEW, ReviewState.NEW]
    assert [(s.segment.start, s.segment.peak) for s in listed] == [
        (s.segment.start, s.segment.peak) for s in (first, second, third)
    ]
    assert listed[0].segment.mean == pytest.approx(first.segment.mean)
    assert listed[0].review is not None
    assert listed[0].review.reviewer == "kim"
    assert listed[0].id < 0


def test_decisions_survive_other_thresholds(found: Case) -> None:
    for row, state in zip(
        found.segments(), (ReviewState.CONFIRMED, ReviewState.DISMISSED), strict=False
    ):
        judge(found, row, state)
    before = spans(found)
    segment_by(found, 0.95)  # finds nothing at all
    assert spans(found) == [s for s in before if s[2] != "new"]
    segment_by(found, 0.45)
    assert spans(found) == before


def test_what_nobody_has_seen_of_a_longer_segment_is_a_lead(found: Case) -> None:
    judge(found, found.segments()[0], ReviewState.DISMISSED)
    segment_by(found, 0.05)  # all 100 s are one segment now
    listed = found.segments()
    assert [(s.segment.start, s.segment.end) for s in listed if s.state is ReviewState.NEW] == [
        (14.0, 100.0),
        (0.0, 8.0),
    ]
    assert [s.segment.peak for s in listed] == pytest.approx([0.9, 0.7, 0.3])
    assert len({s.id for s in listed}) == 3


def test_the_flanks_of_what_was_reviewed_are_no_leads(found: Case) -> None:
    for row in found.segments():
        judge(found, row, ReviewState.DISMISSED)
    run = found.analyses.newest(1)
    assert run is not None
    wider = [Segment(start=8.2, end=13.9, peak=0.9, peak_time=11, mean=0.5)]
    found.replace_segments(1, run.id, wider)
    assert all(s.state is ReviewState.DISMISSED for s in found.segments())


def test_new_scores_are_the_scores_of_what_was_reviewed(found: Case) -> None:
    judge(found, found.segments()[0], ReviewState.CONFIRMED)
    _, run_id = begin(found, scorer="6" * 64)
    found.analyses.save_track(run_id, score_track(np.full(1000, 0.25)))
    found.replace_segments(1, run_id, [])
    (row,) = found.segments()
    assert row.state is ReviewState.CONFIRMED
    assert row.segment.peak == pytest.approx(0.25)


def test_another_content_keeps_the_word_and_says_so(found: Case) -> None:
    judge(found, found.segments()[0], ReviewState.CONFIRMED)
    found.set_fingerprint(1, OTHER_CONTENT)
    (row,) = found.segments()
    assert row.outdated
    assert row.state is ReviewState.CONFIRMED


def test_a_marked_span_has_the_scores_within(found: Case) -> None:
    recording = found.recording(1)
    found.edits.make(marked(recording, start=46.0, end=39.0, by=KIM), reviewer="kim")
    row = next(s for s in found.segments() if s.id < 0)
    assert (row.segment.start, row.segment.end) == (39.0, 46.0)
    assert row.segment.peak == pytest.approx(0.7)
    assert row.state is ReviewState.CONFIRMED
    assert len(found.segments()) == 3, "it holds the second one"


def test_trimming_leaves_no_lead_behind(found: Case) -> None:
    row = found.segments()[1]
    edit = trimmed(row, found.recording(1), start=43.0, by=KIM)
    assert edit is not None
    found.edits.make(edit, reviewer="kim")
    assert (43.0, 44.0, "new") in spans(found)
    assert len(spans(found)) == 3
    found.edits.undo(reviewer="kim")
    assert (40.0, 44.0, "new") in spans(found)


def test_split_and_merged_again(found: Case) -> None:
    row = found.segments()[1]
    found.edits.make(split(row, 42.0, by=KIM), reviewer="kim")
    assert (40.0, 42.0, "new") in spans(found)
    assert (42.0, 44.0, "new") in spans(found)
    halves = [s for s in found.segments() if s.id < 0]
    found.edits.make(merged(halves, by=KIM), reviewer="kim")
    assert (40.0, 44.0, "new") in spans(found)
    assert len(spans(found)) == 3


def test_merging_keeps_all_words(found: Case) -> None:
    first, second, _ = found.segments()
    for edit in (noted([first], "a knife", by=KIM), tagged([second], add=["red car"], by=KIM)):
        assert edit is not None
        found.edits.make(edit, reviewer="kim")
    judge(found, found.segments()[1], ReviewState.DISMISSED)
    found.edits.make(merged(found.segments()[:2], by=KIM), reviewer="kim")
    whole = found.segments()[0]
    assert whole.review is not None
    assert (whole.review.note, whole.review.tags) == ("a knife", ("red car",))
    assert whole.state is ReviewState.DISMISSED
    assert (whole.segment.start, whole.segment.end) == (10.0, 44.0)


def test_everything_is_undone_to_the_start_and_made_again(found: Case) -> None:
    before = found.segments()
    for row, state in zip(before, ReviewState, strict=False):
        if state is not ReviewState.NEW:
            judge(found, row, state)
    found.edits.make(marked(found.recording(1), start=80, end=90, by=KIM), reviewer="kim")
    found.edits.make(split(found.segments()[0], 11.0, by=KIM), reviewer="kim")
    after = found.segments()
    while found.edits.undo(reviewer="kim") is not None:
        pass
    assert found.segments() == before
    while found.edits.redo(reviewer="kim") is not None:
        pass
    assert found.segments() == after
    assert [e.kind for e in found.edits.log()].count(EditKind.DONE) == 4
    assert len(found.edits.log()) == 12, "nothing in the log is ever taken out of it"


def test_undo_goes_on_after_opening_again(found: Case) -> None:
    judge(found, found.segments()[0], ReviewState.CONFIRMED)
    found.close()
    with open_case(found.folder) as case:
        assert len(case.edits.stacks(reviewer="kim").undo) == 1
        assert case.edits.undo(reviewer="kim") is not None
        assert {s.state for s in case.segments()} == {ReviewState.NEW}


def test_nobody_undoes_what_others_did(found: Case) -> None:
    judge(found, found.segments()[0], ReviewState.CONFIRMED)
    assert found.edits.undo(reviewer="lee") is None
    row = next(s for s in found.segments() if s.id < 0)
    edit = judged([row], ReviewState.DISMISSED, by=replace(KIM, name="lee"))
    assert edit is not None
    found.edits.make(edit, reviewer="lee")
    with pytest.raises(ConflictError, match="cannot be taken back"):
        found.edits.undo(reviewer="kim")
    assert next(s for s in found.segments() if s.id < 0).state is ReviewState.DISMISSED


def state_at(case: Case, row: CaseSegment) -> ReviewState:
    return next(s.state for s in case.segments() if s.segment.start == row.segment.start)


def test_what_cannot_be_taken_back_is_passed_by(found: Case) -> None:
    first, second, _ = found.segments()
    judge(found, first, ReviewState.CONFIRMED)
    judge(found, second, ReviewState.CONFIRMED)
    row = next(s for s in found.segments() if s.segment.start == second.segment.start)
    theirs = judged([row], ReviewState.DISMISSED, by=replace(KIM, name="lee"))
    assert theirs is not None
    found.edits.make(theirs, reviewer="lee")
    with pytest.raises(ConflictError, match="Undo once more to take back what you did before"):
        found.edits.undo(reviewer="kim")
    assert state_at(found, first) is ReviewState.CONFIRMED
    with open_case(found.folder) as window:
        assert window.edits.undo(reviewer="kim") is not None
    assert state_at(found, first) is ReviewState.NEW
    assert state_at(found, second) is ReviewState.DISMISSED
    assert found.edits.undo(reviewer="kim") is None
    assert found.edits.redo(reviewer="kim") is not None
    assert state_at(found, first) is ReviewState.CONFIRMED
    assert found.edits.redo(reviewer="kim") is None, "what has lapsed is not made again"
    lapsed = found.edits.log()[3]
    assert (lapsed.kind, lapsed.of, lapsed.reviewer) == (EditKind.LAPSED, 2, "kim")
    assert (lapsed.action, lapsed.count) == (Action.CONFIRM, 0)


def test_what_cannot_be_made_again_is_passed_by(found: Case) -> None:
    first, second, _ = found.segments()
    for row in (first, second):
        judge(found, row, ReviewState.CONFIRMED)
    for _ in range(2):
        assert found.edits.undo(reviewer="kim") is not None
    theirs = judged([first], ReviewState.DISMISSED, by=replace(KIM, name="lee"))
    assert theirs is not None
    found.edits.make(theirs, reviewer="lee")
    with pytest.raises(ConflictError, match="cannot be made again"):
        found.edits.redo(reviewer="kim")
    assert found.edits.redo(reviewer="kim") is not None
    assert state_at(found, first) is ReviewState.DISMISSED
    assert state_at(found, second) is ReviewState.CONFIRMED


def test_an_edit_that_lapses_leaves_nothing_half_undone(found: Case) -> None:
    """Of two words taken back at once the second is another by now: the first stays as well."""
    first, second, _ = found.segments()
    both = judged([first, second], ReviewState.CONFIRMED, by=KIM)
    assert both is not None
    found.edits.make(both, reviewer="kim")
    row = next(s for s in found.segments() if s.segment.start == first.segment.start)
    theirs = judged([row], ReviewState.DISMISSED, by=replace(KIM, name="lee"))
    assert theirs is not None
    found.edits.make(theirs, reviewer="lee")
    with pytest.raises(ConflictError):
        found.edits.undo(reviewer="kim")
    assert state_at(found, second) is ReviewState.CONFIRMED


def test_two_windows_cannot_judge_the_same_twice(found: Case) -> None:
    row = found.segments()[0]
    judge(found, row, ReviewState.CONFIRMED)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        judge(found, row, ReviewState.DISMISSED)
    assert found.segments()[0].state is ReviewState.CONFIRMED
    assert len(found.edits.log()) == 1


def test_an_edit_is_made_whole_or_not_at_all(found: Case) -> None:
    first, second, _ = found.segments()
    both = judged([first, second], ReviewState.CONFIRMED, by=KIM)
    judge(found, second, ReviewState.UNSURE)
    assert both is not None
    with pytest.raises(ConflictError):
        found.edits.make(both, reviewer="kim")
    assert sorted(s.state.value for s in found.segments()) == ["new", "new", "unsure"]


def test_a_removed_recording_comes_back_with_all_that_was_said(found: Case) -> None:
    judge(found, found.segments()[0], ReviewState.CONFIRMED)
    before = found.segments()
    place = found.place(1)
    gone = Change(before=place, after=replace(place, removed="2026-01-01T00:00:00+00:00"))
    found.edits.make(Edit(action=Action.REMOVE_RECORDING, changes=(gone,)), reviewer="kim")
    assert found.recordings() == []
    assert found.segments() == []
    found.edits.undo(reviewer="kim")
    assert found.segments() == before
    found.edits.redo(reviewer="kim")
    assert found.add_recording(place.path) == 1, "adding it again is as good"
    assert found.segments() == before


def test_a_recording_that_is_forgotten_does_not_come_back(found: Case) -> None:
    judge(found, found.segments()[0], ReviewState.CONFIRMED)
    place = found.place(1)
    gone = Change(before=place, after=replace(place, removed="2026-01-01T00:00:00+00:00"))
    found.edits.make(Edit(action=Action.REMOVE_RECORDING, changes=(gone,)), reviewer="kim")
    assert [p.recording_id for p in found.removed_recordings()] == [1]
    found.remove_recording(1)
    assert found.removed_recordings() == []
    with pytest.raises(ConflictError, match="cannot be taken back"):
        found.edits.undo(reviewer="kim")


def test_what_was_done_before_a_recording_was_forgotten_can_be_taken_back(found: Case) -> None:
    title = Change(before=None, after=CaseNote(name="title", text="Harbor"))
    found.edits.make(Edit(action=Action.DESCRIBE, changes=(title,)), reviewer="kim")
    judge(found, found.segments()[0], ReviewState.CONFIRMED)
    place = found.place(1)
    gone = Change(before=place, after=replace(place, removed="2026-01-01T00:00:00+00:00"))
    found.edits.make(Edit(action=Action.REMOVE_RECORDING, changes=(gone,)), reviewer="kim")
    found.remove_recording(1)
    for _ in ("the removal", "the decision"):
        with pytest.raises(ConflictError, match="cannot be taken back"):
            found.edits.undo(reviewer="kim")
    assert found.edits.undo(reviewer="kim") is not None
    assert found.notes() == {}
    assert found.edits.stacks(reviewer="kim").undo == ()


def test_regions_and_notes_are_edits_too(case: Case) -> None:
    begin(case)
    region = Region(
        id=-5, recording_id=1, use=RegionUse.IGNORE, points=((0.0, 0.0), (1.0, 0.0), (0.5, 0.5))
    )
    note = CaseNote(name="title", text="Harbor, night of 3 May")
    changes = (Change(before=None, after=region), Change(before=None, after=note))
    case.edits.make(Edit(action=Action.REGIONS, changes=changes), reviewer="kim")
    assert case.regions() == [region]
    assert case.notes() == {"title": "Harbor, night of 3 May"}
    case.edits.undo(reviewer="kim")
    assert case.regions() == []
    assert case.notes() == {}


def test_a_path_that_is_taken_is_a_conflict(case: Case, tmp_path: Path) -> None:
    begin(case)
    other = tmp_path / "b.mp4"
    case.add_recording(other)
    place = case.place(1)
    edit = Edit(
        action=Action.RELINK, changes=(Change(before=place, after=replace(place, path=other)),)
    )
    with pytest.raises(ConflictError):
        case.edits.make(edit, reviewer="kim")
    assert case.place(1) == place


def test_two_openings_of_a_case_write_at_the_same_time(found: Case) -> None:
    """Each thread has a case of its own, as two windows have."""
    run = found.analyses.newest(1)
    assert run is not None
    many = [Segment(start=i, end=i + 0.5, peak=0.5, peak_time=i, mean=0.5) for i in range(100)]
    found.replace_segments(1, run.id, many)
    faults: list[Exception] = []

    def review(name: str, rows: list[CaseSegment]) -> None:
        try:
            with open_case(found.folder) as case:
                for row in rows:
                    edit = judged([row], ReviewState.DISMISSED, by=Reviewer(name=name, now="x"))
                    assert edit is not None
                    case.edits.make(edit, reviewer=name)
        except Exception as error:
            faults.append(error)

    rows = found.segments()
    threads = [
        threading.Thread(target=review, args=(name, part))
        for name, part in (("kim", rows[::2]), ("lee", rows[1::2]))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert {s.state for s in found.segments()} == {ReviewState.DISMISSED}
    assert len(found.edits.stacks(reviewer="kim").undo) == 50
