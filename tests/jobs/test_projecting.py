"""Projections in groupings, maps and searches: those for the features, and no others."""

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from crimeview.cli.main import main
from crimeview.core.embedding import unit
from crimeview.core.errors import ModelError, UsageError
from crimeview.jobs.close_match import library_threshold
from crimeview.jobs.compare_groupings import compare_groupings
from crimeview.jobs.map_points import by_projection, points_of_case
from crimeview.jobs.name_clusters import name_cluster
from crimeview.jobs.projecting import projected, projections_of
from crimeview.jobs.similar import case_as_library, find_similar, query_of_span
from crimeview.store.case import Case, open_case
from tests.jobs.finished import finished
from tests.jobs.made_case import RECORDINGS, SEGMENTS, SIZE, fill_case
from tests.tiny_models import make_projection

WEIGHTS = np.random.default_rng(4).standard_normal((SIZE, 5)).astype(np.float32)


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Case]:
    """A case of features of “made”, for which there is a projection, and one for others."""
    monkeypatch.setenv("CRIMEVIEW_MODELS", str(tmp_path / "models"))
    make_projection(tmp_path / "models", "made-slic", space="made", weights=WEIGHTS)
    make_projection(tmp_path / "models", "other-slic", space="other", weights=WEIGHTS)
    with open_case(tmp_path / "case") as case:
        fill_case(case)
        for row in case.recordings():
            run = case.analyses.newest(row.id)
            assert run is not None
            case.analyses.set_settings(run.id, '{"encoder": "made", "rule": {"threshold": 0.5}}')
        yield case


def test_those_of_the_feature_space_are_found(case: Case) -> None:
    (model,) = projections_of("made")
    assert model.manifest.name == "made-slic"
    vectors = np.random.default_rng(1).standard_normal((9, SIZE)).astype(np.float32)
    assert projected(model, vectors) == pytest.approx(unit(vectors @ WEIGHTS), abs=1e-5)
    assert projected(model, vectors[:0]).shape == (0, 5)
    with pytest.raises(ModelError, match="takes vectors of 12 numbers; these have 4"):
        projected(model, vectors[:, :4])
    assert projections_of("unknown") == ()
    assert case.recordings()


def test_groupings_are_made_of_projected_vectors_too(case: Case) -> None:
    found = finished(compare_groupings(case, count=2, methods=("finch", "average-cosine")))
    names = [grouping.embedding for grouping in found.groupings]
    assert names[::2] == ["whole recording", "segment", "segment → made-slic"]
    none = finished(compare_groupings(case, count=2, methods=("finch",), projections=()))
    assert [grouping.embedding for grouping in none.groupings] == ["whole recording", "segment"]
    with pytest.raises(
        UsageError, match="“other-slic” is no projection for the features of “made”"
    ):
        finished(compare_groupings(case, count=2, projections=("other-slic",)))


def test_a_cluster_of_projected_vectors_is_named(case: Case) -> None:
    found = finished(compare_groupings(case, count=2, methods=("finch",)))
    (own,) = [g for g in found.groupings if g.embedding == "segment → made-slic"]
    named = finished(
        name_cluster(case, "x", cluster=0, method="finch", count=2, projection="made-slic")
    )
    assert len(named.members) == int((own.clusters == 0).sum())


def test_a_map_of_projected_vectors_is_kept_by_itself(case: Case) -> None:
    points = finished(points_of_case(case))
    own = by_projection(points, "made-slic")
    assert own.vectors == pytest.approx(unit(points.vectors @ WEIGHTS), abs=1e-5)
    assert own.projections == by_projection(points, None).projections == ("made-slic",)
    assert own.file is not None
    assert own.file.name == "map-made-slic.npz"
    assert own.space != points.space
    assert not own.center.any()
    assert by_projection(points, None).vectors is points.vectors


def test_results_are_ranked_by_projected_vectors(case: Case) -> None:
    asked = query_of_span(case, case.recordings()[0], (2.0, 7.0))
    with case_as_library(case) as (library, filling):
        finished(filling)
        found = finished(find_similar(library, asked, count=8, projection="made-slic"))
        numbers, vectors = library.vectors("made", library.numbers("made"))
        (model,) = projections_of("made")
        assert found.threshold == library_threshold(library, "made", projection=model)
        plain = finished(find_similar(library, asked, count=8))
        assert plain.threshold != found.threshold
        with pytest.raises(UsageError, match="other-slic"):
            finished(find_similar(library, asked, count=8, projection="other-slic"))
    assert (found.projection, found.projections) == ("made-slic", ("made-slic",))
    alike = unit(vectors @ WEIGHTS) @ unit(asked.vector @ WEIGHTS)
    best = dict(zip(numbers.tolist(), alike.tolist(), strict=True))
    ranked = sorted(best, key=lambda number: -best[number])
    ids = [match.entry.id for match in found.matches]
    assert ids == [number for number in ranked if number in ids]
    assert len(ids) == 8
    assert found.matches[0].similarity == pytest.approx(best[ids[0]], abs=1e-3)
    assert ids != [match.entry.id for match in plain.matches]


def _run(*arguments: str) -> int:
    return main(list(arguments), open_window=lambda _: 0)


def test_the_command_line_takes_them(case: Case, capsys: pytest.CaptureFixture[str]) -> None:
    folder = str(case.folder)
    case.close()
    assert (
        _run("groupings", "compare", "--case", folder, "--count", "2", "--projection", "made-slic")
        == 0
    )
    assert "segment → made-slic" in capsys.readouterr().out
    assert _run("groupings", "compare", "--case", folder, "--projection", "other-slic") == 2
    assert "there are: made-slic" in capsys.readouterr().err
    assert _run("map", folder, "--projection", "made-slic") == 0
    assert "the projection made-slic" in capsys.readouterr().out
    assert RECORDINGS * SEGMENTS == 24
    assert (case.folder / "map-made-slic.npz").is_file()
    assert not (case.folder / "map.npz").exists()
    assert _run("map", folder, "--projection", "made-slic", "--json") == 0  # as it is kept
    assert json.loads(capsys.readouterr().out)["projection"] == "made-slic"
