"""Segments of other files that show the same event, and those that only seem to."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.similarity import unit_rows
from crimeview.jobs.segment_pictures import Pictures
from crimeview.jobs.similar import Query, find_similar
from crimeview.jobs.twins import Showing, twins_of
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location
from crimeview.store.library.rows import Filter, NewEntry
from crimeview.video.jpeg import jpeg_of_array
from tests.jobs.finished import finished
from tests.store.library.made import SPACE, entry, recording, unit_vectors

CLIPS = unit_vectors(5, dimensions=16, seed=2)
VECTOR = unit_rows(CLIPS.mean(axis=0, keepdims=True))[0]
STRANGERS = 220  # more than are looked at first


def pictures(*, row: int, noise: float = 0.0) -> Pictures:
    """Five of one place through which something bright goes in a row (0 to 6)."""
    random = np.random.default_rng(6)
    place = (
        random.integers(10, 245, (9, 16, 1)).repeat(3, axis=2).repeat(12, axis=0).repeat(12, axis=1)
    )
    found = []
    for number in range(5):
        picture = place + np.random.default_rng(row).normal(0, noise, place.shape)
        picture[12 * row + 12 : 12 * row + 24, 36 * number : 36 * number + 12] = 190
        found.append((float(number), jpeg_of_array(np.clip(picture, 0, 255).astype(np.uint8))))
    return tuple(found)


def original(**more: object) -> NewEntry:
    made = entry("original", VECTOR, clips=CLIPS)
    return replace(made, thumbnails=pictures(row=2), **more)  # type: ignore[arg-type]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(Location(folder=tmp_path / "library")) as library:
        yield library


def shown(**more: object) -> Showing:
    """The same as the original, of another file and noisier; its vector is a little off."""
    clips = entry("x", VECTOR, clips=CLIPS).clips
    assert clips is not None
    made = Showing(
        recording_uid="copy",
        start=0.0,
        end=5.0,
        vector=turned(VECTOR, 0.997),
        clips=clips,
        pictures=pictures(row=2, noise=3.0),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def turned(vector: np.ndarray, cosine: float) -> np.ndarray:
    """A vector of that cosine with another one."""
    aside = unit_vectors(1, dimensions=len(vector), seed=5)[0]
    aside = unit_rows((aside - vector * (aside @ vector))[None])[0]
    return np.asarray(cosine * vector + np.sqrt(1 - cosine**2) * aside, np.float32)


def names(library: Library, showing: Showing) -> list[str]:
    return [found.uid for found in twins_of(library, showing)]


def add_strangers(library: Library, count: int) -> None:
    """Segments that are nearer to what is shown than the original, of a length of their own."""
    random = np.random.default_rng(9)
    near = unit_rows(shown().vector + 0.01 * random.standard_normal((count, len(VECTOR))))
    for number, vector in enumerate(near):
        made = entry(f"s{number}", vector, clips=-CLIPS)
        library.add(recording(f"s{number}"), [replace(made, end=made.start + 9.0 + number % 2)])


def test_a_copy_is_found_behind_many_that_are_nearer(library: Library) -> None:
    add_strangers(library, STRANGERS)
    library.add(recording("r"), [original()])
    hits = library.search(SPACE, shown().vector, count=STRANGERS)
    assert STRANGERS + 1 not in {hit.segment_id for hit in hits}
    assert names(library, shown()) == ["original"]


def test_another_event_before_the_same_camera_is_no_copy(library: Library) -> None:
    library.add(recording("r"), [original()])
    assert names(library, shown()) == ["original"]
    assert names(library, shown(pictures=pictures(row=5, noise=3.0))) == []


def test_one_picture_alone_tells_too_little(library: Library) -> None:
    library.add(recording("r"), [original()])
    assert names(library, shown(pictures=pictures(row=2)[:1])) == []
    assert names(library, shown(pictures=())) == []


def test_what_happened_at_another_time_is_no_copy(library: Library) -> None:
    library.add(recording("r"), [original(happened=1000.0)])
    assert names(library, shown(happened=1004.0)) == ["original"]
    assert names(library, shown(happened=1006.0)) == []
    assert names(library, shown(happened=None)) == ["original"]


def test_the_same_encoded_anew_comes_first_and_is_called_close(library: Library) -> None:
    add_strangers(library, 30)
    library.add(recording("r"), [original()])
    asked = shown()
    query = Query(
        name="copy.mp4",
        space=SPACE,
        vector=np.asarray(asked.vector, np.float32),
        clips=asked.clips,
        recording_uid="copy",
        start=0.0,
        end=5.0,
        pictures=asked.pictures,
    )
    found = finished(find_similar(library, query, count=10))
    assert [m.is_same for m in found.matches] == [True] + 9 * [False]
    assert found.matches[0].entry.uid == "original"
    assert found.matches[0].similarity == pytest.approx(0.997, abs=1e-3)
    assert found.matches[0].is_close is True
    assert found.has_close_match is True
    assert found.same == 1
    wanted = Filter(not_recording_uids=("sha-r",))
    assert finished(find_similar(library, query, count=10, wanted=wanted)).same == 0
    plain = finished(find_similar(library, replace(query, pictures=()), count=31))
    assert plain.matches[-1].entry.uid == "original"
