"""What a case has found goes into a library: once, with all that is known of it."""

import hashlib
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from crimeview.core.errors import LibraryError, MediaError
from crimeview.core.review import ReviewState
from crimeview.core.similarity import unit_rows
from crimeview.jobs.analyze import analyze
from crimeview.jobs.library_add import AddOrder, add_to_library
from crimeview.jobs.models import ModelPair
from crimeview.jobs.review import Reviewer, judged, named, noted
from crimeview.store.case import Case, open_case
from crimeview.store.library.library import Library, open_library
from crimeview.store.library.location import Location
from crimeview.store.library.rows import Added, Duplicates, Facts, Filter
from crimeview.video.frames import FrameReader
from tests.bursts import write_bursts
from tests.jobs.finished import finished
from tests.tiny_models import make_models

KIM = Reviewer(name="kim", now="2026-01-02T03:04:05+00:00")
BURSTS = [(6.0, 9.0), (20.0, 23.0)]


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> ModelPair:
    return make_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(autouse=True)
def _these_models(models: ModelPair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(models.encoder.folder.parent))


@pytest.fixture(scope="module")
def recordings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three files: one, what looks the same in another file, and one that is alike but longer."""
    folder = tmp_path_factory.mktemp("recordings")
    write_bursts(folder / "a.mp4", duration=30.0, bursts=BURSTS)
    write_bursts(folder / "a again.mp4", duration=31.0, bursts=BURSTS)
    write_bursts(folder / "b.mp4", duration=30.0, bursts=[(5.0, 17.0)], seed=9)
    return folder


@pytest.fixture(scope="module")
def analyzed(models: ModelPair, recordings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cases") / "night"
    with open_case(folder) as case:
        finished(analyze(sorted(recordings.iterdir()), case=case, models=models))
    return folder


@pytest.fixture
def case(analyzed: Path, tmp_path: Path) -> Iterator[Case]:
    shutil.copytree(analyzed, tmp_path / "night")
    with open_case(tmp_path / "night") as case:
        yield case


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with open_library(Location(folder=tmp_path / "library")) as library:
        yield library


def number_of(case: Case, name: str) -> int:
    return next(r.id for r in case.recordings() if r.path.name == name)


def only(case: Case, *names: str, **more: object) -> AddOrder:
    numbers = tuple(number_of(case, name) for name in names)
    return replace(AddOrder(recordings=numbers), **more)  # type: ignore[arg-type]


def test_segments_come_with_vectors_clips_pictures_and_where_they_are_from(
    case: Case, library: Library, recordings: Path
) -> None:
    order = only(case, "a.mp4", started=datetime(2026, 3, 1, 22, tzinfo=UTC))
    added = finished(add_to_library(case, library, order))
    assert [one.outcome for one in added] == [Added.NEW, Added.NEW]
    content = hashlib.sha256((recordings / "a.mp4").read_bytes()).hexdigest()
    for one, segment in zip(added, case.segments(number_of(case, "a.mp4")), strict=True):
        assert one.number is not None
        entry = library.entry(one.number)
        assert (entry.start, entry.end) == (segment.segment.start, segment.segment.end)
        assert entry.recording.sha256 == entry.recording.uid == content
        assert entry.recording.case_name == "night"
        assert entry.happened == datetime(2026, 3, 1, 22, tzinfo=UTC).timestamp() + entry.start
        clips = library.clips(entry.id)
        assert clips is not None
        assert (clips.times[:, 0] < entry.end).all()
        assert (clips.times[:, 1] > entry.start).all()
        vector = library.vector(entry.id, "tiny-motion")
        assert np.linalg.norm(vector) == pytest.approx(1.0, abs=2e-3)
        inside = (clips.times.mean(axis=1) >= entry.start) & (clips.times.mean(axis=1) <= entry.end)
        mean = clips.scores[inside] @ unit_rows(clips.features[inside])
        np.testing.assert_allclose(vector, mean / np.linalg.norm(mean), atol=3e-3)
        pictures = library.thumbnails(entry.id)
        assert pictures
        assert all(jpeg[:2] == b"\xff\xd8" for _, jpeg in pictures)


def test_the_same_content_under_another_name_is_known(
    case: Case, library: Library, recordings: Path, models: ModelPair, tmp_path: Path
) -> None:
    finished(add_to_library(case, library, only(case, "a.mp4")))
    shutil.copyfile(recordings / "a.mp4", tmp_path / "renamed.mp4")
    with open_case(tmp_path / "other") as other:
        finished(analyze([tmp_path / "renamed.mp4"], case=other, models=models))
        order = AddOrder(facts=Facts(camera="yard"))
        added = finished(add_to_library(other, library, order))
    assert [one.outcome for one in added] == [Added.KNOWN, Added.KNOWN]
    assert [entry.facts.camera for entry in library.entries()] == ["yard", "yard"]
    assert library.figures().recordings == 1


@pytest.mark.parametrize(
    ("duplicates", "outcome", "found"),
    [
        (Duplicates.MARK, Added.MARKED, 2),
        (Duplicates.SKIP, Added.SKIPPED, 2),
        (Duplicates.KEEP, Added.NEW, 4),
    ],
)
def test_what_another_file_shows_is_treated_as_asked(
    case: Case, library: Library, duplicates: Duplicates, outcome: Added, found: int
) -> None:
    finished(add_to_library(case, library, only(case, "a.mp4")))
    order = only(case, "a again.mp4", duplicates=duplicates)
    added = finished(add_to_library(case, library, order))
    assert [one.outcome for one in added] == [outcome, outcome]
    query = library.vector(1, "tiny-motion")
    assert len(library.search("tiny-motion", query, count=10)) == found
    if outcome is Added.MARKED:
        marked = [e for e in library.entries(Filter(duplicates=True)) if e.duplicate_of]
        originals = [library.entry(e.duplicate_of or 0) for e in marked]
        assert [round(e.start) for e in marked] == [round(o.start) for o in originals]


def test_what_is_alike_but_of_another_length_is_no_duplicate(case: Case, library: Library) -> None:
    finished(add_to_library(case, library, only(case, "a.mp4")))
    (added,) = finished(add_to_library(case, library, only(case, "b.mp4")))
    (nearest,) = library.search(
        "tiny-motion",
        library.vector(added.number or 0, "tiny-motion"),
        count=1,
        wanted=Filter(not_recording_uids=(library.entry(added.number or 0).recording.uid,)),
    )
    assert nearest.similarity > 0.995  # the vectors alone would call it the same
    assert added.outcome is Added.NEW


def test_what_a_person_said_comes_along_and_dismissed_segments_do_not(
    case: Case, library: Library
) -> None:
    first, second = case.segments(number_of(case, "a.mp4"))
    for edit in (
        noted([first], "two men", by=KIM),
        judged([second], ReviewState.DISMISSED, by=KIM),
    ):
        assert edit is not None
        case.edits.make(edit, reviewer="kim")
    said = next(row for row in case.segments() if row.review and row.review.note)
    edit = named([said], "fight", by=KIM)
    assert edit is not None
    case.edits.make(edit, reviewer="kim")
    (added,) = finished(add_to_library(case, library, only(case, "a.mp4")))
    assert library.entry(added.number or 0).facts == Facts(crime_type="fight", notes="two men")
    finished(
        add_to_library(case, library, only(case, "a.mp4", facts=Facts(crime_type="theft")))
    )  # what is known keeps what was said of it
    assert library.entry(added.number or 0).facts.crime_type == "fight"


def test_copies_are_pieces_of_the_recording_and_made_once(case: Case, library: Library) -> None:
    order = only(case, "a.mp4", copy_clips=True)
    first = finished(add_to_library(case, library, order))
    assert [one.copied for one in first] == [True, True]
    for one in first:
        entry = library.entry(one.number or 0)
        assert entry.copy is not None
        assert library.clips_folder is not None
        path = library.clips_folder / entry.copy.file
        assert hashlib.sha256(path.read_bytes()).hexdigest() == entry.copy.sha256
        assert entry.copy.start <= entry.start < entry.end <= entry.copy.end
        with FrameReader(path) as reader:
            assert reader.recording.duration >= entry.end - entry.start
    again = finished(add_to_library(case, library, order))
    assert [(one.outcome, one.copied) for one in again] == [(Added.KNOWN, False)] * 2


def test_a_changed_file_is_not_copied(
    case: Case, library: Library, models: ModelPair, tmp_path: Path, recordings: Path
) -> None:
    shutil.copyfile(recordings / "b.mp4", tmp_path / "c.mp4")
    finished(analyze([tmp_path / "c.mp4"], case=case, models=models))
    shutil.copyfile(recordings / "a.mp4", tmp_path / "c.mp4")
    with pytest.raises(MediaError, match="is not the file that was analyzed"):
        finished(add_to_library(case, library, only(case, "c.mp4", copy_clips=True)))
    assert library.figures().segments == 0


def test_a_stopped_addition_keeps_what_was_told_and_goes_on(
    case: Case, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crimeview.jobs.library_add._AT_ONCE", 1)
    job = add_to_library(case, library, AddOrder(duplicates=Duplicates.KEEP))
    step = next(step for step in job if step.done == 3)
    job.close()
    assert library.figures().segments == step.done
    added = finished(add_to_library(case, library, AddOrder(duplicates=Duplicates.KEEP)))
    assert Counter(one.outcome for one in added) == {Added.KNOWN: 3, Added.NEW: 2}


def test_a_server_keeps_no_copies(case: Case, library: Library) -> None:
    class Served(Library):
        folder = None  # type: ignore[assignment]

    served = Served(library.database)
    with pytest.raises(LibraryError, match="keeps no copies of clips"):
        finished(add_to_library(case, served, AddOrder(copy_clips=True)))


def test_what_moves_alike_elsewhere_is_no_duplicate(
    case: Case, library: Library, models: ModelPair, tmp_path: Path
) -> None:
    elsewhere = write_bursts(tmp_path / "elsewhere.mp4", duration=30.0, bursts=BURSTS, seed=4)
    finished(analyze([elsewhere], case=case, models=models))
    finished(add_to_library(case, library, only(case, "a.mp4")))
    added = finished(add_to_library(case, library, only(case, "elsewhere.mp4")))
    assert [one.outcome for one in added] == [Added.NEW, Added.NEW]
    for one in added:
        assert one.number is not None
        others = Filter(not_recording_uids=(library.entry(one.number).recording.uid,))
        vector = library.vector(one.number, "tiny-motion")
        (nearest,) = library.search("tiny-motion", vector, count=1, wanted=others)
        assert nearest.similarity > 0.995  # by its motion alone it would be one


def test_a_mark_is_taken_back(case: Case, library: Library) -> None:
    finished(add_to_library(case, library, only(case, "a.mp4")))
    marked = finished(add_to_library(case, library, only(case, "a again.mp4")))
    numbers = [one.number for one in marked if one.number is not None]
    library.unmark(numbers)
    assert all(library.entry(number).duplicate_of is None for number in numbers)
    query = library.vector(1, "tiny-motion")
    assert len(library.search("tiny-motion", query, count=10)) == 4
