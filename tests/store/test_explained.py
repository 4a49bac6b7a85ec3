"""What found a segment stays known when people have said something of it."""

from dataclasses import replace

import numpy as np
import pytest

from crimeview.core.edit import Edit
from crimeview.core.found_by import FoundBy
from crimeview.core.novelty import Reason
from crimeview.core.review import ReviewState
from crimeview.core.segment import Segment
from crimeview.core.track import TrackKind
from crimeview.jobs.review import Reviewer, judged, marked, trimmed
from crimeview.store.case import Case
from tests.store.begun import begin, score_track

KIM = Reviewer(name="kim", now="2026-01-02T03:04:05+00:00")
FIGHT = Segment(
    start=40,
    end=44,
    peak=0.9,
    peak_time=42,
    mean=0.8,
    found_by=FoundBy.VIOLENCE | FoundBy.NOVELTY,
    per_hour=0.4,
    reason=Reason.FAST,
    number=2.5,
)
_RATES = {TrackKind.FRAME_SCORES: 0.2, TrackKind.VIOLENCE: 0.5, TrackKind.NOVELTY: 0.1}


@pytest.fixture
def found(case: Case) -> Case:
    """A hundred seconds in which only violence and novelty have found something."""
    _, run = begin(case)
    for kind, value in _RATES.items():
        values = np.full(1000, value)
        values[420] = 0.9 if kind is TrackKind.VIOLENCE else value
        case.analyses.save_track(run, score_track(values, kind=kind))
    _find(case, FIGHT)
    return case


def _find(case: Case, *segments: Segment) -> None:
    run = case.analyses.newest(1)
    assert run is not None
    case.replace_segments(1, run.id, list(segments))


def _made(case: Case, edit: Edit | None) -> None:
    assert edit is not None
    case.edits.make(edit, reviewer="kim")


def test_what_is_confirmed_is_as_it_was_found(found: Case) -> None:
    _made(found, judged(found.segments(), ReviewState.CONFIRMED, by=KIM))
    (row,) = found.segments()
    assert row.state is ReviewState.CONFIRMED
    assert row.segment == FIGHT, "the network's score there is another"


def test_what_was_trimmed_or_found_elsewhere_has_its_scorers(found: Case) -> None:
    (row,) = found.segments()
    _made(found, trimmed(row, found.recordings()[0], start=41.0, by=KIM))
    (row,) = found.segments()
    assert (row.segment.start, row.segment.found_by) == (41.0, FIGHT.found_by)
    assert row.segment.per_hour is None
    longer = replace(FIGHT, start=30, end=60, found_by=FoundBy.NOVELTY)
    _find(found, replace(FIGHT, end=41.5, found_by=FoundBy.EVENTS), longer)
    assert {r.segment.found_by for r in found.segments() if r.review} == {FoundBy.NOVELTY}
    _find(found)
    (row,) = found.segments()
    assert row.segment.found_by == FoundBy.NOTHING, "nothing finds it now"


def test_what_a_person_marked_was_found_by_no_scorer(found: Case) -> None:
    _made(found, marked(found.recordings()[0], start=43.0, end=50.0, by=KIM))
    (row,) = [row for row in found.segments() if row.review is not None]
    assert row.segment.found_by == FoundBy.NOTHING


def test_what_nobody_has_seen_keeps_its_scorers_and_is_no_rarer_than_a_lead(found: Case) -> None:
    _find(found, replace(FIGHT, start=20, end=80))
    _made(found, marked(found.recordings()[0], start=38.0, end=46.0, by=KIM))
    rests = [row.segment for row in found.segments() if row.review is None]
    assert [(s.start, s.end) for s in rests] == [(20, 36), (48, 80)]
    for segment in rests:
        assert segment.found_by == FIGHT.found_by
        assert segment.peak == pytest.approx(0.5), "of the track that found it"
        assert (segment.per_hour, segment.reason) == (2.0, None)
    _find(found, replace(FIGHT, start=20, end=80, peak_time=30))
    first, second = sorted(
        (r.segment for r in found.segments() if not r.review), key=lambda s: s.start
    )
    assert (first.per_hour, first.reason, first.number) == (0.4, Reason.FAST, 2.5)
    assert (second.per_hour, second.reason) == (2.0, None)
