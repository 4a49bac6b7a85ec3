"""Results that survive an interruption: every run is written down as soon as it has ended."""

import hashlib
import json
from collections import defaultdict
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import median
from typing import Self


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a candidate: `video` seconds of a recording took `wall` and `cpu` seconds."""

    candidate: str
    round: int
    video: float
    rate: float
    wall: float
    cpu: float
    peak_mb: float

    @property
    def speed(self) -> float:
        """Seconds of video a second."""
        return self.video / self.wall


@dataclass(slots=True)
class Comparing:
    """The runs of one comparison so far; `missing` says why a candidate has none."""

    key: str
    runs: list[Run] = field(default_factory=list)
    missing: dict[str, str] = field(default_factory=dict)

    def has(self, candidate: str, number: int) -> bool:
        done = any(run.candidate == candidate and run.round == number for run in self.runs)
        return done or candidate in self.missing

    def of(self, candidate: str) -> list[Run]:
        return [run for run in self.runs if run.candidate == candidate]

    def speed(self, candidate: str) -> float | None:
        """Median over the rounds, in seconds of video a second."""
        runs = self.of(candidate)
        return median(run.speed for run in runs) if runs else None

    def peak_mb(self, candidate: str) -> float | None:
        runs = self.of(candidate)
        return max(run.peak_mb for run in runs) if runs else None

    def ratio(self, candidate: str, against: str) -> float | None:
        """How many times as fast as another: the median of the rounds' ratios."""
        speeds: dict[int, dict[str, float]] = defaultdict(dict)
        for run in self.runs:
            speeds[run.round][run.candidate] = run.speed
        ratios = [
            found[candidate] / found[against]
            for found in speeds.values()
            if candidate in found and against in found
        ]
        return median(ratios) if ratios else None


class Results:
    """All comparisons, kept in a JSON file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.machine: dict[str, str] = {}
        self.comparisons: dict[str, Comparing] = {}
        self.targets: list[dict[str, object]] = []

    @classmethod
    def load(cls, path: Path) -> Self:
        """What the file holds, or nothing."""
        results = cls(path)
        if path.is_file():
            kept = json.loads(path.read_text(encoding="utf-8"))
            results.machine, results.targets = kept["machine"], kept["targets"]
            for name, found in kept["comparisons"].items():
                runs = [Run(**run) for run in found["runs"]]
                results.comparisons[name] = Comparing(found["key"], runs, found["missing"])
        return results

    def begin(self, name: str, key: str) -> Comparing:
        """The comparison of that name, emptied if it was of something else than `key` says.

        What was missing is tried again.
        """
        found = self.comparisons.get(name)
        if found is None or found.key != key:
            found = self.comparisons[name] = Comparing(key)
        found.missing.clear()
        return found

    def save(self) -> None:
        kept = {
            "machine": self.machine,
            "targets": self.targets,
            "comparisons": {name: asdict(found) for name, found in self.comparisons.items()},
        }
        self._path.parent.mkdir(parents=True, exist_ok=True)
        part = self._path.with_name(f".{self._path.name}.part")
        part.write_text(json.dumps(kept, indent=1), encoding="utf-8")
        part.replace(self._path)


def program_key() -> str:
    """Changes whenever the program or its models do: older results are then not comparable."""
    digest = hashlib.sha256()
    files = [*Path("crimeview").rglob("*.py"), *Path("models").rglob("*.onnx")]
    for path in sorted(files):
        digest.update(str(path).encode() + path.read_bytes())
    return digest.hexdigest()[:16]
