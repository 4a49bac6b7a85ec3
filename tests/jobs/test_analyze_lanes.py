"""Several recordings analyzed at the same time."""

from pathlib import Path

import numpy as np
import pytest

from crimeview.core.recording import RecordingState
from crimeview.core.segment import Segment
from crimeview.core.track import TrackKind
from crimeview.jobs.analyze import AnalyzeSettings, Outcome, analyze
from crimeview.jobs.models import ModelPair
from crimeview.store.case import Case, open_case
from tests.bursts import write_bursts
from tests.jobs.finished import finished
from tests.tiny_models import make_models

LANES = 3


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder = tmp_path_factory.mktemp("recordings")
    made = [
        write_bursts(folder / f"{n}.mp4", duration=26.0, bursts=[(5.0 * n, 5.0 * n + 3)], seed=n)
        for n in range(5)
    ]
    (folder / "broken.mp4").write_bytes(b"no video" * 100)
    return [*made, folder / "broken.mp4"]


def _run(case: Case, models: ModelPair, paths: list[Path], *, lanes: int) -> list[Outcome]:
    settings = AnalyzeSettings(lanes=lanes)
    return finished(analyze(paths, case=case, models=models, settings=settings))


def _scores(case: Case) -> list[np.ndarray]:
    tracks = [case.track(r.id, TrackKind.FRAME_SCORES) for r in case.recordings()]
    return [track.values for track in tracks if track is not None]


Found = tuple[list[np.ndarray], list[Segment]]


def _found(case: Case, models: ModelPair, paths: list[Path], *, lanes: int) -> Found:
    outcomes = _run(case, models, paths, lanes=lanes)
    assert [o.path for o in outcomes] == paths
    assert [o.state for o in outcomes] == [RecordingState.DONE] * 5 + [RecordingState.FAILED]
    return _scores(case), [s.segment for s in case.segments()]


@pytest.fixture(scope="module")
def one_by_one(
    models: ModelPair, recordings: list[Path], tmp_path_factory: pytest.TempPathFactory
) -> Found:
    """What is found in one lane."""
    with open_case(tmp_path_factory.mktemp("one") / "case") as case:
        return _found(case, models, recordings, lanes=1)


def test_lanes_change_nothing_but_the_time_it_takes(
    models: ModelPair, recordings: list[Path], one_by_one: Found, tmp_path: Path
) -> None:
    with open_case(tmp_path / "case") as case:
        scores, segments = _found(case, models, recordings, lanes=LANES)
    assert len(scores) == 5
    for one, other in zip(scores, one_by_one[0], strict=True):
        np.testing.assert_array_equal(one, other)
    assert segments == one_by_one[1]


def test_closing_stops_all_lanes_and_a_resume_ends_the_same(
    models: ModelPair, recordings: list[Path], one_by_one: Found, tmp_path: Path
) -> None:
    paths = recordings[:5]
    with open_case(tmp_path / "stopped") as case:
        settings = AnalyzeSettings(lanes=LANES)
        job = analyze(paths, case=case, models=models, settings=settings)
        under_way: set[int | None] = set()
        while len(under_way) < LANES:
            step = next(job)
            if step.message.startswith("Analyzing"):
                under_way.add(step.recording_id)
        job.close()
        states = {recording.state for recording in case.recordings()}
        assert RecordingState.STOPPED in states
        assert states <= {RecordingState.STOPPED, RecordingState.DONE}
        _run(case, models, paths, lanes=LANES)
        for one, other in zip(_scores(case), one_by_one[0], strict=True):
            np.testing.assert_array_equal(one, other)


def test_copies_that_meet_in_two_lanes_are_both_analyzed(
    models: ModelPair, recordings: list[Path], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.mp4"
    copy.write_bytes(recordings[0].read_bytes())
    with open_case(tmp_path / "case") as case:
        outcomes = _run(case, models, [recordings[0], copy], lanes=2)
        assert [outcome.state for outcome in outcomes] == [RecordingState.DONE] * 2
        first, second = _scores(case)
    np.testing.assert_array_equal(first, second)
