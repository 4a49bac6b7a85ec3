"""`crimeview train`: its words, and what they start."""

from pathlib import Path

import pytest

from crimeview.cli.parser import make_parser
from crimeview.cli.train import run_train
from tests.cli.conftest import Command


def _started(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[str, dict[str, object]]:
    """The job that a command line starts, with what it is given."""
    started: list[tuple[str, dict[str, object]]] = []
    jobs = ("train_encoder", "train_scorer", "train_published_scorer", "train_violence")
    for name in jobs:

        def start(data: Path, name: str = name, **given: object) -> None:
            started.append((name, {"data": data, **given}))
            raise KeyboardInterrupt

        monkeypatch.setattr(f"crimeview.cli.train.{name}", start)
    with pytest.raises(KeyboardInterrupt):
        run_train(make_parser().parse_args(["train", *arguments]))
    (found,) = started
    return found


def test_an_encoder_is_trained_as_told(monkeypatch: pytest.MonkeyPatch) -> None:
    words = (
        "encoder --data d --out models/mine --runs r --resume --form c3d-half --sees motion-rgb "
        "--epochs 3 --seeds 2 --seed 5 --patience 4 --scenes 0 --device cpu --precision fp32"
    )
    name, given = _started(words.split(), monkeypatch)
    assert name == "train_encoder"
    assert given["data"] == Path("d")
    assert given["out"] == Path("models/mine")
    assert given["runs"] == Path("r")
    assert given["resume"] is True
    order = given["order"]
    assert repr(order) == (
        "EncoderOrder(form='c3d-half', front='motion-rgb', epochs=3, seeds=2, seed=5, patience=4, "
        "scenes=0, device='cpu', precision='fp32')"
    )


@pytest.mark.parametrize(
    ("words", "job", "folder"),
    [
        ("encoder", "train_encoder", "c3d-motion-small"),
        ("scorer", "train_scorer", "c3d-motion-events"),
        ("scorer --features ucf --method rtfm", "train_published_scorer", "c3d-rtfm"),
        ("scorer --features ucf", "train_published_scorer", "c3d-context"),
        ("violence", "train_violence", "violence-mobilenet"),
    ],
)
def test_without_words_the_shipped_models_are_made(
    words: str, job: str, folder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, given = _started(words.split(), monkeypatch)
    assert name == job
    out = given["out"]
    assert isinstance(out, Path)
    assert out.name == folder
    assert given["resume"] is False


@pytest.mark.parametrize(
    "words",
    [
        "train",
        "train detector",
        "train encoder --form huge",
        "train encoder --epochs 0",
        "train encoder --seeds many",
        "train scorer --method guess",
        "train scorer --epochs 3",
    ],
)
def test_wrong_words_are_wrong_usage(words: str, crimeview: Command) -> None:
    ended = crimeview(*words.split())
    assert ended.code == 2
    assert "usage: crimeview" in ended.err


def test_context_is_for_published_features(crimeview: Command) -> None:
    ended = crimeview("train", "scorer", "--method", "context")
    assert ended.code == 2
    assert "add --features ucf" in ended.err


def test_data_that_is_not_there_is_told_and_nothing_is_discarded(
    crimeview: Command, tmp_path: Path
) -> None:
    pytest.importorskip("torch", reason="the extra “train” is not installed")
    earlier = tmp_path / "runs" / "encoder" / "motion-small" / "checkpoint.pt"
    earlier.parent.mkdir(parents=True)
    earlier.write_text("")
    places = ["--out", str(tmp_path / "m"), "--runs", str(tmp_path / "runs")]
    ended = crimeview("train", "encoder", "--data", str(tmp_path / "none"), *places)
    assert ended.code == 2
    assert "There is no folder" in ended.err
    assert "Traceback" not in ended.err
    assert earlier.exists()
