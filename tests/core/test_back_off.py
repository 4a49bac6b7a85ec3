"""Waits between tries."""

import pytest

from crimeview.core.back_off import BackOff, BackOffRule


def test_waits_double_up_to_the_longest_and_begin_anew_after_a_success() -> None:
    back_off = BackOff(BackOffRule(first=0.5, longest=3.0, jitter=0.0))
    assert [back_off.wait() for _ in range(5)] == [0.5, 1.0, 2.0, 3.0, 3.0]
    back_off.succeeded()
    assert back_off.wait() == 0.5


def test_waits_vary_within_the_jitter() -> None:
    back_off = BackOff(BackOffRule(first=1.0, longest=1.0, jitter=0.2), seed=3)
    waits = [back_off.wait() for _ in range(200)]
    assert min(waits) == pytest.approx(0.8, abs=0.02)
    assert max(waits) == pytest.approx(1.2, abs=0.02)


def test_a_thousand_failures_do_no_harm() -> None:
    back_off = BackOff(BackOffRule(jitter=0.0))
    assert [back_off.wait() for _ in range(2000)][-1] == 2.0
