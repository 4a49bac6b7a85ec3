"""CPU time of each model's precisions on one thread: int8 is not always the faster one."""

import time
from statistics import median

import numpy as np
from numpy.typing import NDArray

from crimeview.nets.agreement import probe_inputs
from crimeview.nets.catalog import ModelFolder, Precision, list_models
from crimeview.nets.choice import Running
from crimeview.nets.session import Session

RUNS = 60  # of each precision, in turn


def milliseconds(model: ModelFolder) -> dict[Precision, float]:
    """Median milliseconds of CPU time for a drawn clip, or for rows of features."""
    values = probe_inputs(model.manifest)[-1]
    ways = {p: Running(precision=p, threads=1) for p in model.precisions}
    sessions = {p: Session(model, running=way) for p, way in ways.items()}
    times: dict[Precision, list[float]] = {p: [] for p in model.precisions}
    for session in sessions.values():
        _timed(session, values)  # the first run lays out memory
    for _ in range(RUNS):
        for precision, session in sessions.items():  # in turn: the machine's load changes
            times[precision].append(_timed(session, values))
    return {precision: 1000 * median(found) for precision, found in times.items()}


def _timed(session: Session, values: NDArray[np.float32]) -> float:
    begun = time.process_time()
    session.run(values)
    return time.process_time() - begun


def main() -> None:
    print("| model | precision | MB | CPU ms an input |")
    print("|---|---|---|---|")
    for model in list_models():
        for precision, found in milliseconds(model).items():
            size = model.network(precision).path.stat().st_size / 1e6
            print(f"| {model.manifest.name} | {precision} | {size:.2f} | {found:.3f} |")


if __name__ == "__main__":
    main()
