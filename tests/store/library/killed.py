"""Kills a process that writes to a library, again and again, and looks at what is left.

`python -m tests.store.library.killed FOLDER KILLS` prints one line of JSON. It imports once and
forks, so that a kill takes a fraction of a second; what it forks from uses no thread.
"""

import json
import os
import random
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

from crimeview.store.library import local_search
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location
from tests.store.library.made import SPACE, entry, recording, unit_vectors

_VECTORS = unit_vectors(20_000)
_LONGEST = 0.15  # s from the first acknowledged addition to the kill


def _write(folder: Path, first: int, out: int) -> None:
    """Add and search until killed; each acknowledged number is written to `out`."""
    local_search._SAVED_AFTER = 0  # the index is written at every search
    with open_library(Location(folder=folder)) as library:
        for number in range(first, len(_VECTORS)):
            _add(library, number)
            os.write(out, f"{number}\n".encode())
            library.search(SPACE, _VECTORS[number], count=1)


def _add(library: Library, number: int) -> None:
    library.add(recording(f"r{number}"), [entry(f"u{number}", _VECTORS[number])])


def _look(folder: Path, acknowledged: list[int], out: int) -> None:
    """Say which of the acknowledged are missing or not found, and what was told of the index."""
    with open_library(Location(folder=folder), create=False) as library:
        held = {e.uid: e.id for e in library.entries()}
        missing = [n for n in acknowledged if f"u{n}" not in held]
        some = random.Random(len(held)).sample(acknowledged, min(5, len(acknowledged)))
        lost = [
            n
            for n in some
            if library.search(SPACE, _VECTORS[n], count=1)[0].segment_id != held.get(f"u{n}")
        ]
        found = library.search(SPACE, _VECTORS[0], count=100_000)
        whole = len(found) == len(held)
        answer = {
            "missing": missing,
            "lost": lost,
            "whole": whole,
            "notices": library.take_notices(),
        }
    os.write(out, json.dumps(answer).encode())


def _forked(work: Callable[[int], None], *, kill_after: float | None) -> str:
    """Run in a child; what it wrote. Killed so many seconds after it first wrote something."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        work(writing)
        os._exit(0)
    os.close(writing)
    text = os.read(reading, 1 << 16)
    if kill_after is not None:
        time.sleep(kill_after)
        os.kill(child, signal.SIGKILL)
    while part := os.read(reading, 1 << 16):
        text += part
    os.close(reading)
    os.waitpid(child, 0)
    return text.decode()


def main(folder: Path, kills: int) -> None:
    """Kill so often and print what was found."""
    chance = random.Random(7)
    acknowledged: list[int] = []
    result: dict[str, list[object]] = {"missing": [], "lost": [], "notices": []}
    parts = 0
    for _ in range(kills):
        first = acknowledged[-1] + 2 if acknowledged else 0  # one may be stored, unacknowledged
        wait = chance.uniform(0.0, _LONGEST)
        text = _forked(partial(_write, folder, first), kill_after=wait)
        acknowledged += [int(line) for line in text.splitlines()]
        looked = json.loads(_forked(partial(_look, folder, acknowledged), kill_after=None))
        for name in result:
            result[name] += looked[name]
        parts += not looked["whole"]
    print(json.dumps(result | {"kills": kills, "added": len(acknowledged), "not_whole": parts}))


if __name__ == "__main__":
    assert np.isfinite(_VECTORS).all()
    main(Path(sys.argv[1]), int(sys.argv[2]))
