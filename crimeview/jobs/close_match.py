"""From what similarity on a match in a library is close, learned once for each state of it."""

import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any
from uuid import uuid4

import numpy as np

from crimeview.core.similarity import Threshold, learn_threshold
from crimeview.jobs.projecting import ARROW, projected
from crimeview.nets.catalog import ModelFolder
from crimeview.store.library.library import Library
from crimeview.store.library.location import kept_folder

THRESHOLDS_FILE = "close-match.json"
_FORMAT = 1
_SAMPLE = 20_000  # segments that it is learned from


def library_threshold(
    library: Library, space: str, *, projection: ModelFolder | None = None
) -> Threshold:
    """From what similarity on a match in a space of this library is close; see `learn_threshold`.

    With a `projection` similarities are those of projected vectors.

    It is kept beside the library, or on this computer where that is on a server, and learned anew
    when segments were added or removed, or what is said of them has changed.
    """
    file = (library.folder or kept_folder(library.uid)) / THRESHOLDS_FILE
    state = library.state()
    kept = _load(file, library.uid)
    name = space if projection is None else f"{space}{ARROW}{projection.manifest.sha256}"
    held = _threshold(kept.get(name), state)
    if held is None:
        held = _learned(library, space, projection)
        _save(file, library.uid, {**kept, name: {"state": state, **asdict(held)}})
    return held


def _learned(library: Library, space: str, projection: ModelFolder | None) -> Threshold:
    numbers = library.numbers(space)
    total = len(numbers)
    if total > _SAMPLE:
        numbers = np.sort(np.random.default_rng(0).choice(numbers, _SAMPLE, replace=False))
    kinds = library.kinds(numbers.tolist())
    shown = np.array([n for n in numbers.tolist() if n in kinds], np.int64)
    if len(shown) == 0:
        return Threshold(value=None, basis="nothing", segments=0)
    found, vectors = library.vectors(space, shown)
    return learn_threshold(
        vectors if projection is None else projected(projection, vectors),
        np.array([kinds[int(n)][0] for n in found], np.int64),
        np.array([kinds[int(n)][1] for n in found], np.str_),
        total=max(1, round(total * len(shown) / len(numbers))),
    )


def _threshold(kept: object, state: str) -> Threshold | None:
    """What is kept of a space, where it was learned of this state."""
    if not isinstance(kept, Mapping) or kept.get("state") != state:
        return None
    try:
        value = kept["value"]
        return Threshold(
            value=None if value is None else float(value),
            basis=kept["basis"],
            segments=int(kept["segments"]),
        )
    except (KeyError, TypeError, ValueError):
        return None


def _load(file: Path, uid: str) -> dict[str, Any]:
    """What is kept for the spaces of this library; nothing where it cannot be read."""
    with suppress(OSError, ValueError):
        stored = json.loads(file.read_text("utf-8"))
        if isinstance(stored, dict) and (stored.get("format"), stored.get("library")) == (
            _FORMAT,
            uid,
        ):
            spaces = stored.get("spaces")
            return spaces if isinstance(spaces, dict) else {}
    return {}


def _save(file: Path, uid: str, spaces: Mapping[str, Any]) -> None:
    """Write it at once in place of an older one; what cannot be written is learned next time."""
    scratch = file.with_name(f".{uuid4().hex}.part")
    text = json.dumps({"format": _FORMAT, "library": uid, "spaces": spaces})
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with scratch.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(file)
    except OSError:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
