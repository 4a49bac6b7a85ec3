import numpy as np
import pytest

from crimeview.training.scorers.principal import principal_directions
from tests.jobs.finished import finished


def _rows(*, count: int, size: int) -> np.ndarray:
    """Correlated rows whose variances fall from direction to direction."""
    random = np.random.default_rng(0)
    turn = np.linalg.qr(random.normal(size=(size, size)))[0]
    rows = random.normal(size=(count, size)) * 0.9 ** np.arange(size) @ turn
    return (rows - rows.mean(axis=0)).astype(np.float32)


def test_they_are_the_eigenvectors_of_the_covariance() -> None:
    rows = _rows(count=1300, size=80)
    found = finished(principal_directions(rows, count=10, seed=1))
    values, vectors = np.linalg.eigh(np.cov(rows.T.astype(np.float64)))
    wanted = vectors[:, np.argsort(-values)[:10]]
    np.testing.assert_allclose(np.abs((wanted * found).sum(axis=0)), 1, atol=1e-4)
    np.testing.assert_allclose(found.T @ found, np.eye(10), atol=1e-5)


@pytest.mark.parametrize(("count", "size"), [(6, 30), (300, 4)])
def test_there_are_no_more_than_the_rows_can_have(count: int, size: int) -> None:
    found = finished(principal_directions(_rows(count=count, size=size), count=512, seed=1))
    assert found.shape == (size, min(count, size))
