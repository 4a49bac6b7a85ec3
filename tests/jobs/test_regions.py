"""Regions in an analysis: what moves where nobody looks is nothing."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.clip import ClipSpec
from crimeview.core.errors import UsageError
from crimeview.core.look import CELLS
from crimeview.core.manifest import Input
from crimeview.core.region import Point, RegionUse
from crimeview.core.track import TrackKind
from crimeview.jobs.analyze import AnalyzeSettings, analyze
from crimeview.jobs.hiding import hidden_from_clips, hidden_from_keyframes, without
from crimeview.jobs.models import ModelPair
from crimeview.jobs.regions import changed_regions, copied_regions, new_region, parse_points
from crimeview.scene.still import moves
from crimeview.store.case import Case, open_case
from tests.bursts import write_bursts
from tests.scene.test_still import levels, standing
from tests.tiny_models import make_models

ALL: tuple[Point, ...] = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))
RIGHT: tuple[Point, ...] = ((0.5, 0.0), (1.0, 0.0), (1.0, 1.0), (0.5, 1.0))
CORNER: tuple[Point, ...] = ((0.0, 0.0), (0.1, 0.0), (0.1, 0.1), (0.0, 0.1))


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def bursts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_bursts(
        tmp_path_factory.mktemp("recordings") / "bursts.mp4", duration=30.0, bursts=[(10.0, 13.0)]
    )


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "case") as case:
        yield case


def run(case: Case, models: ModelPair, path: Path, *, gate: bool = True) -> int:
    settings = AnalyzeSettings(gate=gate)
    for _ in analyze([path], case=case, models=models, settings=settings):
        pass
    return len(case.segments())


def draw(case: Case, points: tuple[Point, ...], use: RegionUse) -> None:
    edit = changed_regions(case.regions(1), [new_region(1, points, use=use)])
    assert edit is not None
    case.edits.make(edit, reviewer="kim")


@pytest.mark.parametrize("gate", [True, False])
def test_what_moves_in_an_ignored_region_is_nothing(
    case: Case, models: ModelPair, bursts: Path, gate: bool
) -> None:
    assert run(case, models, bursts, gate=gate) == 1
    draw(case, ALL, RegionUse.IGNORE)
    assert run(case, models, bursts, gate=gate) == 0
    draw(case, CORNER, RegionUse.IGNORE)
    assert run(case, models, bursts, gate=gate) == 1


def test_only_what_is_watched_counts(case: Case, models: ModelPair, bursts: Path) -> None:
    case.add_recording(bursts)
    draw(case, CORNER, RegionUse.WATCH)
    assert run(case, models, bursts) == 0
    draw(case, RIGHT, RegionUse.WATCH)
    assert run(case, models, bursts) == 1


def test_other_regions_are_other_features_and_the_old_ones_are_kept(
    case: Case, models: ModelPair, bursts: Path
) -> None:
    run(case, models, bursts)
    before = case.features(1)
    scores = case.track(1, TrackKind.FRAME_SCORES)
    draw(case, RIGHT, RegionUse.IGNORE)
    run(case, models, bursts)
    hidden = case.features(1)
    assert before is not None
    assert hidden is not None
    assert not np.array_equal(before.values, hidden.values)
    case.edits.undo(reviewer="kim")
    steps = list(analyze([bursts], case=case, models=models))
    assert not any(step.message.startswith("Analyzing ") for step in steps), "nothing is done again"
    again, scores_again = case.features(1), case.track(1, TrackKind.FRAME_SCORES)
    assert again is not None
    assert scores is not None
    assert scores_again is not None
    np.testing.assert_array_equal(before.values, again.values)
    np.testing.assert_array_equal(scores.values, scores_again.values)


def _spec(resize: tuple[int, int], crop: tuple[int, int]) -> ClipSpec:
    return ClipSpec(frames=2, rate=None, step=1, resize=resize, crop=crop, color="rgb")


def test_clips_hide_what_their_crop_shows_of_a_region() -> None:
    wanted = Input(name="x", shape=(), layout="NCTHW", scale=1 / 255, mean=(0.5, 0.2, 0.0), std=())
    hidden = hidden_from_clips(
        [new_region(1, RIGHT, use=RegionUse.IGNORE)], _spec((8, 8), (4, 4)), wanted
    )
    assert hidden is not None
    np.testing.assert_array_equal(hidden.mask, np.tile([False, False, True, True], (4, 1)))
    assert hidden.fill.tolist() == [128, 51, 0]
    left = hidden_from_clips(
        [new_region(1, CORNER, use=RegionUse.IGNORE)], _spec((40, 40), (4, 4)), wanted
    )
    assert left is None, "the crop does not show it"


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_keyframes_are_hidden_as_they_are_stored(rotation: int) -> None:
    regions = [new_region(1, CORNER, use=RegionUse.IGNORE)]
    stored = hidden_from_keyframes(regions, rotation=rotation)
    assert stored.shape == CELLS
    shown = np.rot90(stored, -round(rotation / 90))
    assert shown[0, 0]
    assert not shown[-1].any()
    luma = np.full(CELLS, 7, np.uint8)
    assert set(without(luma, stored)[stored].tolist()) == {128}
    assert (without(luma, stored)[~stored] == 7).all()


def test_noise_is_learned_from_what_is_not_ignored() -> None:
    """Were the standing pixels part of it, noise alone would seem to move."""
    frames = levels(standing((16, 64, 64, 3), noise=1.0))
    ignored = np.zeros((64, 64), bool)
    ignored[:, 16:] = True
    frames[:, ignored] = 128
    assert moves(frames, clock=None)
    assert not moves(frames, clock=None, ignored=ignored)
    frames[8:, 20:30, 4:12] = 220
    assert moves(frames, clock=None, ignored=ignored)
    assert not moves(frames, clock=None, ignored=np.ones((64, 64), bool))


def test_regions_are_copied_to_pictures_of_the_same_size(
    case: Case, models: ModelPair, bursts: Path, tmp_path: Path
) -> None:
    other = write_bursts(tmp_path / "other.mp4", duration=4.0, seed=1)
    larger = write_bursts(tmp_path / "larger.mp4", duration=4.0, size=(96, 64))
    for path in (bursts, other, larger):
        run(case, models, path)
    draw(case, RIGHT, RegionUse.WATCH)
    edit = copied_regions(case, case.recording(1))
    assert edit is not None
    case.edits.make(edit, reviewer="kim")
    assert [len(case.regions(i)) for i in (1, 2, 3)] == [1, 1, 0]
    assert copied_regions(case, case.recording(1)) is None


@pytest.mark.parametrize("text", ["", "0,0 1,1", "0,0 1,0 2,2", "a,b c,d e,f", "0,0 1,0 1"])
def test_no_regions(text: str) -> None:
    with pytest.raises(UsageError):
        parse_points(text)


def test_corners_of_a_text() -> None:
    assert parse_points("0,0 1,0 0.5,0.25") == ((0.0, 0.0), (1.0, 0.0), (0.5, 0.25))
