"""What the shipped pair must do, whatever it was trained on."""

from pathlib import Path

import numpy as np
import pytest

from crimeview.core.recording import RecordingState
from crimeview.core.track import TrackKind
from crimeview.jobs.analyze import AnalyzeSettings, Outcome, analyze
from crimeview.jobs.demonstrate import render_demonstration
from crimeview.jobs.models import ModelPair, default_models
from crimeview.rendering.demonstration import demonstration
from crimeview.store.case import Case, open_case

_TOP = 3  # segments, as `crimeview demo` looks at
_SLACK = 2.0  # s before and after an incident, as `crimeview demo` grants


def _analyze(
    case: Case, paths: list[Path], *, models: ModelPair | None = None, novelty: bool = True
) -> list[Outcome]:
    settings = AnalyzeSettings(novelty=novelty)
    job = analyze(paths, case=case, models=models or default_models(), settings=settings)
    while True:
        try:
            next(job)
        except StopIteration as end:
            return end.value


@pytest.mark.timeout(400)  # drawing it takes most of a minute
def test_the_highest_segments_of_the_demonstration_point_at_both_incidents(tmp_path: Path) -> None:
    """On the demonstration in its full size, at half its frame rate, which halves the wait.

    The encoder takes no more pictures a second than that, so that it sees the same moments, but
    with other noise and other coding: a score close to the threshold may fall on its other side.
    """
    scene = demonstration(rate=12.5)
    assert default_models().encoder.manifest.clip.rate == scene.rate
    path = tmp_path / "demonstration.mp4"
    for _ in render_demonstration(path, scene=scene):
        pass
    with open_case(tmp_path / "case") as case:
        (outcome,) = _analyze(case, [path])
        assert outcome.state is RecordingState.DONE
        top = [row.segment for row in case.segments()[:_TOP]]
    for incident in scene.incidents:
        first, last = incident.start - _SLACK, incident.end + _SLACK
        assert any(first <= s.peak_time <= last for s in top), (incident, top)


def test_quiet_recordings_stay_mostly_under_the_threshold(data: Path, tmp_path: Path) -> None:
    paths = [*sorted((data / "recordings").iterdir()), *sorted((data / "avenue/train").iterdir())]
    models = default_models(violence=False)  # the pair alone, which scores clips by itself
    threshold = models.scorer.manifest.threshold
    assert threshold is not None
    quiet = []
    with open_case(tmp_path / "case") as case:
        for outcome in _analyze(case, paths, models=models, novelty=False):
            assert outcome.state is RecordingState.DONE, outcome.message
            track = case.track(outcome.recording_id, TrackKind.CLIP_SCORES)
            assert track is not None
            quiet.append(track.values)
    scores = np.concatenate(quiet)
    assert len(scores) > 300
    assert (scores < threshold).mean() > 0.9
