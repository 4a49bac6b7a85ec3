"""The segments of a case as vectors: what maps, groupings and searches work on."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import segment_embedding, unit
from crimeview.core.errors import UsageError
from crimeview.core.job import Job, Step
from crimeview.core.review import ReviewState
from crimeview.core.track import Track, TrackKind
from crimeview.store.case import Case
from crimeview.store.rows import CaseSegment

Floats = NDArray[np.float32]

_DISMISSED = frozenset({ReviewState.DISMISSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class SegmentVectors:
    """Segments of a case in order of recording and time.

    `anomalous` (n, d) are the means of their clips weighted by score, `whole` (n, d) those of all
    clips of their recordings; at length one. `center` (d,) is the mean of all clips of the case,
    what is usual in it. `missing` counts segments without features.
    """

    segments: tuple[CaseSegment, ...]
    anomalous: Floats
    whole: Floats
    center: Floats
    missing: int

    @property
    def types(self) -> tuple[str | None, ...]:
        """The type that a person gave each segment, None where nobody did."""
        return tuple(s.review.kind if s.review is not None else None for s in self.segments)

    @property
    def space(self) -> str:
        """What the vectors mean, as far as they tell it themselves: how many numbers they have."""
        return f"features of {self.anomalous.shape[1]}"

    @property
    def recordings(self) -> tuple[str, ...]:
        return tuple(str(s.recording_id) for s in self.segments)

    def centered(self) -> Floats:
        """The anomalous ones less what is usual, at length one."""
        return unit(self.anomalous - self.center)

    def whole_centered(self) -> Floats:
        """The whole ones less what is usual, at length one."""
        return unit(self.whole - self.center)


def segment_vectors(
    case: Case, *, leave_out: frozenset[ReviewState] = _DISMISSED
) -> Job[SegmentVectors]:
    """The vectors of a case's segments, from the features that analyses stored.

    Segments of which a person decided something of `leave_out` are left out.

    Raises UsageError where there is no segment with features, or where recordings were analyzed
    with encoders whose features have nothing in common.
    """
    by_recording: dict[int, list[CaseSegment]] = {}
    for segment in sorted(case.segments(), key=lambda s: (s.recording_id, s.segment.start)):
        if segment.state not in leave_out:
            by_recording.setdefault(segment.recording_id, []).append(segment)
    found = _Found()
    for done, (number, segments) in enumerate(by_recording.items()):
        yield Step(done=done, total=len(by_recording), message="Averaging features of segments")
        found.take(case, number, segments)
    if not found.kept:
        raise UsageError(
            f"The case {case.folder} has no segments with features; analyze recordings first, or "
            "lower the threshold."
        )
    return found.vectors()


class _Found:
    def __init__(self) -> None:
        self.kept: list[CaseSegment] = []
        self._anomalous: list[Floats] = []
        self._whole: list[Floats] = []
        self._sum: NDArray[np.float64] | None = None
        self._clips = 0
        self._missing = 0

    def take(self, case: Case, number: int, segments: Sequence[CaseSegment]) -> None:
        """Take in a recording and its segments."""
        features = case.features(number)
        scores = case.track(number, TrackKind.CLIP_SCORES)
        if features is None or scores is None or len(features.values) == 0:
            self._missing += len(segments)
            return
        scores = _on_clips(scores, features)
        self._add_clips(case, features)
        whole = unit(unit(features.values).mean(axis=0))
        for segment in segments:
            span = segment.segment
            vector = segment_embedding(features, scores, start=span.start, end=span.end)
            if vector is None:
                self._missing += 1
                continue
            self.kept.append(segment)
            self._anomalous.append(vector)
            self._whole.append(whole)

    def vectors(self) -> SegmentVectors:
        if self._sum is None:
            raise ValueError("no features were taken in")
        return SegmentVectors(
            segments=tuple(self.kept),
            anomalous=np.stack(self._anomalous),
            whole=np.stack(self._whole),
            center=np.asarray(self._sum / self._clips, np.float32),
            missing=self._missing,
        )

    def _add_clips(self, case: Case, features: Track) -> None:
        summed = unit(features.values).sum(axis=0, dtype=np.float64)
        if self._sum is not None and len(self._sum) != len(summed):
            raise UsageError(
                f"Recordings of {case.folder} were analyzed with different encoders; analyze all "
                "of them with one."
            )
        self._sum = summed if self._sum is None else self._sum + summed
        self._clips += len(features.values)


def _on_clips(scores: Track, features: Track) -> Track:
    """The scores of the clips that have features: scores may be older than the last features."""
    if len(scores.times) == len(features.times):
        return scores
    values = np.zeros(len(features.times), np.float32)
    if len(scores.times):
        middles = scores.times.mean(axis=1)
        values = np.asarray(np.interp(features.times.mean(axis=1), middles, scores.values))
    return Track(TrackKind.CLIP_SCORES, features.times, values)
