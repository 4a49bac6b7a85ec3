import pytest

torch = pytest.importorskip("torch", reason="the extra “train” is not installed")

from crimeview.training.scorers.brief_linear import BriefLinear  # noqa: E402
from crimeview.training.scorers.sultani import RankingScorer  # noqa: E402


def test_the_network_is_the_papers() -> None:
    scorer = RankingScorer(4096)
    linear = [m for m in scorer.layers if isinstance(m, torch.nn.Linear)]
    assert [(m.in_features, m.out_features) for m in linear] == [(4096, 512), (512, 32), (32, 1)]
    kinds = [type(m).__name__ for m in scorer.layers]
    assert kinds == ["BriefLinear", "ReLU", "Dropout", "Linear", "Dropout", "Linear"]
    assert {m.p for m in scorer.layers if isinstance(m, torch.nn.Dropout)} == {0.6}


def test_the_wide_layer_is_exact_in_use_and_near_in_training() -> None:
    torch.manual_seed(0)
    layer = BriefLinear(300, 20)
    rows = torch.nn.functional.normalize(torch.rand(50, 300), dim=-1)
    exact = rows @ layer.weight.T + layer.bias
    assert torch.allclose(layer.eval()(rows), exact, atol=1e-6)
    trained = layer.train()(rows)
    assert trained.dtype == torch.float32
    assert 0 < (trained - exact).abs().max() < 0.01 * exact.abs().max()
    trained.square().sum().backward()
    assert layer.weight.grad is not None
    wanted = 2 * exact.detach().T @ rows
    assert (
        torch.nn.functional.cosine_similarity(layer.weight.grad.flatten(), wanted.flatten(), dim=0)
        > 0.999
    )
