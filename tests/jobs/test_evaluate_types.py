"""Retrieval and groupings from files: figures that must come out, controls, and what is refused."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from crimeview.atlas.choices import METHODS
from crimeview.core.errors import CrimeviewError
from crimeview.core.manifest import Output
from crimeview.evaluation.table import Only
from crimeview.jobs.collection import Given, fitting_scorer
from crimeview.jobs.evaluate_groupings import evaluate_groupings
from crimeview.jobs.evaluate_retrieval import evaluate_retrieval
from crimeview.nets.catalog import ModelFolder, find_model, read_model
from crimeview.nets.session import run_file
from tests.jobs.finished import finished
from tests.jobs.made_collection import EACH, SIZE, make_collection
from tests.made_model import drafted, vectors_of


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Path]:
    return make_collection(tmp_path_factory.mktemp("collection"))


@pytest.fixture(scope="module")
def given(files: tuple[Path, Path, Path]) -> Given:
    return Given(features=files[0], labels=files[1], scores=files[2])


@pytest.fixture(scope="module")
def retrieval(given: Given, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("plots")
    return finished(evaluate_retrieval(given, out=out)).values()


def test_scored_segments_find_more_than_random_and_lowest_ones(retrieval: dict[str, Any]) -> None:
    by_name = {e["name"]: e["figures"] for e in retrieval["embeddings"]}
    precision = {n: f["mean_average_precision"]["value"] for n, f in by_name.items()}
    assert set(by_name) == {
        "whole", "top", "softmax", "random", "lowest", "softmax, not centered"
    }  # fmt: skip
    assert precision["softmax"] > precision["whole"] > precision["lowest"]
    assert precision["softmax"] > 0.9
    assert by_name["softmax"]["recall_at_1"]["value"] > 0.9


def test_the_control_is_at_chance(retrieval: dict[str, Any]) -> None:
    chance = retrieval["chance_recall_at_1"]
    assert 0.25 < chance < 0.4
    for embedding in retrieval["embeddings"]:
        assert embedding["shuffled_labels"]["recall_at_1"] == pytest.approx(chance, abs=0.12)
    whole = retrieval["embeddings"][0]["gain_over_whole"]
    assert whole["mean_average_precision"] == {"value": 0.0, "interval": [0.0, 0.0]}


def test_normal_recordings_have_no_type(retrieval: dict[str, Any]) -> None:
    assert retrieval["counts"] == {
        "recordings": 3 * EACH,
        "searched": 3 * EACH,
        "types": 3,
        "groups": len({row["label"] for row in retrieval["per_type"]}) * 5,
    }
    assert [row["recordings"] for row in retrieval["per_type"]] == [EACH] * 3
    assert all(Path(plot).stat().st_size > 1000 for plot in retrieval["plots"])


@pytest.fixture(scope="module")
def groupings(given: Given, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    out = tmp_path_factory.mktemp("plots")
    return finished(evaluate_groupings(given, count=None, seed=0, out=out)).values()


def test_every_method_groups_every_embedding(groupings: dict[str, Any]) -> None:
    rows = groupings["groupings"]
    assert {(g["embedding"], g["method"]) for g in rows} == {
        (e, m) for e in ("whole", "top", "softmax", "random", "lowest") for m in METHODS
    }
    for row in rows:
        counts = np.array([*row["confusion"]["clusters"], row["confusion"]["no_cluster"]])
        assert counts.sum() == 3 * EACH
        assert counts[-1].sum() == row["in_no_cluster"]
        assert len(counts) - 1 == row["clusters"]
    assert len(groupings["plots"]) == 4


def test_clusters_of_scored_segments_agree_with_the_types(groupings: dict[str, Any]) -> None:
    best = next(
        g
        for g in groupings["groupings"]
        if (g["embedding"], g["method"]) == ("softmax", "average-cosine")
    )
    figures, control = best["figures"], best["shuffled_types"]
    assert figures["adjusted_mutual_information"]["value"] > 0.9
    assert figures["hungarian_accuracy"]["value"] > control["hungarian_accuracy"] + 0.3
    assert abs(control["adjusted_mutual_information"]) < 0.1
    assert abs(control["adjusted_rand_index"]) < 0.1
    assert control["purity"] > 1 / 3
    assert best["stability"]["mean"] > 0.9


def test_intervals_hold_their_values(groupings: dict[str, Any]) -> None:
    for row in groupings["groupings"]:
        for figure in row["figures"].values():
            low, high = figure["interval"]
            assert low <= figure["value"] <= high


def test_only_some_rows_are_judged(given: Given) -> None:
    only = Only("group", "0")
    with pytest.raises(CrimeviewError, match="of one type"):
        finished(
            evaluate_retrieval(
                Given(features=given.features, labels=given.labels, only=only), out=None
            )
        )


def test_without_scores_there_are_whole_recordings_and_random_segments(given: Given) -> None:
    assert fitting_scorer((36, 10, 24)) is None
    found = finished(
        evaluate_retrieval(Given(features=given.features, labels=given.labels), out=None)
    )
    assert [e["name"] for e in found.values()["embeddings"]] == [
        "whole",
        "random",
        "whole, not centered",
    ]
    assert any("--scores" in note for note in found.notes)


def test_a_published_shape_finds_its_scorer() -> None:
    model = fitting_scorer((5, 32, 4096))
    assert model is not None
    assert model.manifest.name == "c3d-milr"


def test_scores_that_do_not_fit_are_refused(given: Given, tmp_path: Path) -> None:
    table = tmp_path / "scores.csv"
    table.write_text("name,a,b\nRecording00,0.5,0.5\n")
    wrong = Given(features=given.features, labels=given.labels, scores=table)
    with pytest.raises(CrimeviewError, match="must have 10 scores"):
        finished(evaluate_retrieval(wrong, out=None))


def test_features_that_are_not_finite_are_left_out(given: Given, tmp_path: Path) -> None:
    with np.load(given.features) as arrays:
        features = arrays["features"].copy()
        names = arrays["names"]
    features[4, 2, 1] = np.nan
    np.savez(tmp_path / "broken.npz", names=names, features=features)
    broken = Given(features=tmp_path / "broken.npz", labels=given.labels, scores=given.scores)
    found = finished(evaluate_retrieval(broken, out=None)).values()
    assert [(row["name"], "not finite" in row["reason"]) for row in found["left_out"]] == [
        ("Recording04", True)
    ]
    assert found["counts"]["recordings"] == 3 * EACH - 1
    np.savez(tmp_path / "broken.npz", names=names[4:5], features=features[4:5])
    with pytest.raises(CrimeviewError, match="No recording is in both files"):
        finished(evaluate_retrieval(broken, out=None))


def test_where_nothing_has_another_of_its_type_no_figure_is_defined(
    given: Given, tmp_path: Path
) -> None:
    with np.load(given.features) as arrays:
        names = arrays["names"].tolist()
    labels = tmp_path / "labels.csv"
    rows = [f"{name},type {number}" for number, name in enumerate(names)]
    labels.write_text("\n".join(["name,class", *rows]))
    alone = Given(features=given.features, labels=labels, scores=given.scores)
    found = finished(evaluate_retrieval(alone, out=None)).values()
    assert (found["counts"]["searched"], found["chance_recall_at_1"]) == (0, None)
    assert "there is nothing to search for" in found["notes"][-1]
    assert json.dumps(found, allow_nan=False)


def test_labels_that_are_all_normal_are_told_as_that(given: Given, tmp_path: Path) -> None:
    labels = tmp_path / "labels.csv"
    labels.write_text("name,class\nRecording00,Normal\nRecording01,normal\n")
    normal = Given(features=given.features, labels=labels, scores=given.scores)
    with pytest.raises(CrimeviewError, match="are “normal”, which is no type"):
        finished(evaluate_retrieval(normal, out=None))


def test_too_many_clusters_are_refused(given: Given) -> None:
    with pytest.raises(CrimeviewError, match="--count"):
        finished(evaluate_groupings(given, count=28, seed=0, out=None))


def test_a_projection_is_compared_and_must_fit(given: Given, tmp_path: Path) -> None:
    torch = pytest.importorskip("torch", reason="the extra “train” is not installed")
    model = _projection(torch, tmp_path / "models" / "first-eight")
    whole = Given(
        features=given.features, labels=given.labels, scores=given.scores, projections=(model,)
    )
    found = finished(evaluate_retrieval(whole, out=None)).values()
    own = {e["name"]: e["figures"] for e in found["embeddings"]}["softmax → first-eight"]
    assert 0.4 < own["mean_average_precision"]["value"] <= 1
    assert [m["name"] for m in found["models"]] == ["first-eight"]
    wrong = Given(
        features=given.features,
        labels=given.labels,
        projections=(find_model("c3d-projection-slic"),),
    )
    with pytest.raises(CrimeviewError, match="takes 4096"):
        finished(evaluate_retrieval(wrong, out=None))


def _projection(torch: Any, folder: Path) -> ModelFolder:
    """The first eight numbers of a vector of 24."""
    linear = torch.nn.Linear(SIZE, 8)
    with torch.no_grad():
        linear.weight.copy_(torch.eye(8, SIZE))
        linear.bias.zero_()
    from crimeview.training.export import export_model

    manifest = drafted(
        folder.name,
        "projection",
        input=vectors_of(SIZE, name="vectors"),
        output=Output(name="projected", shape=(None, 8)),
        feature_space="made",
    )
    values = np.random.default_rng(0).random((2, SIZE)).astype(np.float32)
    export_model(linear, draft=manifest, check_values=values, run=run_file, folder=folder)
    return read_model(folder)
