import numpy as np

from crimeview.core.novelty import Mark, Reason
from crimeview.core.segment import FoundBy, Segment
from crimeview.core.track import Track, TrackKind
from crimeview.jobs.fuse import fused, logit, novel_segments
from crimeview.jobs.scene_marks import SceneMarks, as_arrays


def _segment(start: float, end: float, per_hour: float, **more: object) -> Segment:
    return Segment(
        start=start,
        end=end,
        peak=0.9,
        peak_time=(start + end) / 2,
        mean=0.7,
        per_hour=per_hour,
        **more,  # type: ignore[arg-type]
    )


def test_what_both_found_is_one_segment_that_says_so() -> None:
    event = _segment(10, 14, 3.0)
    same = _segment(11, 13, 0.5, found_by=FoundBy.NOVELTY, reason=Reason.FAST, number=2.5)
    alone = _segment(30, 31, 1.0, found_by=FoundBy.NOVELTY, reason=Reason.LARGE, number=1.5)
    both, other = fused([event], [same, alone])
    assert (both.start, both.end, both.peak) == (10, 14, 0.9)
    assert both.found_by is FoundBy.BOTH
    assert (both.per_hour, both.reason, both.number) == (0.5, Reason.FAST, 2.5)
    assert other == alone


def test_neighbors_that_hardly_touch_stay_apart() -> None:
    event = _segment(10, 14, 3.0)
    novel = _segment(13, 17, 0.5, found_by=FoundBy.NOVELTY)
    assert fused([event], [novel]) == [event, novel]
    assert fused([], []) == []


def test_novel_segments_have_the_reason_at_their_peak() -> None:
    starts = np.arange(50) / 10
    values = np.where((starts >= 2) & (starts < 3), 0.8, 0.1).astype(np.float32)
    values[25] = 0.95
    track = Track(TrackKind.NOVELTY, np.stack([starts, starts + 0.1], axis=1), values)
    mark = Mark(reason=Reason.WRONG_WAY, number=0.01, left=0.1, top=0.2, right=0.3, bottom=0.4)
    marks = SceneMarks(as_arrays([(2.55, [mark]), (2.6, [])]))
    (segment,) = novel_segments(track, marks)
    assert (segment.found_by, segment.reason) == (FoundBy.NOVELTY, Reason.WRONG_WAY)
    assert segment.per_hour is not None
    assert segment.per_hour < 0.2
    (unmarked,) = novel_segments(track, SceneMarks(None))
    assert unmarked.reason is None


def test_marks_come_back_as_they_were_and_only_near_their_time() -> None:
    mark = Mark(reason=Reason.STATIONARY, number=75.0, left=0.25, top=0.5, right=0.5, bottom=1.0)
    marks = SceneMarks(as_arrays([(10.0, [mark, mark]), (10.08, [mark]), (20.0, [])]))
    assert marks.at(10.0) == [mark, mark]
    assert marks.at(10.3) == [mark]
    assert marks.at(12.0) == []
    assert marks.at(9.0) == []
    assert marks.at(20.0) == []


def test_logits_of_certain_scores_are_finite() -> None:
    assert np.isfinite(logit(np.array([0.0, 0.5, 1.0]))).all()
