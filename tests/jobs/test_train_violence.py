"""Training the violence classifier, from video files to a model that analysis can use."""

from pathlib import Path

import numpy as np
import pytest
import torch

from crimeview.core.errors import UsageError
from crimeview.core.job import Job, T
from crimeview.core.manifest import Manifest
from crimeview.jobs import train as train_jobs
from crimeview.jobs.gather import Gathered
from crimeview.jobs.model_card import card_path
from crimeview.jobs.orders import ViolenceOrder
from crimeview.jobs.train_violence import train_violence
from crimeview.jobs.violence_figures import judged_sets
from crimeview.jobs.violence_model import quiet_recordings
from crimeview.jobs.violence_training import HEAD, fit, fits_folder, gather, recipe_of
from crimeview.nets.catalog import read_model
from crimeview.nets.frame_classifier import FrameClassifier
from crimeview.nets.verify import verify
from crimeview.training.data.examples import Example
from crimeview.video.source import opened
from tests.bursts import write_bursts
from tests.made_once import made_once

CLIPS = 10
ORDER = ViolenceOrder(width=0.1, epochs=1, patience=5, scenes=0)
RECIPE = recipe_of(ORDER)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Short clips of a few sources: those with a burst of motion are called fights."""
    return made_once(tmp_path_factory, "clips-of-violence", _write_clips) / "surveillance_fights"


def _write_clips(root: Path) -> None:
    folder = root / "surveillance_fights"
    folder.mkdir()
    lines = ["path,label,source,fold"]
    for number in range(CLIPS):
        fight = number % 2 == 1
        bursts = [(0.2, 1.4)] if fight else []
        write_bursts(folder / f"{number}.mp4", duration=1.6, bursts=bursts)
        lines.append(f"{number}.mp4,{'fight' if fight else 'normal'},{number},{number % 5}")
    (folder / "labels.csv").write_text("\n".join(lines) + "\n")


def _finished(job: Job[T]) -> tuple[list[str], T]:
    messages = []
    while True:
        try:
            step = next(job)
        except StopIteration as end:
            return messages, end.value
        assert step.total is not None
        assert step.done <= step.total
        messages.append(step.message)


@pytest.fixture(scope="module")
def trained(data: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, Manifest]:
    """The folders of the model and of its runs, and the manifest."""
    torch.set_num_threads(1)  # threads only wait for each other in so small a network

    def train(folder: Path) -> None:
        out = folder / "models" / "violence-tiny"
        _, manifest = _finished(train_violence(data, out=out, runs=folder / "runs", order=ORDER))
        (folder / "returned.json").write_text(manifest.to_json(), encoding="utf-8")

    folder = made_once(tmp_path_factory, "violence", train)
    returned = Manifest.from_json((folder / "returned.json").read_text(encoding="utf-8"))
    return folder / "models" / "violence-tiny", folder / "runs", returned


def test_what_is_made_runs_in_an_analysis(trained: tuple[Path, Path, Manifest], data: Path) -> None:
    out, _, manifest = trained
    model = read_model(out)
    assert model.manifest == manifest
    assert (manifest.kind, manifest.name) == ("frame-classifier", "violence-tiny")
    assert "equally frequent" in (manifest.calibration or "")
    assert verify(model) < 1e-6
    assert "equally frequent" in card_path(out).read_text(encoding="utf-8")
    with FrameClassifier(model, threads=1) as classifier, opened(data / "1.mp4") as source:
        found = [classifier.probability(clip.frames) for clip in source.clips(classifier.spec)]
    assert len(found) >= 3
    assert all(0.0 <= probability <= 1.0 for probability in found)


def test_figures_have_intervals_and_controls_and_pictures(
    trained: tuple[Path, Path, Manifest],
) -> None:
    _, runs, manifest = trained
    names = {metric.name: metric for metric in manifest.metrics}
    assert names["violence accuracy"].interval is not None
    assert f"{CLIPS} clips, {CLIPS} groups" in names["violence accuracy"].protocol
    assert "violence AUC, network minus motion statistics" in names
    assert "violence AUC, control: frame difference" in names
    assert "violence accuracy, highest of the frames" in names
    (form,) = (runs / "violence").iterdir()
    for picture in ("confusion.png", "samples.png"):
        assert (form / picture).stat().st_size > 1000
    assert "recall" in (form / "report.txt").read_text()
    names_of_fits = sorted(path.name for path in (form / "seed-0").iterdir())
    assert names_of_fits == ["all", *(f"fold-{n}" for n in range(5))]
    for name in names_of_fits:
        assert (form / "seed-0" / name / "curves.png").is_file()
        assert "validation_loss" in (form / "seed-0" / name / "log.csv").read_text()


def test_a_fit_that_is_done_is_not_made_again(
    trained: tuple[Path, Path, Manifest], data: Path
) -> None:
    _, runs, _ = trained
    _, material = _finished(gather(data, runs=runs, recipe=RECIPE))
    messages, again = _finished(fit(material.train, fold=None, recipe=RECIPE, runs=runs))
    assert messages == []
    folder = fits_folder(runs, RECIPE) / "seed-0" / "all"
    best = torch.load(folder / "checkpoint.pt", weights_only=True)["parts"]["stop"]["best"]
    assert best.keys() == again.state_dict().keys()
    for name, weights in again.state_dict().items():
        torch.testing.assert_close(weights, best[name])


def test_it_needs_violence_and_torch(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calm = tmp_path / "calm"
    calm.mkdir()
    (calm / "0.mp4").write_bytes((data / "0.mp4").read_bytes())
    (calm / "labels.csv").write_text("path,label,source,fold\n0.mp4,normal,0,0\n")
    with pytest.raises(UsageError, match="labeled as a fight or violence"):
        _finished(train_violence(calm, out=tmp_path / "m", runs=tmp_path / "runs"))
    monkeypatch.setattr(train_jobs, "find_spec", lambda name: None)
    with pytest.raises(UsageError, match="PyTorch"):
        next(train_violence(data, out=tmp_path / "m", runs=tmp_path / "runs"))


def test_figures_and_thresholds_are_of_real_footage() -> None:
    kinds = [("recordings", "normal"), ("rendered", HEAD), ("rendered", "normal"), ("cctv", HEAD)]
    examples = [
        Example(path=Path(str(n)), data=data, label=label, group=str(n), fold=0)
        for n, (data, label) in enumerate(kinds)
    ]
    gathered = Gathered(examples, [], np.zeros((4, 5)))
    assert judged_sets(gathered) == [3]
    assert quiet_recordings(gathered) == [0]


def test_an_order_says_only_what_it_wants_otherwise() -> None:
    plain = recipe_of(ViolenceOrder())
    assert not plain.validated
    order = ViolenceOrder(front="rgb", width=1.0, epochs=3, patience=5, seed=2, scenes=6)
    early = recipe_of(order)
    assert early.validated
    assert (early.fitting.patience, early.fitting.plateau) == (5, 2)
    assert (early.fitting.epochs, early.fitting.seed, early.scenes) == (3, 2, 6)
    assert (early.form.width, early.form.spec.color) == (1.0, "rgb")
    assert early.fitting.draws == plain.fitting.draws
