"""Vectors of a case's segments as they were made once, kept beside the case.

Reading the features of all clips takes seconds; what is kept is good as long as the features and
scores of a recording are the same, which their stamp tells. The file can be deleted at any time.
"""

import os
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Spans = NDArray[np.float64]

VECTORS_FILE = "vectors.npz"
_FORMAT = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordingVectors:
    """Of a recording: the vectors (n, d) of its spans (n, 2), NaN of one that no clip touches.

    `whole` (d,) is the mean of all its clips at length one, `total` (d,) their sum, `clips` how
    many there are.
    """

    spans: Spans
    vectors: Floats
    whole: Floats
    total: NDArray[np.float64]
    clips: int

    def rows(self, spans: Spans) -> NDArray[np.intp] | None:
        """Where these spans (m, 2) are; None where one of them is not."""
        where = {span: number for number, span in enumerate(map(tuple, self.spans.tolist()))}
        found = [where.get(span) for span in map(tuple, spans.tolist())]
        if None in found:
            return None
        return np.array(found, np.intp)


def load_vectors(file: Path) -> dict[str, RecordingVectors]:
    """What is kept in a file, by stamp; nothing where there is none, or a damaged one."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as stored:
            if int(stored["format"]) != _FORMAT:
                return {}
            return _taken_apart({name: stored[name] for name in stored.files})
    except (OSError, ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile):
        return {}


def save_vectors(kept: Mapping[str, RecordingVectors], file: Path) -> None:
    """Write it at once in place of an older one; what cannot be written is made anew next time."""
    scratch = file.with_name(f".{uuid4().hex}.part")
    parts = list(kept.values())
    try:
        with scratch.open("wb") as stream:
            np.savez(
                stream,
                format=np.array(_FORMAT),
                stamps=np.array(list(kept), np.str_),
                counts=np.array([len(part.spans) for part in parts], np.int64),
                spans=_joined(part.spans for part in parts),
                vectors=_joined(part.vectors for part in parts),
                wholes=np.stack([part.whole for part in parts]),
                totals=np.stack([part.total for part in parts]),
                clips=np.array([part.clips for part in parts], np.int64),
            )
            stream.flush()
            os.fsync(stream.fileno())
        scratch.replace(file)
    except (OSError, ValueError):
        with suppress(OSError):
            scratch.unlink(missing_ok=True)


def _joined(parts: Iterable[NDArray[np.floating]]) -> NDArray[np.floating]:
    return np.concatenate(list(parts))


def _taken_apart(stored: Mapping[str, NDArray[np.generic]]) -> dict[str, RecordingVectors]:
    counts = np.asarray(stored["counts"], np.int64)
    edges = np.cumsum(counts)[:-1]
    stamps = [str(stamp) for stamp in stored["stamps"].tolist()]
    spans = np.split(np.asarray(stored["spans"], np.float64), edges)
    vectors = np.split(np.asarray(stored["vectors"], np.float32), edges)
    wholes = np.asarray(stored["wholes"], np.float32)
    totals = np.asarray(stored["totals"], np.float64)
    clips = np.asarray(stored["clips"], np.int64).tolist()
    columns = zip(stamps, spans, vectors, wholes, totals, clips, strict=True)
    return {
        stamp: RecordingVectors(
            spans=own, vectors=rows, whole=whole, total=total, clips=int(number)
        )
        for stamp, own, rows, whole, total, number in columns
    }
