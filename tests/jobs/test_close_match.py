"""What is close is learned once, and again only when the library has changed."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.similarity import Threshold
from crimeview.jobs import close_match
from crimeview.jobs.close_match import THRESHOLDS_FILE, library_threshold
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location
from tests.store.library.made import SPACE, entry, recording, unit_vectors


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Forty segments of forty recordings, none with a type."""
    with open_library(Location(folder=tmp_path / "library")) as library:
        for number, vector in enumerate(unit_vectors(40, dimensions=16, seed=1)):
            library.add(recording(f"r{number}"), [entry(f"u{number}", vector)])
        yield library


@pytest.fixture
def learned(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many segments it was learned from, each time it was."""
    counts: list[int] = []
    own = close_match.learn_threshold

    def learn(vectors: np.ndarray, *given: np.ndarray, total: int) -> Threshold:
        counts.append(len(vectors))
        return own(vectors, *given, total=total)

    monkeypatch.setattr(close_match, "learn_threshold", learn)
    return counts


def test_it_is_learned_once(library: Library, learned: list[int]) -> None:
    first = library_threshold(library, SPACE)
    assert first.basis == "recordings"
    assert first.value is not None
    assert library_threshold(library, SPACE) == first
    assert library.folder is not None
    with open_library(Location(folder=library.folder)) as again:
        assert library_threshold(again, SPACE) == first
    assert learned == [40]


def test_it_is_learned_anew_when_the_library_changed(library: Library, learned: list[int]) -> None:
    library_threshold(library, SPACE)
    library.add(recording("new"), [entry("new", unit_vectors(1, dimensions=16, seed=2)[0])])
    library_threshold(library, SPACE)
    held = library.entry(3)
    library.set_facts(3, replace(held.facts, crime_type="fight"))
    library_threshold(library, SPACE)
    library.remove([5])
    library_threshold(library, SPACE)
    assert learned == [40, 41, 41, 40]


def test_copies_that_are_marked_do_not_count(library: Library, learned: list[int]) -> None:
    library_threshold(library, SPACE)
    library.mark_duplicates({2: library.entry(1).uid})
    library_threshold(library, SPACE)
    assert learned == [40, 39]


def test_what_is_damaged_is_learned_anew(library: Library, learned: list[int]) -> None:
    first = library_threshold(library, SPACE)
    assert library.folder is not None
    file = library.folder / THRESHOLDS_FILE
    for text in ("{", "[]", file.read_text().replace('"value"', '"volume"')):
        file.write_text(text)
        assert library_threshold(library, SPACE) == first
    assert learned == [40] * 4
