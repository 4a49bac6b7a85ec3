"""`crimeview models bench`."""

import math
from dataclasses import asdict
from typing import Any

from crimeview.cli.drive import drive, print_json
from crimeview.cli.models import all_models, running_text
from crimeview.jobs.bench_models import ModelBench, bench_models
from crimeview.nets.catalog import find_model
from crimeview.nets.measured import Timing, machine, measured_file

_STOPPED = "Stopped; what was measured of the models before is kept."


def run_bench(name: str | None, *, as_json: bool) -> int:
    """Measure one model or all, keep the fastest ways to run them and print a table."""
    models = [find_model(name)] if name else all_models()
    benches = drive(bench_models(models), if_stopped=_STOPPED, unit="other")
    if as_json:
        print_json({"machine": machine(), "models": [_values(bench) for bench in benches]})
        return 0
    print("| model | precision | engine | threads | wall ms | CPU ms | cosine to fp32 | |")
    print("|---|---|---|---|---|---|---|---|")
    for bench in benches:
        for timing in bench.timings:
            print(_row(bench, timing))
    for bench in benches:
        choice = bench.choice
        print(f"{bench.model.manifest.name}: {running_text(choice.running)} ({choice.reason})")
    print(f"Kept in {measured_file()}")
    return 0


def _row(bench: ModelBench, timing: Timing) -> str:
    way = (timing.precision, timing.engine, str(timing.threads))
    if timing.fault is not None:
        figures, note = ("-", "-", "-"), f"refused: {timing.fault}"
    else:
        figures = (f"{timing.wall_ms:.3f}", f"{timing.cpu_ms:.3f}", f"{timing.cosine:.5f}")
        note = "chosen" if _is_chosen(bench, timing) else ""
    return f"| {' | '.join((bench.model.manifest.name, *way, *figures, note))} |"


def _is_chosen(bench: ModelBench, timing: Timing) -> bool:
    running = bench.choice.running
    chosen = (running.precision, running.engine, running.threads)
    return chosen == (timing.precision, timing.engine, timing.threads)


def _values(bench: ModelBench) -> dict[str, Any]:
    return {
        "name": bench.model.manifest.name,
        "timings": [_finite(asdict(timing)) for timing in bench.timings],
        "chosen": asdict(bench.choice.running),
        "reason": bench.choice.reason,
    }


def _finite(values: dict[str, Any]) -> dict[str, Any]:
    """JSON has no NaN."""
    return {
        key: None if isinstance(value, float) and not math.isfinite(value) else value
        for key, value in values.items()
    }
