"""The map with its real process: what is made, what is kept, what a new segment changes."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from crimeview.atlas.map_model import MapModel, load_map, save_map
from crimeview.atlas.map_process import MapError, MapProcess
from crimeview.core.embedding import unit
from crimeview.core.errors import CaseError
from crimeview.jobs.map_segments import MapKind, first_map, map_segments
from tests.jobs.finished import finished

_EACH = 30


@pytest.fixture(scope="module")
def process() -> Iterator[MapProcess]:
    with MapProcess() as running:
        yield running


def _vectors(*, each: int = _EACH, seed: int = 0) -> NDArray[np.float32]:
    """Four tight clusters."""
    rows = np.repeat(np.eye(16)[:4], each, axis=0)
    noise = np.random.default_rng(seed).normal(scale=0.1, size=rows.shape)
    return unit(rows + noise)


def _same_side(positions: NDArray[np.floating], kinds: NDArray[np.intp]) -> float:
    """The share of points whose nearest other point is of their kind."""
    apart = np.linalg.norm(positions[:, None] - positions[None], axis=2)
    np.fill_diagonal(apart, np.inf)
    return float((kinds[apart.argmin(axis=1)] == kinds).mean())


def test_pca_is_there_at_once_and_says_how_far_to_trust_it() -> None:
    made = first_map(_vectors())
    assert made.kind is MapKind.PCA
    assert made.positions.shape == (4 * _EACH, 2)
    assert made.trust is not None
    assert 0.6 < made.trust <= 1
    assert first_map(_vectors()[:1]).positions.tolist() == [[0, 0]]
    assert first_map(np.zeros((0, 4), np.float32)).positions.shape == (0, 2)


@pytest.mark.timeout(400)
def test_a_closed_job_ends_the_process_and_the_next_one_starts_another(
    process: MapProcess,
) -> None:
    job = map_segments(_vectors(), space="a", file=None, process=process)
    for step in job:
        if step.message == "Making the map":
            break
    assert process._process is not None
    job.close()
    assert process._process is None
    found = finished(map_segments(_vectors(), space="a", file=None, process=process))
    assert found.kind is MapKind.UMAP


@pytest.mark.timeout(400)
def test_a_map_is_made_kept_and_grows(process: MapProcess, tmp_path: Path) -> None:
    file = tmp_path / "map.npz"
    vectors, kinds = _vectors(), np.repeat(np.arange(4), _EACH)
    made = finished(map_segments(vectors, space="a", file=file, process=process))
    assert made.kind is MapKind.UMAP
    assert _same_side(made.positions, kinds) > 0.98
    assert made.trust is not None
    assert made.trust > 0.8

    again = finished(map_segments(vectors, space="a", file=file, process=process))
    assert (again.positions == made.positions).all()

    new = np.concatenate([_vectors(each=3, seed=9), vectors])
    grown = finished(map_segments(new, space="a", file=file, process=process))
    assert grown.kind is MapKind.PLACED
    assert (grown.positions[12:] == made.positions).all()
    apart = np.linalg.norm(grown.positions[:12, None] - made.positions[None], axis=2)
    assert (kinds[apart.argmin(axis=1)] == np.repeat(np.arange(4), 3)).all()

    other = finished(map_segments(vectors, space="b", file=None, process=process))
    assert other.kind is MapKind.UMAP
    assert (other.positions == made.positions).all()  # the same seed, the same map


@pytest.mark.timeout(400)
def test_a_process_that_dies_is_told(tmp_path: Path) -> None:
    with MapProcess() as process:
        job = map_segments(_vectors(), space="a", file=None, process=process)
        for step in job:
            if step.message == "Making the map":
                assert process._process is not None
                process._process.kill()
                break
        with pytest.raises(MapError, match="ended unexpectedly"):
            finished(job)


def test_few_segments_have_a_map_without_a_process() -> None:
    with MapProcess() as process:
        made = finished(map_segments(_vectors(each=1), space="a", file=None, process=process))
        assert made.kind is MapKind.PCA
        assert process._process is None


def _model() -> MapModel:
    return MapModel(
        vectors=_vectors(each=2), positions=np.zeros((8, 2), np.float32), neighbors=3, space="a"
    )


def test_a_kept_map_is_whole_or_none(tmp_path: Path) -> None:
    file = tmp_path / "map.npz"
    assert load_map(file) is None
    save_map(_model(), file)
    stored = load_map(file)
    assert stored is not None
    assert (stored.vectors == _model().vectors).all()
    assert stored.fits(_model().vectors, space="a")
    assert not stored.fits(_model().vectors, space="b")
    whole = file.read_bytes()
    for broken in (whole[:200], whole[:-30], b"", b"nonsense"):
        file.write_bytes(broken)
        assert load_map(file) is None
    np.savez(file, format=np.array(1), vectors=np.array([object()], dtype=object))
    assert load_map(file) is None  # nothing in it is unpickled


def test_a_map_that_cannot_be_kept_is_told(tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="cannot be kept"):
        save_map(_model(), tmp_path / "missing" / "map.npz")
