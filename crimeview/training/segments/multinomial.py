"""Logistic regression over several types, and how sure it may be."""

import numpy as np
import torch
from numpy.typing import NDArray

Doubles = NDArray[np.float64]

_STEPS = 500
_TEMPERATURES = np.geomspace(0.2, 20, 200)


def fit_multinomial(
    rows: NDArray[np.floating], kinds: NDArray[np.integer], *, count: int, penalty: float
) -> tuple[Doubles, Doubles]:
    """Coefficients (count, d) and intercepts (count,) of the least penalized cross-entropy.

    The sum over rows (n, d) of the cross-entropy of their `kinds` (n,), 0 to `count` - 1, plus
    `penalty` times half the squared length of the coefficients. The minimum is unique but for a
    shift of the intercepts, which is taken out. Raises ValueError where a kind has no row.
    """
    if len(np.unique(kinds)) < count:
        raise ValueError("each kind needs a row")
    values = torch.from_numpy(np.asarray(rows, np.float64))
    targets = torch.from_numpy(np.asarray(kinds, np.int64))
    weight = torch.zeros((count, rows.shape[1]), dtype=torch.float64, requires_grad=True)
    bias = torch.zeros(count, dtype=torch.float64, requires_grad=True)
    search = torch.optim.LBFGS(
        [weight, bias],
        max_iter=_STEPS,
        tolerance_grad=1e-7,
        tolerance_change=1e-12,
        history_size=20,
        line_search_fn="strong_wolfe",
    )

    def loss() -> torch.Tensor:
        search.zero_grad()
        entropy = torch.nn.functional.cross_entropy(
            values @ weight.T + bias, targets, reduction="sum"
        )
        total = entropy + penalty * weight.square().sum() / 2
        total.backward()  # type: ignore[no-untyped-call]
        return total

    search.step(loss)  # type: ignore[no-untyped-call]
    found = bias.detach().numpy()
    return weight.detach().numpy(), found - found.mean()


def fit_temperature(logits: NDArray[np.floating], kinds: NDArray[np.integer]) -> float:
    """By what held-out logits (n, count) must be divided for the least cross-entropy (Guo 2017)."""
    losses = [cross_entropy(logits / t, kinds) for t in _TEMPERATURES]
    return float(_TEMPERATURES[int(np.argmin(losses))])


def probabilities(logits: NDArray[np.floating]) -> Doubles:
    """The softmax (n, count) of logits."""
    shifted = np.asarray(logits, np.float64) - logits.max(axis=1, keepdims=True)
    raised = np.exp(shifted)
    shares: Doubles = raised / raised.sum(axis=1, keepdims=True)
    return shares


def cross_entropy(logits: NDArray[np.floating], kinds: NDArray[np.integer]) -> float:
    """The mean over rows."""
    chances = probabilities(logits)[np.arange(len(kinds)), kinds]
    return float(-np.log(np.maximum(chances, 1e-300)).mean())
