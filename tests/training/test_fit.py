"""Fitting learns, and a run that was killed goes on as if nothing had happened, bit for bit."""

import signal
import subprocess
import sys
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.core.errors import UsageError  # noqa: E402
from crimeview.core.job import Step  # noqa: E402
from crimeview.training.classifier import Classifier, embed  # noqa: E402
from crimeview.training.data.augment import Augmentation  # noqa: E402
from crimeview.training.fit_encoder import Part, fit_encoder  # noqa: E402
from crimeview.training.forms import Form  # noqa: E402
from crimeview.training.heads import find_tasks  # noqa: E402
from crimeview.training.precision import Arithmetic, DivergedError  # noqa: E402
from crimeview.training.recipe import EncoderRecipe  # noqa: E402
from tests.training.made_examples import (  # noqa: E402
    PREPARE,
    SPEC,
    TINY,
    make_examples,
    make_part,
    tiny_form,
)

T = TypeVar("T")
RECIPE = EncoderRecipe(epochs=3, batch=4, average=0.9, reversal=0.1, mixup=0.2, balanced=True)


def _result(job: Generator[Step, None, T]) -> T:
    while True:
        try:
            next(job)
        except StopIteration as end:
            result: T = end.value
            return result


def fit(
    run: Path,
    recipe: EncoderRecipe = RECIPE,
    *,
    form: Form = TINY,
    validation: Part | None = None,
    arithmetic: Arithmetic | None = None,
) -> Generator[Step, None, Classifier]:
    part = make_part(12)
    return fit_encoder(
        part,
        form=form,
        tasks=find_tasks(part.examples),
        prepare=PREPARE,
        recipe=recipe,
        run=run,
        title="Training",
        validation=validation,
        arithmetic=arithmetic,
    )


def _same(one: torch.nn.Module, two: torch.nn.Module) -> bool:
    first, second = one.state_dict(), two.state_dict()
    return all(torch.equal(first[name], second[name]) for name in first)


# Of three batches an epoch, and as many steps as there are clips to validate.
@pytest.mark.parametrize(("validated", "steps"), [(False, 4), (True, 5), (True, 10)])
def test_an_encoder_run_goes_on_after_a_stop(tmp_path: Path, steps: int, validated: bool) -> None:
    validation = make_part(6) if validated else None
    whole = _result(fit(tmp_path / "whole", validation=validation))
    stopped = fit(tmp_path / "stopped", validation=validation)
    for _ in range(steps):
        next(stopped)
    stopped.close()
    torch.manual_seed(99)  # another process starts with another random state
    assert _same(_result(fit(tmp_path / "stopped", validation=validation)), whole)
    log = (tmp_path / "stopped" / "log.csv").read_text(encoding="utf-8").splitlines()
    assert log == (tmp_path / "whole" / "log.csv").read_text(encoding="utf-8").splitlines()
    columns = "epoch,loss,accuracy,rate"
    assert log[0] == (columns + ",validation_loss" if validated else columns)
    assert len(log) == 1 + RECIPE.epochs


_KILLED = """
import sys, time, torch
from pathlib import Path
from tests.training.test_fit import fit
torch.set_num_threads(1)
for step in fit(Path(sys.argv[1])):
    print(step.done, flush=True)
    if step.done > 1.5:  # in the second of three epochs
        time.sleep(600)  # it does not get further before it is killed
"""


def test_an_encoder_run_goes_on_after_a_kill(tmp_path: Path) -> None:
    whole = _result(fit(tmp_path / "whole"))
    process = subprocess.Popen(
        [sys.executable, "-c", _KILLED, str(tmp_path / "killed")],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    for line in process.stdout:
        if float(line) > 1.5:
            process.send_signal(signal.SIGKILL)
            break
    assert process.wait(timeout=60) == -signal.SIGKILL
    process.stdout.close()
    again = fit(tmp_path / "killed")
    assert 1.0 < next(again).done < 2.0  # the first epoch is not run again
    assert _same(_result(again), whole)
    rows = [(tmp_path / run / "log.csv").read_bytes() for run in ("killed", "whole")]
    assert rows[0] == rows[1]


def test_a_finished_run_is_not_run_again(tmp_path: Path) -> None:
    whole = _result(fit(tmp_path))
    log = tmp_path / "log.csv"
    rows = log.read_bytes()
    log.write_bytes(rows[: rows.rindex(b"3,")])  # killed between the checkpoint and the log
    assert _same(_result(fit(tmp_path)), whole)
    assert log.read_bytes() == rows
    with pytest.raises(StopIteration):
        next(fit(tmp_path))


def test_a_run_without_scaled_losses_does_not_go_on_with_them(tmp_path: Path) -> None:
    _result(fit(tmp_path))
    scaled = Arithmetic("cpu")
    scaled.scaler = torch.amp.GradScaler("cpu")
    assert next(fit(tmp_path, arithmetic=scaled)).done < 1


def test_a_damaged_checkpoint_is_told(tmp_path: Path) -> None:
    for damage in (b"", b"no zip", b"PK\x03\x04"):
        (tmp_path / "checkpoint.pt").write_bytes(damage)
        with pytest.raises(UsageError, match=r"checkpoint\.pt is damaged; delete it"):
            next(fit(tmp_path))


def test_the_checkpoint_of_another_recipe_is_not_taken(tmp_path: Path) -> None:
    _result(fit(tmp_path))
    assert next(fit(tmp_path, replace(RECIPE, epochs=1))).done > 0


def test_the_encoder_learns_what_moves(tmp_path: Path) -> None:
    recipe = EncoderRecipe(
        epochs=15, batch=6, dropout=0.0, peak_rate=1e-2, augmentation=Augmentation(flip=0.5)
    )
    model = _result(fit(tmp_path, recipe, form=replace(TINY, widths=(8,) * 8)))
    examples, frames = make_examples(9)
    for example, seen in zip(examples, frames, strict=True):
        ((_, chances),) = embed(model, seen, np.array([0.3]), spec=SPEC, prepare=PREPARE)
        assert model.tasks.heads[int(chances[0].argmax())] == example.label


def test_sizes_follow_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[int, ...]] = []
    forward = TINY.encoder().__class__.forward

    def watched(network: torch.nn.Module, clips: torch.Tensor) -> torch.Tensor:
        seen.append(tuple(clips.shape[-2:]))
        return forward(network, clips)

    monkeypatch.setattr("crimeview.training.networks.C3D.forward", watched)
    _result(fit(tmp_path, form=tiny_form((16, 18, 20))))
    assert seen == [(size, size) for size in (16, 18, 20) for _ in range(3)]


def test_early_stopping_gives_the_best_weights(tmp_path: Path) -> None:
    # At this rate what was learned on the first epochs is soon lost.
    recipe = EncoderRecipe(epochs=30, batch=4, peak_rate=0.3, patience=3, plateau=1)
    validation = make_part(6)
    model = _result(fit(tmp_path, recipe, validation=validation))
    lines = (tmp_path / "log.csv").read_text(encoding="utf-8").splitlines()[1:]
    losses = [float(line.split(",")[-1]) for line in lines]
    rates = [float(line.split(",")[3]) for line in lines]
    best = int(np.argmin(losses))
    assert len(losses) == best + 1 + recipe.patience < recipe.epochs
    assert rates[-1] < rates[0]
    torch.manual_seed(1)
    until_best = replace(recipe, epochs=best + 1, patience=99)
    assert _same(_result(fit(tmp_path / "again", until_best, validation=validation)), model)


def test_a_loss_that_is_no_number_ends_the_run(tmp_path: Path) -> None:
    with pytest.raises(DivergedError, match="no longer a number"):
        _result(fit(tmp_path, replace(RECIPE, peak_rate=1e30, warm_up=0.01, gradient_clip=1e30)))


def test_the_log_is_there_for_tensorboard_and_is_no_longer_after_a_stop(tmp_path: Path) -> None:
    from tensorboard.backend.event_processing.event_file_loader import EventFileLoader

    stopped = fit(tmp_path)
    for _ in range(7):
        next(stopped)
    stopped.close()
    _result(fit(tmp_path))
    (file,) = (tmp_path / "tensorboard").iterdir()
    found = [
        (event.step, value.tag)
        for event in EventFileLoader(str(file)).Load()
        for value in event.summary.value
    ]
    assert [step for step, tag in found if tag == "loss"] == [1, 2, 3]
    assert {tag for _, tag in found} == {"loss", "accuracy", "rate"}


def test_float16_is_refused_on_a_cpu() -> None:
    with pytest.raises(UsageError, match="diverges on a CPU"):
        Arithmetic("cpu", "bf16")
