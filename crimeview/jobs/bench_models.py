"""Measuring how fast networks run on this computer, so that analyses run them the fastest way."""

import math
import time
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import median

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.core.job import Job, Step
from crimeview.nets.agreement import LEAST_COSINE, centered_cosine, probe_inputs
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.choice import Choice, Running, explain
from crimeview.nets.engine_names import Engine
from crimeview.nets.engines import engines_present, usable_cores
from crimeview.nets.measured import Timing, keep_timings
from crimeview.nets.session import Session
from crimeview.nets.verify import verify

Floats = NDArray[np.float32]
_ON_PROCESSOR: tuple[Engine, ...] = ("cpu", "openvino")
_MOST_RUNS, _LEAST_RUNS = 30, 2  # of a candidate, in a round
_REPORT_SECONDS = 0.1


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How long to measure: `rounds` of all candidates in turn, each for `seconds`."""

    rounds: int = 5
    seconds: float = 0.15


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelBench:
    """What was measured of a model, and how analyses run it from now on."""

    model: ModelFolder
    timings: tuple[Timing, ...]
    choice: Choice


@dataclass(slots=True)
class _Candidate:
    """A way to run a model; `spent` are wall and CPU seconds of single runs."""

    running: Running
    threads: int
    cosine: float = math.nan
    fault: str | None = None
    spent: list[tuple[float, float]] = field(default_factory=list)

    def timing(self) -> Timing:
        wall, cpu = zip(*self.spent, strict=True) if self.spent else ((math.nan,), (math.nan,))
        return Timing(
            precision=self.running.precision,
            engine=self.running.engine,
            threads=self.threads,
            wall_ms=1000 * median(wall),
            cpu_ms=1000 * median(cpu),
            cosine=self.cosine,
            fault=self.fault,
        )


def bench_models(
    models: Sequence[ModelFolder], *, effort: Effort | None = None
) -> Job[list[ModelBench]]:
    """Measure each model in every way that this computer has, and keep what was found.

    What does not reproduce the manifest's check, or is not within a centered cosine of 0.995 of
    float32 on the CPU (nor every number within the check's tolerance), is measured no further and
    never chosen. A model's timings are kept as soon as it is done. Raises ModelError where a model
    cannot be run in float32 on the CPU, or the result cannot be kept.
    """
    benches = []
    for number, model in enumerate(models):
        with_steps = _bench(model, effort or Effort())
        while True:
            try:
                share, message = next(with_steps)
            except StopIteration as end:
                timings = end.value
                break
            yield Step(done=number + share, total=len(models), message=message)
        keep_timings(model, timings)
        benches.append(ModelBench(model=model, timings=timings, choice=explain(model)))
    return benches


def _bench(
    model: ModelFolder, effort: Effort
) -> Generator[tuple[float, str], None, tuple[Timing, ...]]:
    """Yields the share done and what is being done."""
    name, inputs = model.manifest.name, probe_inputs(model.manifest)
    candidates = list(_candidates(model))
    reference: list[Floats] = []
    for _ in _outputs(model, Running(), inputs, into=reference):
        yield 0.0, f"Running {name} as it was made"
    for candidate in candidates:
        for _ in _judged(model, candidate, inputs, reference):
            yield 0.0, f"Comparing {name} {_way(candidate)}"
    sound = [candidate for candidate in candidates if candidate.fault is None]
    done, total = 0, effort.rounds * len(sound)
    for _ in range(effort.rounds):  # in turn: the computer's load changes
        for candidate in sound:
            for _ in _timed(model, candidate, inputs[-1], effort.seconds):
                yield done / total, f"Measuring {name} {_way(candidate)}"
            done += 1
    return tuple(candidate.timing() for candidate in candidates)


def _way(candidate: _Candidate) -> str:
    running = candidate.running
    threads = f"{candidate.threads} thread{'' if candidate.threads == 1 else 's'}"
    return f"in {running.precision} on {running.engine} with {threads}"


def _candidates(model: ModelFolder) -> Iterator[_Candidate]:
    """All precisions on all engines; what takes no clips runs on the CPU in one thread, always."""
    takes_clips = model.manifest.clip is not None
    for precision in model.precisions:
        for engine in engines_present() if takes_clips else ("cpu",):
            counts = _thread_counts() if takes_clips and engine in _ON_PROCESSOR else [1]
            for threads in counts:
                running = Running(precision=precision, engine=engine, threads=threads)
                yield _Candidate(running, threads)


def _thread_counts() -> list[int]:
    """1, 2, 4 ... and all cores."""
    cores = usable_cores()
    return sorted({cores, *(2**n for n in range(cores.bit_length()) if 2**n < cores)})


def _judged(
    model: ModelFolder, candidate: _Candidate, inputs: list[Floats], reference: list[Floats]
) -> Iterator[None]:
    """Find out whether the candidate agrees with the reference."""
    running, found = candidate.running, list[Floats]()
    try:
        verify(model, engine=running.engine, precision=running.precision)
        yield
        yield from _outputs(model, running, inputs, into=found)
    except ModelError as error:
        candidate.fault = str(error).rstrip(".")
        return
    wanted, given = _rows(reference), _rows(found)
    candidate.cosine = centered_cosine(wanted, given)
    off = float(np.abs(wanted - given).max())
    allowed = model.network(running.precision).check.tolerance
    if not (candidate.cosine >= LEAST_COSINE or off <= allowed):  # also when it is NaN
        candidate.fault = (
            f"its outputs have a centered cosine of {candidate.cosine:.4f} to those of fp32 on the "
            f"CPU, where {LEAST_COSINE} is the least"
        )


def _rows(outputs: list[Floats]) -> Floats:
    return np.concatenate([output.reshape(len(output), -1) for output in outputs])


def _outputs(
    model: ModelFolder, running: Running, inputs: list[Floats], *, into: list[Floats]
) -> Iterator[None]:
    session, told = Session(model, running=running), time.monotonic()
    for values in inputs:
        into.append(session.run(values))
        if time.monotonic() - told >= _REPORT_SECONDS:
            told = time.monotonic()
            yield


def _timed(
    model: ModelFolder, candidate: _Candidate, values: Floats, seconds: float
) -> Iterator[None]:
    """Time some runs; opened anew each round, for all at once would not fit into memory."""
    session = Session(model, running=candidate.running)
    yield
    session.run(values)  # the first run lays out memory
    yield
    began = told = time.monotonic()
    for number in range(_MOST_RUNS):
        wall, cpu = time.perf_counter(), time.process_time()
        session.run(values)
        candidate.spent.append((time.perf_counter() - wall, time.process_time() - cpu))
        now = time.monotonic()
        if now - began >= seconds and number + 1 >= _LEAST_RUNS:
            return
        if now - told >= _REPORT_SECONDS:
            told = now
            yield
