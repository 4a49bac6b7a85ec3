"""Groupings of a case's segments: compared, named, and what names suggest."""

import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
from sqlalchemy import Connection, Engine, event

from crimeview.atlas.naming import named_cluster
from crimeview.cli.main import main
from crimeview.core.edit import CaseNote
from crimeview.core.errors import CrimeviewError
from crimeview.core.files import is_file
from crimeview.core.review import ReviewState
from crimeview.jobs import held_clusters
from crimeview.jobs.catch_up import suggest_behind
from crimeview.jobs.compare_groupings import compare_groupings
from crimeview.jobs.edit_effects import edit_effects, has_effects
from crimeview.jobs.held_clusters import NAMES_FILE
from crimeview.jobs.name_clusters import (
    has_names,
    name_cluster,
    named_clusters,
    names_of,
    suggest_types,
    take_name_back,
)
from crimeview.jobs.review import Reviewer, judged, named
from crimeview.jobs.segment_vectors import segment_vectors
from crimeview.store.case import Case, open_case
from crimeview.store.edits import ConflictError
from tests.atlas.names_files import write_names
from tests.jobs.finished import finished
from tests.jobs.made_case import RECORDINGS, SEGMENTS, SIZE, fill_case

_ALL = RECORDINGS * SEGMENTS
_NORMAL, _FULL = 1, 2  # as SQLite counts them


@pytest.fixture
def case(tmp_path: Path) -> Iterator[Case]:
    with open_case(tmp_path / "night.case") as opened:
        fill_case(opened)
        yield opened


def _kinds(case: Case) -> None:
    """A person says which segments are crashes and which are fights, but for the last recording."""
    by = Reviewer(name="kim", now="2026-01-02T03:04:05+00:00")
    for row in case.segments():
        if row.recording_id < RECORDINGS:
            first = int(row.segment.start) in (2, 20)
            edit = named([row], "crash" if first else "fight", by=by)
            assert edit is not None
            case.edits.make(edit, reviewer="kim")


def _first(start: float) -> bool:
    return int(start) in (2, 20)


def test_segments_are_vectors_of_their_own_clips(case: Case) -> None:
    vectors = finished(segment_vectors(case))
    assert vectors.anomalous.shape == vectors.whole.shape == (_ALL, SIZE)
    assert vectors.missing == 0
    alike = vectors.centered() @ vectors.centered().T
    first = np.array([_first(s.segment.start) for s in vectors.segments])
    same = first[:, None] == first[None]
    assert alike[same].min() > alike[~same].max()
    whole = vectors.whole_centered() @ vectors.whole_centered().T
    assert (whole[:SEGMENTS, :SEGMENTS] > 0.99).all()  # one recording, one vector


def test_dismissed_segments_do_not_count(case: Case) -> None:
    by = Reviewer(name="kim", now="2026-01-02T03:04:05+00:00")
    edit = judged(case.segments()[:3], ReviewState.DISMISSED, by=by)
    assert edit is not None
    case.edits.make(edit, reviewer="kim")
    assert len(finished(segment_vectors(case)).segments) == _ALL - 3


def test_groupings_are_compared_beside_the_types_that_people_gave(case: Case) -> None:
    _kinds(case)
    found = finished(compare_groupings(case, count=2, methods=("average-cosine", "finch")))
    values = found.values()
    assert values["counts"]["typed_segments"] == _ALL - SEGMENTS
    own = {(g["embedding"], g["method"]): g for g in values["groupings"]}
    assert len(own) == 4
    segment = own["segment", "average-cosine"]
    assert segment["figures"]["adjusted_mutual_information"]["value"] == pytest.approx(1)
    assert segment["confusion"]["types"] == ["crash", "fight"]
    assert sum(map(sum, segment["confusion"]["clusters"])) == _ALL - SEGMENTS
    assert len(segment["labels"]) == len(values["segments"]) == _ALL
    whole = own["whole recording", "average-cosine"]["figures"]
    assert whole["adjusted_mutual_information"]["value"] < 0.1
    assert segment["shuffled_types"]["hungarian_accuracy"] < 0.75


def test_without_types_there_is_no_agreement(case: Case) -> None:
    found = finished(compare_groupings(case, count=None, methods=("ward",)))
    assert found.count == 2 * RECORDINGS  # the two kinds of each scene
    assert all("figures" not in g for g in found.values()["groupings"])
    assert {g["method"] for g in found.values()["groupings"]} == {"ward"}


def test_a_name_suggests_itself_for_what_is_like_its_cluster(case: Case) -> None:
    with pytest.raises(CrimeviewError, match="No cluster has a name"):
        finished(suggest_types(case))
    finished(name_cluster(case, "crash", cluster=0, method="average-cosine", count=2))
    for suggested in finished(suggest_types(case)):
        wanted = "crash" if _first(suggested.segment.segment.start) else None
        assert suggested.suggestion.name == wanted
    with pytest.raises(CrimeviewError, match="no cluster 2"):
        finished(name_cluster(case, "x", cluster=2, method="average-cosine", count=2))


def test_another_name_of_the_same_cluster_takes_the_place_of_the_first(case: Case) -> None:
    for name in ("crash", "accident"):
        finished(name_cluster(case, name, cluster=0, method="average-cosine", count=2))
    assert {s.suggestion.name for s in finished(suggest_types(case))} == {"accident", None}
    suggested = {s.suggested.kind for s in case.segments() if s.suggested is not None}
    assert suggested == {"accident"}
    with pytest.raises(CrimeviewError, match="at least one letter"):
        finished(name_cluster(case, "  ", cluster=0, method="average-cosine", count=2))


def test_a_name_is_taken_back_with_what_it_suggested(case: Case) -> None:
    finished(name_cluster(case, "crash", cluster=0, method="average-cosine", count=2))
    finished(name_cluster(case, "fight", cluster=1, method="average-cosine", count=2))
    with pytest.raises(CrimeviewError, match="there are: crash, fight"):
        finished(take_name_back(case, "arson"))
    finished(take_name_back(case, "crash"))
    assert {s.suggestion.name for s in finished(suggest_types(case))} == {"fight", None}
    assert has_names(case)
    finished(take_name_back(case, "fight"))
    assert not has_names(case)
    assert all(s.suggested is None for s in case.segments())


def test_names_are_those_of_one_feature_space(case: Case) -> None:
    """Features of another encoder may have as many numbers and mean something else."""
    finished(name_cluster(case, "crash", cluster=0, method="average-cosine", count=2))
    assert [one.name for one in finished(named_clusters(case))] == ["crash"]
    for row in case.recordings():
        run = case.analyses.newest(row.id)
        assert run is not None
        settings = {**json.loads(run.settings_json), "encoder": "another"}
        case.analyses.set_settings(run.id, json.dumps(settings))
    assert finished(named_clusters(case)) == []
    finished(name_cluster(case, "fight", cluster=0, method="average-cosine", count=2))
    assert {s.suggestion.name for s in finished(suggest_types(case))} == {"fight", None}
    for row in case.recordings():
        run = case.analyses.newest(row.id)
        assert run is not None
        case.analyses.set_settings(run.id, '{"rule": {"threshold": 0.5}}')
    assert [one.name for one in finished(named_clusters(case))] == ["crash"], "it is kept"


def test_names_of_earlier_versions_hold_and_can_be_taken_back(case: Case) -> None:
    vectors = finished(segment_vectors(case))
    old = named_cluster("crash", vectors.anomalous[::2])
    write_names(case.folder / NAMES_FILE, [("features of 12", old)])
    assert [one.name for one in finished(named_clusters(case))] == ["crash"]
    finished(take_name_back(case, "crash"))
    assert not has_names(case)


def test_names_of_earlier_versions_are_undone_as_others_are(case: Case) -> None:
    vectors = finished(segment_vectors(case))
    old = named_cluster("crash", vectors.anomalous[::2])
    file = case.folder / NAMES_FILE
    write_names(file, [("features of 12", old)])
    content = file.read_bytes()
    assert has_names(case)
    assert not file.exists()
    finished(take_name_back(case, "crash", reviewer="kim"))
    file.write_bytes(content)  # as if it could not be deleted
    assert not has_names(case), "what was taken over is not taken over again"
    _taken_back(case)
    assert {s.suggestion.name for s in finished(suggest_types(case))} == {"crash", None}
    write_names(file, [("features of 12", named_cluster("crash", vectors.anomalous[:3]))])
    assert [one.name for one in finished(named_clusters(case))] == ["crash"], "it is given"


def test_names_of_earlier_versions_are_on_the_disk_before_their_file_is_deleted(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a power cut could cost both: the log of the database is not awaited otherwise."""
    vectors = finished(segment_vectors(case))
    file = case.folder / NAMES_FILE
    write_names(file, [("features of 12", named_cluster("crash", vectors.anomalous[::2]))])
    done = list[str | int]()

    def committed(connection: Connection) -> None:
        done.append(connection.exec_driver_sql("PRAGMA synchronous").scalar_one())

    def delete(path: Path, *, missing_ok: bool) -> None:
        assert missing_ok
        done.append(path.name)

    monkeypatch.setattr(Path, "unlink", delete)
    event.listen(Engine, "commit", committed)
    try:
        assert has_names(case)
    finally:
        event.remove(Engine, "commit", committed)
    assert done[: done.index(NAMES_FILE)][-1] == _FULL
    done.clear()
    event.listen(Engine, "commit", committed)
    try:
        case.note(CaseNote(name="title", text="night"))
    finally:
        event.remove(Engine, "commit", committed)
    assert done == [_NORMAL], "nothing else waits for the disk"


def test_names_that_another_window_takes_over_meanwhile_are_there(
    case: Case, monkeypatch: pytest.MonkeyPatch
) -> None:
    vectors = finished(segment_vectors(case))
    file = case.folder / NAMES_FILE
    write_names(file, [("features of 12", named_cluster("crash", vectors.anomalous[::2]))])
    looked = list[Path]()

    def and_another_window(path: Path) -> bool:
        found = is_file(path)
        looked.append(path)
        if len(looked) == 1:
            with open_case(case.folder) as window:
                assert has_names(window)
        return found

    monkeypatch.setattr(held_clusters, "is_file", and_another_window)
    assert has_names(case)
    assert not file.exists()


def test_a_damaged_file_of_names_is_told_and_kept(case: Case) -> None:
    file = case.folder / NAMES_FILE
    file.write_bytes(b"PK damaged")
    with pytest.raises(CrimeviewError, match="cannot be read"):
        has_names(case)
    assert file.exists()


def _told(case: Case) -> object:
    """The names of clusters and what they suggest, as it is stored beside the segments."""
    names = sorted(one.name for one in finished(named_clusters(case)))
    kinds = [row.suggested.kind if row.suggested else None for row in case.segments()]
    return names, kinds


def _taken_back(case: Case, *, again: bool = False, reviewer: str = "kim") -> object:
    edits = case.edits
    edit = edits.redo(reviewer=reviewer) if again else edits.undo(reviewer=reviewer)
    assert edit is not None
    assert has_effects(edit)
    finished(edit_effects(case, edit))
    return _told(case)


def test_names_are_undone_and_given_again(case: Case) -> None:
    given = {"method": "average-cosine", "count": 2, "reviewer": "kim"}
    states = [_told(case)]
    finished(name_cluster(case, "crash", cluster=0, **given))
    states.append(_told(case))
    finished(name_cluster(case, "accident", cluster=0, **given))
    states.append(_told(case))
    finished(name_cluster(case, "accident", cluster=1, **given))  # the other has it no more
    states.append(_told(case))
    finished(take_name_back(case, "accident", reviewer="kim"))
    assert _told(case) == states[0]
    for state in reversed(states):
        assert _taken_back(case) == state
    assert case.edits.undo(reviewer="kim") is None
    for state in states[1:]:
        assert _taken_back(case, again=True) == state
    assert _taken_back(case, again=True) == states[0]
    finished(name_cluster(case, "crash", cluster=0, **given))
    finished(name_cluster(case, "crash", cluster=0, **given))
    assert len(case.edits.stacks(reviewer="kim").undo) == 5, "what is so already is no edit"


@pytest.mark.parametrize("steps", [0, 1, 3])
def test_suggestions_that_were_left_when_a_case_was_closed_are_made_anew(
    case: Case, steps: int
) -> None:
    start = _told(case)
    finished(
        name_cluster(case, "crash", cluster=0, method="average-cosine", count=2, reviewer="kim")
    )
    given = _told(case)
    assert given != start
    edit = case.edits.undo(reviewer="kim")
    assert edit is not None
    with closing(edit_effects(case, edit)) as job:
        for _ in range(steps):
            next(job)
    case.close()
    with open_case(case.folder) as again:
        assert again.types.behind
        finished(suggest_behind(again))
        assert _told(again) == start
        assert not again.types.behind
        again.edits.redo(reviewer="kim")
        finished(suggest_behind(again))
        assert _told(again) == given
        assert not again.types.behind
        assert list(suggest_behind(again)) == [], "there is nothing to do"


def test_what_is_undone_while_types_are_suggested_is_not_said_to_be_suggested(case: Case) -> None:
    start = _told(case)
    given = {"method": "average-cosine", "count": 2, "reviewer": "kim"}
    finished(name_cluster(case, "crash", cluster=0, **given))
    case.edits.undo(reviewer="kim")
    edit = case.edits.redo(reviewer="kim")
    assert edit is not None
    job = edit_effects(case, edit)
    next(job)
    case.edits.undo(reviewer="kim")
    finished(job)
    assert case.types.behind
    finished(suggest_behind(case))
    assert _told(case) == start


def test_a_name_that_somebody_gave_since_is_not_overwritten(case: Case) -> None:
    given = {"method": "average-cosine", "count": 2}
    finished(name_cluster(case, "crash", cluster=0, **given, reviewer="kim"))
    finished(name_cluster(case, "accident", cluster=0, **given, reviewer="lee"))
    theirs = _told(case)
    with pytest.raises(ConflictError, match="cannot be taken back"):
        case.edits.undo(reviewer="kim")
    assert _told(case) == theirs
    _taken_back(case, reviewer="lee")
    finished(take_name_back(case, "crash", reviewer="lee"))
    finished(name_cluster(case, "crash", cluster=1, **given, reviewer="kim"))
    theirs = _told(case)
    with pytest.raises(ConflictError, match="cannot be taken back"):
        case.edits.undo(reviewer="lee")
    assert _told(case) == theirs, "another cluster has the name by now"


def test_names_are_known_again_when_the_case_is_grouped_again(case: Case) -> None:
    finished(name_cluster(case, "crash", cluster=0, method="average-cosine", count=2))
    found = finished(compare_groupings(case, count=2, methods=("average-cosine",)))
    (own,) = [g for g in found.groupings if g.embedding == "segment"]
    assert names_of(case, found.vectors, own.clusters) == {0: "crash"}
    assert names_of(case, found.vectors, np.full(_ALL, -1)) == {}


def test_what_has_a_type_needs_no_suggestion(case: Case) -> None:
    finished(name_cluster(case, "crash", cluster=0, method="average-cosine", count=2))
    _kinds(case)
    assert len(finished(suggest_types(case))) == SEGMENTS


def test_too_few_segments_and_too_many_groups_are_told(case: Case, tmp_path: Path) -> None:
    with pytest.raises(CrimeviewError, match="smaller --count"):
        finished(compare_groupings(case, count=_ALL + 1))
    with (
        open_case(tmp_path / "empty.case") as empty,
        pytest.raises(CrimeviewError, match="no segments with features"),
    ):
        finished(compare_groupings(empty, count=None))


def run(*arguments: str) -> int:
    return main(list(arguments), open_window=lambda *_, **__: 0)


def test_the_command_line(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(case.folder)
    assert run("groupings", "compare", "--case", folder, "--count", "2", "--json") == 0
    values = json.loads(capsys.readouterr().out)
    assert len(values["groupings"]) == 12
    assert (
        run("groupings", "name", "crash", "--cluster", "0", "--count", "2", "--case", folder) == 0
    )
    assert "“crash” is the name of 12 segments" in capsys.readouterr().err
    assert run("groupings", "suggest", "--case", folder, "--json") == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["type"] for row in rows} == {"crash", None}
    assert run("groupings", "suggest", "--case", folder) == 0
    assert "crash, " in capsys.readouterr().out
    assert run("groupings", "names", "--case", folder) == 0
    assert "crash: named from" in capsys.readouterr().out
    assert run("groupings", "unname", "crash", "--case", folder) == 0
    assert run("review", "undo", "--case", folder) == 0
    assert "Undone: unname a cluster (1 change)" in capsys.readouterr().err
    assert has_names(case)
    assert run("groupings", "unname", "crash", "--case", folder) == 0
    assert run("groupings", "unname", "crash", "--case", folder) == 2
    assert "No cluster is named" in capsys.readouterr().err
    assert run("groupings", "compare", "--case", folder, "--count", "2") == 0
    assert "average-cosine" in capsys.readouterr().out
