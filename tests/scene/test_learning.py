from dataclasses import replace

import numpy as np
import pytest

from crimeview.core.errors import CaseError
from crimeview.scene.learning import alarm_rate, learned
from crimeview.scene.scene_counts import (
    SPEEDS,
    SceneCounts,
    bins_of,
    quantile_of,
)
from crimeview.scene.usual import Usual
from tests.scene.walkers import GRID, Walker, crowd, parts_of_rows, rows_of


@pytest.fixture(scope="module")
def street() -> SceneCounts:
    return learned(parts_of_rows(rows_of(crowd(seconds=40), seconds=40)), GRID)


def test_speeds_are_those_of_the_walkers(street: SceneCounts) -> None:
    usual = Usual(street)
    fast = usual.fast[14] * 320 / 100  # pixels a second
    assert 30 < fast < 70
    assert usual.middle[14] < usual.fast[14]
    assert usual.presence[14].mean() > 10 * usual.presence[2].mean()
    assert street.seconds == pytest.approx(40, abs=0.5)


def test_counts_are_added_taken_away_and_kept(street: SceneCounts) -> None:
    other = learned(parts_of_rows(rows_of(crowd(seconds=12, every=2.0), seconds=12)), GRID)
    both = street + other
    assert both.moments == street.moments + other.moments
    again = both - other
    for name in ("speed", "active", "direction", "light", "stays", "values", "peaks"):
        assert getattr(again, name) == pytest.approx(getattr(street, name), abs=1e-3)
    back = SceneCounts.from_bytes(both.to_bytes())
    assert back.to_bytes() == both.to_bytes()
    assert np.array_equal(back.light, both.light)
    assert SceneCounts.nothing(GRID).weighted(3.0).moments == 0


def test_counts_of_another_format_are_refused(
    street: SceneCounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    content = street.to_bytes()
    monkeypatch.setattr("crimeview.scene.scene_counts.FORMAT", 2)
    with pytest.raises(CaseError, match="learned anew"):
        SceneCounts.from_bytes(content)


def test_its_size_does_not_grow_with_what_was_seen(street: SceneCounts) -> None:
    longer = street
    for _ in range(6):
        longer = longer + longer
    assert len(longer.to_bytes()) < 1.5 * len(street.to_bytes())


def test_an_incident_in_the_reference_is_left_out() -> None:
    runner = Walker(row=100, column=0.0, speed=200.0, since=20.0, until=21.4, texture=50)
    rows = rows_of([*crowd(seconds=40), runner], seconds=40)
    trusted = Usual(learned(parts_of_rows(rows), GRID, trust=True))
    robust = Usual(learned(parts_of_rows(rows), GRID))
    at = slice(12, 18)
    assert robust.fast[at].max() <= trusted.fast[at].max()
    assert robust.fast[at].max() * 3.2 < 80


def test_nothing_and_almost_nothing_can_be_learned_from() -> None:
    nothing = learned(lambda: iter(()), GRID)
    assert nothing.moments == 0
    assert np.isfinite(Usual(nothing).fast).all()
    assert alarm_rate(nothing).calibrated(0.0) < 0.5
    still = learned(parts_of_rows(rows_of([], seconds=2)), GRID)
    assert still.moments > 0
    assert alarm_rate(still).scale > 0


def test_the_more_was_seen_the_surer_is_the_rate(street: SceneCounts) -> None:
    longer = street
    for _ in range(5):
        longer = longer + longer
    assert alarm_rate(longer).score_at(2.0) < alarm_rate(street).score_at(2.0)


def test_quantiles_of_histograms_are_those_of_the_values() -> None:
    values = np.random.default_rng(1).lognormal(2.0, 0.5, 20000).astype(np.float32)
    counts = np.bincount(bins_of(values, SPEEDS, 96), minlength=96).astype(np.float32)
    for share in (0.1, 0.5, 0.9):
        assert quantile_of(counts, share, SPEEDS) == pytest.approx(
            np.quantile(values, share), rel=0.06
        )
    assert np.isnan(quantile_of(np.zeros(96, np.float32), 0.5, SPEEDS))


def test_hours_of_stillness_make_whatever_moves_rare() -> None:
    still = learned(parts_of_rows(rows_of([], seconds=40)), GRID)
    hours = still
    while hours.seconds < 12 * 3600:
        hours = hours + hours
    rates = [float(alarm_rate(known).per_hour(0.5)) for known in (still, hours)]
    assert rates[0] > 60, "a few seconds of stillness say little"
    assert rates[1] < 2, "after twelve hours anything is rarer than two an hour"
    assert alarm_rate(hours).score_at(2.0) < alarm_rate(still).score_at(2.0)


def test_stillness_changes_nothing_where_all_time_was_busy(street: SceneCounts) -> None:
    busy = replace(street, values=np.maximum(street.values, 0))
    busy.values[0, 0] = 0.0
    longer = replace(busy, seconds=10 * busy.seconds)
    assert alarm_rate(longer) == alarm_rate(busy)
