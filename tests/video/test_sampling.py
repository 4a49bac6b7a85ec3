from collections.abc import Iterator
from fractions import Fraction
from itertools import accumulate
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from crimeview.core.clip import Clip, ClipCursor, ClipSpec
from crimeview.core.recording import ClockSource
from crimeview.video.clock import Clock
from crimeview.video.decode import Shown
from crimeview.video.sampling import Sampling, resume_time
from tests.video.expected import expected_clips

CLOCK = Clock(
    source=ClockSource.TIMESTAMPS, zero=0, time_base=Fraction(1, 1000), frame_duration=0.04
)

specs = st.builds(
    ClipSpec,
    frames=st.integers(1, 9),
    rate=st.sampled_from([None, 3.0, 12.5, 25.0, 29.97]),
    step=st.integers(1, 12),
    resize=st.just((1, 1)),
    crop=st.just((1, 1)),
    color=st.just("gray"),
)
# Steps between pictures in ms: even, uneven, and gaps.
steps = st.lists(
    st.one_of(st.just(40), st.integers(1, 300), st.sampled_from([1500, 60_000])), max_size=60
)


def _times(steps: list[int]) -> list[float]:
    return [t / 1000 for t in accumulate(steps, initial=0)]


def _ends(times: list[float]) -> list[float]:
    following = [*times[1:], float("inf")]
    return [
        b if b - a <= CLOCK.longest else a + 0.04 for a, b in zip(times, following, strict=True)
    ]


def _shown(times: list[float], *, since: int = 0) -> Iterator[Shown]:
    """Pictures that are only numbers, from number `since` on."""
    for i, (time, end) in enumerate(zip(times, _ends(times), strict=True)):
        if i >= since:
            last = i == len(times) - 1 or times[i + 1] - time > CLOCK.longest
            picture: Any = i
            yield Shown(time=time, end=end, last=last, picture=picture)


def _scale(number: Any) -> Any:
    return np.array([[[number]]], np.uint8)


def _clips(
    times: list[float], spec: ClipSpec, after: ClipCursor | None = None, since: int = 0
) -> list[Clip]:
    sampling = Sampling(spec, _scale, after=after)
    return [clip for shown in _shown(times, since=since) for clip in sampling.add(shown)]


def same(a: Clip, b: Clip) -> bool:
    return (
        (a.start, a.end, a.cursor) == (b.start, b.end, b.cursor)
        and np.array_equal(a.frames, b.frames)
        and np.array_equal(a.frame_times, b.frame_times)
    )


@given(steps, specs)
@settings(deadline=None, max_examples=300)
def test_clips_are_as_the_rule_says(steps: list[int], spec: ClipSpec) -> None:
    times = _times(steps)
    ends = _ends(times)
    clips = _clips(times, spec)
    expected = expected_clips(times, ends, spec, CLOCK.longest)
    assert [c.frames.ravel().tolist() for c in clips] == [e.numbers for e in expected]
    assert [(c.start, c.end) for c in clips] == [(e.start, e.end) for e in expected]
    assert [c.frame_times.tolist() for c in clips] == [
        [[times[i], ends[i]] for i in e.reported] for e in expected
    ]


@given(steps, specs)
@settings(deadline=None, max_examples=300)
def test_every_picture_is_reported_once_and_in_order(steps: list[int], spec: ClipSpec) -> None:
    times = _times(steps)
    reported = np.concatenate([c.frame_times for c in _clips(times, spec)])
    assert reported[:, 0].tolist() == times
    assert reported[:, 1].tolist() == _ends(times)


@given(steps, specs, st.data())
@settings(deadline=None, max_examples=300)
def test_going_on_after_any_cursor_gives_the_rest(
    steps: list[int], spec: ClipSpec, data: st.DataObject
) -> None:
    times = _times(steps)
    clips = _clips(times, spec)
    done = data.draw(st.integers(1, len(clips)))
    cursor = clips[done - 1].cursor
    needed = max(i for i, t in enumerate(times) if t <= resume_time(spec, cursor, CLOCK))
    since = data.draw(st.integers(0, needed))
    rest = _clips(times, spec, cursor, since)
    assert len(rest) == len(clips) - done
    assert all(same(a, b) for a, b in zip(rest, clips[done:], strict=True))
