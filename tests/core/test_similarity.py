"""What is close: one stranger in twenty is called so, however large the library is."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.core.similarity import (
    Threshold,
    changes_alike,
    learn_threshold,
    looks_alike,
    unit_rows,
)

Floats = NDArray[np.float32]

DIMENSIONS = 48
TYPES = 60
QUERIES = 300
SAMPLE = 20_000  # as jobs.close_match takes


@dataclass(frozen=True)
class Made:
    """Segments (n, d) of `TYPES` types, and queries of types that are there and that are not."""

    segments: Floats
    types: NDArray[np.str_]
    known: Floats
    strangers: Floats

    def learned(self, *, typed: float) -> Threshold:
        """The threshold, where a share of the segments is `typed`."""
        random = np.random.default_rng(1)
        total = len(self.segments)
        sample = np.sort(random.permutation(total)[:SAMPLE])
        types = np.where(random.random(len(sample)) < typed, self.types[sample], "")
        return learn_threshold(self.segments[sample], sample, types, total=total)

    def close(self, queries: Floats, threshold: Threshold) -> float:
        """The share of queries whose best match is called close."""
        assert threshold.value is not None
        best = np.full(len(queries), -1.0, np.float32)
        for first in range(0, len(self.segments), 50_000):
            part = self.segments[first : first + 50_000]
            best = np.maximum(best, (queries @ part.T).max(axis=1))
        return float(np.mean(best >= threshold.value))


@lru_cache(maxsize=1)  # the largest takes a second and a hundred megabytes
def made(total: int, *, seed: int, spread: float = 0.8) -> Made:
    """Not to be changed."""
    random = np.random.default_rng(seed)

    def near(centers: Floats) -> Floats:
        noise = random.standard_normal(centers.shape, np.float32)
        return unit_rows(centers + spread / np.sqrt(DIMENSIONS) * noise)

    centers = unit_rows(random.standard_normal((TYPES, DIMENSIONS)))
    types = random.integers(TYPES, size=total)
    return Made(
        segments=near(centers[types]),
        types=types.astype(str),
        known=near(centers[random.integers(TYPES, size=QUERIES)]),
        strangers=near(unit_rows(random.standard_normal((QUERIES, DIMENSIONS)))),
    )


@pytest.mark.parametrize(("total", "libraries"), [(100, 12), (2000, 6), (20_000, 2), (400_000, 1)])
def test_one_stranger_in_twenty_is_called_close(total: int, libraries: int) -> None:
    found = [made(total, seed=seed) for seed in range(libraries)]
    learned = [library.learned(typed=1.0) for library in found]
    assert {threshold.basis for threshold in learned} == {"types"}
    pairs = list(zip(found, learned, strict=True))
    false = np.mean([library.close(library.strangers, t) for library, t in pairs])
    assert false <= 0.075
    if total > 100:  # of sixty types, a hundred segments hold one or two each
        assert false >= 0.02
        assert np.mean([library.close(library.known, t) for library, t in pairs]) > 0.95


@pytest.mark.parametrize("typed", [0.0, 0.01, 0.1])
@pytest.mark.parametrize("total", [100, 5000, 100_000])
def test_without_types_no_more_strangers_are_called_close(total: int, typed: float) -> None:
    library = made(total, seed=3)
    learned = library.learned(typed=typed)
    assert learned.basis == "recordings"
    assert library.close(library.strangers, learned) <= 0.06
    if total > 100:
        assert library.close(library.known, learned) > 0.9


def test_types_that_all_lie_close_together_are_not_told_apart_by_chance() -> None:
    """Of vectors without any types in them, whoever is close is so by chance."""
    random = np.random.default_rng(5)
    rows = unit_rows(random.standard_normal((3000, DIMENSIONS)))
    library = Made(rows[:2400], np.arange(2400).astype(str), rows[2400:2700], rows[2700:])
    for typed in (0.0, 1.0):
        learned = library.learned(typed=typed)
        assert library.close(library.strangers, learned) <= 0.09
        assert library.close(library.known, learned) <= 0.09


def test_two_types_say_nothing_of_how_near_a_third_one_is() -> None:
    library = made(300, seed=4)
    types = np.array(["fight", "crash"])[np.arange(300) % 2]
    learned = learn_threshold(library.segments, np.arange(300), types, total=300)
    assert learned.basis == "recordings"
    untyped = learn_threshold(library.segments, np.arange(300), np.full(300, "", "U5"), total=300)
    assert learned.value == untyped.value


def test_a_larger_library_asks_for_more() -> None:
    library = made(2000, seed=6)
    for types in (library.types, np.full(2000, "", "U1")):
        values = [
            learn_threshold(library.segments, np.arange(2000), types, total=total).value or 0.0
            for total in (2000, 20_000, 200_000)
        ]
        assert values == sorted(set(values))


def test_of_few_types_the_one_that_comes_nearest_counts() -> None:
    """Two of three are alike: what is no more alike than these is not close."""
    random = np.random.default_rng(8)
    centers = unit_rows(random.standard_normal((3, DIMENSIONS)))
    centers[1] = unit_rows((centers[0] + 0.5 * centers[1])[None])[0]
    types = np.arange(600) % 3
    noise = random.standard_normal((600, DIMENSIONS)) / np.sqrt(DIMENSIONS)
    rows = unit_rows(centers[types] + 0.4 * noise)
    found = learn_threshold(rows, np.arange(600), types.astype(str), total=600)
    between = (rows[types == 0] @ rows[types == 1].T).max(axis=1)
    assert found.basis == "types"
    assert found.value == pytest.approx(np.quantile(between, 0.95), abs=0.02)


def test_few_segments_or_recordings_tell_nothing() -> None:
    library = made(100, seed=7)
    few = library.segments[:19], np.arange(19), library.types[:19]
    assert learn_threshold(*few, total=19).value is None
    four = learn_threshold(library.segments, np.arange(100) % 4, library.types, total=100)
    assert (four.value, four.basis) == (None, "nothing")


def test_pictures_of_one_place_look_alike_whatever_the_light() -> None:
    random = np.random.default_rng(3)
    place = random.uniform(0, 255, (3, 9, 16))
    copy = 0.6 * place + 40 + random.normal(0, 3, place.shape)
    assert looks_alike(place, copy[::-1]) > 0.98
    assert looks_alike(place, random.uniform(0, 255, (2, 9, 16))) < 0.5
    assert looks_alike(place, np.concatenate([copy, random.uniform(0, 255, (1, 9, 16))])) < 0.5
    assert looks_alike(place, np.zeros((0, 9, 16))) == -1.0


def test_pictures_of_one_place_at_other_times_do_not_change_alike() -> None:
    random = np.random.default_rng(3)
    place = random.uniform(0, 255, (18, 32))
    one, other = (np.repeat(place[None], 5, axis=0) for _ in range(2))
    for number in range(5):
        one[number, 4:6, 6 * number : 6 * number + 2] = 200.0
        other[number, 12:14, 6 * number + 3 : 6 * number + 5] = 200.0
    copy = one + random.normal(0, 2, one.shape)
    assert looks_alike(one, other) > 0.96  # by their place they would be the same
    assert changes_alike(one, copy[::-1]) > 0.9
    assert changes_alike(one, other) < 0.3
    assert changes_alike(one[:1], copy[:1]) == -1.0
