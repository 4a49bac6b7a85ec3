"""Principal directions are those that others find, and always the same ones."""

import subprocess
import sys

import numpy as np
import pytest
from sklearn.decomposition import PCA

from crimeview.atlas.principal import in_principal_directions


@pytest.mark.parametrize("shape", [(900, 400), (40, 500), (300, 20)])
def test_they_are_those_of_scikit_learn(shape: tuple[int, int]) -> None:
    random = np.random.default_rng(1)
    spread = 3.0 * 0.8 ** np.arange(shape[1])
    rows = (random.standard_normal(shape) * spread + 5.0).astype(np.float32)
    found = in_principal_directions(rows, count=3)
    wanted = PCA(3, svd_solver="full").fit_transform(rows)
    for number in range(3):
        assert abs(np.corrcoef(found[:, number], wanted[:, number])[0, 1]) > 0.999
        assert found[:, number].std() == pytest.approx(wanted[:, number].std(), rel=1e-3)
    assert (found == in_principal_directions(rows, count=3)).all()


def test_all_of_them_keep_every_distance() -> None:
    rows = np.random.default_rng(2).standard_normal((30, 80)).astype(np.float32)
    found = in_principal_directions(rows, count=100)
    assert found.shape == (30, 29)
    apart = np.linalg.norm(rows[:, None] - rows[None], axis=2)
    assert np.linalg.norm(found[:, None] - found[None], axis=2) == pytest.approx(apart, abs=1e-3)


def test_few_or_equal_rows_have_a_place() -> None:
    assert in_principal_directions(np.ones((1, 4)), count=2).tolist() == [[0.0]]
    assert np.allclose(in_principal_directions(np.ones((5, 4)), count=2), 0, atol=1e-6)


def test_the_first_picture_does_not_load_scikit_learn() -> None:
    code = (
        "import sys, numpy; from crimeview.jobs.map_segments import first_positions; "
        "first_positions(numpy.random.rand(300, 300).astype('f4')); "
        "print([m for m in sys.modules if m.startswith(('sklearn', 'scipy', 'umap'))])"
    )
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert ended.stdout.strip() == "[]"
