"""What violence found, in the window: the list, why, filters, and the rule's sliders."""

import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import Qt

from crimeview.core.found_by import FoundBy
from crimeview.core.novelty import Reason
from crimeview.core.segment import Segment
from crimeview.core.track import TrackKind
from crimeview.gui.novelty_text import found_by_text, row_text, why_texts
from crimeview.gui.review_text import column_text
from crimeview.jobs.listing import Column, Listing
from crimeview.jobs.resegment import resegment, rule_of
from crimeview.store.case import open_case
from tests.gui.conftest import OpenWindow
from tests.gui.driven import Driven
from tests.jobs.finished import finished
from tests.store.begun import score_track

FIGHT = (15.5, 17.5)  # s: between the two events
_RATE = 4


@pytest.fixture
def fought(analyzed_case: Path, tmp_path: Path, open_window: OpenWindow) -> Driven:
    """A window on a case of a recording with two events, and violence where there is none."""
    shutil.copytree(analyzed_case, tmp_path / "case")
    with open_case(tmp_path / "case") as case:
        run = case.analyses.newest()
        assert run is not None
        values = np.full(30 * _RATE, 0.3)
        values[int(FIGHT[0] * _RATE) : int(FIGHT[1] * _RATE)] = 0.999
        case.analyses.save_track(run.id, score_track(values, kind=TrackKind.VIOLENCE, rate=_RATE))
        finished(resegment(case, rule=rule_of(run)))
    driven = open_window()
    driven.settle()
    return driven


def _found(driven: Driven) -> list[FoundBy]:
    rows = sorted(driven.workspace.listed, key=lambda row: row.segment.start)
    return [row.segment.found_by for row in rows]


def _stored(driven: Driven) -> list[Segment]:
    return sorted((row.segment for row in driven.workspace.segments), key=lambda s: s.start)


def test_the_list_has_violence_and_says_so(fought: Driven) -> None:
    assert _found(fought) == [FoundBy.EVENTS, FoundBy.VIOLENCE, FoundBy.EVENTS]
    model = fought.segments.model()
    told = [
        model.data(model.index(row, 0), Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    ]
    (violent,) = [text for text in told if "looks like violence" in text]
    assert "highest score 1.00" in violent
    assert sum("found by the network" in text for text in told) == 2
    assert not fought.segments.grab().isNull()


def test_the_list_is_filtered_by_what_found_it(fought: Driven) -> None:
    fought.workspace.set_listing(Listing(query="found:violence"))
    assert _found(fought) == [FoundBy.VIOLENCE]
    fought.workspace.set_listing(Listing(query="found:events"))
    assert _found(fought) == 2 * [FoundBy.EVENTS]
    assert column_text(Column.FOUND) != column_text(Column.ORIGIN)


def test_what_is_shown_while_a_slider_moves_is_what_is_stored_after(fought: Driven) -> None:
    thresholding = fought.window.parts.thresholding
    thresholding.drag(1.0)
    fought.wait(lambda: not thresholding.busy)
    assert FoundBy.VIOLENCE in _found(fought), "it does not follow the network's rule"
    shown = _stored(fought)
    thresholding.drop(1.0)
    fought.wait(lambda: not thresholding.busy)
    fought.settle()
    assert _stored(fought) == shown
    thresholding.drop(0.5)
    fought.wait(lambda: not thresholding.busy)
    fought.settle()
    assert len(_stored(fought)) == 3


def test_violence_is_nothing_for_the_camera_to_learn(fought: Driven) -> None:
    said: list[str] = []
    fought.workspace.noticed.connect(said.append)
    (row,) = [r for r in fought.workspace.listed if r.segment.found_by is FoundBy.VIOLENCE]
    fought.workspace.select_segment(row.id)
    fought.press(Qt.Key.Key_H)
    assert "dismiss it" in said[-1]


@pytest.mark.parametrize(
    ("found_by", "row", "sentence"),
    [
        (FoundBy.EVENTS, "", "found by the network"),
        (FoundBy.VIOLENCE, "Violence", "looks like violence"),
        (FoundBy.NOVELTY, "Too fast", "unusual for this camera"),
        (
            FoundBy.EVENTS | FoundBy.VIOLENCE | FoundBy.NOVELTY,
            "Too fast + Violence + Network",
            "found by the network, looks like violence, unusual for this camera",
        ),
        (FoundBy.NOTHING, "", ""),
    ],
)
def test_every_scorer_has_words(qapp: object, found_by: FoundBy, row: str, sentence: str) -> None:
    segment = Segment(
        start=1.0,
        end=2.0,
        peak=0.8,
        peak_time=1.5,
        mean=0.7,
        found_by=found_by,
        per_hour=0.5,
        reason=Reason.FAST if FoundBy.NOVELTY in found_by else None,
        number=2.0 if FoundBy.NOVELTY in found_by else None,
    )
    assert row_text(segment) == row
    assert found_by_text(found_by) == sentence
    assert why_texts(segment)[0] == sentence or not sentence
    assert why_texts(replace(segment, per_hour=None, reason=None))[:1] == (
        [] if found_by in (FoundBy.EVENTS, FoundBy.NOTHING) else [sentence]
    )
