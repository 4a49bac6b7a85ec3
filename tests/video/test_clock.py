from fractions import Fraction

import pytest

from crimeview.core.recording import ClockSource
from crimeview.video.clock import Clock, Continuity, Timeline


def _clock(*, source: ClockSource = ClockSource.TIMESTAMPS, duration: float = 0.04) -> Clock:
    return Clock(source=source, zero=9000, time_base=Fraction(1, 90_000), frame_duration=duration)


def _place(stamps: list[int | None], **settings: ClockSource) -> list[float | None]:
    timeline = Timeline(_clock(**settings))
    return [timeline.place(stamp) for stamp in stamps]


def test_the_first_picture_is_at_zero() -> None:
    assert _clock().seconds(9000) == 0.0
    assert _clock().seconds(9000 + 90_000) == 1.0


def test_seconds_and_stamps_are_inverse() -> None:
    clock = _clock()
    assert all(clock.pts(clock.seconds(pts)) == pts for pts in range(9000, 10**7, 3003))


@pytest.mark.parametrize(("duration", "longest"), [(0.04, 1.0), (2.0, 6.0)])
def test_a_gap_is_over_a_second_and_over_three_pictures(duration: float, longest: float) -> None:
    assert _clock(duration=duration).longest == longest


def test_pictures_without_stamps_follow_at_the_frame_rate() -> None:
    assert _place([None, None, None], source=ClockSource.FRAME_RATE) == [0.0, 0.04, 0.08]
    assert _place([9000, None, 9000 + 7200]) == pytest.approx([0.0, 0.04, 0.08])


def test_a_clock_of_the_frame_rate_does_not_drift() -> None:
    timeline = Timeline(_clock(source=ClockSource.FRAME_RATE, duration=1 / 3))
    times = [timeline.place(None) for _ in range(300_001)]
    assert times[-1] == 100_000.0


def test_repeated_and_slightly_late_pictures_come_just_after_the_one_before() -> None:
    assert _place([9000, 12_600, 12_600, 10_800, 16_200]) == pytest.approx(
        [0.0, 0.04, 0.041, 0.042, 0.08]
    )


def test_pictures_that_are_over_a_second_late_are_left_out() -> None:
    assert _place([9000, 9000 + 180_000, 12_600, 9000 + 183_600]) == pytest.approx(
        [0.0, 2.0, None, 2.04]
    )


def test_time_goes_on_where_a_camera_began_to_count_anew() -> None:
    continuity = Continuity(_clock())
    stamps = [9000, 12_600, 900_000, 903_600, 0, 3600, 2000, 7200]
    shifted = [stamp + continuity.shift(stamp) for stamp in stamps]
    assert shifted[:4] == stamps[:4]  # a gap is no new beginning
    assert shifted[4:] == [907_200, 910_800, 909_200, 914_400]  # nor is jitter
    assert continuity.shift(None) == 907_200
