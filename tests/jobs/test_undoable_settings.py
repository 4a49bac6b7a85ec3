"""Clocks, rules by name and ground truth as edits of a case's log."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from crimeview.core.edit import Action
from crimeview.core.errors import UsageError
from crimeview.core.ground_truth import RecordingTruth, TruthSpan
from crimeview.core.recording import ClockSource, Recording
from crimeview.core.segment import RulePreset, SegmentRule
from crimeview.core.wall_clock import WallClock, WallClockSource
from crimeview.jobs.ground_truth import load_ground_truth, no_truth
from crimeview.jobs.recording_clocks import clocked
from crimeview.jobs.rule_presets import deleted_preset, kept_preset
from crimeview.store.case import Case, open_case
from crimeview.store.rows import CaseClock
from tests.jobs.finished import finished

FOUND = CaseClock(
    camera="gate",
    clock=WallClock(
        start=datetime(2024, 5, 17, 16, 42, 11),  # noqa: DTZ001
        zone=None,
        offset=0.0,
        source=WallClockSource.FILE_NAME,
    ),
)
NIGHT = RulePreset(camera="gate", name="Night", rule=SegmentRule(threshold=0.7))


def test_only_clocks_that_are_others_are_changed() -> None:
    given = replace(FOUND, camera="yard")
    edit = clocked({1: FOUND, 2: FOUND}, {1: given, 2: FOUND})
    assert edit is not None
    assert edit.action is Action.CLOCK
    (change,) = edit.changes
    assert change.before is not None
    assert change.after == replace(change.before, camera="yard")  # type: ignore[arg-type]
    assert clocked({1: FOUND}, {1: FOUND}) is None


def test_a_rule_takes_the_place_of_its_name_at_its_camera() -> None:
    elsewhere = replace(NIGHT, camera="yard")
    louder = replace(NIGHT, rule=SegmentRule(threshold=0.8))
    edit = kept_preset(louder, known=[elsewhere, NIGHT])
    assert edit is not None
    assert [(c.before, c.after) for c in edit.changes] == [(NIGHT, louder)]
    new = kept_preset(louder, known=[elsewhere])
    assert new is not None
    assert new.changes[0].before is None
    assert kept_preset(NIGHT, known=[NIGHT]) is None
    assert deleted_preset(NIGHT).changes[0].after is None


@pytest.fixture
def shown(tmp_path: Path) -> Case:
    """A case of three recordings of 30 s, ten frames a second."""
    case = open_case(tmp_path / "case")
    for name in ("a", "b", "c"):
        path = tmp_path / f"{name}.mp4"
        recording = Recording(
            path=path,
            duration=30.0,
            width=64,
            height=48,
            frame_rate=10.0,
            codec="h264",
            container="mp4",
            rotation=0,
            clock=ClockSource.TIMESTAMPS,
        )
        case.describe(case.add_recording(path), recording)
    return case


def _load(case: Case, *lines: str) -> int:
    file = case.folder / "truth.txt"
    file.write_text("\n".join(lines) + "\n")
    return finished(load_ground_truth(case, file, reviewer="kim"))


def test_a_wrong_file_is_undone_with_what_was_there_before(shown: Case) -> None:
    with shown as case:
        assert _load(case, "a.mp4 Fight 1 20 41 60", "b.mp4 Fall 11 20 -1 -1") == 2
        right = case.times.truths()
        assert right[1] == RecordingTruth(
            recording_id=1,
            spans=(
                TruthSpan(start=0.0, end=2.0, label="Fight"),
                TruthSpan(start=4.0, end=6.0, label="Fight"),
            ),
        )
        assert _load(case, "b.mp4 Fire 1 20 -1 -1", "c.mp4 Fire 1 20 -1 -1") == 2
        wrong = case.times.truths()
        assert set(wrong) == {1, 2, 3}
        case.edits.undo(reviewer="kim")
        assert case.times.truths() == right
        case.edits.redo(reviewer="kim")
        assert case.times.truths() == wrong
        assert _load(case, "b.mp4 Fire 1 20 -1 -1") == 1
        assert len(case.edits.stacks(reviewer="kim").undo) == 2, "what is so already is no edit"


def test_all_ground_truth_is_taken_away_and_brought_back(shown: Case) -> None:
    with shown as case:
        with pytest.raises(UsageError, match="no ground truth that could be taken away"):
            no_truth(case)
        _load(case, "a.mp4 Fight 1 20 41 60", "b.mp4 Fall 11 20 -1 -1")
        before = case.times.truths()
        case.edits.make(no_truth(case), reviewer="kim")
        assert case.times.truths() == {}
        assert case.edits.undo(reviewer="kim") is not None
        assert case.times.truths() == before
