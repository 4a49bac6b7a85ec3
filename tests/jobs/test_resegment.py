import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from crimeview.core.errors import CaseError
from crimeview.core.found_by import FoundBy
from crimeview.core.job import Changed, Job, Step
from crimeview.core.segment import SegmentRule, find_segments
from crimeview.core.track import TrackKind
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.models import ModelPair
from crimeview.jobs.resegment import resegment, rule_of
from crimeview.store.case import Case, open_case
from tests.bursts import write_bursts
from tests.tiny_models import make_frame_classifier, make_models

RULE = SegmentRule(threshold=0.9, hysteresis=0.5, merge_gap=60.0, min_length=0.1)


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    """Of events alone, so that nothing else is in the list."""
    return replace(make_models(tmp_path_factory.mktemp("models")), violence=None)


@pytest.fixture
def case(tmp_path: Path, models: ModelPair) -> Iterator[Case]:
    """Two recordings with two bursts each, and one that is only listed."""
    paths = []
    for name in ("yard", "gate"):
        path = tmp_path / f"{name}.mp4"
        paths.append(write_bursts(path, duration=20.0, bursts=[(4.0, 6.0), (12.0, 15.0)]))
    with open_case(tmp_path / "case") as case:
        for _ in analyze(paths, case=case, models=models, settings=AnalyzeSettings(novelty=False)):
            pass
        case.add_recording(tmp_path / "new.mp4")
        yield case


def _finish(job: Job[int]) -> tuple[list[Step], int]:
    steps = []
    while True:
        try:
            steps.append(next(job))
        except StopIteration as end:
            return steps, end.value


def test_every_analyzed_recording_gets_the_segments_of_the_rule(case: Case) -> None:
    before = case.segments()
    assert len(before) == 4
    steps, found = _finish(resegment(case, rule=RULE))
    assert found == 2, "the two bursts of each lie within the merge gap"
    for recording in case.recordings():
        stored = sorted((s.segment for s in case.segments(recording.id)), key=lambda s: s.start)
        track = case.track(recording.id, TrackKind.FRAME_SCORES)
        assert stored == ([] if track is None else find_segments(track, RULE))
    assert [(s.done, s.total) for s in steps] == [(1, 3), (2, 3), (3, 3)]
    assert all(s.changed is Changed.SEGMENTS for s in steps)


def test_the_rule_is_stored_with_each_run_beside_its_other_settings(case: Case) -> None:
    analyzed = [r for r in case.recordings() if case.analyses.newest(r.id) is not None]
    before = {r.id: case.analyses.newest(r.id) for r in analyzed}
    _finish(resegment(case, rule=RULE))
    assert len(analyzed) == 2
    for recording in analyzed:
        old, new = before[recording.id], case.analyses.newest(recording.id)
        assert old is not None
        assert new is not None
        assert rule_of(old) != RULE
        assert rule_of(new) == RULE
        assert replace(new, settings_json="") == replace(old, settings_json="")


def test_going_back_to_a_rule_gives_back_its_segments(case: Case) -> None:
    run = case.analyses.newest()
    assert run is not None
    before = [s.segment for s in case.segments()]
    _finish(resegment(case, rule=RULE))
    assert [s.segment for s in case.segments()] != before
    _finish(resegment(case, rule=rule_of(run)))
    assert [s.segment for s in case.segments()] == before


def test_closed_part_way_it_leaves_each_recording_with_one_rule(case: Case) -> None:
    job = resegment(case, rule=RULE)
    first = next(job)
    job.close()
    for recording in case.recordings():
        run = case.analyses.newest(recording.id)
        track = case.track(recording.id, TrackKind.FRAME_SCORES)
        if run is None or track is None:
            continue
        assert (rule_of(run) == RULE) is (recording.id == first.recording_id)
        stored = sorted((s.segment for s in case.segments(recording.id)), key=lambda s: s.start)
        assert stored == find_segments(track, rule_of(run))


def test_an_empty_case_has_nothing_to_find(tmp_path: Path) -> None:
    with open_case(tmp_path / "empty") as case:
        assert _finish(resegment(case, rule=RULE)) == ([], 0)


def test_a_case_that_cannot_be_read_raises_its_sentence(case: Case) -> None:
    job = resegment(case, rule=RULE)
    next(job)
    with closing(sqlite3.connect(case.folder / "case.db")) as database:
        database.execute("DROP TABLE tracks")
        database.commit()
    with pytest.raises(CaseError, match=str(case.folder)):
        _finish(job)


def test_with_violence_beside_all_is_one_list_by_any_rule(
    tmp_path: Path, models: ModelPair
) -> None:
    path = write_bursts(tmp_path / "yard.mp4", duration=20.0, bursts=[(4.0, 6.0), (12.0, 15.0)])
    violence = make_frame_classifier(tmp_path / "models")
    with open_case(tmp_path / "case") as case:
        both = replace(models, violence=violence)
        for _ in analyze([path], case=case, models=both, settings=AnalyzeSettings(novelty=False)):
            pass
        track = case.track(1, TrackKind.FRAME_SCORES)
        assert track is not None
        for rule in (RULE, SegmentRule(threshold=0.5)):
            _finish(resegment(case, rule=rule))
            stored = sorted((s.segment for s in case.segments()), key=lambda s: s.start)
            events = [s for s in stored if FoundBy.EVENTS in s.found_by]
            assert all(s.per_hour is not None for s in stored)
            plain = [replace(s, found_by=FoundBy.EVENTS, per_hour=None) for s in events]
            assert plain == find_segments(track, rule)
