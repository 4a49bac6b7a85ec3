from pathlib import Path

import numpy as np
import pytest

from crimeview.atlas.names_file import load_names
from crimeview.atlas.naming import NamedCluster, named_cluster
from crimeview.core.errors import CaseError
from tests.atlas.names_files import write_names


@pytest.fixture
def clusters() -> list[NamedCluster]:
    draw = np.random.default_rng(3)
    return [named_cluster(name, draw.normal(size=(60, 12))) for name in ("a", "b")]


def test_names_are_read_with_the_spaces_of_their_vectors(
    clusters: list[NamedCluster], tmp_path: Path
) -> None:
    file = tmp_path / "names.npz"
    write_names(file, [("x", clusters[0]), ("x", clusters[1]), ("y", clusters[0])])
    found = load_names(file)
    assert [(space, c.name) for space, c in found] == [("x", "a"), ("x", "b"), ("y", "a")]
    assert (found[1][1].members == clusters[1].members).all()
    file.write_bytes(file.read_bytes()[:300])
    with pytest.raises(CaseError, match="cannot be read"):
        load_names(file)


def test_names_from_before_are_read(clusters: list[NamedCluster], tmp_path: Path) -> None:
    """A file of the first format knew one space."""
    arrays = {"center-0": clusters[0].center, "members-0": clusters[0].members}
    with (tmp_path / "names.npz").open("wb") as stream:
        np.savez(stream, format=1, space=np.array("x"), names=np.array(["a"]), **arrays)
    ((space, found),) = load_names(tmp_path / "names.npz")
    assert (space, found.name) == ("x", "a")
    assert (found.center == clusters[0].center).all()


def test_names_of_a_newer_version_are_told(clusters: list[NamedCluster], tmp_path: Path) -> None:
    with (tmp_path / "names.npz").open("wb") as stream:
        np.savez(stream, format=3, names=np.array(["a"]), center=clusters[0].center)
    with pytest.raises(CaseError, match="newer crimeview"):
        load_names(tmp_path / "names.npz")
