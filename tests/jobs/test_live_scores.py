"""What a camera's clips are held against while some of them are left out."""

from collections.abc import Iterator

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.live_spec import StreamShape
from crimeview.jobs.live_scores import EventsTrack
from crimeview.jobs.models import default_models
from crimeview.jobs.open_models import OpenModels, Wish, opened_models

_EVERY = 75.0  # s from event to event
_LASTS = 4.0  # s


@pytest.fixture(scope="module")
def models() -> Iterator[OpenModels]:
    with opened_models(default_models(violence=False, objects=None), wish=Wish(), threads=1) as m:
        yield m


def clips(seconds: float, models: OpenModels) -> Iterator[tuple[NDArray[np.uint8], float, float]]:
    """A gray wall, past which something runs for four seconds in every 75."""
    spec = EventsTrack("yard", models, []).spec.of(StreamShape(0, 0, 0.0))
    assert spec is not None
    assert spec.rate is not None
    step, length = spec.step / spec.rate, spec.frames / spec.rate
    random = np.random.default_rng(0)
    for number in range(round(seconds / step)):
        start = number * step
        frames = random.integers(100, 104, (spec.frames, *spec.crop, 1), np.uint8)
        if start % _EVERY > _EVERY - _LASTS:
            for picture in frames:
                at = random.integers(0, 40, 2)
                picture[at[0] : at[0] + 24, at[1] : at[1] + 24] = random.integers(0, 256)
        yield frames, start, start + length


def _highest(models: OpenModels, *, nth: int) -> float:
    """The highest score where only each `nth` clip is looked at."""
    track = EventsTrack("yard", models, [])
    return max(
        score.score
        for number, (frames, start, end) in enumerate(clips(900.0, models))
        if number % nth == 0
        for score in track.take(frames, start, end)
        if start > 450.0
    )


@pytest.fixture(scope="module")
def of_all_clips(models: OpenModels) -> float:
    return _highest(models, nth=1)


@pytest.mark.parametrize("nth", [2, 4])
def test_what_comes_now_and_then_is_not_usual_where_clips_are_left_out(
    models: OpenModels, of_all_clips: float, nth: int
) -> None:
    assert _highest(models, nth=nth) == pytest.approx(of_all_clips, abs=0.03)
