"""What a library promises, in a folder and on a server alike."""

from dataclasses import replace

import numpy as np
import pytest

from crimeview.core.errors import LibraryError
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location, locate
from crimeview.store.library.rows import Added, Duplicates, Facts, Filter
from tests.store.library.made import SPACE, entry, recording, unit_vectors


def test_what_was_added_comes_back_as_it_was(location: Location) -> None:
    vectors = unit_vectors(3)
    clips = unit_vectors(4, seed=1)
    given = entry("a", vectors[0], crime_type="theft", camera="c1", happened=1e9, clips=clips)
    with open_library(location) as library:
        assert library.add(recording("r"), [given]) == [(Added.NEW, 1)]
    with open_library(location, create=False) as library:
        (found,) = library.entries()
        assert (found.uid, found.start, found.end, found.peak) == ("a", 0.0, 5.0, 0.9)
        assert found.recording == recording("r")
        assert found.facts == Facts(crime_type="theft", camera="c1")
        assert (found.happened, found.added_by, found.duplicate_of) == (1e9, "kim", None)
        assert library.thumbnails(found.id) == [(0.0, b"\xff\xd8one"), (1.0, b"\xff\xd8two")]
        held = library.clips(found.id)
        assert held is not None
        assert held.space == SPACE
        np.testing.assert_array_equal(held.features, clips.astype(np.float16))
        np.testing.assert_allclose(library.vector(found.id, SPACE), vectors[0], atol=1e-3)


def test_nothing_is_added_twice_but_empty_facts_are_filled_in(library: Library) -> None:
    vectors = unit_vectors(3)
    library.add(recording("r"), [entry("a", vectors[0], camera="c1")])
    shifted = replace(
        entry("b", vectors[1], start=1.0), facts=Facts(crime_type="fight", camera="c9")
    )
    assert library.add(recording("r"), [shifted]) == [(Added.KNOWN, 1)]
    (found,) = library.entries()
    assert found.facts == Facts(crime_type="fight", camera="c1")
    assert found.revision == 2
    # Another time of the recording, and the same time of another, are something else.
    added = library.add(recording("r"), [entry("c", vectors[1], start=60.0)])
    added += library.add(recording("s"), [entry("d", vectors[2])])
    assert [outcome for outcome, _ in added] == [Added.NEW, Added.NEW]


@pytest.mark.parametrize("duplicates", list(Duplicates))
def test_what_looks_the_same_is_treated_as_asked(library: Library, duplicates: Duplicates) -> None:
    vectors = unit_vectors(2)
    library.add(recording("r"), [entry("a", vectors[0])])
    ((outcome, _),) = library.add(
        recording("copy"), [entry("b", vectors[0])], duplicates=duplicates, twin=lambda _: 1
    )
    found = [hit.segment_id for hit in library.search(SPACE, vectors[0], count=5)]
    everything = [e.duplicate_of for e in library.entries(Filter(duplicates=True))]
    match duplicates:
        case Duplicates.MARK:
            assert (outcome, found, everything) == (Added.MARKED, [1], [None, 1])
        case Duplicates.SKIP:
            assert (outcome, found, everything) == (Added.SKIPPED, [1], [None])
        case Duplicates.KEEP:
            assert (outcome, found, everything) == (Added.NEW, [1, 2], [None, None])


def _filled(library: Library, vectors: np.ndarray) -> None:
    for number in range(20):
        library.add(
            recording(f"r{number}"),
            [
                entry(
                    f"{number}-{i}",
                    vectors[number * 10 + i],
                    start=10.0 * i,
                    crime_type="fight" if number % 2 else "theft",
                    camera=f"c{number % 5}",
                    happened=1e9 + 86400.0 * number if number != 7 else None,
                )
                for i in range(10)
            ],
        )


def test_filtered_searches_are_exact(library: Library) -> None:
    vectors = unit_vectors(200)
    _filled(library, vectors)
    wanted = Filter(crime_types=("fight",), cameras=("c1", "c2"), after=1e9 + 5 * 86400.0)
    fits = [i for i in range(200) if (i // 10) % 2 and (i // 10) % 5 in (1, 2)]
    fits = [i for i in fits if i // 10 >= 5 and i // 10 != 7]
    for query in unit_vectors(5, seed=9):
        best = [fits[j] for j in np.argsort(-(vectors[fits] @ query), kind="stable")[:7]]
        found = library.search(SPACE, query, count=7, wanted=wanted)
        assert [hit.segment_id - 1 for hit in found] == best
        np.testing.assert_allclose([h.similarity for h in found], vectors[best] @ query, atol=2e-3)
    assert library.search(SPACE, vectors[0], count=5, wanted=Filter(cameras=("none",))) == []


def test_changes_are_found_at_once_and_removed_segments_no_more(library: Library) -> None:
    vectors = unit_vectors(201)
    _filled(library, vectors)
    assert library.search(SPACE, vectors[42], count=1)[0].segment_id == 43
    assert library.remove([43]) == 1
    assert library.search(SPACE, vectors[42], count=200)[0].segment_id != 43
    ((_, number),) = library.add(recording("new"), [entry("new", vectors[200])])
    (hit,) = library.search(SPACE, vectors[200], count=1)
    assert hit.segment_id == number
    assert hit.similarity == pytest.approx(1.0, abs=1e-3)
    assert len(library.search(SPACE, vectors[0], count=1000)) == 200


def test_two_editors_do_not_undo_each_other(location: Location) -> None:
    with open_library(location) as first, open_library(location) as second:
        first.add(recording("r"), [entry("a", unit_vectors(1)[0])])
        seen = second.entry(1)
        first.set_facts(1, Facts(crime_type="fight"), revision=1)
        with pytest.raises(LibraryError, match="Somebody else has changed"):
            second.set_facts(1, Facts(crime_type="theft"), revision=seen.revision)
        assert second.entry(1).facts.crime_type == "fight"


def test_what_one_client_adds_another_finds(location: Location) -> None:
    vectors = unit_vectors(2)
    with open_library(location) as first, open_library(location) as second:
        first.add(recording("r"), [entry("a", vectors[0])])
        assert second.search(SPACE, vectors[0], count=1)[0].segment_id == 1
        first.add(recording("s"), [entry("b", vectors[1])])
        assert second.search(SPACE, vectors[1], count=1)[0].segment_id == 2


def test_figures_count_what_is_there(library: Library) -> None:
    _filled(library, unit_vectors(200))
    figures = library.figures()
    assert (figures.segments, figures.recordings, figures.duplicates) == (200, 20, 0)
    assert figures.types == (("fight", 100), ("theft", 100))
    assert figures.spaces == ((SPACE, 16, 200),)


def test_a_library_that_is_not_there_is_told(location: Location) -> None:
    with pytest.raises(LibraryError, match="There is no library in"):
        open_library(location, create=False)


def test_what_no_driver_knows_of_a_url_is_told() -> None:
    location = locate("postgresql://kim@127.0.0.1:9/crimes?foo=bar")
    with pytest.raises(LibraryError, match=r"that no driver knows \(“foo”\)"):
        open_library(location, create=False)
