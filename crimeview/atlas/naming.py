"""Clusters that people named: a name suggests itself for new segments that fall in its cluster.

How far is “in” is learned from the cluster's own members: the confidence of a suggestion is the
share of them that lie at least as far from the cluster's center as the new one. Where that share
is small the segment is of none of them: unknown.
"""

import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import unit
from crimeview.core.errors import CaseError

Floats = NDArray[np.float32]

FAR = 0.05  # the confidence below which a segment is of no cluster
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedCluster:
    """`center` (d,) at length one, and the cosines (k,) of its members to it, ascending."""

    name: str
    center: Floats
    members: Floats


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A name, None for unknown, and how confident: 0 to 1, of the nearest cluster also then."""

    name: str | None
    confidence: float


def named_cluster(name: str, vectors: NDArray[np.floating]) -> NamedCluster:
    """The cluster of vectors (k, d), k at least 1.

    Each member is held against the center of the others: one that helped to make a center is
    nearer to it than a new one is.
    """
    rows = unit(vectors)
    center = unit(rows.mean(axis=0))
    others = unit(rows.sum(axis=0) - rows) if len(rows) > 1 else rows
    return NamedCluster(name=name, center=center, members=np.sort((rows * others).sum(axis=1)))


def suggestions(
    vectors: NDArray[np.floating], clusters: Sequence[NamedCluster], *, far: float = FAR
) -> list[Suggestion]:
    """What vectors (n, d) are by the named cluster whose center is nearest."""
    if not clusters:
        return [Suggestion(None, 0.0)] * len(vectors)
    alike = unit(vectors) @ np.stack([c.center for c in clusters]).T
    found = []
    for row, first in zip(alike, alike.argmax(axis=1), strict=True):
        cluster = clusters[first]
        confidence = _as_far(cluster.members, float(row[first]))
        found.append(Suggestion(cluster.name if confidence >= far else None, confidence))
    return found


def save_names(clusters: Sequence[NamedCluster], file: Path, *, space: str) -> None:
    """Write them at once in place of older ones, as plain arrays; raises CaseError."""
    arrays: dict[str, NDArray[np.generic]] = {
        "format": np.array(_FORMAT),
        "space": np.array(space),
        "names": np.array([c.name for c in clusters], np.str_),
    }
    for number, cluster in enumerate(clusters):
        arrays |= {f"center-{number}": cluster.center, f"members-{number}": cluster.members}
    scratch = file.with_suffix(".tmp")
    try:
        with scratch.open("wb") as stream:
            np.savez(stream, **arrays)  # type: ignore[arg-type]
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(file)
    except OSError as error:
        raise CaseError(
            f"The names of clusters cannot be kept in {file} ({error.strerror}); allow writing "
            "there, or free some space."
        ) from error


def load_names(file: Path, *, space: str) -> list[NamedCluster]:
    """The clusters in a file; none where there is none, or where vectors mean something else.

    Raises CaseError where it is damaged: names are a person's work and not to be lost silently.
    """
    if not file.exists():
        return []
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            if int(stored["format"]) != _FORMAT or str(stored["space"]) != space:
                return []
            return [
                NamedCluster(
                    name=str(name),
                    center=np.asarray(stored[f"center-{number}"], np.float32),
                    members=np.asarray(stored[f"members-{number}"], np.float32),
                )
                for number, name in enumerate(stored["names"])
            ]
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise CaseError(
            f"The names of clusters in {file} cannot be read; restore the file from a copy, or "
            "delete it and name the clusters anew."
        ) from error


def _as_far(members: Floats, alike: float) -> float:
    """The share of members, the new one counted among them, that are at most so alike."""
    at_most = int(np.searchsorted(members, alike, side="right"))
    return min(1.0, (at_most + 1) / (len(members) + 1)) if at_most else 0.0
