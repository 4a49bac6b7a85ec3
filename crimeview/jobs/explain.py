"""Why a segment scores as it does: the same clips once more, with parts of them held still."""

import json
from collections.abc import Callable, Generator, Mapping
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

import numpy as np
from numpy.typing import NDArray

from crimeview.core.bag import segment_limits
from crimeview.core.clip import Clip, ClipCursor, ClipSpec
from crimeview.core.errors import UsageError
from crimeview.core.explanation import (
    ExplainedClip,
    Explanation,
    ScoredClip,
    Window,
    held_still,
    log_odds,
    spread,
    still_picture,
    windows,
)
from crimeview.core.job import Job, Step
from crimeview.core.segment import Segment
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.coming import coming_clips
from crimeview.jobs.models import ModelPair, default_models
from crimeview.nets.choice import Running, choose
from crimeview.nets.encoder import Encoder
from crimeview.nets.scorer import Scorer
from crimeview.store.case import Case
from crimeview.store.rows import CaseRun
from crimeview.video.source import Source, opened

if TYPE_CHECKING:
    from crimeview.nets.catalog import Precision
    from crimeview.nets.engine_names import Engine

MOST_CLIPS = 3  # that are explained, the highest of a segment
_JOINED = 1e-3  # s; two clips of one run begin just so far apart
ScoreOf = Callable[[NDArray[np.float32]], float]


def explain(
    case: Case, recording_id: int, segment: Segment, *, models: ModelPair
) -> Job[Explanation]:
    """Find which clips, and which part of the picture, a segment's score rests on.

    `models` are those that the recording was analyzed with, or others of the program's, which are
    then replaced by those by name. Steps count runs of the encoder. Raises UsageError where the
    recording was not analyzed, or with models that are not here, MediaError and ModelError.
    """
    recording = case.recording(recording_id)
    run, features = case.analyses.newest(recording_id), case.features(recording_id)
    scores = case.track(recording_id, TrackKind.CLIP_SCORES)
    if run is None or features is None or scores is None or len(scores.values) == 0:
        raise UsageError(f"{recording.path.name} has no scores yet; analyze it first.")
    models = _models_of(run, models)
    rows = _rows_within(scores, segment)
    highest = sorted(rows, key=lambda row: -float(scores.values[row]))[:MOST_CLIPS]
    total = len(highest) * (len(list(windows())) + 3)
    message = f"Explaining {recording.path.name}"
    yield Step(done=0, total=total, message=message)
    explained = []
    settings = json.loads(run.settings_json)
    with (
        Encoder(models.encoder, running=_running(models, settings)) as encoder,
        Scorer(models.scorer) as scorer,
        opened(recording.path) as source,
    ):
        yield Step(done=0, total=total, message=message)
        spec = replace(encoder.spec, step=settings.get("step") or encoder.spec.step)
        for number, row in enumerate(highest):
            step = Step(done=number * total // len(highest), total=total, message=message)
            clip = yield from _decoded(source, spec, scores, row, step=step)
            work = _explain_clip(clip, encoder, _score_of(scorer, features, row))
            with closing(work):
                done = number * total // len(highest)
                for result in work:
                    done += 1
                    yield Step(done=done, total=total, message=message)
                    if result is not None:
                        explained.append(result)
        area = _area(spec)
    return Explanation(
        start=segment.start,
        end=segment.end,
        clips=tuple(_scored(scores, row) for row in rows),
        explained=tuple(explained),
        area=area,
    )


def _explain_clip(
    clip: Clip, encoder: Encoder, score_of: ScoreOf
) -> Generator[ExplainedClip | None]:
    """Yields None for each run of the encoder, and at the end what was found."""
    frames = clip.frames
    still = still_picture(frames)
    score = score_of(encoder.features(frames))
    yield None
    nothing = score_of(encoder.features(np.broadcast_to(still, frames.shape).copy()))
    yield None
    falls: dict[tuple[int, int], float] = {}
    strongest: tuple[float, Window] | None = None
    for window in windows():
        without = score_of(encoder.features(held_still(frames, still, window)))
        falls[window.top, window.left] = log_odds(score) - log_odds(without)
        if strongest is None or without < strongest[0]:
            strongest = (without, window)
        yield None
    without, window = cast("tuple[float, Window]", strongest)
    yield ExplainedClip(
        start=clip.start,
        end=clip.end,
        score=score,
        still=nothing,
        drops=spread(falls),
        strongest=window,
        without=without,
    )


def _models_of(run: CaseRun, models: ModelPair) -> ModelPair:
    """The models that the run was made with; raises UsageError where they are not here."""
    settings = json.loads(run.settings_json)
    names = settings.get("encoder"), settings.get("scorer")
    if names != (models.encoder.manifest.name, models.scorer.manifest.name):
        models = default_models(encoder=names[0], scorer=names[1], violence=False)
    if models.scorer.manifest.sha256 != run.scorer_sha256:
        raise UsageError(
            f"The recording was scored by another version of “{models.scorer.manifest.name}”; "
            "analyze it again to have its scores explained."
        )
    return models


def _running(models: ModelPair, settings: Mapping[str, Any]) -> Running:
    """As the run's own: int8 features are not those of fp32."""
    running = settings.get("running", {})
    engine = cast("Engine", running.get("engine", "cpu"))
    precision = cast("Precision", running.get("precision", "fp32"))
    return choose(models.encoder, engine=engine, precision=precision)


def _rows_within(scores: Track, segment: Segment) -> list[int]:
    """The clips whose middle lies in the segment; at least the one that lies nearest its peak."""
    centers = scores.times.mean(axis=1)
    inside = np.flatnonzero((centers >= segment.start) & (centers <= segment.end))
    if len(inside):
        return [int(row) for row in inside]
    return [int(np.argmin(np.abs(centers - segment.peak_time)))]


def _scored(scores: Track, row: int) -> ScoredClip:
    start, end = scores.times[row]
    return ScoredClip(start=float(start), end=float(end), score=float(scores.values[row]))


def _decoded(source: Source, spec: ClipSpec, scores: Track, row: int, *, step: Step) -> Job[Clip]:
    """The clip of a row, decoded again, sampled at the very same ticks."""
    cursor = _before(source, spec, scores, row)
    with closing(coming_clips(source.clips_together([(spec, cursor)]))) as clips:
        for coming in clips:
            if coming is None:
                yield step
            elif coming[1].end > float(scores.times[row].mean()):
                return coming[1]
    raise UsageError(
        f"{source.recording.path.name} is shorter than it was when it was analyzed; "
        "analyze it again."
    )


def _before(source: Source, spec: ClipSpec, scores: Track, row: int) -> ClipCursor | None:
    """The cursor after the clip before."""
    first = row
    step = spec.step / spec.rate if spec.rate is not None else None
    while first > 0 and _follows(scores, first, step):
        first -= 1
    if row == 0:
        return None
    if spec.rate is None:
        frame = 1.0 / source.recording.frame_rate
        reached = float(scores.times[row - 1, 1]) - 1.25 * frame
    else:
        reached = float(scores.times[row, 0])
    return ClipCursor(origin=float(scores.times[first, 0]), index=row - first, last_frame=reached)


def _follows(scores: Track, row: int, step: float | None) -> bool:
    """Whether a clip is of the same unbroken run of frames as the one before."""
    apart = float(scores.times[row, 0] - scores.times[row - 1, 0])
    if step is None:
        return float(scores.times[row, 0]) < float(scores.times[row - 1, 1]) + 1.0
    return abs(apart - step) < _JOINED


def _score_of(scorer: Scorer, features: Track, row: int) -> ScoreOf:
    """How a clip would score with other features, all other clips being what they are."""
    rows = features.values.astype(np.float32)
    segments = scorer.model.manifest.segments
    if segments is None:

        def alone(values: NDArray[np.float32]) -> float:
            rows[row] = values
            return float(scorer.scores(rows)[row])

        return alone
    limits = segment_limits(len(rows), segments=segments)
    stops = np.maximum(limits[1:], limits[:-1] + 1)
    means = np.stack([rows[a:b].mean(axis=0) for a, b in zip(limits[:-1], stops, strict=True)])
    of = int(np.searchsorted(limits[:-1], row, side="right")) - 1
    share = 1.0 / float(stops[of] - limits[of])
    own, before = means[of].copy(), rows[row].copy()

    def within_bag(values: NDArray[np.float32]) -> float:
        means[of] = own + (values - before) * share
        return float(scorer.scores(means)[of])

    return within_bag


def _area(spec: ClipSpec) -> tuple[float, float, float, float]:
    (height, width), (rows, columns) = spec.resize, spec.crop
    top, left = (height - rows) // 2, (width - columns) // 2
    return left / width, top / height, columns / width, rows / height
