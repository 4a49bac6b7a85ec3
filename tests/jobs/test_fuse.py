import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.alarm_rate import AlarmRate
from crimeview.core.found_by import FoundBy
from crimeview.core.novelty import Mark, Reason
from crimeview.core.segment import Segment, SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.fuse import (
    THEFT_SETTING,
    Beside,
    Fusion,
    found_segments,
    fusion_of,
    novel_segments,
    tracks_beside,
    violent_segments,
)
from crimeview.jobs.quiet_time import QuietTime, logit
from crimeview.jobs.scene_marks import SceneMarks, as_arrays
from crimeview.store.case import Case, open_case
from tests.store.begun import begin, score_track

FIGHT = (600.0, 606.0)  # s, at a camera that is known for 20 minutes
_RATE = 4.0


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def _probabilities(*, fight: float) -> Track:
    """20 min of about 0.4, and of `fight` in a fight."""
    logits = np.random.default_rng(0).normal(-0.4, 0.2, int(1200 * _RATE))
    logits[int(FIGHT[0] * _RATE) : int(FIGHT[1] * _RATE)] = np.log(fight / (1 - fight))
    return score_track(1 / (1 + np.exp(-logits)), kind=TrackKind.VIOLENCE, rate=_RATE)


def _begun(case: Case, *, fight: float, settings: str = "{}") -> int:
    recording, run = begin(case, settings=settings)
    case.analyses.save_track(run, _probabilities(fight=fight))
    events = np.where(np.arange(1200) == 100, 0.8, 0.1)
    case.analyses.save_track(run, score_track(events, rate=1.0))
    return recording


def _found(case: Case, recording: int, *, violence: bool) -> list[Segment]:
    events = case.track(recording, TrackKind.FRAME_SCORES)
    assert events is not None
    segments = find_segments(events, SegmentRule(threshold=0.5))
    track = case.track(recording, TrackKind.VIOLENCE) if violence else None
    return found_segments(case, recording, segments, Beside(violence=track))


def test_violence_is_in_the_list_and_says_so(case: Case) -> None:
    recording = _begun(case, fight=0.9)
    event, violent = _found(case, recording, violence=True)
    assert event.found_by is FoundBy.EVENTS
    assert violent.found_by is FoundBy.VIOLENCE
    assert (violent.start, violent.end) == pytest.approx(FIGHT, abs=1.0)
    assert violent.peak == pytest.approx(0.9)
    assert violent.per_hour is not None
    assert violent.per_hour < 2
    assert event.per_hour is not None


def test_what_quiet_time_reaches_as_well_is_not(case: Case) -> None:
    (event,) = _found(case, _begun(case, fight=0.55), violence=True)
    assert event.found_by is FoundBy.EVENTS


def test_without_other_scorers_nothing_is_known_of_how_rare(case: Case) -> None:
    (event,) = _found(case, _begun(case, fight=0.9), violence=False)
    assert event.per_hour is None
    assert fusion_of(case, 1, Beside()) == Fusion(None, ())


def test_what_events_find_as_well_is_theirs(case: Case) -> None:
    recording = _begun(case, fight=0.9)
    fusion = fusion_of(case, recording, Beside(violence=case.track(recording, TrackKind.VIOLENCE)))
    event = Segment(start=601.0, end=604.0, peak=0.11, peak_time=602.0, mean=0.1)
    (found,) = fusion.with_events([event])
    assert found.found_by == FoundBy.EVENTS | FoundBy.VIOLENCE
    assert replace(found, found_by=FoundBy.EVENTS, per_hour=None) == event
    (alone,) = fusion.others
    assert found.per_hour == alone.per_hour


def test_a_camera_at_which_anything_is_probable_has_no_violence() -> None:
    rate = AlarmRate(location=5.0, scale=2.0, busy=1.0)
    assert violent_segments(_probabilities(fight=0.99), rate) == []


def _theft(*, reached: float, rate: float = 3.0) -> Track:
    """Ten minutes of nobody, of people of about 0.1, and of `reached` for 20 s; then nobody."""
    values = np.zeros(int(1200 * rate))
    people = slice(int(300 * rate), int(600 * rate))
    values[people] = 0.1 + 0.02 * np.random.default_rng(0).standard_normal(int(300 * rate))
    values[int(500 * rate) : int(520 * rate)] = reached
    return score_track(values, kind=TrackKind.THEFT, rate=rate)


def test_what_moves_like_a_theft_is_in_the_list_and_says_so(case: Case) -> None:
    recording, run = begin(case, settings=json.dumps({THEFT_SETTING: 0.5}))
    case.analyses.save_track(run, _theft(reached=0.9))
    known = case.analyses.newest(recording)
    assert known is not None
    (found,) = found_segments(case, recording, [], tracks_beside(case, known))
    assert found.found_by is FoundBy.THEFT
    assert (found.start, found.end) == pytest.approx((500, 520), abs=1.0)
    assert found.per_hour is not None
    assert found.per_hour < 2


@pytest.mark.parametrize("threshold", [0.9, 0.5])
def test_what_is_below_the_classifiers_threshold_is_no_theft(case: Case, threshold: float) -> None:
    recording, run = begin(case, settings=json.dumps({THEFT_SETTING: threshold}))
    case.analyses.save_track(run, _theft(reached=0.8))
    known = case.analyses.newest(recording)
    assert known is not None
    found = found_segments(case, recording, [], tracks_beside(case, known))
    assert bool(found) == (threshold < 0.8)


def test_what_the_cameras_people_reach_as_well_stands_at_the_end(case: Case) -> None:
    recording, run = begin(case, settings=json.dumps({THEFT_SETTING: 0.5}))
    often = np.tile(np.repeat([0.2, 0.9], 60), 20)
    case.analyses.save_track(run, score_track(often, kind=TrackKind.THEFT, rate=3.0))
    known = case.analyses.newest(recording)
    assert known is not None
    found = found_segments(case, recording, [], tracks_beside(case, known))
    assert len(found) == 20
    assert all(segment.per_hour is not None and segment.per_hour > 10 for segment in found)


def test_people_are_judged_by_the_time_in_which_there_are_any(case: Case) -> None:
    recording, run = begin(case)
    case.analyses.save_track(run, _theft(reached=0.9))
    rate = QuietTime(case, recording).rate(TrackKind.THEFT)
    assert rate.busy == pytest.approx((0.25 * 60 + 6) / (60 + 6), abs=0.02)  # six are the prior's
    assert rate.location == pytest.approx(float(logit(np.array(0.14))), abs=0.5)


def test_a_theft_that_was_not_looked_for_is_not_found(case: Case) -> None:
    recording, run = begin(case, settings=json.dumps({THEFT_SETTING: None}))
    case.analyses.save_track(run, _theft(reached=0.9))
    known = case.analyses.newest(recording)
    assert known is not None
    assert tracks_beside(case, known).is_empty


@pytest.mark.parametrize("novelty", [False, True])
def test_what_stands_beside_is_what_the_run_asked_for(case: Case, *, novelty: bool) -> None:
    recording, run = begin(case, settings=json.dumps({"novelty": novelty}))
    for kind in (TrackKind.VIOLENCE, TrackKind.NOVELTY):
        case.analyses.save_track(run, score_track(np.zeros(10), kind=kind))

    def present() -> tuple[bool, bool]:
        known = case.analyses.newest(recording)
        assert known is not None
        beside = tracks_beside(case, known)
        return beside.violence is not None, beside.novelty is not None

    assert present() == (False, novelty)
    case.analyses.violence_writer(run, model_sha256="v" * 64, clip_key="x")
    assert present() == (True, novelty)


def test_novel_segments_have_the_reason_at_their_peak() -> None:
    starts = np.arange(50) / 10
    values = np.where((starts >= 2) & (starts < 3), 0.8, 0.1).astype(np.float32)
    values[25] = 0.95
    track = Track(TrackKind.NOVELTY, np.stack([starts, starts + 0.1], axis=1), values)
    mark = Mark(reason=Reason.WRONG_WAY, number=0.01, left=0.1, top=0.2, right=0.3, bottom=0.4)
    marks = SceneMarks(as_arrays([(2.55, [mark]), (2.6, [])]))
    (segment,) = novel_segments(track, marks)
    assert (segment.found_by, segment.reason) == (FoundBy.NOVELTY, Reason.WRONG_WAY)
    assert segment.per_hour is not None
    assert segment.per_hour < 0.2
    (unmarked,) = novel_segments(track, SceneMarks(None))
    assert unmarked.reason is None


def test_marks_come_back_as_they_were_and_only_near_their_time() -> None:
    mark = Mark(reason=Reason.STATIONARY, number=75.0, left=0.25, top=0.5, right=0.5, bottom=1.0)
    marks = SceneMarks(as_arrays([(10.0, [mark, mark]), (10.08, [mark]), (20.0, [])]))
    assert marks.at(10.0) == [mark, mark]
    assert marks.at(10.3) == [mark]
    assert marks.at(12.0) == []
    assert marks.at(9.0) == []
    assert marks.at(20.0) == []
