"""The track of violence beside the scores: one decoding for both, and what it may not change."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from math import inf
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import ModelError
from crimeview.core.job import Job, Step
from crimeview.core.spans import Spans
from crimeview.core.track import TrackKind
from crimeview.jobs.analyze import Outcome, analyze
from crimeview.jobs.models import VIOLENCE, ModelPair, default_models
from crimeview.nets.frame_classifier import FrameClassifier
from crimeview.store.case import Case, open_case
from crimeview.store.database import FILE_NAME
from crimeview.video import source as source_module
from crimeview.video.decode import Decoder, Shown
from crimeview.video.source import opened
from tests.bursts import write_bursts
from tests.tiny_models import SPEC, make_models

BURSTS = [(10.0, 13.0)]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def bursts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("recordings")
    return write_bursts(folder / "bursts.mp4", duration=40.0, bursts=BURSTS)


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


@pytest.fixture
def decodings(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time (s) from which each decoding began."""
    begun: list[float] = []

    class Counted(Decoder):
        def shown(
            self, *, since: float, kept: Spans | None = None, wanted: float = -inf
        ) -> Iterator[Shown]:
            begun.append(since)
            return super().shown(since=since, kept=kept, wanted=wanted)

    monkeypatch.setattr(source_module, "Decoder", Counted)
    return begun


def _run(job: Job[list[Outcome]]) -> tuple[list[Step], Outcome]:
    steps = []
    while True:
        try:
            steps.append(next(job))
        except StopIteration as end:
            return steps, end.value[0]


def _values(case: Case, recording_id: int, kind: TrackKind) -> tuple[bytes, bytes]:
    track = case.track(recording_id, kind)
    assert track is not None
    return track.times.tobytes(), track.values.tobytes()


def test_each_sampled_frame_has_what_the_classifier_says(
    case: Case, models: ModelPair, bursts: Path
) -> None:
    _, outcome = _run(analyze([bursts], case=case, models=models))
    track = case.track(outcome.recording_id, TrackKind.VIOLENCE)
    assert track is not None
    assert models.violence is not None
    with FrameClassifier(models.violence) as classifier, opened(bursts) as source:
        clips = list(source.clips(classifier.spec))
        wanted = [classifier.probability(clip.frames) for clip in clips]
    np.testing.assert_allclose(track.values, wanted, atol=1e-3)
    np.testing.assert_array_equal(track.times, [(clip.start, clip.end) for clip in clips])
    during = (track.times[:, 0] > 10.0) & (track.times[:, 1] < 13.0)
    assert track.values[during].min() > 0.9
    assert track.values[track.times[:, 1] < 9.9].max() < 0.1


def test_both_come_from_one_decoding(
    case: Case, models: ModelPair, bursts: Path, decodings: list[float]
) -> None:
    _run(analyze([bursts], case=case, models=models))
    assert decodings == [0.0]


def test_without_the_classifier_all_else_is_the_same(
    case: Case, models: ModelPair, bursts: Path, tmp_path: Path
) -> None:
    _, outcome = _run(analyze([bursts], case=case, models=models))
    with open_case(tmp_path / "plain") as plain:
        _, other = _run(analyze([bursts], case=plain, models=replace(models, violence=None)))
        assert plain.track(other.recording_id, TrackKind.VIOLENCE) is None
        for kind in (TrackKind.FEATURES, TrackKind.CLIP_SCORES, TrackKind.FRAME_SCORES):
            mine, others = (
                _values(c, o.recording_id, kind) for c, o in ((case, outcome), (plain, other))
            )
            assert mine == others
        found = [[row.segment for row in c.segments()] for c in (case, plain)]
        assert found[0] == found[1]


def test_it_is_added_to_what_was_analyzed_without_it(
    case: Case, models: ModelPair, bursts: Path, tmp_path: Path, decodings: list[float]
) -> None:
    with open_case(tmp_path / "at-once") as other:
        _, outcome = _run(analyze([bursts], case=other, models=models))
        wanted = _values(other, outcome.recording_id, TrackKind.VIOLENCE)
    _, outcome = _run(analyze([bursts], case=case, models=replace(models, violence=None)))
    features = _values(case, outcome.recording_id, TrackKind.FEATURES)
    decodings.clear()
    job = analyze([bursts], case=case, models=models)
    analyzing = (step for step in job if step.message.startswith("Analyzing"))
    assert next(step.done for step in analyzing if step.done > 20.0) < 40.0
    job.close()
    steps, _ = _run(analyze([bursts], case=case, models=models))
    assert len(decodings) == 2
    assert decodings[1] > 15.0, "it goes on where it was stopped"
    done = [step.done for step in steps if step.message.startswith("Analyzing")]
    assert done[0] > 15.0
    assert done == sorted(done)
    assert _values(case, outcome.recording_id, TrackKind.VIOLENCE) == wanted
    assert _values(case, outcome.recording_id, TrackKind.FEATURES) == features


def test_it_is_used_where_there_is_one(models: ModelPair, tmp_path: Path) -> None:
    folder = models.encoder.folder.parent
    assert default_models(folder).violence == models.violence
    assert default_models(folder, violence=False).violence is None
    make_models(tmp_path)
    for file in (tmp_path / VIOLENCE).iterdir():
        file.unlink()
    (tmp_path / VIOLENCE).rmdir()
    assert default_models(tmp_path).violence is None
    with pytest.raises(ModelError, match=VIOLENCE):
        default_models(tmp_path, violence=True)


def test_what_was_skipped_for_clips_of_another_length_is_kept_apart(
    case: Case, models: ModelPair, tmp_path: Path
) -> None:
    path = write_bursts(tmp_path / "a.mp4", duration=10.0, bursts=[(3.0, 6.0)])
    longer = make_models(tmp_path / "longer", spec=replace(SPEC, frames=2 * SPEC.frames))
    for pair in (models, models, longer):
        _run(analyze([path], case=case, models=pair))
    with closing(sqlite3.connect(case.folder / FILE_NAME)) as database:
        sets = [s for (s,) in database.execute("SELECT violence_set_id FROM runs ORDER BY id")]
    assert len(set(sets)) == 2
