"""How a model is run on this computer: at which precision, on which engine, with how many threads.

The rule, where the model was measured here (`crimeview models bench`): decoding wants the same
cores, so a clip takes the larger of what the network alone takes (wall time) and what all cores
together take for decoding and network (CPU time). Of what agrees with float32 on the CPU the least
of that wins; of what is within 5 % of it that with the fewest threads, then the CPU's own engine
(OpenVINO takes 180 MB more), then the least CPU time. So a light network keeps one thread: two
would save time that nobody waits for.

Where nothing was measured int8 is taken where the model has it, for it ships only where it loses
next to nothing, on the CPU.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from crimeview.core.errors import ModelError
from crimeview.core.files import is_file
from crimeview.nets.catalog import ModelFolder, Precision
from crimeview.nets.engine_names import Engine
from crimeview.nets.engines import require_engine, usable_cores
from crimeview.nets.measured import Timing, kept_timings

# CPU milliseconds for the frames of a clip, 16 of 704x576: the least an analysis has to do besides.
DECODING_MS = 10.0
_NEAR = 1.05
_LIGHT_BYTES = 4_000_000  # of float32 weights
_MOST_THREADS = 4
_QUANTIZED: tuple[Engine, ...] = ("cpu", "openvino")  # others compute int8 slowly or not at all


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """How a model is run; as it stands without arguments: as its check was made.

    `threads` are those on the processor, None by the network's size.
    """

    precision: Precision = "fp32"
    engine: Engine = "cpu"
    threads: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """How a model will be run, and why in a sentence."""

    running: Running
    reason: str


def choose(
    model: ModelFolder,
    *,
    engine: Engine | Literal["auto"] = "auto",
    precision: Precision | Literal["auto"] = "auto",
) -> Running:
    """How to run the model; raises ModelError for a wish that cannot be met, see `explain`."""
    return explain(model, engine=engine, precision=precision).running


def explain(
    model: ModelFolder,
    *,
    engine: Engine | Literal["auto"] = "auto",
    precision: Precision | Literal["auto"] = "auto",
) -> Choice:
    """How to run the model, and why.

    A model that takes no clips runs on the CPU whatever engine is wished for: a recording is scored
    at once, in milliseconds. Raises ModelError where the model has no such variant, the engine is
    not there, or was measured here and does not agree with the CPU.
    """
    if precision != "auto":
        model.network(precision)  # raises where there is none
    if engine != "auto":
        require_engine(engine)
    if model.manifest.clip is None:
        engine = "cpu"
    measured = kept_timings(model)
    suited = [
        timing
        for timing in measured.timings
        if engine in ("auto", timing.engine) and precision in ("auto", timing.precision)
    ]
    agreeing = [timing for timing in suited if timing.fault is None]
    if agreeing:
        return _by_timing(fastest(agreeing, cores=usable_cores()))
    if suited:
        return _where_none_agrees(model, suited[0], free=engine == precision == "auto")
    return _unmeasured(model, engine, precision, complaint=measured.complaint)


def fastest(timings: Sequence[Timing], *, cores: int) -> Timing:
    """The one that an analysis is fastest with, by this module's rule; there must be one."""

    def clip_ms(timing: Timing) -> float:
        return max(timing.wall_ms, (DECODING_MS + timing.cpu_ms) / cores)

    least = min(map(clip_ms, timings))
    near = [timing for timing in timings if clip_ms(timing) <= _NEAR * least]
    return min(near, key=lambda t: (t.threads, t.engine != "cpu", t.cpu_ms))


def usual_threads(model: ModelFolder) -> int:
    """Threads where none were measured: one for light networks, else the cores, at most four."""
    if not is_file(model.file) or model.file.stat().st_size < _LIGHT_BYTES:
        return 1
    return min(usable_cores(), _MOST_THREADS) if model.manifest.clip is not None else 1


def _by_timing(timing: Timing) -> Choice:
    running = Running(precision=timing.precision, engine=timing.engine, threads=timing.threads)
    return Choice(
        running=running,
        reason=f"measured here: {timing.wall_ms:.3g} ms an input, {timing.cpu_ms:.3g} ms of CPU "
        f"time, centered cosine to fp32 {timing.cosine:.4f}",
    )


def _where_none_agrees(model: ModelFolder, timing: Timing, *, free: bool) -> Choice:
    if not free:
        raise ModelError(
            f"The model “{model.manifest.name}” cannot be run in {timing.precision} on the engine "
            f"{timing.engine} here: {timing.fault}; choose another, or let the program choose."
        )
    reason = "nothing that was measured here agrees with how the model was made"
    return Choice(running=Running(threads=usual_threads(model)), reason=reason)


def _unmeasured(
    model: ModelFolder,
    engine: Engine | Literal["auto"],
    precision: Precision | Literal["auto"],
    *,
    complaint: str | None,
) -> Choice:
    wanted: Engine = "cpu" if engine == "auto" else engine
    if precision != "auto":
        taken, why = precision, "as it was asked for"
    elif wanted not in _QUANTIZED:
        taken, why = "fp32", f"what int8 costs on {wanted} was not measured here"
    elif "int8" in model.precisions:
        taken, why = "int8", "not measured here; its int8 variant was found as good as fp32"
    else:
        taken, why = "fp32", "not measured here; it has no int8 variant"
    running = Running(precision=taken, engine=wanted, threads=usual_threads(model))
    return Choice(running=running, reason=complaint or why)
