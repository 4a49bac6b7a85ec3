"""Segments for a library, made by code."""

import numpy as np
from numpy.typing import NDArray

from crimeview.store.library.rows import ClipSet, Facts, NewEntry, SourceRecording

SPACE = "made-space"
DIMENSIONS = 16


def unit_vectors(count: int, *, dimensions: int = DIMENSIONS, seed: int = 0) -> NDArray[np.float32]:
    rows = np.random.default_rng(seed).standard_normal((count, dimensions)).astype(np.float32)
    return np.asarray(rows / np.linalg.norm(rows, axis=1, keepdims=True))


def recording(name: str) -> SourceRecording:
    return SourceRecording(
        uid=f"sha-{name}",
        sha256=f"sha-{name}",
        size=1000,
        name=f"{name}.mp4",
        path=f"/videos/{name}.mp4",
        case_name="night.case",
        duration=600.0,
        started="2026-03-01T22:00:00+00:00",
    )


def entry(
    uid: str,
    vector: NDArray[np.floating],
    *,
    start: float = 0.0,
    crime_type: str = "",
    camera: str = "",
    happened: float | None = None,
    clips: NDArray[np.floating] | None = None,
) -> NewEntry:
    return NewEntry(
        uid=uid,
        start=start,
        end=start + 5.0,
        peak=0.9,
        peak_time=start + 2.0,
        vectors={SPACE: vector},
        facts=Facts(crime_type=crime_type, camera=camera),
        happened=happened,
        clips=None if clips is None else _clip_set(start, clips),
        thumbnails=((start, b"\xff\xd8one"), (start + 1.0, b"\xff\xd8two")),
        added="2026-03-02T08:00:00+00:00",
        added_by="kim",
    )


def _clip_set(start: float, clips: NDArray[np.floating]) -> ClipSet:
    times = start + np.arange(len(clips) + 1, dtype=np.float64)
    return ClipSet(
        space=SPACE,
        times=np.column_stack([times[:-1], times[1:]]),
        scores=np.full(len(clips), 0.8, np.float32),
        features=clips.astype(np.float16),
    )
