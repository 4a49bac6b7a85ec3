"""A case of very many segments of known kinds, to measure the map with."""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.core.clip import ClipCursor
from crimeview.core.edit import Action, Change, Edit
from crimeview.core.recording import Fingerprint, RecordingState
from crimeview.core.review import KINDS
from crimeview.core.segment import Segment
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.review import Reviewer, named
from crimeview.store.case import Case
from tests.store.begun import CLIP_KEY, ENCODER, SCORER, writer

SIZE = 512
_EVERY, _LENGTH = 8, 4  # clips from one segment to the next, and of a segment
_SETTINGS = json.dumps({"rule": {"threshold": 0.4}})
_DIRECTIONS = 40  # in which scenes and kinds differ


def fill_case(case: Case, *, recordings: int, segments: int, size: int = SIZE) -> None:
    """Recordings of clips of a second, `segments` in each, of eight kinds that overlap.

    Every fifth segment has the type of its kind.
    """
    random = np.random.default_rng(0)
    basis = random.normal(size=(_DIRECTIONS, size)) / np.sqrt(size)
    kinds = 4.0 * random.normal(size=(8, _DIRECTIONS))
    for number in range(recordings):
        content = Fingerprint(sha256=f"{number:064}", size=1)
        name = f"camera{number % 12:02}_202405{1 + number % 28:02}_{number % 24:02}0000.avi"
        recording_id = case.add_recording(Path(f"{number // 336:02}/{name}"))
        case.set_fingerprint(recording_id, content)
        run_id = case.analyses.begin(
            recording_id,
            encoder_sha256=ENCODER,
            scorer_sha256=SCORER,
            clip_key=CLIP_KEY,
            settings_json=_SETTINGS,
        )
        clips, scores, found = _recording(random, basis, kinds, segments=segments)
        starts = np.arange(len(clips), dtype=np.float64)
        times = np.stack([starts, starts + 1], axis=1)
        writer(case, content).append(
            times,
            clips.astype(np.float16),
            times,
            ClipCursor(origin=0.0, index=len(clips), last_frame=float(len(clips) - 1)),
            damage=None,
        )
        case.analyses.save_track(run_id, Track(TrackKind.CLIP_SCORES, times, scores))
        case.replace_segments(recording_id, run_id, [segment for segment, _ in found])
        case.set_state(recording_id, RecordingState.DONE)
        _review(case, recording_id, [kind for _, kind in found])


def random_vectors(count: int, *, size: int = SIZE) -> NDArray[np.float32]:
    """Vectors (n, d) of overlapping groups, at length one."""
    random = np.random.default_rng(0)
    basis = random.normal(size=(_DIRECTIONS, size)) / np.sqrt(size)
    kinds = 4.0 * random.normal(size=(12, _DIRECTIONS))
    rows = kinds[random.integers(12, size=count)] + random.normal(size=(count, _DIRECTIONS)) * 1.6
    found = rows @ basis + random.normal(scale=0.01, size=(count, size))
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True), np.float32)


def _recording(
    random: np.random.Generator,
    basis: NDArray[np.float64],
    kinds: NDArray[np.float64],
    *,
    segments: int,
) -> tuple[NDArray[np.float64], NDArray[np.float32], list[tuple[Segment, int]]]:
    count = segments * _EVERY
    scene = 1.0 * random.normal(size=_DIRECTIONS)
    inner = scene + random.normal(scale=0.8, size=(count, _DIRECTIONS))
    scores = random.uniform(0.0, 0.2, size=count).astype(np.float32)
    found = []
    for place in range(segments):
        kind, first = int(random.integers(len(kinds))), place * _EVERY + 1
        own = kinds[kind] + random.normal(scale=1.2, size=_DIRECTIONS)
        inner[first : first + _LENGTH] += own
        peak = float(random.uniform(0.5, 0.99))
        scores[first : first + _LENGTH] = peak
        span = Segment(
            start=float(first),
            end=float(first + _LENGTH),
            peak=peak,
            peak_time=first + _LENGTH / 2,
            mean=peak,
        )
        found.append((span, kind))
    return inner @ basis, scores, found


def _review(case: Case, recording_id: int, kinds: list[int]) -> None:
    by = Reviewer(name="bench", now="2024-05-17T12:00:00+00:00")
    rows = sorted(case.segments(recording_id), key=lambda row: row.segment.start)
    said: list[Change] = []
    for number in range(0, len(rows), 5):
        edit = named([rows[number]], KINDS[kinds[number]], by=by)
        if edit is not None:
            said += edit.changes
    case.edits.make(Edit(action=Action.KIND, changes=tuple(said)), reviewer=by.name)


def link_videos(case: Case, video: Path) -> None:
    """Put a real video where each of the case's recordings is said to be."""
    for recording in case.recordings():
        recording.path.parent.mkdir(parents=True, exist_ok=True)
        if not recording.path.exists():
            recording.path.symlink_to(video)
