"""From what a case holds of a span to its vector and its clips."""

import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import segment_embedding
from crimeview.core.errors import CaseError, ModelError
from crimeview.core.track import Track, TrackKind
from crimeview.nets.catalog import find_model
from crimeview.store.case import Case
from crimeview.store.library.rows import ClipSet
from crimeview.store.rows import CaseRecording

_CLIPS = 64  # kept of a segment, those of the highest scores: more say nothing new


@dataclass(frozen=True, slots=True)
class Described:
    """A span's vector (d,) of length one, and the clips that it was made of."""

    vector: NDArray[np.float32]
    clips: ClipSet


class RecordingFeatures:
    """Features and scores of a recording of a case, read once for all its spans."""

    def __init__(self, case: Case, recording: CaseRecording) -> None:
        """Raises CaseError where the case has none."""
        features = case.features(recording.id)
        scores = case.track(recording.id, TrackKind.CLIP_SCORES)
        if features is None or scores is None or len(features.times) == 0:
            raise CaseError(
                f"The case holds no features of “{recording.path.name}”; analyze it first."
            )
        rows = min(len(features.times), len(scores.times))
        self.space = _space(case, recording)
        self._features = Track(features.kind, features.times[:rows], features.values[:rows])
        self._scores = np.asarray(scores.values[:rows], np.float32)

    def describe(self, start: float, end: float) -> Described:
        """Describe a span (s). Raises CaseError where no clip lies in it."""
        times = self._features.times
        inside = np.flatnonzero((times[:, 0] < end) & (times[:, 1] > start))
        if len(inside) == 0:
            raise CaseError(
                f"Nothing was analyzed from {start:g} to {end:g} s of the recording; choose "
                "another span."
            )
        if len(inside) > _CLIPS:
            best = np.argsort(-self._scores[inside], kind="stable")[:_CLIPS]
            kept = np.sort(inside[best])
        else:
            kept = inside
        features = self._features.values
        scores = Track(TrackKind.CLIP_SCORES, times, self._scores)
        vector = segment_embedding(self._features, scores, start=start, end=end)
        if vector is None or not vector.any():
            raise CaseError(
                f"Nothing moves from {start:g} to {end:g} s of the recording, so there is nothing "
                "to compare; choose another span."
            )
        clips = ClipSet(
            space=self.space,
            times=times[kept],
            scores=self._scores[kept],
            features=np.asarray(features[kept], np.float16),
        )
        return Described(vector, clips)


def _space(case: Case, recording: CaseRecording) -> str:
    """The feature space of the recording's newest run: vectors of others cannot be compared."""
    run = case.analyses.newest(recording.id)
    if run is None:
        raise CaseError(f"“{recording.path.name}” is not analyzed; analyze it first.")
    name = str(json.loads(run.settings_json)["encoder"])
    try:
        space = find_model(name).manifest.feature_space
    except ModelError:
        space = None
    return space or name
