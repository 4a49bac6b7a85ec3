"""Packages of a library, and features that others computed."""

import csv
import hashlib
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import pooled
from crimeview.core.errors import ModelError, UsageError
from crimeview.core.given_features import read_features
from crimeview.core.job import Job, Step
from crimeview.nets.catalog import find_model
from crimeview.nets.scorer import Scorer
from crimeview.store.library.library import Library
from crimeview.store.library.package_export import export_package
from crimeview.store.library.package_import import import_package
from crimeview.store.library.rows import (
    Added,
    ClipSet,
    Facts,
    Filter,
    NewEntry,
    SourceRecording,
)

_AT_ONCE = 64  # recordings stored in one transaction
_NORMAL = "normal"


@dataclass(frozen=True, slots=True)
class Imported:
    """How many segments were added, were known, and were left out since nothing happens there."""

    added: int
    known: int
    ordinary: int = 0


def export_library(library: Library, folder: Path, *, wanted: Filter, with_clips: bool) -> Job[int]:
    """Write a package of what fits; gives how many segments are in it. Raises LibraryError.

    Marked duplicates that fit are always in it, with their marks: what takes it in leaves them out
    of searches as this library does.
    """
    written = 0
    wanted = replace(wanted, duplicates=True)
    exporting = export_package(library, folder, wanted=wanted, with_clips=with_clips)
    for done, total in exporting:
        written = done
        yield Step(done=done, total=total, message=f"Writing {folder.name}")
    return written


def import_library(library: Library, folder: Path) -> Job[Imported]:
    """Take in a package. Raises LibraryError."""
    outcomes = dict.fromkeys(Added, 0)
    yield Step(done=0, total=None, message=f"Checking {folder.name}")
    for done, total, counted in import_package(library, folder):
        outcomes = counted
        yield Step(done=done, total=total, message=f"Reading {folder.name}")
    return Imported(outcomes[Added.NEW], outcomes[Added.KNOWN])


def import_features(
    library: Library, features: Path, labels: Path | None, *, scorer: str, segments: int
) -> Job[Imported]:
    """Take in features of UCF-Crime's form: one segment of each recording that is not ordinary.

    Its vector is the mean of the `segments` rows with the highest scores, weighted by them. Times
    are numbers of rows, since such features have no clock. Raises UsageError and ModelError.
    """
    given = read_features(features)
    types = _read_types(labels) if labels is not None else {}
    model = find_model(scorer)
    space = model.manifest.feature_space
    if model.manifest.kind != "scorer" or space is None:
        raise ModelError(f"The model “{scorer}” is not a scorer; choose another.")
    total = len(given.names)
    added = known = ordinary = 0
    with closing(Scorer(model)) as net:
        for first in range(0, total, _AT_ONCE):
            batch = []
            for number in range(first, min(first + _AT_ONCE, total)):
                name = given.names[number]
                crime_type = types.get(name, "")
                if crime_type.lower() == _NORMAL:
                    ordinary += 1
                    continue
                rows = np.asarray(given.features[number], np.float32)
                scores = _scored(net, rows, features)
                entry = _entry(name, rows, scores, segments, space=space, crime_type=crime_type)
                batch.append((_recording(name, rows), entry))
            outcomes = [outcome for outcome, _ in library.load(batch)] if batch else []
            added += sum(outcome is Added.NEW for outcome in outcomes)
            known += sum(outcome is Added.KNOWN for outcome in outcomes)
            done = min(first + _AT_ONCE, total)
            yield Step(done=done, total=total, message=f"Reading {features.name}")
    library.make_graphs()
    return Imported(added, known, ordinary)


def _read_types(labels: Path) -> dict[str, str]:
    try:
        with labels.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        return {row["name"]: row["class"].strip() for row in rows}
    except (OSError, UnicodeDecodeError, KeyError, AttributeError, csv.Error) as error:
        raise UsageError(
            f"{labels} cannot be read as labels; give a .csv with the columns name and class."
        ) from error


def _scored(net: Scorer, rows: NDArray[np.float32], file: Path) -> NDArray[np.float32]:
    try:
        return net.scores(rows)
    except ModelError as error:
        raise UsageError(
            f"The features of {file} do not fit the scorer “{net.model.manifest.name}” "
            f"({rows.shape[1]} numbers a row); name another with --scorer."
        ) from error


def _entry(
    name: str,
    rows: NDArray[np.float32],
    scores: NDArray[np.float32],
    segments: int,
    *,
    space: str,
    crime_type: str,
) -> NewEntry:
    best = np.sort(np.argsort(-scores, kind="stable")[:segments])
    times = np.column_stack([best, best + 1]).astype(np.float64)
    top = int(best[np.argmax(scores[best])])
    vector = pooled(rows[best], scores[best])
    if not np.isfinite(vector).all() or not vector.any():
        raise UsageError(f"The features of “{name}” are all zero or not finite; leave it out.")
    return NewEntry(
        uid=_uid(name, rows),
        start=float(times[0, 0]),
        end=float(times[-1, 1]),
        peak=float(scores[top]),
        peak_time=top + 0.5,
        vectors={space: vector},
        facts=Facts(crime_type=crime_type, notes=f"times count {len(rows)} parts of the recording"),
        clips=ClipSet(
            space=space,
            times=times,
            scores=scores[best],
            features=rows[best].astype(np.float16),
        ),
        added=datetime.now(UTC).isoformat(timespec="seconds"),
    )


def _recording(name: str, rows: NDArray[np.float32]) -> SourceRecording:
    return SourceRecording(uid=_uid(name, rows), name=name, duration=float(len(rows)))


def _uid(name: str, rows: NDArray[np.float32]) -> str:
    """The identity of features that have no file: of their name and numbers."""
    digest = hashlib.sha256(name.encode("utf-8", "surrogateescape"))
    digest.update(rows.astype(np.float16).tobytes())
    return digest.hexdigest()[:32]
