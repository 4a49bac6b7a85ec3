import numpy as np
import pytest

from crimeview.core.track import Track, TrackKind, frame_scores


def clips(centers: list[float], values: list[float]) -> Track:
    times = np.array([[c - 0.5, c + 0.5] for c in centers]).reshape(-1, 2)
    return Track(TrackKind.CLIP_SCORES, times, np.array(values, np.float32))


def test_frames_between_clip_centers_are_interpolated() -> None:
    frames = np.array([[1.0, 1.0], [1.5, 1.5], [1.75, 1.75], [2.0, 2.0]])
    assert frame_scores(clips([1.0, 2.0], [0.0, 1.0]), frames) == pytest.approx([0, 0.5, 0.75, 1])


def test_the_nearest_score_holds_outside() -> None:
    frames = np.array([[0.0, 0.1], [9.0, 9.1]])
    assert frame_scores(clips([1.0, 2.0], [0.2, 0.7]), frames) == pytest.approx([0.2, 0.7])


def test_variable_frame_rate_follows_the_clock_not_the_count() -> None:
    frames = np.array([[0.0, 0.02], [0.99, 1.01], [1.0, 1.0], [3.0, 3.0]])
    scores = frame_scores(clips([0.0, 4.0], [0.0, 1.0]), frames)
    assert scores == pytest.approx([0.0025, 0.25, 0.25, 0.75])


def test_no_clips_score_nothing() -> None:
    assert frame_scores(clips([], []), np.zeros((3, 2))).tolist() == [0, 0, 0]


def test_rows_that_do_not_match_are_refused() -> None:
    with pytest.raises(ValueError, match="do not match"):
        Track(TrackKind.FEATURES, np.zeros((2, 2)), np.zeros((3, 4)))
