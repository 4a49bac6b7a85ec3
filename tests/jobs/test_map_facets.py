"""What the points of a map are told apart by."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from crimeview.core.review import ReviewState
from crimeview.jobs.map_facets import MOST_VALUES, OTHER, SUGGESTED, Facet, facet_values
from crimeview.jobs.map_points import MapItem

ITEM = MapItem(
    segment_id=1,
    entry=None,
    recording_id=1,
    path=Path("a.mp4"),
    start=0.0,
    end=4.0,
    peak=0.5,
    peak_time=2.0,
    kind=None,
    state=ReviewState.NEW,
    camera="gate",
    day=None,
    case="case",
)


def test_the_most_frequent_come_first_and_what_is_not_known_last() -> None:
    items = [replace(ITEM, kind=kind) for kind in ("theft", None, "fight", "fight", None, None)]
    found = facet_values(items, Facet.TYPE)
    assert found.values == ("fight", "theft", None)
    assert found.counts == (2, 1, 3)
    assert found.codes.tolist() == [1, 2, 0, 0, 2, 2]


def test_types_that_are_suggested_come_after_those_that_people_gave() -> None:
    said = [(None, "fight"), (None, "fight"), ("theft", None), (None, None)]
    items = [replace(ITEM, kind=kind, suggested=suggested) for kind, suggested in said]
    found = facet_values(items, Facet.TYPE)
    assert found.values == ("theft", f"fight{SUGGESTED}", None)
    assert found.codes.tolist() == [1, 1, 0, 2]


def test_rare_values_are_one() -> None:
    names = [f"{n}.mp4" for n in range(30) for _ in range(30 - n)]
    items = [replace(ITEM, path=Path(name)) for name in names]
    found = facet_values(items, Facet.RECORDING)
    assert len(found.values) == MOST_VALUES + 1
    assert found.values[-1] == OTHER
    assert sum(found.counts) == len(items)
    assert found.counts[-1] == sum(30 - n for n in range(MOST_VALUES, 30))


def test_many_days_are_told_by_months_in_their_order() -> None:
    first = date(2024, 11, 20)
    items = [replace(ITEM, day=first + timedelta(days=n)) for n in range(60)]
    found = facet_values([*items, ITEM], Facet.DATE)
    assert found.values == ("2024-11", "2024-12", "2025-01", None)
    few = facet_values(items[:3], Facet.DATE)
    assert few.values == ("2024-11-20", "2024-11-21", "2024-11-22")


def test_clusters_stand_in_their_order() -> None:
    clusters = np.array([10, 2, 2, -1, 10, 10])
    found = facet_values([ITEM] * 6, Facet.CLUSTER, clusters=clusters)
    assert found.values == ("2", "10", None)
    assert found.counts == (2, 3, 1)
