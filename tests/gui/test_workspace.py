"""What is selected stays so, as long as there is something left of it."""

from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.gui.workspace import Scope
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven
from tests.gui.recordings import write_numbered


def test_the_selection_follows_its_segment_to_another_threshold(reviewing: Driven) -> None:
    workspace = reviewing.workspace
    thresholding = reviewing.window.parts.thresholding
    weaker = workspace.listed[1]
    workspace.select_segment(weaker.id)
    position = workspace.playhead.position
    thresholding.drop(0.05)
    reviewing.settle()
    assert workspace.segment is not None
    assert workspace.segment.segment != weaker.segment
    assert workspace.segment.segment.start <= weaker.segment.peak_time
    assert workspace.segment.segment.end >= weaker.segment.peak_time
    assert workspace.playhead.position == position, "nobody asked to go anywhere"
    thresholding.drop(1.0)
    reviewing.settle()
    assert len(workspace.listed) == 1, "the other one"
    assert workspace.segment is None


def test_the_selection_stays_while_a_drag_brings_up_others(reviewing: Driven) -> None:
    workspace = reviewing.workspace
    thresholding = reviewing.window.parts.thresholding
    strong, weak = (row.segment for row in workspace.listed)
    assert weak.start < strong.start
    thresholding.drop((weak.peak + strong.peak) / 2)
    reviewing.settle()
    workspace.step_segment(1)
    for threshold in (weak.peak * 1.01, weak.peak * 0.9, weak.peak * 0.5):
        thresholding.drag(threshold)
        reviewing.settle()
        assert workspace.segment is not None
        assert workspace.segment.segment.start <= strong.peak_time <= workspace.segment.segment.end
    assert len(workspace.listed) == 2


def test_after_a_removal_the_next_recording_is_selected(
    open_window: OpenWindow, tmp_path: Path
) -> None:
    driven = open_window(analyze_on_opening=False)
    paths = [write_numbered(tmp_path / f"{name}.mp4", duration=1) for name in "abc"]
    driven.drop(*paths)
    driven.settle()
    workspace = driven.workspace
    workspace.select_recording(workspace.recordings[1].id)
    for expected in ("c", "a"):
        driven.window.commands["remove-recording"].trigger()
        driven.settle()
        assert workspace.recording is not None
        assert workspace.recording.path.stem == expected
    driven.window.commands["remove-recording"].trigger()
    driven.settle()
    assert workspace.recording is None
    assert not workspace.recordings


def test_what_was_opened_into_another_case_is_not_shown_in_this_one(
    reviewing: Driven, tmp_path: Path
) -> None:
    open_case(tmp_path / "other").close()
    opening = reviewing.window._opening
    opening.open([write_numbered(tmp_path / "late.mp4", duration=1)])
    opening.open_case(tmp_path / "other")
    reviewing.settle()
    assert reviewing.workspace.case.folder == tmp_path / "other"
    assert not reviewing.workspace.recordings
    assert reviewing.workspace.recording is None


@pytest.mark.usefixtures("slow_analysis")
def test_a_case_is_opened_although_stop_is_pressed_meanwhile(
    open_window: OpenWindow, long_recording: Path, tmp_path: Path
) -> None:
    open_case(tmp_path / "other").close()
    driven = open_window()
    driven.drop(long_recording)
    driven.wait(lambda: any(r.analyzed > 5 for r in driven.workspace.recordings))
    driven.window._opening.open_case(tmp_path / "other")
    driven.window.parts.analysis.stop()
    driven.settle()
    assert driven.workspace.case.folder == tmp_path / "other"


@pytest.mark.parametrize("scope", Scope)
def test_the_highest_peak_is_shown_at_its_moment(reviewing: Driven, scope: Scope) -> None:
    reviewing.window.show_highest_peak(scope)
    reviewing.settle()
    highest = max(reviewing.workspace.segments, key=lambda row: row.segment.peak)
    assert reviewing.workspace.segment == highest
    assert reviewing.number_on_screen() == int(highest.segment.peak_time * 10 + 1e-6)


def test_equal_segments_of_a_preview_keep_their_row(reviewing: Driven) -> None:
    workspace = reviewing.workspace
    kept, changed = workspace.listed
    workspace.preview_segments(
        kept.recording_id, [kept.segment, replace(changed.segment, start=changed.segment.start - 1)]
    )
    assert kept in workspace.listed
    assert changed.id not in {row.id for row in workspace.listed}
