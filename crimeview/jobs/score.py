"""From stored features to stored scores and segments."""

import numpy as np

from crimeview.core.bag import SegmentMeans, segment_of_clips
from crimeview.core.job import Changed, Job, Step
from crimeview.core.segment import SegmentRule
from crimeview.core.track import Track, TrackKind, frame_scores
from crimeview.jobs.fuse import found_segments
from crimeview.nets.scorer import Scorer
from crimeview.store.case import Case
from crimeview.store.features import FeatureWriter

_PART = 256  # clips


def score_recording(
    case: Case,
    *,
    recording_id: int,
    run_id: int,
    name: str,
    writer: FeatureWriter,
    scorer: Scorer,
    rule: SegmentRule,
    novelty: Track | None = None,
) -> Job[int]:
    """Score what `writer` holds and store tracks and segments; gives the number of segments.

    Those of the recording's `novelty`, whose track is stored already, are among them.
    Run while the recording is still being analyzed it stores a preview, which the next call
    replaces. Steps count seconds of the recording.
    """

    def scored(changed: Changed) -> Step:
        return Step(done=writer.analyzed, total=None, message=f"Scoring {name}", changed=changed)

    clips = _clip_scores(writer, scorer)
    case.save_track(run_id, clips)
    yield scored(Changed.TRACKS)
    frame_times = writer.frame_times()
    frames = Track(TrackKind.FRAME_SCORES, frame_times, frame_scores(clips, frame_times))
    case.save_track(run_id, frames)
    yield scored(Changed.TRACKS)
    segments = found_segments(case, recording_id, frames, rule, novelty=novelty)
    case.replace_segments(recording_id, run_id, segments)
    yield scored(Changed.SEGMENTS)
    return len(segments)


def _clip_scores(writer: FeatureWriter, scorer: Scorer) -> Track:
    segments = scorer.model.manifest.segments
    if segments is not None and writer.rows > 0:
        return _scored_as_bag(writer, scorer, segments)
    return _scored_clip_by_clip(writer, scorer)


def _scored_clip_by_clip(writer: FeatureWriter, scorer: Scorer) -> Track:
    """All clips at once: a scorer may hold a clip against what is usual in the recording.

    A day of features of 128 numbers are 70 MB.
    """
    parts = list(writer.parts(rows=_PART))
    if not parts:
        return Track(TrackKind.CLIP_SCORES, np.empty((0, 2)), np.empty(0, np.float32))
    scores = scorer.scores(np.concatenate([part.values for part in parts]))
    return Track(TrackKind.CLIP_SCORES, np.concatenate([part.times for part in parts]), scores)


def _scored_as_bag(writer: FeatureWriter, scorer: Scorer, segments: int) -> Track:
    """Features averaged into segments of what is there so far; a clip has its segment's score."""
    clips = writer.rows
    means = SegmentMeans(clips, segments=segments)
    times = [np.empty((0, 2))]
    for part in writer.parts(rows=_PART):
        means.take(part.values)
        times.append(part.times)
    scores = scorer.scores(means.means())[segment_of_clips(clips, segments=segments)]
    return Track(TrackKind.CLIP_SCORES, np.concatenate(times), scores)
