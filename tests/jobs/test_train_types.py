"""The trainings of projections and of the classifier of types, from small data to model folders."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.cli.main import main  # noqa: E402
from crimeview.core.job import Job  # noqa: E402
from crimeview.core.manifest import Manifest  # noqa: E402
from crimeview.jobs import encoder_model  # noqa: E402
from crimeview.jobs.encoder_training import FORM, Recipe  # noqa: E402
from crimeview.jobs.models import ENCODER  # noqa: E402
from crimeview.jobs.own_examples import read_own_examples  # noqa: E402
from crimeview.jobs.own_types import train_own_types  # noqa: E402
from crimeview.jobs.train_crime_type import train_crime_type  # noqa: E402
from crimeview.jobs.train_projection import ProjectionOrder, train_projection  # noqa: E402
from crimeview.jobs.type_judge import type_model  # noqa: E402
from crimeview.nets.catalog import read_model  # noqa: E402
from crimeview.nets.projection import Projection  # noqa: E402
from crimeview.nets.type_classifier import TypeClassifier  # noqa: E402
from crimeview.nets.verify import verify  # noqa: E402
from crimeview.training.data.ucf_features import FEATURES_FILE, FOLDS, TABLE_FILE  # noqa: E402
from crimeview.training.recipe import EncoderRecipe  # noqa: E402
from crimeview.training.segments.slic import SlicRecipe  # noqa: E402
from tests.jobs.finished import finished  # noqa: E402
from tests.jobs.made_collection import TYPES, make_collection  # noqa: E402
from tests.jobs.made_data import make_data  # noqa: E402

RECIPE = Recipe(
    form=replace(FORM, widths=(4, 8, 8, 8, 8, 8, 8), sizes=(32,)),
    encoder=EncoderRecipe(epochs=3, batch=8, peak_rate=5e-3, dropout=0.0),
    scenes=0,
)
SLIC = SlicRecipe(directions=16, dimensions=8, rounds=1, steps=5, batch=16, window=4)
Start = Callable[..., Job[Manifest]]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of features as they are published: three types, and ordinary recordings."""
    folder = tmp_path_factory.mktemp("published")
    features, labels, _ = make_collection(folder, strength=6.0)
    features.rename(folder / FEATURES_FILE)
    with labels.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    with (folder / TABLE_FILE).open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "class", "feature_set", "group", "fold"])
        for number, row in enumerate(rows):
            place = number // 8 % FOLDS  # both of a pair are in one fold
            writer.writerow([row["name"], row["class"], "ab"[number % 2], row["group"], place])
    return folder


@pytest.fixture(scope="module")
def clips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    """A data set of clips, the models with its encoder, and where its fits are kept."""
    torch.set_num_threads(1)
    root = tmp_path_factory.mktemp("clips")
    data, models, runs = make_data(root / "data"), root / "models", root / "runs"
    finished(encoder_model.train(data, out=models / ENCODER, runs=runs, recipe=RECIPE))
    return data, models, runs


def _projection(published: Path, method: str) -> Start:
    order = ProjectionOrder(method="slic" if method == "slic" else "types", seeds=1, slic=SLIC)
    return lambda out, runs, *, resume: train_projection(
        published, out=out, runs=runs, resume=resume, order=order
    )


def _types(published: Path) -> Start:
    return lambda out, runs, *, resume: train_crime_type(
        published, out=out, runs=runs, resume=resume, seeds=2
    )


def _stopped(job: Job[Manifest], *, at: float) -> None:
    """Run a job until that share of it is done, and kill it."""
    for step in job:
        if step.fraction is not None and step.fraction > at:
            break
    job.close()


@pytest.mark.parametrize("method", ["slic", "types"])
def test_a_projection_is_trained_and_stopped_goes_on_to_the_same(
    published: Path, tmp_path: Path, method: str
) -> None:
    start = _projection(published, method)
    first = finished(start(tmp_path / "one" / "made", tmp_path / "runs-1", resume=False))
    model = read_model(tmp_path / "one" / "made")
    assert verify(model) < 1e-4
    rows = np.random.default_rng(0).random((4, 24)).astype(np.float32)
    with Projection(model) as projection:
        found = projection.project(rows)
    assert np.linalg.norm(found, axis=1) == pytest.approx(np.ones(4), abs=1e-4)
    names = {m.name: m.value for m in first.metrics}
    assert {
        "recall at 1, projected",
        "AMI, whole",
        "gain in mean average precision over whole",
    } <= (set(names))
    _stopped(start(tmp_path / "two" / "made", tmp_path / "runs-2", resume=False), at=0.5)
    kept = {f: f.stat().st_mtime_ns for f in (tmp_path / "runs-2").rglob("half-*.npz")}
    assert 0 < len(kept) < 10
    again = finished(start(tmp_path / "two" / "made", tmp_path / "runs-2", resume=True))
    assert {f: f.stat().st_mtime_ns for f in kept} == kept
    assert (again.sha256, again.metrics) == (first.sha256, first.metrics)


def test_a_classifier_is_trained_and_stopped_goes_on_to_the_same(
    published: Path, tmp_path: Path
) -> None:
    start = _types(published)
    first = finished(start(tmp_path / "one" / "made", tmp_path / "runs-1", resume=False))
    assert first.classes == tuple(sorted(set(TYPES) - {"Normal"}))
    names = {m.name: m.value for m in first.metrics}
    assert names["accuracy"] > names["accuracy of always saying the most frequent type"]
    assert first.threshold is not None
    with TypeClassifier(read_model(tmp_path / "one" / "made")) as classifier:
        chances = classifier.probabilities(np.eye(24, dtype=np.float32))
    assert chances.sum(axis=1) == pytest.approx(np.ones(24), abs=1e-4)
    _stopped(start(tmp_path / "two" / "made", tmp_path / "runs-2", resume=False), at=0.5)
    kept = {f: f.stat().st_mtime_ns for f in (tmp_path / "runs-2").rglob("set-*.npz")}
    assert 0 < len(kept) < 2 * FOLDS
    again = finished(start(tmp_path / "two" / "made", tmp_path / "runs-2", resume=True))
    assert {f: f.stat().st_mtime_ns for f in kept} == kept
    assert (again.sha256, again.metrics) == (first.sha256, first.metrics)


def test_without_resume_what_was_kept_is_set_aside(published: Path, tmp_path: Path) -> None:
    start = _types(published)
    _stopped(start(tmp_path / "made", tmp_path, resume=False), at=0.5)
    before = list((tmp_path / "segments" / "made").glob("set-*.npz"))
    _stopped(start(tmp_path / "made", tmp_path, resume=False), at=0.3)
    aside = tmp_path / "segments" / "made-before"
    assert len(list(aside.glob("set-*.npz"))) == len(before) > 0


def test_own_types_are_told_by_encoders_that_have_not_seen_the_clips(
    clips: tuple[Path, Path, Path],
) -> None:
    data, models, runs = clips
    out = models / "motion-crime-type"
    manifest = finished(train_own_types(data, out=out, runs=runs, resume=False, recipe=RECIPE))
    assert manifest.classes == ("crash", "fight", "normal")
    model = read_model(out)
    assert verify(model) < 1e-4
    encoder = read_model(models / ENCODER)
    assert manifest.feature_space == encoder.manifest.feature_space
    assert type_model(str(manifest.feature_space), models) == model
    names = {m.name: m.value for m in manifest.metrics}
    for control in ("motion statistics", "file facts", "the data set alone"):
        assert f"accuracy, control: {control}" in names
    assert names["accuracy"] > names["share of the most frequent"]
    with TypeClassifier(model) as classifier:
        own = finished(read_own_examples(data, runs=runs, models=models, recipe=RECIPE))
        seen = np.stack([example.clips.mean(axis=0) for example in own.shipped])
        assert classifier.probabilities(seen).max(axis=1).mean() > 0.4
        far = classifier.probabilities(-seen)
    assert far == pytest.approx(np.full(far.shape, 1 / 3), abs=1e-4)  # unknown: like nothing seen
    before = {f: f.stat().st_mtime_ns for f in runs.rglob("segments/**/fold-*.npz")}
    again = finished(train_own_types(data, out=out, runs=runs, resume=True, recipe=RECIPE))
    assert {f: f.stat().st_mtime_ns for f in before} == before
    assert (again.sha256, again.metrics) == (manifest.sha256, manifest.metrics)


def test_a_projection_of_own_features_is_held_against_plain_vectors(
    clips: tuple[Path, Path, Path],
) -> None:
    data, models, runs = clips
    order = ProjectionOrder(method="types", features="own", encoder=RECIPE)
    out = models / "motion-projection-types"
    manifest = finished(train_projection(data, out=out, runs=runs, order=order))
    verify(read_model(out))
    names = {m.name: m.value for m in manifest.metrics}
    assert {"recall at 1, plain", "recall at 1, projected", "recall at 1, shuffled labels"} <= set(
        names
    )
    # The control of clusters is measured, too, and search as the program searches.
    assert {"AMI, plain", "recall at 1, plain, not centered"} <= set(names)
    assert 0 < abs(names["AMI, shuffled labels"]) < 0.3
    gain = names["mean average precision, projected"] - names["mean average precision, plain"]
    assert names["gain in mean average precision over plain"] == pytest.approx(gain, abs=2e-4)


def test_the_command_line_resumes(
    published: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "models" / "told"
    arguments = ["train", "crime-type", "--data", str(published), "--out", str(out)]
    arguments += ["--runs", str(tmp_path / "runs"), "--resume"]
    assert main(arguments, open_window=lambda *_, **__: 0) == 0
    assert "right among the first 3" in capsys.readouterr().out
    assert (tmp_path / "docs" / "models" / "told.md").is_file()
