"""The int8 variant of a model that was just made: shipped only where it loses next to nothing."""

import tempfile
import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.core.manifest import Manifest, Metric
from crimeview.jobs.metrics import plain_metric
from crimeview.nets.agreement import LEAST_COSINE, centered_cosine
from crimeview.nets.catalog import read_model
from crimeview.nets.quantize import quantize, weighted_layers
from crimeview.nets.session import file_runner, run_file
from crimeview.nets.verify import check_values
from crimeview.training.export import add_metrics, add_variant

Floats = NDArray[np.float32]
MOST_AUC_LOST = 0.005
_MOST_SPARED = 3  # layers with weights that may stay in float32
_TIMED = 100  # inputs
_REPORT_EVERY = 16  # inputs
_REFUSED = "int8, refused"


@dataclass(frozen=True, slots=True)
class Judging:
    """What a variant is judged by: `auc` of the model's output on `inputs`, one input each.

    `auc` gets the outputs, (n, d), of all inputs; `protocol` says what it measures and on what. No
    input may be one that calibration gets.
    """

    inputs: Sequence[Floats]
    auc: Callable[[Floats], float]
    protocol: str


@dataclass(frozen=True, slots=True)
class _Loss:
    """What a variant gives beside float32."""

    spared: int
    cosine: float
    auc: tuple[float, float]  # float32, int8
    milliseconds: tuple[float, float]  # of CPU time for an input; float32, int8

    @property
    def passes(self) -> bool:
        return self.cosine >= LEAST_COSINE and self.auc[0] - self.auc[1] <= MOST_AUC_LOST


def add_int8(folder: Path, *, calibration: Sequence[Floats], judging: Judging) -> Job[Manifest]:
    """Add an int8 variant to the model in `folder` if one is good enough; gives the manifest.

    The first layers with weights are spared, none or up to three, until the centered cosine of the
    outputs is at least 0.995 and the AUC at most half a point lower. Where that does not help the
    manifest's metrics say so, and there is no variant. Raises ModelError.
    """
    model = read_model(folder)
    plain = yield from _outputs(model.file, judging)
    losses = []
    with tempfile.TemporaryDirectory(prefix="crimeview-") as scratch:
        file = Path(scratch) / "int8.onnx"
        tries = min(_MOST_SPARED + 1, weighted_layers(model.file))
        for spared in range(tries):
            yield Step(done=spared, total=tries, message="Calibrating int8")
            quantize(model.file, file, calibration, spared=spared)
            loss = _compare(plain, (yield from _outputs(file, judging)), judging, spared=spared)
            losses.append(loss)
            if loss.passes:
                return add_variant(
                    file,
                    precision="int8",
                    metrics=_metrics(loss, judging, count=len(calibration)),
                    check_values=check_values(model.manifest),
                    run=run_file,
                    folder=folder,
                )
    if not losses:
        return model.manifest  # nothing in it could be int8
    best = max(losses, key=lambda loss: loss.cosine)
    return add_metrics(_refused(best, judging, count=len(calibration)), folder=folder)


def _outputs(file: Path, judging: Judging) -> Generator[Step, None, tuple[Floats, float]]:
    """Outputs (n, d) of all inputs, and milliseconds of CPU time for one."""
    run = file_runner(file, threads=1)
    for values in judging.inputs[:3]:
        run(values)  # the first runs are slower: memory is laid out
    outputs, spent = [], 0.0
    for number, values in enumerate(judging.inputs):
        begun = time.process_time()
        outputs.append(run(values))
        if number < _TIMED:
            spent += time.process_time() - begun
        if number % _REPORT_EVERY == 0:
            yield Step(done=number, total=len(judging.inputs), message="Comparing precisions")
    rows = np.concatenate([o.reshape(len(o), -1) for o in outputs])
    return rows, 1000 * spent / min(_TIMED, len(outputs))


def _compare(
    plain: tuple[Floats, float], found: tuple[Floats, float], judging: Judging, *, spared: int
) -> _Loss:
    return _Loss(
        spared=spared,
        cosine=centered_cosine(plain[0], found[0]),
        auc=(judging.auc(plain[0]), judging.auc(found[0])),
        milliseconds=(plain[1], found[1]),
    )


def _metrics(loss: _Loss, judging: Judging, *, count: int) -> tuple[Metric, ...]:
    how = (
        f"int8 against float32 on {len(judging.inputs)} inputs that calibration did not see "
        f"(MinMax on {count}; first {loss.spared} layers with weights in float32)"
    )
    speed = "CPU time of one input, one thread, mean; both measured in turn on one machine"
    return (
        plain_metric("centered cosine to fp32", loss.cosine, f"{how}; at least {LEAST_COSINE}"),
        plain_metric("AUC, fp32", loss.auc[0], judging.protocol),
        plain_metric(
            "AUC, int8", loss.auc[1], f"{judging.protocol}; at most {MOST_AUC_LOST} lower"
        ),
        plain_metric("ms an input, fp32", loss.milliseconds[0], speed),
        plain_metric("ms an input, int8", loss.milliseconds[1], speed),
    )


def _refused(loss: _Loss, judging: Judging, *, count: int) -> tuple[Metric, ...]:
    return tuple(
        Metric(
            name=f"{_REFUSED}: {m.name}", value=m.value, interval=m.interval, protocol=m.protocol
        )
        for m in _metrics(loss, judging, count=count)
    )
