"""What running networks costs on this computer: measured once, kept in a person's data folder."""

import json
import math
import os
import platform
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, get_args

import platformdirs

from crimeview.core.errors import ModelError
from crimeview.nets.catalog import ModelFolder, Precision
from crimeview.nets.engine_names import ENGINES, Engine
from crimeview.nets.engines import runtime_versions, usable_cores


@dataclass(frozen=True, slots=True, kw_only=True)
class Timing:
    """What one input costs at a precision, on an engine, with a number of threads.

    `wall_ms` and `cpu_ms` are medians in milliseconds, `cpu_ms` over all threads; `cosine` is the
    centered cosine of the outputs to those of float32 on the CPU. `fault` is why it must not be
    used (then the figures may be NaN), None where it agrees.
    """

    precision: Precision
    engine: Engine
    threads: int
    wall_ms: float
    cpu_ms: float
    cosine: float
    fault: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """Timings of a model on this computer, none where it was not measured as it now is.

    `complaint` is a sentence where the file could not be used, else None.
    """

    timings: tuple[Timing, ...]
    complaint: str | None


def measured_file() -> Path:
    """Where the measurements lie."""
    return Path(platformdirs.user_data_dir("crimeview", appauthor=False)) / "engines.json"


def kept_timings(model: ModelFolder) -> Measured:
    """What is kept of this model; never raises for what is in the file."""
    models, complaint = _read()
    entry = models.get(_key(model), ())
    return Measured(timings=tuple(entry), complaint=complaint)


def keep_timings(model: ModelFolder, timings: Sequence[Timing]) -> None:
    """Keep them in place of older ones; what is there of another computer is dropped.

    The file is replaced at once. Raises ModelError where it cannot be written.
    """
    models, _ = _read()
    models[_key(model)] = tuple(timings)
    data = {
        "machine": machine(),
        "models": {key: [asdict(t) for t in kept] for key, kept in models.items()},
    }
    file = measured_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".engines-") as scratch:
            new = Path(scratch) / file.name
            with new.open("w", encoding="utf-8") as opened:
                opened.write(json.dumps(data, indent=1) + "\n")
                opened.flush()
                os.fsync(opened.fileno())
            new.replace(file)
    except OSError as error:
        raise ModelError(
            f"What was measured cannot be kept in {file} ({error.strerror}); allow writing there."
        ) from error


def machine() -> dict[str, Any]:
    """What timings hold for: processor, cores that may be used, packages that run networks."""
    return {
        "processor": _processor(),
        "cores": usable_cores(),
        "runtimes": runtime_versions(),
    }


def _key(model: ModelFolder) -> str:
    """A model is measured as it is: with other files it is another one."""
    return "+".join(model.network(precision).sha256 for precision in model.precisions)


def _read() -> tuple[dict[str, tuple[Timing, ...]], str | None]:
    """Timings by model, none if they are another computer's, and what is wrong with the file."""
    file = measured_file()
    try:
        data = json.loads(file.read_text(encoding="utf-8"))
        if data["machine"] != machine():
            return {}, (
                "What was measured here was measured on another processor or with other versions "
                "of the engines; measure again with: crimeview models bench."
            )
        return {key: tuple(map(_timing, kept)) for key, kept in data["models"].items()}, None
    except FileNotFoundError:
        return {}, None
    except OSError as error:
        return {}, f"{file} cannot be read ({error.strerror}) and is not used."
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}, (
            f"{file} is damaged and is not used; measure again with: crimeview models bench."
        )


def _timing(raw: Mapping[str, Any]) -> Timing:
    """Raises ValueError, KeyError or TypeError for what is not a timing of ours."""
    timing = Timing(**raw)
    numbers = (timing.wall_ms, timing.cpu_ms, timing.cosine)
    sound = (
        timing.precision in get_args(Precision)
        and timing.engine in ENGINES
        and type(timing.threads) is int
        and timing.threads >= 1
        and isinstance(timing.fault, str | None)
        and all(isinstance(n, float) for n in numbers)
        and (timing.fault is not None or all(map(math.isfinite, numbers)))
    )
    if not sound:
        raise ValueError("not a timing")
    return timing


def _processor() -> str:
    """The processor's name as far as the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        lines = []
    for line in lines:
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()
