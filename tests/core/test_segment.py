from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from crimeview.core.errors import UsageError
from crimeview.core.segment import Segment, SegmentFinder, SegmentRule, find_segments
from crimeview.core.track import Track, TrackKind


def track(values: list[float], *, seconds: float = 1.0, start: float = 0.0) -> Track:
    edges = start + seconds * np.arange(len(values) + 1)
    times = np.column_stack([edges[:-1], edges[1:]])
    return Track(TrackKind.FRAME_SCORES, times, np.array(values, np.float32))


def rule(**changes: float) -> SegmentRule:
    plain = {"threshold": 0.5, "hysteresis": 1.0, "merge_gap": 0.0, "min_length": 0.0}
    return SegmentRule(**(plain | changes))


def spans(segments: list[Segment]) -> list[tuple[float, float]]:
    return [(s.start, s.end) for s in segments]


def test_a_run_over_the_threshold_is_a_segment() -> None:
    (segment,) = find_segments(track([0.1, 0.6, 0.9, 0.2]), rule())
    assert (segment.start, segment.end) == (1.0, 3.0)
    assert segment.peak == pytest.approx(0.9)
    assert segment.peak_time == 2.5
    assert segment.mean == pytest.approx(0.75)


def test_runs_at_both_ends_are_found() -> None:
    assert spans(find_segments(track([0.5, 0.1, 0.5]), rule())) == [(0.0, 1.0), (2.0, 3.0)]


def test_nothing_over_the_threshold_gives_nothing() -> None:
    assert find_segments(track([0.49, 0.2]), rule()) == []
    assert find_segments(track([]), rule()) == []


def test_hysteresis_keeps_a_segment_open_but_does_not_open_one() -> None:
    values = [0.4, 0.5, 0.4, 0.3, 0.4, 0.4]
    assert spans(find_segments(track(values), rule(hysteresis=0.8))) == [(0.0, 3.0)]


def test_neighbors_within_the_gap_become_one() -> None:
    values = [0.6, 0.1, 0.6, 0.1, 0.1, 0.6]
    assert spans(find_segments(track(values), rule(merge_gap=1.0))) == [(0.0, 3.0), (5.0, 6.0)]


def test_short_segments_are_dropped_after_merging() -> None:
    values = [0.6, 0.1, 0.6, 0.1, 0.1, 0.6]
    assert spans(find_segments(track(values), rule(merge_gap=1.0, min_length=2.0))) == [(0.0, 3.0)]


@pytest.mark.parametrize(
    "change",
    [{"threshold": 0.0}, {"threshold": 1.1}, {"hysteresis": 0.0}, {"merge_gap": -1.0}],
)
def test_senseless_rules_are_refused_with_a_sentence(change: dict[str, float]) -> None:
    with pytest.raises(UsageError, match=r"\.$"):
        rule(**change)


scores = st.lists(st.floats(0.0, 1.0, width=32), max_size=60)


@given(scores, st.floats(0.05, 1.0), st.floats(0.1, 1.0), st.floats(0.0, 3.0))
def test_segments_are_ordered_apart_and_hold_their_peak(
    values: list[float], threshold: float, hysteresis: float, gap: float
) -> None:
    found = find_segments(
        track(values), rule(threshold=threshold, hysteresis=hysteresis, merge_gap=gap)
    )
    for segment in found:
        inside = values[int(segment.start) : int(segment.end)]
        assert segment.peak == max(inside) >= np.float32(threshold)
        assert segment.start <= segment.peak_time <= segment.end
    for earlier, later in pairwise(found):
        assert later.start - earlier.end > gap


@given(scores, st.floats(0.05, 0.9))
def test_a_lower_threshold_loses_no_segment(values: list[float], threshold: float) -> None:
    high = find_segments(track(values), rule(threshold=threshold + 0.1))
    low = find_segments(track(values), rule(threshold=threshold))
    assert all(any(w.start <= s.start and s.end <= w.end for w in low) for s in high)


def test_a_segment_does_not_span_a_gap_in_the_recording() -> None:
    before, after = track([0.1, 0.6, 0.6]), track([0.6, 0.6, 0.4], start=3600.0)
    whole = Track(
        TrackKind.FRAME_SCORES,
        np.concatenate([before.times, after.times]),
        np.concatenate([before.values, after.values]),
    )
    found = find_segments(whole, rule(merge_gap=2.0, hysteresis=0.8))
    assert spans(found) == [(1.0, 3.0), (3600.0, 3603.0)]
    assert len(find_segments(whole, rule(merge_gap=5000.0))) == 1


@given(
    scores,
    st.lists(st.integers(0, 60), max_size=8),
    st.lists(st.integers(0, 60), max_size=3),
    st.floats(0.05, 0.95),
    st.floats(0.3, 1.0),
    st.floats(0.0, 4.0),
)
def test_it_does_not_matter_how_a_track_is_cut(
    values: list[float],
    cuts: list[int],
    gaps: list[int],
    threshold: float,
    hysteresis: float,
    merge_gap: float,
) -> None:
    whole = track(values)
    for gap in gaps:  # a pause in the recording before that row
        whole.times[gap:] += 3.0
    wanted = rule(threshold=threshold, hysteresis=hysteresis, merge_gap=merge_gap)
    finder = SegmentFinder(wanted)
    edges = [0, *sorted(min(cut, len(values)) for cut in cuts), len(values)]
    for first, stop in pairwise(edges):
        finder.take(Track(whole.kind, whole.times[first:stop], whole.values[first:stop]))
    assert finder.found() == find_segments(whole, wanted)


def test_the_mean_is_of_all_rows_within() -> None:
    (segment,) = find_segments(track([0.75, 0.25, 0.5, 0.0]), rule(merge_gap=1.0))
    assert segment.mean == pytest.approx(0.5)
