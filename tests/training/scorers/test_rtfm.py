import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.scorers.rtfm import (  # noqa: E402
    MagnitudeScorer,
    RtfmRecipe,
    WindowAttention,
    magnitude_loss,
)

_RECIPE = RtfmRecipe(top=1, margin=10.0, magnitude=0.5, sparsity=0.0, smoothness=0.0)


def test_the_loss_of_a_hand_computed_example() -> None:
    # One anomalous and one normal bag of two rows; the longer row of each speaks for it: lengths 5
    # of 5 and 1, and 2 of 2 and 0; chances 0.8 and 0.25.
    embedded = torch.tensor([[[3.0, 4.0], [1.0, 0.0]], [[0.0, 0.0], [0.0, 2.0]]])
    logits = torch.logit(torch.tensor([[0.8, 0.1], [0.9, 0.25]]))
    entropy = -(torch.log(torch.tensor(0.8)) + torch.log(torch.tensor(0.75))) / 2
    wanted = entropy + 0.5 * ((10 - 5) + 2) ** 2
    found = magnitude_loss(embedded, logits, recipe=_RECIPE)
    assert found.item() == pytest.approx(wanted.item(), rel=1e-5)


def test_attention_sees_near_rows_only() -> None:
    torch.manual_seed(0)
    attention = WindowAttention(8, reach=2)
    rows = torch.randn(12, 8)
    changed = rows.clone()
    changed[6] += 1
    moved = (attention(changed) - attention(rows)).abs().amax(dim=1) > 1e-6
    assert moved.tolist() == [4 <= row <= 8 for row in range(12)]


def test_attention_is_the_average_that_its_weights_say() -> None:
    torch.manual_seed(0)
    attention = WindowAttention(8, reach=1)
    rows = torch.randn(3, 8)
    query, key, value = attention.query(rows), attention.key(rows), attention.value(rows)
    chances = torch.softmax(query[1] @ key.T / 2**0.5, dim=0)  # a quarter of 8 is 2
    assert torch.allclose(attention(rows)[1], rows[1] + chances @ value, atol=1e-5)


def test_bags_are_scored_as_each_alone() -> None:
    torch.manual_seed(0)
    scorer = MagnitudeScorer(12).eval()
    bags = torch.rand(3, 7, 12)
    with torch.inference_mode():
        alone = torch.stack([scorer(bag) for bag in bags])
        assert torch.allclose(scorer(bags), alone, atol=1e-5)
