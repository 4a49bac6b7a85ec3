"""Clips with and without a theft: their people, found once and kept."""

import csv
import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.core.person_sequences import PersonSequence
from crimeview.jobs.follow_people import followed
from crimeview.jobs.people import people_spec
from crimeview.training.data.data_sets import read_data_sets
from crimeview.training.data.examples import Example
from crimeview.training.data.framecache import entry_name
from crimeview.video.source import opened

LABEL = "theft"
LEAST_FRAMES = 10  # in which somebody must be seen to be judged
_ACTOR = "actor"


class Finder(Protocol):
    """What finds people in frames; see `jobs.people`."""

    @property
    def key(self) -> str: ...

    def rows(self) -> Callable[[NDArray[np.uint8]], NDArray[np.float32]]: ...


@dataclass(frozen=True, slots=True)
class Watched:
    """A clip with the sequences of those who are seen for long enough, the longest seen first.

    `actor` is who plays, None where the labels do not tell. `aspect` is the picture's width over
    its height.
    """

    example: Example
    actor: str | None
    aspect: float
    people: tuple[PersonSequence, ...]

    @property
    def positive(self) -> bool:
        return self.example.label == LABEL


def theft_examples(data: Path) -> list[Example]:
    """The clips of the data sets in which thefts are labeled; raises UsageError."""
    sets = [s for s in read_data_sets(data) if any(e.label == LABEL for e in s.examples)]
    examples = [e for s in sets for e in s.examples if not e.weak]
    kinds = {e.label == LABEL for e in examples}
    if kinds != {True, False}:
        raise UsageError(
            f"{data} holds no clips labeled theft beside others; give a folder with labels.csv "
            "(path, label, scene), or with the folders theft and normal."
        )
    if len({e.group for e in examples}) < 2:
        raise UsageError(f"The clips in {data} are all of one scene; two at least are needed.")
    return examples


def watch(examples: Sequence[Example], *, finder: Finder, kept: Path) -> Job[list[Watched]]:
    """Find and follow the people of the clips; what was found before is read from `kept`.

    Raises MediaError.
    """
    kept.mkdir(parents=True, exist_ok=True)
    actors = _actors(examples)
    watched = []
    for number, example in enumerate(examples):
        with opened(example.path) as source:
            seen = source.recording
            name = f"{entry_name(example.path)} {finder.key}"
            file = kept / f"{hashlib.sha256(name.encode()).hexdigest()[:32]}.npz"
            if not file.is_file():
                rows, times, find = [], [], finder.rows()
                with closing(source.clips(people_spec(seen))) as clips:
                    for clip in clips:
                        rows.append(find(clip.frames))
                        times.append(clip.start)
                        yield _step(number, len(examples))
                _keep(file, np.array(times), np.stack(rows))
        stored = np.load(file)
        aspect = seen.width / seen.height
        sequences = followed(zip(stored["times"], stored["rows"], strict=True), aspect=aspect)
        watched.append(Watched(example, actors.get(example.path), aspect, _long(sequences)))
        yield _step(number + 1, len(examples))
    return watched


def _keep(file: Path, times: NDArray[np.float64], rows: NDArray[np.float32]) -> None:
    scratch = file.with_suffix(".tmp.npz")
    # As an analysis keeps them, so that training sees what analysis will.
    np.savez(scratch, times=times, rows=rows.astype(np.float16))
    scratch.replace(file)


def _long(sequences: Iterable[PersonSequence]) -> tuple[PersonSequence, ...]:
    found = [s for s in sequences if _frames_seen(s) >= LEAST_FRAMES]
    return tuple(sorted(found, key=_frames_seen, reverse=True))


def _frames_seen(sequence: PersonSequence) -> int:
    return int(np.isfinite(sequence.boxes[:, 0]).sum())


def _actors(examples: Sequence[Example]) -> dict[Path, str]:
    """Who plays in each clip, where a data set's labels.csv has the column actor."""
    actors = {}
    for folder in {parent for e in examples for parent in e.path.parents}:
        try:
            with (folder / "labels.csv").open(encoding="utf-8-sig", newline="") as stream:
                for row in csv.DictReader(stream, restval=""):
                    if row.get(_ACTOR):
                        actors[folder / row["path"]] = f"{folder.name}/{row[_ACTOR]}"
        except (OSError, UnicodeDecodeError, csv.Error, KeyError):
            continue
    return actors


def _step(done: int, total: int) -> Step:
    return Step(done=done, total=total, message="Looking for people in training data")
