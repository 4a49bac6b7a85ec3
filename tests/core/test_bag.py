import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.bag import SegmentMeans, segment_limits, segment_of_clips


def published(features: NDArray[np.float64]) -> NDArray[np.float64]:
    """The averages as Save_C3DFeatures_32Segments.m makes them, counting from 1 as it does."""
    count = len(features)
    shots = [int(np.floor(x + 0.5)) for x in np.linspace(1, count, 33)]  # MATLAB's round
    rows = []
    for shot in range(32):
        first, last = shots[shot], shots[shot + 1] - 1
        if first == last or last < first:
            rows.append(features[first - 1])
        else:
            rows.append(features[first - 1 : last].mean(axis=0))
    return np.array(rows)


@pytest.mark.parametrize("clips", [1, 2, 3, 16, 17, 31, 32, 33, 34, 63, 64, 65, 100, 1000])
@pytest.mark.parametrize("part", [1, 7, 256])
def test_averages_are_the_published_ones(clips: int, part: int) -> None:
    features = np.random.default_rng(clips).normal(size=(clips, 3)).astype(np.float16)
    means = SegmentMeans(clips, segments=32)
    for first in range(0, clips, part):
        means.take(features[first : first + part])
    wanted = published(features.astype(np.float64))
    np.testing.assert_allclose(means.means(), wanted, rtol=0, atol=1e-6)


@pytest.mark.parametrize("clips", [1, 2, 5, 31, 32, 33, 64, 500])
def test_each_clip_is_in_the_segment_it_is_averaged_into(clips: int) -> None:
    found = segment_of_clips(clips, segments=32)
    limits = segment_limits(clips, segments=32)
    assert found.shape == (clips,)
    assert np.all(np.diff(found) >= 0)
    for clip, segment in enumerate(found[:-1]):
        assert limits[segment] <= clip < max(limits[segment + 1], limits[segment] + 1)
    assert found[-1] == 31


def test_other_numbers_of_segments() -> None:
    assert segment_limits(9, segments=4).tolist() == [0, 2, 4, 6, 8]
    assert segment_of_clips(9, segments=4).tolist() == [0, 0, 1, 1, 2, 2, 3, 3, 3]
    assert segment_of_clips(5, segments=1).tolist() == [0] * 5
