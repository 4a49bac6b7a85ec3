"""Scores by segments of the whole recording, as Sultani et al. publish them."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.bag import SegmentMeans, segment_of_clips
from crimeview.core.track import TrackKind
from crimeview.jobs import preview as module
from crimeview.jobs import score
from crimeview.jobs.analyze import analyze
from crimeview.jobs.models import ModelPair
from crimeview.nets.scorer import Scorer
from crimeview.store.case import Case, open_case
from tests.bursts import write_bursts
from tests.jobs.finished import finished
from tests.tiny_models import make_models


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A minute with a burst of motion: 75 clips."""
    return write_bursts(
        tmp_path_factory.mktemp("recordings") / "burst.mp4", duration=60.0, bursts=[(40.0, 44.0)]
    )


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def in_segments(models: ModelPair, segments: int | None) -> ModelPair:
    scorer = models.scorer
    manifest = replace(scorer.manifest, segments=segments)
    return replace(models, scorer=replace(scorer, manifest=manifest))


def clip_scores(case: Case, models: ModelPair, recording: Path) -> np.ndarray:
    (outcome,) = finished(analyze([recording], case=case, models=models))
    track = case.track(outcome.recording_id, TrackKind.CLIP_SCORES)
    assert track is not None
    return track.values


@pytest.mark.parametrize("segments", [4, 32, 100])
def test_each_clip_has_the_score_of_its_segments_average(
    case: Case, models: ModelPair, recording: Path, segments: int
) -> None:
    found = clip_scores(case, in_segments(models, segments), recording)
    features = case.features(case.recordings()[0].id)
    assert features is not None
    clips = len(features.values)
    assert found.shape == (clips,)
    means = SegmentMeans(clips, segments=segments)
    means.take(features.values)
    with Scorer(models.scorer) as scorer:
        wanted = scorer.scores(means.means())[segment_of_clips(clips, segments=segments)]
    np.testing.assert_array_equal(found, wanted)
    assert len(np.unique(found)) <= segments


def test_more_segments_than_clips_score_each_clip_by_itself(
    case: Case, models: ModelPair, recording: Path
) -> None:
    alone = clip_scores(case, in_segments(models, None), recording)
    np.testing.assert_array_equal(
        clip_scores(case, in_segments(models, 100), recording)[:-1], alone[:-1]
    )


def test_a_preview_is_in_segments_of_what_is_there(
    case: Case, models: ModelPair, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_SECONDS", 0.0)
    job = analyze([recording], case=case, models=in_segments(models, 4))
    counts = set()
    for _ in job:
        found = case.recordings()
        track = case.track(found[0].id, TrackKind.CLIP_SCORES) if found else None
        if track is not None:
            assert len(np.unique(track.values)) <= 4
            counts.add(len(track.values))
    assert len(counts) > 1


def test_a_long_recording_is_scored_some_hours_at_a_time(
    case: Case, models: ModelPair, recording: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = clip_scores(case, models, recording)
    lengths = []

    def above_usual(self: Scorer, features: np.ndarray) -> np.ndarray:
        lengths.append(len(features))
        scores = scored(self, features)
        return np.asarray(scores - np.median(scores), np.float32)

    scored = Scorer.scores
    monkeypatch.setattr(Scorer, "scores", above_usual)
    monkeypatch.setattr(score, "_PART", 16)
    monkeypatch.setattr(score, "_WINDOW", 40)
    found = clip_scores(case, models, recording)
    assert lengths[:2] == [48, 27], "after them comes the recording in 32 parts"
    wanted = [part - np.median(part) for part in (whole[:48], whole[48:])]
    np.testing.assert_allclose(found, np.concatenate(wanted), atol=1e-6)
