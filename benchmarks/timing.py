"""Measuring commands, each in a process of its own, and what is known of this machine."""

import importlib.metadata
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_LAUNCHER = Path(__file__).with_name("timed.py")
_LONGEST = 3 * 3600.0  # s that a command may take
_VERSIONS = ("av", "numpy", "onnxruntime", "openvino", "torch", "opencv-contrib-python", "dvr-scan")


class FailedError(Exception):
    """A command that was to be measured failed; the message is the last line it said."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Timed:
    """What a command took: seconds of wall and CPU time, and the most memory (MB) it held.

    CPU time counts all threads and the processes it started; memory counts the largest process.
    `said` is its standard output.
    """

    wall: float
    cpu: float
    peak_mb: float
    said: str


def time_command(command: Sequence[str], *, environment: Mapping[str, str] | None = None) -> Timed:
    """Run the command to its end; raises FailedError."""
    with tempfile.TemporaryDirectory(prefix="crimeview-bench-") as name:
        result = Path(name) / "result.json"
        try:
            done = subprocess.run(
                [sys.executable, "-S", "-E", str(_LAUNCHER), str(result), *command],
                env={**os.environ, **(environment or {})},
                capture_output=True,
                text=True,
                timeout=_LONGEST,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise FailedError(f"it took more than {_LONGEST:.0f} s") from error
        if done.returncode != 0:
            lines = (done.stderr or done.stdout).strip().splitlines() or ["it said nothing"]
            raise FailedError(f"it ended with {done.returncode}: {lines[-1][:300]}")
        taken = json.loads(result.read_text(encoding="utf-8"))
    return Timed(said=done.stdout, **taken)


def analyze_command(*recordings: Path, case: Path, options: Sequence[str] = ()) -> list[str]:
    """The command that analyzes recordings as a user does, into that case."""
    files = map(str, recordings)
    return [sys.executable, "-m", "crimeview", "analyze", *files, "--case", str(case), *options]


def machine(*, peers: Path | None = None) -> dict[str, str]:
    """The processor, its cores, and the versions of what does the work.

    `peers` is the Python of the peers' environment, whose versions are then told as well.
    """
    found = {
        "processor": _processor(),
        "cores": str(os.cpu_count()),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }
    found.update(_versions())
    if peers is not None:
        # The same question, answered by the other environment's Python.
        code = (
            "import importlib.metadata as m, json\n"
            "print(json.dumps({d.name.lower(): d.version for d in m.distributions()}))"
        )
        answer = subprocess.run(
            [str(peers), "-c", code], capture_output=True, text=True, check=True
        )
        there = json.loads(answer.stdout)
        found.update({f"peers: {name}": there[name] for name in _VERSIONS if name in there})
    return found


def _versions() -> dict[str, str]:
    found = {}
    for name in _VERSIONS:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            continue
    return found


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
