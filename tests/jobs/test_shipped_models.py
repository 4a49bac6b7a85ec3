"""What the shipped pair must do, whatever it was trained on."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.segment import Segment, SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.models import default_models
from crimeview.nets.encoder import Encoder
from crimeview.nets.scorer import Scorer, check_fit
from crimeview.rendering.demonstration import demonstration
from crimeview.video.encode import VideoWriter
from crimeview.video.source import opened


@pytest.fixture(scope="module")
def pair() -> Iterator[tuple[Encoder, Scorer]]:
    models = default_models()
    with Encoder(models.encoder, threads=1) as encoder, Scorer(models.scorer, threads=1) as scorer:
        check_fit(encoder, scorer)
        yield encoder, scorer


def _scores(path: Path, pair: tuple[Encoder, Scorer]) -> Track:
    encoder, scorer = pair
    with opened(path) as source:
        clips = list(source.clips(encoder.spec))
    features = np.stack([encoder.features(clip.frames) for clip in clips])
    times = np.array([(clip.start, clip.end) for clip in clips])
    return Track(TrackKind.CLIP_SCORES, times, scorer.scores(features))


def _top(track: Track, threshold: float, count: int) -> list[Segment]:
    segments = find_segments(track, SegmentRule(threshold=threshold))
    return sorted(segments, key=lambda s: -s.peak)[:count]


def test_both_incidents_of_the_demonstration_are_in_the_top_three(
    pair: tuple[Encoder, Scorer], tmp_path: Path
) -> None:
    scene = demonstration(size=(180, 320), rate=12.5)
    height, width = scene.size
    path = tmp_path / "demonstration.mp4"
    with VideoWriter(path, rate=scene.rate, width=width, height=height) as video:
        for frame in scene.frames():
            video.write(frame)
    top = _top(_scores(path, pair), pair[1].threshold, 3)
    for incident in scene.incidents:
        assert any(s.start < incident.end and s.end > incident.start for s in top), (incident, top)
    # Pointing means pointing: a segment over everything would be no find.
    assert sum(s.end - s.start for s in top) < 40


def test_quiet_recordings_stay_mostly_under_the_threshold(
    pair: tuple[Encoder, Scorer], data: Path
) -> None:
    paths = [*sorted((data / "recordings").iterdir()), *sorted((data / "avenue/train").iterdir())]
    quiet = np.concatenate([_scores(path, pair).values for path in paths])
    assert len(quiet) > 300
    assert (quiet < pair[1].threshold).mean() > 0.9
