"""Training an encoder from data on disk to a model folder, on data sets made for the test."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.errors import UsageError  # noqa: E402
from crimeview.core.job import Step  # noqa: E402
from crimeview.jobs import encoder_model  # noqa: E402
from crimeview.jobs.encoder_orders import recipe_of  # noqa: E402
from crimeview.jobs.encoder_protocols import gather_valid, zero_shot  # noqa: E402
from crimeview.jobs.encoder_training import FORM, Recipe, fit, gather  # noqa: E402
from crimeview.jobs.orders import EncoderOrder  # noqa: E402
from crimeview.jobs.train import train_encoder  # noqa: E402
from crimeview.nets.catalog import read_model  # noqa: E402
from crimeview.nets.verify import verify  # noqa: E402
from crimeview.training.encoder_report import report_trial  # noqa: E402
from crimeview.training.fit_encoder import Part  # noqa: E402
from crimeview.training.recipe import EncoderRecipe  # noqa: E402
from tests.jobs.made_data import make_data  # noqa: E402

T = TypeVar("T")
RECIPE = Recipe(
    form=replace(FORM, widths=(2, 4, 4, 4, 4, 4, 4), sizes=(32,)),
    encoder=EncoderRecipe(epochs=1),
    scenes=0,
)


@pytest.fixture(autouse=True)
def _one_thread() -> None:
    torch.set_num_threads(1)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_data(tmp_path_factory.mktemp("data"))


def _result(job: Generator[Step, None, T]) -> T:
    while True:
        try:
            step = next(job)
        except StopIteration as end:
            result: T = end.value
            return result
        assert step.fraction is not None


def test_a_trained_encoder_verifies_and_says_how_good_it_is(data: Path, tmp_path: Path) -> None:
    out, runs = tmp_path / "models" / "watcher", tmp_path / "runs"

    encoder = _result(encoder_model.train(data, out=out, runs=runs, recipe=RECIPE))
    names = {m.name for m in encoder.metrics}
    for event in ("fight", "crash"):
        assert {
            f"{event} AUC",
            f"{event} balanced accuracy",
            f"{event} AUC, control: file facts",
            f"{event} accuracy, network minus motion statistics",
            f"{event} AUC, network minus frame difference",
        } <= names
    assert "heads normal, crash, fight" in encoder.origin.description
    assert encoder.name == "watcher"
    assert encoder.feature_space is not None
    assert encoder.feature_space.startswith("watcher-")
    assert verify(read_model(out)) <= encoder.check.tolerance
    curves = runs / "encoder" / FORM.name / "seed-0" / "fold-0" / "curves.png"
    assert curves.read_bytes().startswith(b"\x89PNG")


def test_zero_shot_never_trains_on_what_it_is_tested_on(data: Path, tmp_path: Path) -> None:
    hockey = data / "hockey_fights"
    gathered = _result(gather(data, runs=tmp_path, recipe=RECIPE))
    assert not any(e.path.is_relative_to(hockey / "valid") for e in gathered.examples)
    valid = _result(gather_valid(hockey, runs=tmp_path, recipe=RECIPE))
    assert all(e.path.is_relative_to(hockey / "valid") for e in valid.examples)
    fights = gathered.only([e for e in gathered.examples if e.data == "surveillance_fights"])
    job = zero_shot(gathered, [fights, valid], recipe=RECIPE, runs=tmp_path, seeds=[0])
    shot, sanity = _result(job)
    assert shot.scores.shape == (1, 10)
    learned = shot.protocol.split("trained on")[1]
    assert "car_crashes, hockey_fights" in learned
    assert "surveillance_fights" not in learned
    assert sanity.scores.shape == (1, 4)
    assert {m.name for m in report_trial(sanity)} >= {"hockey_fights after other data accuracy"}


@pytest.mark.parametrize("fold", [0, 4, None])
def test_what_says_when_to_stop_is_neither_trained_on_nor_tested(
    fold: int | None, data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken: dict[str, set[str]] = {}

    def watched(part: Part, *, validation: Part, **_others: object) -> Generator[Step]:
        taken["trained"] = {e.group for e in part.examples}
        taken["validated"] = {e.group for e in validation.examples}
        raise KeyboardInterrupt
        yield  # a generator, as the original

    monkeypatch.setattr("crimeview.jobs.encoder_training.fit_encoder", watched)
    recipe = replace(RECIPE, validated=True)
    gathered = _result(gather(data, runs=tmp_path, recipe=recipe))
    with pytest.raises(KeyboardInterrupt):
        next(fit(gathered, fold=fold, recipe=recipe, runs=tmp_path))
    tested = {e.group for e in gathered.examples if e.fold == fold}
    assert taken["trained"]
    assert taken["validated"]
    assert not taken["trained"] & taken["validated"]
    assert not tested & (taken["trained"] | taken["validated"])
    assert taken["trained"] | taken["validated"] | tested == {e.group for e in gathered.examples}


def test_without_resume_a_form_is_fitted_anew(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crimeview.jobs.encoder_orders.recipe_of", lambda order: RECIPE)
    fits = tmp_path / "encoder" / FORM.name

    def start(*, resume: bool) -> None:
        fits.mkdir(parents=True, exist_ok=True)
        (fits / "old").write_text("")
        next(train_encoder(data, out=tmp_path / "a", runs=tmp_path, resume=resume))

    start(resume=True)
    assert (fits / "old").exists()
    start(resume=False)
    assert not fits.exists()


def test_an_order_changes_the_recipe() -> None:
    plain, recipe = Recipe(), recipe_of(EncoderOrder(form="c3d-half", epochs=3, seed=4, scenes=0))
    assert (recipe.encoder.epochs, recipe.encoder.seed, recipe.scenes) == (3, 4, 0)
    assert recipe.form.name == "c3d-half"
    assert recipe.encoder.peak_rate == plain.encoder.peak_rate
    assert not recipe.validated
    assert recipe_of(EncoderOrder()) == plain
    assert recipe_of(EncoderOrder(form="c3d")).encoder.peak_rate < plain.encoder.peak_rate
    patient = recipe_of(EncoderOrder(patience=7))
    assert patient.validated
    assert patient.encoder.patience == 7


def test_data_without_an_event_is_refused(tmp_path: Path) -> None:
    quiet = make_data(tmp_path / "data") / "recordings"
    job = encoder_model.train(quiet, out=tmp_path / "a", runs=tmp_path / "runs", recipe=RECIPE)
    with pytest.raises(UsageError, match="labeled as an event"):
        _result(job)
