import numpy as np
import pytest

from crimeview.nets.agreement import centered_cosine, probe_inputs
from crimeview.nets.catalog import list_models
from crimeview.nets.verify import check_values


def test_agreement_is_judged_without_the_mean() -> None:
    random = np.random.default_rng(0)
    features = (10 + random.normal(size=(50, 6))).astype(np.float32)
    collapsed = np.full_like(features, 10) + random.normal(0, 0.1, (50, 6)).astype(np.float32)
    assert centered_cosine(features, features + 1e-6) > 0.999
    assert centered_cosine(features, collapsed) < 0.3


@pytest.mark.parametrize("model", list_models(), ids=lambda m: m.manifest.name)
def test_inputs_to_compare_on_are_the_check_and_others_unlike_it(model) -> None:
    inputs, again = probe_inputs(model.manifest), probe_inputs(model.manifest)
    np.testing.assert_array_equal(inputs[0], check_values(model.manifest))
    for values, same in zip(inputs, again, strict=True):
        np.testing.assert_array_equal(values, same)
    wanted = model.manifest.input.shape
    for values in inputs:
        assert values.dtype == np.float32
        assert all(m in (n, n or m) for n, m in zip(wanted, values.shape, strict=True))
    drawn = [values.std() for values in inputs[1:]]
    assert len(set(drawn)) == len(drawn)
