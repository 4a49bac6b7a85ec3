"""Training a scorer on an encoder's features, from data on disk to a model folder."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.errors import UsageError  # noqa: E402
from crimeview.jobs import encoder_model, scorer_training  # noqa: E402
from crimeview.jobs.encoder_training import FORM, Recipe, gather  # noqa: E402
from crimeview.jobs.models import ENCODER, SCORER, default_models  # noqa: E402
from crimeview.jobs.scorer_tracks import composed_track, plan, without_inserts  # noqa: E402
from crimeview.nets.scorer import Scorer, check_fit  # noqa: E402
from crimeview.nets.verify import verify  # noqa: E402
from crimeview.rendering.demonstration import demonstration  # noqa: E402
from crimeview.training.classifier import Classifier  # noqa: E402
from crimeview.training.data.composition import CompositionRecipe  # noqa: E402
from crimeview.training.data.framecache import Frames  # noqa: E402
from crimeview.training.fit_scorer import ScorerRecipe  # noqa: E402
from crimeview.training.heads import find_tasks  # noqa: E402
from crimeview.training.recipe import EncoderRecipe  # noqa: E402
from crimeview.training.tracks import TrackStore, encoder_watcher, motion_watcher  # noqa: E402
from tests.jobs.finished import finished  # noqa: E402
from tests.jobs.made_data import make_data  # noqa: E402

RECIPE = Recipe(
    form=replace(FORM, widths=(4, 8, 8, 8, 8, 8, 8), sizes=(32,)),
    encoder=EncoderRecipe(epochs=8, batch=8, peak_rate=5e-3, dropout=0.0),
    scenes=0,
    scorer=ScorerRecipe(composed=CompositionRecipe(count=5, seconds=20.0, events=2)),
)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(tmp_path_factory.mktemp("data"))


def test_a_trained_scorer_fits_its_encoder_and_says_how_good_it_is(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    torch.set_num_threads(1)
    small = demonstration(size=(48, 64), rate=1.0)
    monkeypatch.setattr("crimeview.jobs.scorer_training.demonstration", lambda: small)
    out, runs = tmp_path / "models", tmp_path / "runs"
    finished(encoder_model.train(data, out=out / ENCODER, runs=runs, recipe=RECIPE))

    def trained(recipe: Recipe) -> bytes:
        job = scorer_training.train(data, out=out / SCORER, runs=runs, recipe=recipe)
        finished(job)
        return (out / SCORER / f"{SCORER}.onnx").read_bytes()

    first = trained(RECIPE)
    pair = default_models(out)
    check_fit(pair.encoder, pair.scorer)
    manifest = pair.scorer.manifest
    assert verify(pair.scorer) <= manifest.check.tolerance
    assert manifest.threshold is not None
    assert 0 < manifest.threshold <= 1
    assert manifest.calibration is not None
    names = {m.name for m in manifest.metrics}
    assert {
        "fight AUC",
        "bag AUC",
        "composed: event recall at 2 false alarms an hour",
        "composed, with decoys: frame AUC",
        "composed: event recall at 2 false alarms an hour, control: frame difference",
        "composed, backgrounds alone: false alarms an hour",
    } <= names
    with Scorer(pair.scorer) as scorer:
        features = np.random.default_rng(0).random((700, 16), np.float32)
        scores = scorer.scores(features)
    assert scores.shape == (700,)
    assert ((scores > 0) & (scores < 1)).all()
    assert trained(RECIPE) == first  # from the stored tracks
    other = replace(RECIPE, encoder=replace(RECIPE.encoder, seed=1))
    job = scorer_training.train(data, out=out / SCORER, runs=tmp_path / "other", recipe=other)
    with pytest.raises(UsageError, match="train the encoder first"):
        finished(job)


def test_what_no_insert_touches_need_not_be_looked_at_again(data: Path, tmp_path: Path) -> None:
    torch.set_num_threads(1)
    gathered = finished(gather(data, runs=tmp_path, recipe=RECIPE))
    model = Classifier(RECIPE.form, find_tasks(gathered.examples), dropout=0.0, seed=0).eval()
    watcher = encoder_watcher(model, spec=RECIPE.form.spec, prepare=RECIPE.prepare)
    wanted = CompositionRecipe(count=5, seconds=20.0, events=3, decoys=2, seed=1)
    composition = max(plan(gathered, wanted), key=lambda p: len(p.inserts))
    assert len(composition.inserts) > 1

    def made(store: str, **known: object) -> np.ndarray:
        place = TrackStore(tmp_path / store)
        job = composed_track(watcher, composition, gathered, store=place, **known)
        return finished(job).track.features

    (quiet,) = without_inserts([composition])
    place = TrackStore(tmp_path / "alone")
    alone = finished(composed_track(watcher, quiet, gathered, store=place))
    whole, quick = made("whole"), made("quick", alone=alone)
    np.testing.assert_allclose(quick, whole, atol=1e-6)
    assert not np.allclose(whole, alone.track.features, atol=1e-3)


def test_the_control_measures_how_much_moves() -> None:
    random = np.random.default_rng(0)
    still = np.repeat(random.integers(0, 255, (1, 64, 64, 1), np.uint8), 60, axis=0)
    moving = still.copy()
    moving[30:] = random.integers(0, 255, (30, 64, 64, 1), np.uint8)
    starts = np.arange(60) / 12.5
    frames = Frames(moving, np.column_stack([starts, starts + 0.08]))
    watcher = motion_watcher(RECIPE.form.spec)
    before, after = np.concatenate(list(watcher.look(frames, np.array([0.0, 2.6])))).ravel()
    assert before == 0
    assert after > 100
