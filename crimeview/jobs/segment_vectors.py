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
from crimeview.jobs.kept_vectors import (
    VECTORS_FILE,
    RecordingVectors,
    Spans,
    load_vectors,
    save_vectors,
)
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
    case: Case,
    *,
    leave_out: frozenset[ReviewState] = _DISMISSED,
    segments: Sequence[CaseSegment] | None = None,
) -> Job[SegmentVectors]:
    """The vectors of a case's segments, from the features that analyses stored.

    `segments` are all of the case's, None to read them. Those of which a person decided something
    of `leave_out` are left out. What is made is kept in the case, and made anew of recordings that
    have other features, scores or segments since.

    Raises UsageError where there is no segment with features, or where recordings were analyzed
    with encoders whose features have nothing in common.
    """
    by_recording: dict[int, list[CaseSegment]] = {}
    rows = case.segments() if segments is None else segments
    for segment in sorted(rows, key=lambda s: (s.recording_id, s.segment.start)):
        by_recording.setdefault(segment.recording_id, []).append(segment)
    reading = _Reading(case)
    found = _Found(case)
    for done, (number, own) in enumerate(by_recording.items()):
        yield Step(done=done, total=len(by_recording), message="Averaging features of segments")
        found.take(own, reading.of(number, _spans(own)), leave_out=leave_out)
    reading.keep()
    if not found.kept:
        raise UsageError(
            f"The case {case.folder} has no segments with features; analyze recordings first, or "
            "lower the threshold."
        )
    return found.vectors()


class _Reading:
    """The vectors of recordings: those that are kept, else from the features."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._file = case.folder / VECTORS_FILE
        self._kept = load_vectors(self._file)
        self._stamps = case.clip_stamps()
        self._used: dict[str, RecordingVectors] = {}
        self._changed = False

    def of(self, number: int, spans: Spans) -> RecordingVectors | None:
        """The vectors of at least these spans (n, 2); None of a recording without features."""
        stamp = self._stamps.get(number)
        held = self._kept.get(stamp) if stamp is not None else None
        if held is not None and held.rows(spans) is not None:
            found: RecordingVectors | None = held
        else:
            found = _read(self._case, number, spans)
            self._changed |= stamp is not None
        if found is not None and stamp is not None:
            self._used[stamp] = found
        return found

    def keep(self) -> None:
        """Store what was used, where that is not what is stored."""
        if self._used and (self._changed or len(self._used) < len(self._kept)):
            save_vectors(self._used, self._file)


def _spans(segments: Sequence[CaseSegment]) -> Spans:
    return np.array([(s.segment.start, s.segment.end) for s in segments], np.float64)


def _read(case: Case, number: int, spans: Spans) -> RecordingVectors | None:
    features = case.features(number)
    scores = case.track(number, TrackKind.CLIP_SCORES)
    if features is None or scores is None or len(features.values) == 0:
        return None
    scores = _on_clips(scores, features)
    # In half precision lengths may be anything: they are taken once, not again for each segment.
    features = Track(TrackKind.FEATURES, features.times, unit(features.values))
    none = np.full(features.values.shape[1], np.nan, np.float32)
    vectors = [
        segment_embedding(features, scores, start=start, end=end) for start, end in spans.tolist()
    ]
    return RecordingVectors(
        spans=spans,
        vectors=np.stack([none if vector is None else vector for vector in vectors]),
        whole=unit(features.values.mean(axis=0)),
        total=features.values.sum(axis=0, dtype=np.float64),
        clips=len(features.values),
    )


class _Found:
    def __init__(self, case: Case) -> None:
        self.kept: list[CaseSegment] = []
        self._case = case
        self._anomalous: list[Floats] = []
        self._whole: list[Floats] = []
        self._sum: NDArray[np.float64] | None = None
        self._clips = 0
        self._missing = 0

    def take(
        self,
        segments: Sequence[CaseSegment],
        vectors: RecordingVectors | None,
        *,
        leave_out: frozenset[ReviewState],
    ) -> None:
        """Take in the segments of a recording that are not left out."""
        wanted = [segment for segment in segments if segment.state not in leave_out]
        if not wanted:
            return
        if vectors is None:
            self._missing += len(wanted)
            return
        self._add_clips(vectors)
        at = vectors.rows(_spans(wanted))
        assert at is not None
        rows = vectors.vectors[at]
        there = np.isfinite(rows[:, 0])
        self._missing += int((~there).sum())
        self.kept += [segment for segment, has in zip(wanted, there, strict=True) if has]
        self._anomalous.append(rows[there])
        self._whole.append(np.tile(vectors.whole, (int(there.sum()), 1)))

    def vectors(self) -> SegmentVectors:
        if self._sum is None:
            raise ValueError("no features were taken in")
        return SegmentVectors(
            segments=tuple(self.kept),
            anomalous=np.concatenate(self._anomalous),
            whole=np.concatenate(self._whole),
            center=np.asarray(self._sum / self._clips, np.float32),
            missing=self._missing,
        )

    def _add_clips(self, vectors: RecordingVectors) -> None:
        if self._sum is not None and len(self._sum) != len(vectors.total):
            raise UsageError(
                f"Recordings of {self._case.folder} were analyzed with different encoders; analyze "
                "all of them with one."
            )
        self._sum = vectors.total if self._sum is None else self._sum + vectors.total
        self._clips += vectors.clips


def _on_clips(scores: Track, features: Track) -> Track:
    """The scores of the clips that have features: scores may be older than the last features."""
    if len(scores.times) == len(features.times):
        return scores
    values = np.zeros(len(features.times), np.float32)
    if len(scores.times):
        middles = scores.times.mean(axis=1)
        values = np.asarray(np.interp(features.times.mean(axis=1), middles, scores.values))
    return Track(TrackKind.CLIP_SCORES, features.times, values)
