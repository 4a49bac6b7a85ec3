from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.data.examples import Example  # noqa: E402
from crimeview.training.heads import (  # noqa: E402
    SourceHead,
    balanced_bias,
    find_tasks,
    masked_loss,
    reversal_weight,
)


def _example(data: str, label: str) -> Example:
    return Example(path=Path("x"), data=data, label=label, group=data, fold=0)


TASKS = find_tasks(
    [
        _example("streets", "crash"),
        _example("streets", "normal"),
        _example("yards", "fight"),
        _example("yards", "normal"),
        _example("yards", "fall"),
        _example("quiet", "normal"),
    ]
)


def test_there_is_a_head_for_each_kind_that_occurs() -> None:
    assert TASKS.heads == ("normal", "crash", "fall", "fight")
    assert TASKS.labeled == {"quiet": (), "streets": ("crash",), "yards": ("fall", "fight")}


@pytest.mark.parametrize(
    ("data", "label", "wanted", "learns"),
    [
        ("yards", "fight", [0, 0, 0, 1], [1, 0, 1, 1]),
        ("yards", "normal", [1, 0, 0, 0], [1, 0, 1, 1]),
        ("streets", "crash", [0, 1, 0, 0], [1, 1, 0, 0]),
        ("quiet", "normal", [1, 0, 0, 0], [1, 1, 1, 1]),
    ],
)
def test_a_data_set_says_nothing_about_what_it_does_not_label(
    data: str, label: str, wanted: list[int], learns: list[int]
) -> None:
    found = TASKS.targets(data, label)
    assert [row.tolist() for row in found] == [wanted, learns]


def test_heads_get_no_gradient_from_foreign_data() -> None:
    heads = torch.nn.Linear(5, 4)
    logits = heads(torch.randn(6, 5))
    pairs = [TASKS.targets("streets", "crash"), TASKS.targets("streets", "normal")] * 3
    wanted, learns = (torch.from_numpy(np.stack(rows)) for rows in zip(*pairs, strict=True))
    masked_loss(logits, wanted, learns, margin=0.05).backward()
    assert heads.weight.grad is not None
    assert (heads.weight.grad[[2, 3]] == 0).all()
    assert (heads.weight.grad[[0, 1]] != 0).any(dim=1).all()


def test_the_loss_is_the_mean_over_what_is_known() -> None:
    logits = torch.tensor([[0.3, -1.2], [2.0, 0.1]])
    wanted, learns = torch.tensor([[1.0, 0.0], [0.0, 1.0]]), torch.tensor([[1.0, 0.0], [1.0, 1.0]])
    chance = logits.sigmoid()
    target = wanted * 0.8 + 0.1
    each = -(target * chance.log() + (1 - target) * (1 - chance).log())
    expected = (each[0, 0] + each[1, 0] + each[1, 1]) / 3
    torch.testing.assert_close(masked_loss(logits, wanted, learns, margin=0.1), expected)


def test_a_balanced_head_says_half_where_it_knows_nothing() -> None:
    wanted = torch.tensor([[1.0, 0, 0], [1, 0, 0], [1, 1, 0], [0, 0, 0]])
    learns = torch.tensor([[1.0, 1, 1], [1, 1, 1], [1, 1, 1], [1, 0, 1]])
    shares = torch.tensor([3 / 4, 1 / 3])
    found = balanced_bias(wanted, learns)
    torch.testing.assert_close((shares.logit() + found[:2]).sigmoid(), torch.tensor([0.5, 0.5]))
    assert found[2] == 0


def test_the_source_head_learns_and_the_features_unlearn() -> None:
    torch.manual_seed(0)
    head = SourceHead(4, 3)
    features = torch.randn(8, 4, requires_grad=True)
    sources = torch.arange(8) % 3
    plain = torch.nn.functional.cross_entropy(head.linear(features), sources)
    weights, inputs = torch.autograd.grad(plain, [head.linear.weight, features])
    turned = torch.nn.functional.cross_entropy(head(features, 0.5), sources)
    found_weights, found_inputs = torch.autograd.grad(turned, [head.linear.weight, features])
    torch.testing.assert_close(turned, plain)
    torch.testing.assert_close(found_weights, weights)
    torch.testing.assert_close(found_inputs, -0.5 * inputs)


def test_the_reversal_grows_from_nothing() -> None:
    assert reversal_weight(0.0, 0.3) == 0
    assert 0.1 < reversal_weight(0.1, 0.3) < 0.2
    assert reversal_weight(1.0, 0.3) == pytest.approx(0.3, rel=1e-3)
