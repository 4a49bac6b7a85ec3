"""From stored features to stored scores and segments."""

from collections.abc import Iterator
from math import ceil

import numpy as np

from crimeview.core.bag import PAPER_SEGMENTS, SegmentMeans, segment_of_clips, segment_times
from crimeview.core.job import Changed, Job, Step
from crimeview.core.segment import SegmentFinder, SegmentRule
from crimeview.core.track import Track, TrackKind, frame_scores
from crimeview.jobs.fuse import Beside, found_segments
from crimeview.nets.scorer import Scorer
from crimeview.store.case import Case
from crimeview.store.features import FeatureWriter

_PART = 256  # clips
_WINDOW = 16_384  # clips: three hours where one begins every 0.64 s


def score_recording(
    case: Case,
    *,
    recording_id: int,
    run_id: int,
    name: str,
    writer: FeatureWriter,
    scorer: Scorer,
    rule: SegmentRule,
    beside: Beside | None = None,
) -> Job[int]:
    """Score what `writer` holds and store tracks and segments; gives the number of segments.

    Those of the tracks `beside` the recording's scores, which are stored already, are among them.
    Run while the recording is still being analyzed it stores a preview, which the next call
    replaces. Steps count seconds of the recording.
    """

    def scored(changed: Changed) -> Step:
        return Step(done=writer.analyzed, total=None, message=f"Scoring {name}", changed=changed)

    clips = _clip_scores(writer, scorer)
    case.analyses.save_track(run_id, clips)
    yield scored(Changed.TRACKS)
    finder = SegmentFinder(rule)
    frames = _frames(writer, clips, finder)
    case.analyses.save_track_parts(run_id, TrackKind.FRAME_SCORES, frames)
    yield scored(Changed.TRACKS)
    case.analyses.save_track(run_id, _bag_scores(writer, scorer))
    yield scored(Changed.TRACKS)
    segments = found_segments(case, recording_id, finder.found(), beside or Beside())
    case.replace_segments(recording_id, run_id, segments)
    yield scored(Changed.SEGMENTS)
    return len(segments)


def _bag_scores(writer: FeatureWriter, scorer: Scorer) -> Track:
    """The recording's score in as few segments as the paper's, whatever the scorer looks at."""
    times, scores = np.empty((0, 2)), np.empty(0, np.float32)
    if writer.rows > 0:
        segments = scorer.model.manifest.segments or PAPER_SEGMENTS
        means = SegmentMeans(writer.rows, segments=segments)
        clips = [np.empty((0, 2))]
        for part in writer.parts(rows=_PART):
            means.take(part.values)
            clips.append(part.times)
        times = segment_times(np.concatenate(clips), segments=segments)
        lasting = times[:, 1] > times[:, 0]
        times, scores = times[lasting], scorer.scores(means.means())[lasting]
    return Track(TrackKind.BAG_SCORES, times, scores)


def _frames(writer: FeatureWriter, clips: Track, finder: SegmentFinder) -> Iterator[Track]:
    """The scores of all frames, a part at a time, which the finder is shown as well."""
    for times in writer.frame_times():
        part = Track(TrackKind.FRAME_SCORES, times, frame_scores(clips, times))
        finder.take(part)
        yield part


def _clip_scores(writer: FeatureWriter, scorer: Scorer) -> Track:
    segments = scorer.model.manifest.segments
    if segments is not None and writer.rows > 0:
        return _scored_as_bag(writer, scorer, segments)
    return _scored_clip_by_clip(writer, scorer)


def _scored_clip_by_clip(writer: FeatureWriter, scorer: Scorer) -> Track:
    """Many clips at once: a scorer may hold a clip against what is usual around it."""
    times, scores = [np.empty((0, 2))], [np.empty(0, np.float32)]
    for window in _windows(writer):
        times += [part.times for part in window]
        scores.append(scorer.scores(np.concatenate([part.values for part in window])))
    return Track(TrackKind.CLIP_SCORES, np.concatenate(times), np.concatenate(scores))


def _windows(writer: FeatureWriter) -> Iterator[list[Track]]:
    """The features in parts, those of some hours together: all of them, or windows alike in length.

    Night and day have usual levels of their own, and memory does not grow with the length.
    """
    length = writer.rows / max(1, ceil(writer.rows / _WINDOW))
    window: list[Track] = []
    for part in writer.parts(rows=_PART):
        window.append(part)
        if sum(len(held.values) for held in window) >= length:
            yield window
            window = []
    if window:
        yield window


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
