"""What a stream is like decides what clips are wanted of it."""

import pytest

from crimeview.core.clip import ClipSpec
from crimeview.core.live_spec import LiveSpec, RateMeter, StreamShape

SPEC = ClipSpec(frames=5, rate=12.5, step=5, resize=(32, 32), crop=(32, 32), color="gray")


def metered(said: float, intervals: list[float]) -> RateMeter:
    meter = RateMeter(said)
    for interval in intervals:
        meter.take(interval)
    return meter


def test_the_rate_is_known_after_some_pictures() -> None:
    assert metered(25.0, [0.04] * 11).rate is None
    assert metered(25.0, [0.04] * 12).rate == 25.0


def test_rounded_times_do_not_spoil_what_the_stream_says() -> None:
    rounded = [0.033, 0.034, 0.033] * 4
    assert metered(30000 / 1001, rounded).rate == 30000 / 1001


def test_a_stream_that_says_something_else_is_not_believed() -> None:
    assert metered(50.0, [0.04] * 12).rate == pytest.approx(25.0)


def test_what_is_wanted_of_every_stream_does_not_wait_for_its_shape() -> None:
    fixed = LiveSpec.fixed(SPEC)
    assert not fixed.needs_shape
    assert fixed.of(StreamShape(0, 0, 0.0)) is SPEC
    assert fixed.per_second == pytest.approx(2.5)
