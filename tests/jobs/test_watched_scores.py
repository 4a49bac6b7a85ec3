"""Trying a rule by scores as watching gives them, to a camera that has shown the like for long."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.running_rows import RunningRows
from crimeview.core.track import Track, TrackKind
from crimeview.jobs import live_scores, watched_scores
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.live_scores import newest_score
from crimeview.jobs.models import default_models
from crimeview.jobs.tapes import tapes_of
from crimeview.jobs.try_alarm import try_rule
from crimeview.jobs.trying import Trying
from crimeview.jobs.watched_scores import Watched, WatchedScores, pair_means
from crimeview.nets.scorer import Scorer
from crimeview.store.case import Case, open_case
from tests.bursts import write_bursts
from tests.jobs.finished import finished
from tests.jobs.test_try_alarm import RULE, add

SHORT = 40  # clips that a score is held against, instead of an hour and a half of them


@pytest.fixture(scope="module")
def analyzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A case with a recording of 12 s, analyzed by the models that are shipped."""
    folder = tmp_path_factory.mktemp("watched")
    film = write_bursts(folder / "film.mp4", duration=12.0, bursts=[(3.0, 5.0), (8.0, 9.0)])
    settings = AnalyzeSettings(gate=False, novelty=False)
    models = default_models(violence=False)
    with open_case(folder / "case") as case:
        finished(analyze([film], case=case, models=models, settings=settings))
    return folder / "case"


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def scored_one_by_one(case: Case, recording_id: int, *, times: int) -> list[float]:
    """The scores that a camera gets for showing the recording for the last of so many times."""
    features = case.features(recording_id)
    assert features is not None
    with Scorer(default_models().scorer) as scorer:
        rows = RunningRows(features.values.shape[1], most=SHORT)
        told = []
        for row in np.concatenate([features.values] * times):
            rows.add(row)
            told.append(newest_score(rows.rows, scorer))
    return told[-len(features.values) :]


def test_they_are_those_of_a_camera_that_has_shown_the_like_for_long(
    analyzed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(live_scores, "_WINDOW", SHORT)
    monkeypatch.setattr(watched_scores, "_PART", 1)
    monkeypatch.setattr(watched_scores, "_LEAST", 10.0)
    with open_case(analyzed) as case, closing(WatchedScores()) as watched:
        (recording,) = case.recordings()
        clips = case.track(recording.id, TrackKind.CLIP_SCORES)
        assert clips is not None
        found = finished(watched.of(case, recording.id, clips))
        assert found is not None
        lived = scored_one_by_one(case, recording.id, times=6)
        assert found.scores.values == pytest.approx(lived, abs=1e-5)
        assert np.array_equal(found.scores.times, clips.times)
        assert len(found.between.values) == len(clips.values) - 1
        again = finished(watched.of(case, recording.id, clips))
        assert again is not None
        assert again.scores.values is found.scores.values, "they are made once"


def test_without_its_features_or_of_a_short_recording_there_are_none(
    analyzed: Path, case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = add(case, "old.mp4", [0.1, 0.9, 0.2])
    clips = case.track(number, TrackKind.CLIP_SCORES)
    assert clips is not None
    with open_case(analyzed) as other, closing(WatchedScores()) as watched:
        trial = finished(try_rule(other, RULE, watched=watched))
    assert (trial.watched, trial.recordings) == (0, 1), "it may be an incident from end to end"
    monkeypatch.setattr(watched_scores, "_LEAST", 1.0)
    with closing(WatchedScores()) as watched:
        assert finished(watched.of(case, number, clips)) is None
        trial = finished(try_rule(case, RULE, watched=watched))
    assert (trial.watched, trial.recordings, len(trial.alarms)) == (0, 1, 1)
    with open_case(analyzed) as other, closing(WatchedScores()) as watched:
        trial = finished(try_rule(other, RULE, watched=watched))
    assert (trial.watched, trial.recordings) == (1, 1)


def track_of(scores: list[float]) -> Track:
    edges = np.arange(len(scores) + 1.0)
    times = np.column_stack([edges[:-1], edges[1:]])
    return Track(TrackKind.CLIP_SCORES, times, np.array(scores, np.float32))


def test_what_only_the_analysis_raises_is_early_and_what_hangs_on_the_clips_is_not_sure(
    case: Case,
) -> None:
    stored = [0.1, 0.9, 0.9, 0.9, 0.1, 0.1, 0.7, 0.1, 0.1, 0.8, 0.8, 0.1]
    add(case, "a.mp4", stored)
    (tape,) = tapes_of(case, RULE, since=None, until=None)
    live = track_of([0.1, 0.9, 0.9, 0.9, 0.1, 0.1, 0.4, 0.1, 0.1, 0.8, 0.8, 0.1])
    trying = Trying(replace(RULE, min_duration=2.0), tape, as_watched=True)
    for _ in trying.take(tape, track_of(stored), Watched(live, pair_means(live))):
        pass
    trying.finish()
    told = list(trying.alarms())
    assert [(a.start, a.end) for a in told] == [(1.0, 4.0), (9.0, 11.0)]
    assert [a.sure for a in told] == [True, False], "two clips are two seconds, or but one"
    assert trying.early == 0, "one clip alone is too short for the rule anyway"
    at_once = Trying(RULE, tape, as_watched=True)
    for _ in at_once.take(tape, track_of(stored), Watched(live, pair_means(live))):
        pass
    at_once.finish()
    assert [a.sure for a in at_once.alarms()] == [True, True]
    assert at_once.early == 1


def test_a_single_high_clip_is_not_sure(case: Case) -> None:
    scores = [0.1, 0.1, 0.55, 0.1, 0.1]
    add(case, "a.mp4", scores)
    with closing(WatchedScores()) as watched:
        trial = finished(try_rule(case, RULE, watched=watched))
        assert [alarm.sure for alarm in trial.alarms] == [False]
        assert trial.sure == 0
        plain = finished(try_rule(case, RULE))
    assert [alarm.sure for alarm in plain.alarms] == [True], "it was not asked for"
