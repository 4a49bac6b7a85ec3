"""A case with stored features and segments of two kinds, as analyses leave it."""

import numpy as np

from crimeview.core.clip import ClipCursor
from crimeview.core.recording import Fingerprint
from crimeview.core.segment import Segment
from crimeview.core.track import Track, TrackKind
from crimeview.store.case import Case
from tests.store.begun import begin, writer

RECORDINGS, SEGMENTS, SIZE = 6, 4, 12
_CLIPS = 40
_SETTINGS = '{"rule": {"threshold": 0.5}}'


def fill_case(case: Case) -> None:
    """Six recordings of 40 s, each a scene of its own, with four segments of 5 s.

    The first and third of a recording are of one kind, the others of the other.
    """
    random = np.random.default_rng(0)
    for number in range(RECORDINGS):
        content = Fingerprint(sha256=f"{number:064}", size=1)
        recording_id, run_id = begin(case, f"{number}.mp4", content=content, settings=_SETTINGS)
        clips = random.normal(size=SIZE) + random.normal(scale=0.2, size=(_CLIPS, SIZE))
        scores = np.full(_CLIPS, 0.05, np.float32)
        segments = []
        for place in range(SEGMENTS):
            start = 2 + 9 * place
            clips[start : start + 5, place % 2] += 12
            scores[start : start + 5] = 0.9
            segments.append(
                Segment(start=start, end=start + 5, peak=0.9, peak_time=start + 2.5, mean=0.9)
            )
        starts = np.arange(_CLIPS, dtype=np.float64)
        times = np.stack([starts, starts + 1], axis=1)
        writer(case, content).append(
            times,
            clips.astype(np.float16),
            times,
            ClipCursor(origin=0.0, index=_CLIPS, last_frame=float(_CLIPS - 1)),
            damage=None,
        )
        case.analyses.save_track(run_id, Track(TrackKind.CLIP_SCORES, times, scores))
        case.replace_segments(recording_id, run_id, segments)
