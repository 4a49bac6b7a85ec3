"""The whole job on made features, and the figure it reports by an independent count."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.errors import UsageError  # noqa: E402
from crimeview.core.job import Job  # noqa: E402
from crimeview.core.manifest import Manifest  # noqa: E402
from crimeview.jobs.train_ucf_scorer import QUIET_SHARE, train_ucf_scorer  # noqa: E402
from crimeview.nets.catalog import read_model  # noqa: E402
from crimeview.nets.scorer import Scorer  # noqa: E402
from crimeview.nets.verify import verify  # noqa: E402
from crimeview.training.data.ucf_features import (  # noqa: E402
    FEATURES_FILE,
    FOLDS,
    TABLE_FILE,
    read_ucf_features,
    regrouped,
)
from tests.jobs.finished import finished  # noqa: E402
from tests.training.scorers.made_bags import made_bags  # noqa: E402

_COUNT = 48


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of features in which an event is not easy to tell."""
    folder = tmp_path_factory.mktemp("features")
    bags = made_bags(count=_COUNT, seed=5, strength=1.2)
    names = [f"Recording{n}" for n in range(_COUNT)]
    np.savez(
        folder / FEATURES_FILE,
        names=np.array(names),
        features=np.stack([bag.features for bag in bags]).astype(np.float16),
    )
    with (folder / TABLE_FILE).open("w", newline="", encoding="utf-8") as stream:
        writer = csv.writer(stream)
        writer.writerow(["name", "class", "feature_set", "group", "fold"])
        for n, bag in enumerate(bags):
            label = "Fighting" if bag.positive else "Normal"
            writer.writerow([names[n], label, "ab"[n // 2 % 2], n, n // 2 % FOLDS])
    return folder


@dataclass
class _Trained:
    manifest: Manifest
    out: Path
    runs: Path


@pytest.fixture(scope="module")
def trained(made: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[_Trained]:
    root = tmp_path_factory.mktemp("trained")
    out, runs = root / "models" / "mil-made", root / "runs"
    manifest = finished(
        train_ucf_scorer(method="milr", data=made, out=out, runs=runs, resume=False)
    )
    return _Trained(manifest, out, runs)


def _counted_auc(positive: np.ndarray, scores: np.ndarray) -> float:
    """Every pair of an event and a quiet recording counted, a tie as half."""
    ahead = scores[positive][:, None] - scores[~positive][None, :]
    return float((ahead > 0).mean() + (ahead == 0).mean() / 2)


def test_the_model_is_whole_and_says_what_it_is(trained: _Trained) -> None:
    model = read_model(trained.out)
    assert verify(model) < 1e-5
    manifest = model.manifest
    assert manifest == trained.manifest
    assert (manifest.name, manifest.feature_space) == ("mil-made", "c3d-sports1m-fc6")
    assert manifest.segments == 12
    assert manifest.calibration is not None
    assert "equally frequent" in manifest.calibration


def test_the_recording_auc_is_that_of_the_held_out_peaks(trained: _Trained, made: Path) -> None:
    table = read_ucf_features(made)
    aucs = []
    for number in range(4):
        folds = regrouped(table, seed=number) if number else table.folds
        peaks = np.zeros(_COUNT)
        for fold in range(FOLDS):
            with np.load(trained.runs / "mil-made" / f"held-out-{number}-{fold}.npz") as stored:
                peaks[folds == fold] = stored["peaks"]
        aucs.append(_counted_auc(table.positive, peaks))
    figure = trained.manifest.metrics[0]
    assert figure.name == "recording AUC"
    assert figure.value == pytest.approx(np.mean(aucs), abs=1e-4)
    assert figure.interval is not None
    assert figure.interval[0] < figure.value < figure.interval[1]
    assert 0.6 < figure.value < 1.0


def test_few_quiet_recordings_reach_the_threshold_held_out(trained: _Trained) -> None:
    figures = {
        m.name.split(" at ")[0].split(" that ")[0]: m.value for m in trained.manifest.metrics
    }
    assert figures["share of recordings without an event"] <= QUIET_SHARE
    assert figures["recall of recordings"] > 2 * QUIET_SHARE
    # The publications are dealt out evenly here: which it is tells nothing.
    assert figures["recording AUC of the publication alone, no features"] == 0.5


def test_scores_are_chances(trained: _Trained, made: Path) -> None:
    table = read_ucf_features(made)
    with Scorer(read_model(trained.out)) as scorer:
        peaks = np.array([scorer.scores(f.astype(np.float32)).max() for f in table.features])
    assert ((peaks > 0) & (peaks < 1)).all()
    assert peaks[table.positive].mean() > 0.5 > peaks[~table.positive].mean()


def test_a_stopped_training_goes_on_and_ends_in_the_same_scorer(
    trained: _Trained, made: Path, tmp_path: Path
) -> None:
    def job(*, resume: bool) -> Job[Manifest]:
        return train_ucf_scorer(
            method="milr", data=made, out=tmp_path / "mil-made", runs=tmp_path, resume=resume
        )

    stopped = job(resume=False)
    for step in stopped:
        if step.fraction is not None and step.fraction > 0.4:
            break
    stopped.close()
    kept = {file: file.stat().st_mtime_ns for file in tmp_path.rglob("held-out-*.npz")}
    assert 0 < len(kept) < 4 * FOLDS
    again = finished(job(resume=True))
    assert {file: file.stat().st_mtime_ns for file in kept} == kept
    assert (again.sha256, again.metrics) == (trained.manifest.sha256, trained.manifest.metrics)


def test_classes_that_features_tell_the_wrong_way_round_are_refused(tmp_path: Path) -> None:
    """Each fold has an event of its own, which looks like the others' ordinary recordings."""
    rows, features = [], []
    for fold in range(FOLDS):
        for number in range(8):
            event = number % 2 == 1
            level = np.zeros((32, 8))
            level[:, fold] = 1.0 if event else -1.0
            level[:, [f for f in range(FOLDS) if f != fold]] = -0.5 if event else 0.5
            features.append(level + np.random.default_rng([fold, number]).normal(0, 0.1, (32, 8)))
            label = "Fighting" if event else "Normal"
            rows.append(f"{fold}-{number},{label},{fold}-{number},{fold}")
    names = np.array([row.split(",")[0] for row in rows])
    np.savez(tmp_path / FEATURES_FILE, names=names, features=np.stack(features).astype(np.float16))
    (tmp_path / TABLE_FILE).write_text("\n".join(["name,class,group,fold", *rows]) + "\n")
    job = train_ucf_scorer(
        method="milr", data=tmp_path, out=tmp_path / "a", runs=tmp_path / "runs", resume=False
    )
    with pytest.raises(UsageError, match="ranks recordings without an event above"):
        finished(job)
    assert not (tmp_path / "a").exists()
