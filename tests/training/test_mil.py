import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.mil import ranking_loss  # noqa: E402


def test_the_loss_of_a_hand_computed_example() -> None:
    anomalous = torch.tensor([[0.2, 0.9, 0.4], [0.1, 0.1, 0.3]])
    normal = torch.tensor([[0.5, 0.1, 0.0], [0.2, 0.2, 0.2]])
    # Highest 0.9 and 0.3 against 0.5 and 0.2: hinges 0.6, 0.3, 1.2, 0.9.
    hinge = (0.6 + 0.3 + 1.2 + 0.9) / 4
    jumps = ((0.7**2 + 0.5**2) + 0.2**2) / 2
    total = (1.5 + 0.5) / 2
    found = ranking_loss(anomalous, normal, smoothness=0.1, sparsity=0.01)
    assert found.item() == pytest.approx(hinge + 0.1 * jumps + 0.01 * total)


def test_a_margin_of_one_is_enough() -> None:
    loss = ranking_loss(torch.tensor([[1.0, 0.0]]), torch.zeros(1, 2), smoothness=0, sparsity=0)
    assert loss.item() == 0


def test_only_the_highest_scores_are_pulled() -> None:
    anomalous = torch.tensor([[0.2, 0.6, 0.4]], requires_grad=True)
    normal = torch.tensor([[0.5, 0.1, 0.3]], requires_grad=True)
    ranking_loss(anomalous, normal, smoothness=0, sparsity=0).backward()
    assert anomalous.grad is not None
    assert normal.grad is not None
    assert anomalous.grad.tolist() == [[0.0, -1.0, 0.0]]
    assert normal.grad.tolist() == [[1.0, 0.0, 0.0]]


def test_gradients_are_those_of_the_function() -> None:
    torch.manual_seed(0)
    bags = [torch.rand(2, 4, dtype=torch.float64, requires_grad=True) for _ in range(2)]
    assert torch.autograd.gradcheck(
        lambda a, n: ranking_loss(a, n, smoothness=0.3, sparsity=0.2), bags
    )
