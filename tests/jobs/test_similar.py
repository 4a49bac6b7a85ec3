"""Finding what is like a query: ranking, filters, feedback, and when nothing is close."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import CaseError, LibraryError, MediaError
from crimeview.core.similarity import unit_rows
from crimeview.jobs.library_packages import export_library, import_library
from crimeview.jobs.models import ModelPair
from crimeview.jobs.similar import (
    Feedback,
    Query,
    case_as_library,
    find_similar,
    library_threshold,
    query_of_entry,
    query_of_span,
    query_of_video,
)
from crimeview.store.case import open_case
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location
from crimeview.store.library.rows import ClipSet, Filter
from tests.bursts import write_bursts
from tests.jobs.finished import finished
from tests.jobs.made_case import RECORDINGS, SEGMENTS, fill_case
from tests.store.library.made import SPACE, entry, recording, unit_vectors
from tests.tiny_models import make_models

KINDS = ("fight", "theft", "crash")
DIMENSIONS = 32
CENTERS = unit_vectors(3, dimensions=DIMENSIONS, seed=8)


def near(center: int, *, seed: int, spread: float = 0.12) -> np.ndarray:
    random = np.random.default_rng(seed)
    return unit_rows((CENTERS[center] + spread * random.standard_normal(DIMENSIONS))[None])[0]


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Ninety segments of three types, thirty recordings."""
    with open_library(Location(folder=tmp_path / "library")) as library:
        for number in range(90):
            kind = number % 3
            library.add(
                recording(f"r{number // 3}"),
                [
                    entry(
                        f"u{number}",
                        near(kind, seed=number),
                        start=20.0 * kind,
                        crime_type=KINDS[kind],
                        camera=f"c{number % 2}",
                        clips=np.stack([near(kind, seed=1000 + 3 * number + i) for i in range(3)]),
                    )
                ],
            )
        yield library


def query(vector: np.ndarray, *, uid: str = "another", start: float = 0.0) -> Query:
    clips = ClipSet(
        space=SPACE,
        times=np.array([[start, start + 1.0], [start + 1.0, start + 2.0]]),
        scores=np.array([0.9, 0.8], np.float32),
        features=np.stack([vector, -vector]).astype(np.float16),
    )
    return Query(
        name="q.mp4",
        space=SPACE,
        vector=vector,
        clips=clips,
        recording_uid=uid,
        start=start,
        end=start + 5.0,
    )


def test_the_most_alike_come_first_and_close_ones_are_called_so(library: Library) -> None:
    found = finished(find_similar(library, query(near(1, seed=5000)), count=10))
    assert {match.entry.facts.crime_type for match in found.matches} == {"theft"}
    values = [match.similarity for match in found.matches]
    assert values == sorted(values, reverse=True)
    assert found.threshold.basis == "types"
    assert found.has_close_match is True
    assert all(match.is_close for match in found.matches)


def test_no_close_match_is_said_of_what_is_like_nothing(library: Library) -> None:
    stranger = unit_vectors(1, dimensions=DIMENSIONS, seed=99)[0]
    found = finished(find_similar(library, query(stranger), count=10))
    assert len(found.matches) == 10
    assert found.has_close_match is False
    assert {match.is_close for match in found.matches} == {False}


def test_the_threshold_lets_one_stranger_in_twenty_through(library: Library) -> None:
    threshold = library_threshold(library, SPACE)
    assert threshold.value is not None
    strangers = unit_vectors(300, dimensions=DIMENSIONS, seed=17)
    best = [library.search(SPACE, v, count=1)[0].similarity for v in strangers]
    assert np.mean(np.array(best) >= threshold.value) <= 0.08
    siblings = [library.search(SPACE, near(n % 3, seed=7000 + n), count=1) for n in range(60)]
    assert np.mean([hits[0].similarity >= threshold.value for hits in siblings]) >= 0.9


def test_a_small_library_does_not_pretend_to_know(tmp_path: Path) -> None:
    with open_library(Location(folder=tmp_path / "small")) as small:
        for number in range(19):
            small.add(recording(f"r{number}"), [entry(f"u{number}", near(0, seed=number))])
        found = finished(find_similar(small, query(near(0, seed=77)), count=5))
        assert (found.has_close_match, found.threshold.value) == (None, None)
        assert {match.is_close for match in found.matches} == {None}


def test_why_names_the_clips_that_match(library: Library) -> None:
    clips = library.clips(2)
    assert clips is not None
    wanted = np.asarray(clips.features[1], np.float32)
    found = finished(find_similar(library, query(unit_rows(wanted[None])[0], start=50.0), count=90))
    match = next(m for m in found.matches if m.entry.id == 2)
    first = match.reasons[0]
    assert first.query == (50.0, 51.0)
    assert first.result == tuple(clips.times[1])
    assert first.similarity == pytest.approx(1.0, abs=2e-3)
    assert len({reason.result for reason in match.reasons}) == len(match.reasons)


def test_filters_hold_and_what_lies_in_the_query_itself_is_left_out(library: Library) -> None:
    wanted = Filter(crime_types=("crash",), cameras=("c1",))
    found = finished(find_similar(library, query(near(0, seed=5)), count=90, wanted=wanted))
    assert len(found.matches) == 15
    assert {m.entry.facts.camera for m in found.matches} == {"c1"}
    own = query_of_entry(library, 4, SPACE)
    found = finished(find_similar(library, own, count=90))
    assert len(found.matches) == 89
    assert 4 not in {match.entry.id for match in found.matches}
    # Another time of the same recording is a result.
    assert 5 in {match.entry.id for match in found.matches}


def test_feedback_moves_the_query_and_drops_what_is_not_relevant(library: Library) -> None:
    between = unit_rows((CENTERS[0] + 0.9 * CENTERS[1])[None])[0]
    first = finished(find_similar(library, query(between), count=20))
    fights = [m.entry.id for m in first.matches if m.entry.facts.crime_type == "fight"]
    thefts = [n for n in range(1, 91) if library.entry(n).facts.crime_type == "theft"][:3]
    feedback = Feedback(relevant=tuple(thefts), irrelevant=tuple(fights[:3]))
    second = finished(find_similar(library, query(between), count=20, feedback=feedback))
    kinds = [m.entry.facts.crime_type for m in second.matches]
    assert kinds.count("theft") > [m.entry.facts.crime_type for m in first.matches].count("theft")
    assert not {m.entry.id for m in second.matches} & set(fights[:3])
    with pytest.raises(LibraryError, match="no segment 999"):
        finished(find_similar(library, query(between), count=5, feedback=Feedback((999,))))


def test_another_space_is_told(library: Library) -> None:
    with pytest.raises(LibraryError, match="cannot be compared"):
        finished(find_similar(library, replace(query(near(0, seed=1)), space="other"), count=5))


def test_a_rebuilt_index_is_told_with_the_result(library: Library) -> None:
    assert library.folder is not None
    finished(find_similar(library, query(near(0, seed=1)), count=1))
    (note,) = (library.folder / "index").rglob("index.json")
    note.write_text("{}")
    with open_library(Location(folder=library.folder)) as again:
        found = finished(find_similar(again, query(near(0, seed=1)), count=1))
    (notice,) = found.notices
    assert "was damaged" in notice
    assert "(90 vectors)" in notice


def test_a_case_is_searched_by_the_same_means(tmp_path: Path) -> None:
    with open_case(tmp_path / "case") as case:
        fill_case(case)
        for row in case.recordings():  # the vectors' space is the encoder's name
            run = case.analyses.newest(row.id)
            assert run is not None
            case.analyses.set_settings(run.id, '{"encoder": "made"}')
        asked = query_of_span(case, case.recordings()[0], (2.0, 7.0))
        with case_as_library(case) as (inside, filling):
            finished(filling)
            assert inside.figures().segments == RECORDINGS * SEGMENTS
            found = finished(find_similar(inside, asked, count=11))
        # Segments of the first kind are those that begin at 2 and 20 s.
        kinds = [round(m.entry.start) in (2, 20) for m in found.matches]
        assert kinds == [True] * 11
        with pytest.raises(CaseError, match="choose another span"):
            query_of_span(case, case.recordings()[0], (100.0, 110.0))


def test_a_file_is_analyzed_only_where_no_case_has_done_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models: ModelPair = make_models(tmp_path / "models")
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tmp_path / "models"))
    video = write_bursts(tmp_path / "v.mp4", duration=12.0, bursts=[(4.0, 7.0)])
    whole = finished(query_of_video(video, span=None, cases=(), models=models))
    assert 2.0 < whole.start < 5.0 < whole.end < 10.0
    span = finished(query_of_video(video, span=(1.0, 6.0), cases=(), models=models))
    assert (span.start, span.end) == (1.0, 6.0)
    assert span.clips is not None
    assert span.clips.times[:, 0].max() < 6.0
    with pytest.raises(MediaError):
        finished(query_of_video(tmp_path / "none.mp4", span=None, cases=(), models=models))


def test_jobs_of_packages_count_what_they_did(library: Library, tmp_path: Path) -> None:
    wanted = Filter(crime_types=("fight",))
    job = export_library(library, tmp_path / "p", wanted=wanted, with_clips=True)
    assert finished(job) == 30
    with open_library(Location(folder=tmp_path / "other")) as other:
        assert finished(import_library(other, tmp_path / "p")).added == 30
        again = finished(import_library(other, tmp_path / "p"))
        assert (again.added, again.known) == (0, 30)
