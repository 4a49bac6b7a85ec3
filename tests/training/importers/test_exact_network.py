import numpy as np
import pytest
import torch
from torch import nn

from crimeview.training.importers.ekosman import import_ekosman
from crimeview.training.importers.imported import Imported, exact_network
from crimeview.training.importers.source import Source
from tests.training.importers.published import as_ekosman, random_layers


@pytest.mark.parametrize(("off", "kept"), [(1e-7, True), (1e-3, False), (float("nan"), False)])
def test_another_form_is_used_only_where_it_computes_the_same(
    tmp_path: object, off: float, kept: bool
) -> None:
    source = Source(path=tmp_path / "a.pt", sha256="0" * 64, start=b"")  # type: ignore[operator]
    draft = import_ekosman(as_ekosman(random_layers()).state_dict(), source).draft
    plain = nn.Linear(3, 2)
    other = nn.Linear(3, 2)
    with torch.no_grad():
        other.load_state_dict(plain.state_dict())
        other.bias += off
    imported = Imported(network=other, plain=plain, draft=draft)
    chosen = exact_network(imported, np.ones((1, 3), np.float32))
    assert chosen is (other if kept else plain)
