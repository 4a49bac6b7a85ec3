"""What is unusual for a camera is told while it is watched as it is of a recording."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.address import camera_of
from crimeview.core.alarm_candidates import CandidateJudge
from crimeview.core.live_spec import StreamShape
from crimeview.core.segment import SegmentRule
from crimeview.core.track import TrackKind
from crimeview.core.watching import Camera, LiveScore, NotScored
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.describe_cameras import rename_camera
from crimeview.jobs.live_novelty import KnownScene, NoveltyTrack, known_scene
from crimeview.jobs.models import ModelPair
from crimeview.jobs.moments import VERSION
from crimeview.jobs.scene import stored_moments
from crimeview.jobs.watch import LiveStep, Watch, WatchSettings
from crimeview.scene.scoring import SceneScorer
from crimeview.store.case import Case, open_case
from crimeview.video.source import opened
from tests.bursts import write_bursts
from tests.jobs.finished import finished
from tests.scene.walkers import HEIGHT, RATE, WIDTH, Walker, crowd, write_street
from tests.tiny_models import make_models

RUN = (14.0, 16.5)  # s in which somebody runs
SECONDS = 22.0


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="module")
def yard(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("yard")
    runner = Walker(row=100, column=-20.0, speed=150.0, since=RUN[0], until=RUN[1], texture=77)
    write_street(folder / "quiet.mp4", crowd(seconds=SECONDS), seconds=SECONDS)
    walkers = [*crowd(seconds=SECONDS, every=2.5), runner]
    write_street(folder / "run.mp4", walkers, seconds=SECONDS)
    return folder


@pytest.fixture(scope="module")
def analyzed(yard: Path, models: ModelPair, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("analyzed") / "case"
    settings = AnalyzeSettings(lanes=1, gate=False, rule=SegmentRule(threshold=1.0))
    with open_case(folder) as case:
        for name in ("quiet.mp4", "run.mp4"):
            finished(analyze([yard / name], case=case, models=models, settings=settings))
        (sight,) = case.scenes.cameras()
        rename_camera(case, sight.camera.name, "North Gate")
    return folder


@pytest.fixture
def case(analyzed: Path, tmp_path: Path) -> Iterator[Case]:
    shutil.copytree(analyzed, tmp_path / "case")
    with open_case(tmp_path / "case") as case:
        yield case


def scored_by(scene: KnownScene, case: Case, recording_id: int) -> tuple[np.ndarray, np.ndarray]:
    """Times and scores of a recording's stored moments by what is known now."""
    stored = case.novelty.moments(recording_id, version=VERSION)
    assert stored is not None
    scorer = SceneScorer(scene.usual)
    for part in stored_moments(scene.usual.grid, stored[1])():
        scorer.take(part)
    return scorer.result()


def live_scores(track: NoveltyTrack, recording: Path, *, rate: float = RATE) -> list[LiveScore]:
    """The scores of a recording's clips, as they would come from a camera."""
    spec = track.spec.of(StreamShape(HEIGHT, WIDTH, rate))
    assert spec is not None
    with opened(recording) as source:
        return [
            score
            for clip in source.clips(spec)
            if clip.pictures == spec.frames  # a camera has no end, at which the last one stands
            for score in track.take(clip.frames, clip.start, clip.end)
        ]


def test_scores_are_those_of_a_recording(case: Case, yard: Path) -> None:
    scene = known_scene(case, "north gate")
    assert scene is not None
    track = NoveltyTrack("north gate", scene)
    scores = live_scores(track, yard / "run.mp4")
    ids = {recording.path.stem: recording.id for recording in case.recordings()}
    times, values = scored_by(scene, case, ids["run"])
    assert len(scores) > 0.8 * SECONDS / 0.64
    wanted = [
        values[(times[:, 0] >= s.start - 1e-3) & (times[:, 1] <= s.end + 1e-3)] for s in scores
    ]
    differ = np.array([s.score - w.max() for s, w in zip(scores, wanted, strict=True)])
    assert (np.abs(differ) < 1e-3).mean() > 0.85
    assert np.abs(differ).max() < 0.05  # at the borders of the parts that recordings are scored in
    high = [s for s in scores if s.score >= s.threshold]
    assert high
    assert all(RUN[0] - 1.0 < s.start < s.end < RUN[1] + 1.0 for s in high)
    assert scores[0].known == pytest.approx(scene.seconds)
    assert not track.strange


def test_a_score_is_known_soon_after_its_moments(case: Case, yard: Path) -> None:
    scene = known_scene(case, "North Gate")
    assert scene is not None
    track = NoveltyTrack("gate", scene)
    spec = track.spec.of(StreamShape(HEIGHT, WIDTH, RATE))
    assert spec is not None
    waits = []
    with opened(yard / "quiet.mp4") as source:
        for clip in source.clips(spec):
            waits += [clip.end - s.end for s in track.take(clip.frames, clip.start, clip.end)]
    assert 0.0 < max(waits) < 1.0


def test_who_stands_in_the_picture_makes_no_other_view_of_it(case: Case, yard: Path) -> None:
    scene = known_scene(case, "north gate")
    assert scene is not None
    track = NoveltyTrack("gate", scene)
    spec = track.spec.of(StreamShape(HEIGHT, WIDTH, RATE))
    assert spec is not None
    seen = []
    with opened(yard / "quiet.mp4") as source:
        for clip in source.clips(spec):
            frames = clip.frames.copy()
            frames[:, 44:, 80:105] = 160
            track.take(frames, clip.start, clip.end)
            seen.append(track.strange)
    assert len(seen) > 20, "the view is compared after ten seconds"
    assert not any(seen)


def test_another_view_and_another_shape_are_noticed(case: Case, tmp_path: Path) -> None:
    scene = known_scene(case, "north gate")
    assert scene is not None
    assert NoveltyTrack("gate", scene).spec.of(StreamShape(480, 640, 25.0)) is None
    track = NoveltyTrack("gate", scene)
    other = tmp_path / "other.mp4"
    size = (HEIGHT, WIDTH)
    write_bursts(other, duration=15.0, bursts=[(2.0, 4.0)], seed=3, size=size)
    assert live_scores(track, other, rate=10.0)
    assert track.strange


def told(watch: Watch, *, steps: int = 40) -> list[NotScored]:
    """What is said not to be scored in the first steps."""
    found: list[NotScored] = []
    job = watch.run()
    for step, _ in zip(job, range(steps), strict=False):
        assert isinstance(step, LiveStep)
        found += [event for event in step.events if isinstance(event, NotScored)]
        if found:
            break
    job.close()
    return found


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("back door", "nothing was learned"), ("north gate", "another shape")],
)
def test_what_cannot_be_scored_is_said(
    case: Case, models: ModelPair, tmp_path: Path, name: str, sentence: str
) -> None:
    square = write_bursts(tmp_path / "square.mp4", duration=6.0, size=(64, 64))
    (event,) = told(watch_of(camera_of(f"{name}={square}"), case, models, novelty=True))
    assert (event.camera, event.kind) == (name, TrackKind.NOVELTY)
    assert sentence in event.message


def test_without_a_wish_nothing_is_said_of_cameras_that_were_not_learned(
    case: Case, models: ModelPair, tmp_path: Path
) -> None:
    square = write_bursts(tmp_path / "square.mp4", duration=1.0, size=(64, 64))
    assert told(watch_of(camera_of(f"back door={square}"), case, models, novelty=None)) == []


def watch_of(camera: Camera, case: Case, models: ModelPair, *, novelty: bool | None) -> Watch:
    settings = WatchSettings(novelty=novelty, violence=False)
    return Watch([camera], models=models, judge=CandidateJudge(), settings=settings, case=case)
