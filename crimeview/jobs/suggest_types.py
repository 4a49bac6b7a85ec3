"""Suggesting types for segments, and keeping what is suggested beside what people say."""

import json
from collections.abc import Collection, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import segment_embedding
from crimeview.core.errors import ModelError
from crimeview.core.job import Changed, Job, Step
from crimeview.core.track import Track, TrackKind
from crimeview.core.type_suggestion import TypeSuggestion
from crimeview.jobs.type_judge import TypeJudge, type_model
from crimeview.nets.catalog import find_model
from crimeview.nets.type_classifier import TypeClassifier
from crimeview.store.case import Case
from crimeview.store.rows import CaseSegment

Floats = NDArray[np.float32]
UNKNOWN_SPACE = "unknown"  # of features that no known encoder made
_PART = 4096  # clips


def suggest_types(case: Case, *, recording_ids: Collection[int] | None = None) -> Job[int]:
    """Suggest types for the segments of some recordings, or of all; gives how many have one.

    What was suggested before is replaced, what people say stays as it is. Recordings without
    features are passed over. Raises ModelError, and CaseError where what people named or taught
    cannot be read.
    """
    edit_id = case.types.newest_edit  # what is changed meanwhile is a matter of its own
    recordings = [r for r in case.recordings() if recording_ids is None or r.id in recording_ids]
    told = 0
    with Suggesting(case) as suggesting:
        for done, recording in enumerate(recordings):
            message = f"Suggesting types for {recording.path.name}"
            step = Step(
                done=done, total=len(recordings), message=message, recording_id=recording.id
            )
            yield step
            told += suggesting.suggest(recording.id)
            yield replace(step, done=done + 1, changed=Changed.SEGMENTS)
    if recording_ids is None:
        case.types.suggested(edit_id)
    return told


class Suggesting:
    """Suggests types for one recording after the other, as long as a block lasts."""

    def __init__(self, case: Case) -> None:
        self._case = case
        self._nets = ExitStack()
        self._judges: dict[str, TypeJudge] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._nets.close()

    def suggest(self, recording_id: int) -> int:
        """Suggest for a recording's segments; gives for how many. Raises as `suggest_types`."""
        scores = self._case.track(recording_id, TrackKind.CLIP_SCORES)
        if scores is None or len(scores.times) == 0:
            return 0
        return store_suggestions(
            self._case,
            recording_id,
            parts=self._case.feature_parts(recording_id, rows=_PART),
            scores=scores,
            judge=self._judge(feature_space(self._case, recording_id)),
        )

    def suggest_missing(self, recording_id: int) -> None:
        """The same where nothing is suggested for a segment yet, as after another rule."""
        segments = self._case.segments(recording_id)
        if any(row.suggested is None for row in segments):
            self.suggest(recording_id)

    def _judge(self, space: str) -> TypeJudge:
        if space not in self._judges:
            model = type_model(space)
            classifier = self._nets.enter_context(TypeClassifier(model)) if model else None
            self._judges[space] = TypeJudge(self._case, space=space, classifier=classifier)
        return self._judges[space]


def store_suggestions(
    case: Case, recording_id: int, *, parts: Iterable[Track], scores: Track, judge: TypeJudge
) -> int:
    """Suggest types for a recording's segments from its features, which come in parts, in order.

    Gives how many have a type suggested. The parts are not read where nothing could suggest one.
    """
    if not judge.knows:
        case.types.suggest(recording_id, {})
        return 0
    segments = case.segments(recording_id)
    spans = [(row.segment.start, row.segment.end) for row in segments]
    found = span_vectors(parts, scores, spans)
    kept = [(span, vector) for span, vector in zip(spans, found, strict=True) if vector is not None]
    told = judge.suggestions(np.stack([vector for _, vector in kept])) if kept else []
    suggested = {
        span: suggestion
        for (span, _), suggestion in zip(kept, told, strict=True)
        if suggestion is not None
    }
    case.types.suggest(recording_id, suggested)
    return sum(s.kind is not None for s in suggested.values())


def span_vectors(
    parts: Iterable[Track], scores: Track, spans: Sequence[tuple[float, float]]
) -> list[Floats | None]:
    """The vectors (d,) of spans (s), as `segment_embedding` makes them; None where no clip is.

    Of the features only the clips that a span touches are held.
    """
    bounds = np.array(spans, np.float64).reshape(-1, 2)
    times, values = [np.empty((0, 2))], []
    for part in parts:
        touched = _touched(part.times, bounds)
        times.append(part.times[touched])
        values.append(part.values[touched])
    held = np.concatenate(times)
    if len(held) == 0:
        return [None] * len(spans)
    features = Track(TrackKind.FEATURES, held, np.concatenate(values))
    weights = np.interp(held.mean(axis=1), scores.times.mean(axis=1), scores.values)
    own_scores = Track(TrackKind.CLIP_SCORES, held, np.asarray(weights, np.float32))
    found: list[Floats | None] = []
    for start, end in spans:
        vector = segment_embedding(features, own_scores, start=start, end=end)
        found.append(vector if vector is not None and vector.any() else None)
    return found


def feature_space(case: Case, recording_id: int) -> str:
    """What a recording's features mean: the space of the encoder that made them, or its name."""
    run = case.analyses.newest(recording_id)
    name = json.loads(run.settings_json).get("encoder") if run is not None else None
    if name is None:
        return UNKNOWN_SPACE
    try:
        return find_model(str(name)).manifest.feature_space or str(name)
    except ModelError:
        return str(name)


def suggested_types(case: Case) -> list[tuple[CaseSegment, TypeSuggestion]]:
    """The segments of the case that have no type of a person's, with what is suggested for them."""
    return [
        (row, row.suggested)
        for row in case.segments()
        if row.suggested is not None and (row.review is None or not row.review.kind)
    ]


def _touched(times: NDArray[np.float64], bounds: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which clips (n,) a span of `bounds` (k, 2) touches."""
    if len(bounds) == 0:
        return np.zeros(len(times), np.bool_)
    order = np.argsort(bounds[:, 0])
    starts = bounds[order, 0]
    reach = np.maximum.accumulate(bounds[order, 1])  # how far any span that began earlier goes
    begun = np.searchsorted(starts, times[:, 1], side="right")
    return (begun > 0) & (reach[np.maximum(begun - 1, 0)] >= times[:, 0])
