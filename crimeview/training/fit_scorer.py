"""Fitting the multiple-instance scorer on an encoder's features."""

import hashlib
from collections.abc import Generator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean

import numpy as np
import torch

from crimeview.core.job import Step
from crimeview.training import checkpoint
from crimeview.training.bags import Bags
from crimeview.training.csvlog import append_row
from crimeview.training.mil import MilScorer, ranking_loss, weight_penalty
from crimeview.training.tracks import FeatureTrack

_REPORT_EVERY = 20  # iterations


@dataclass(frozen=True, slots=True, kw_only=True)
class ScorerRecipe:
    """How the scorer is fitted: Sultani et al. 2018, section 4.2, but slower and not for as long.

    `bags` of each kind a batch; `weight_penalty` is lambda 3 of equation 7. At the paper's rate of
    0.01 scores soon are all but 0 and 1, which leaves nothing to rank.
    """

    iterations: int = 300
    bags: int = 30
    rate: float = 0.001
    weight_penalty: float = 0.01
    seed: int = 0


def fit_scorer(
    tracks: Sequence[FeatureTrack], *, recipe: ScorerRecipe, run: Path, title: str
) -> Generator[Step, None, MilScorer]:
    """Fit on the tracks, going on from the checkpoint in `run` if it is of the same run."""
    torch.manual_seed(recipe.seed)
    bags = Bags(tracks)
    features = torch.from_numpy(np.concatenate([t.features for t in tracks]))
    scorer = MilScorer(features)
    optimizer = torch.optim.Adagrad(scorer.parameters(), lr=recipe.rate)
    parts: dict[str, checkpoint.Stateful] = {"scorer": scorer, "optimizer": optimizer}
    key = hashlib.sha256(repr(recipe).encode() + features.numpy().tobytes()).hexdigest()
    done = checkpoint.restore(run / "checkpoint.pt", parts, key=key)
    scorer.train()
    losses: list[float] = []
    for iteration in range(done, recipe.iterations):
        random = np.random.default_rng([recipe.seed, iteration])
        anomalous, normal = (torch.from_numpy(b) for b in bags.draw(recipe.bags, random))
        loss = ranking_loss(scorer(anomalous), scorer(normal))
        optimizer.zero_grad()
        total = loss + recipe.weight_penalty * weight_penalty(scorer)
        total.backward()  # type: ignore[no-untyped-call]
        optimizer.step()
        losses.append(loss.item())
        if (iteration + 1) % _REPORT_EVERY == 0 or iteration + 1 == recipe.iterations:
            checkpoint.save(run / "checkpoint.pt", parts, done=iteration + 1, key=key)
            append_row(run / "log.csv", {"iteration": iteration + 1, "loss": fmean(losses)})
            losses.clear()
            yield Step(done=iteration + 1, total=recipe.iterations, message=title)
    return scorer.eval()
