"""Groupings of a case's segments: compared, named, and what names suggest."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from crimeview.cli.main import main
from crimeview.core.errors import CrimeviewError
from crimeview.core.review import ReviewState
from crimeview.jobs.compare_groupings import compare_groupings
from crimeview.jobs.name_clusters import name_cluster, suggest_types
from crimeview.jobs.review import Reviewer, judged, named
from crimeview.jobs.segment_vectors import segment_vectors
from crimeview.store.case import Case, open_case
from tests.jobs.finished import finished
from tests.jobs.made_case import RECORDINGS, SEGMENTS, SIZE, fill_case

_ALL = RECORDINGS * SEGMENTS


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
            case.edit(edit, reviewer="kim")


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
    case.edit(edit, reviewer="kim")
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
    assert run("groupings", "compare", "--case", folder, "--count", "2") == 0
    assert "average-cosine" in capsys.readouterr().out
