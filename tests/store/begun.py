"""Recordings of a case in a known state, without any video."""

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipCursor
from crimeview.core.recording import ClockSource, Fingerprint, Recording
from crimeview.core.track import Track, TrackKind
from crimeview.store.case import Case
from crimeview.store.features import FeatureWriter

ENCODER, SCORER, CLIP_KEY = "e" * 64, "5" * 64, "frames=8"
CONTENT = Fingerprint(sha256="a" * 64, size=1234)
OTHER_CONTENT = Fingerprint(sha256="b" * 64, size=1234)


def description(path: Path) -> Recording:
    return Recording(
        path=path,
        duration=12.5,
        width=640,
        height=360,
        frame_rate=25.0,
        codec="h264",
        container="mp4",
        rotation=90,
        clock=ClockSource.FRAME_RATE,
    )


def begin(
    case: Case,
    name: str = "a.mp4",
    *,
    content: Fingerprint = CONTENT,
    scorer: str = SCORER,
    settings: str = "{}",
) -> tuple[int, int]:
    """A recording with a run; gives the ids of both."""
    recording_id = case.add_recording(Path(name))
    case.set_fingerprint(recording_id, content)
    run_id = case.analyses.begin(
        recording_id,
        encoder_sha256=ENCODER,
        scorer_sha256=scorer,
        clip_key=CLIP_KEY,
        settings_json=settings,
    )
    return recording_id, run_id


def writer(case: Case, content: Fingerprint = CONTENT) -> FeatureWriter:
    return case.analyses.feature_writer(content.sha256, encoder_sha256=ENCODER, clip_key=CLIP_KEY)


def append_chunk(features: FeatureWriter, *, rows: int = 16, dimensions: int = 4) -> None:
    """Append clips of one second; every value says where it belongs."""
    first = features.rows
    starts = np.arange(first, first + rows, dtype=np.float64)
    values = (starts[:, None] + np.arange(dimensions) / 8).astype(np.float16)
    frames = np.arange(first * 10, (first + rows) * 10) / 10
    features.append(
        np.stack([starts, starts + 1], axis=1),
        values,
        np.stack([frames, frames + 0.1], axis=1),
        ClipCursor(origin=0.0, index=first + rows, last_frame=float(frames[-1])),
        damage=None,
    )


def score_track(
    values: NDArray[np.floating], *, kind: TrackKind = TrackKind.FRAME_SCORES, rate: float = 10.0
) -> Track:
    starts = np.arange(len(values)) / rate
    return Track(kind, np.stack([starts, starts + 1 / rate], axis=1), values.astype(np.float32))
