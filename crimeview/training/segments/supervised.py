"""A projection learned from types: what tells them apart, beside what there is."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from torch import nn

from crimeview.core.job import Job, Step
from crimeview.training.segments.examples import Example, vectors
from crimeview.training.segments.frame import Frame, fit_frame
from crimeview.training.segments.multinomial import Doubles, fit_multinomial
from crimeview.training.segments.networks import Beside, FromVector


@dataclass(frozen=True, slots=True, kw_only=True)
class SupervisedRecipe:
    """Logits of types by regression with that `penalty` beside the first `kept` coordinates.

    `directions` are what the regression sees. Coordinates are of vectors at length one.
    """

    directions: int = 256
    penalty: float = 1.0
    kept: int = 128


def fit_supervised(
    examples: Sequence[Example], *, recipe: SupervisedRecipe | None = None
) -> Job[nn.Module]:
    """Learn from examples with labels (others only help to find directions); nothing is drawn.

    Half of a cosine between two results is how alike they are in what tells types apart, the other
    half how alike they are at all. Raises ValueError where there are fewer than two types.
    """
    recipe = recipe or SupervisedRecipe()
    yield Step(done=0, total=2, message="Finding directions")
    frame = fit_frame(examples, count=recipe.directions)
    labeled = [e for e in examples if e.label is not None]
    yield Step(done=1, total=2, message="Fitting")
    weight, _ = type_logits(labeled, frame, penalty=recipe.penalty)
    centered = weight - weight.mean(axis=0)
    size = frame.directions.shape[1]
    kept = np.eye(min(recipe.kept, size), size, dtype=np.float32)
    middle = (frame.coordinates(vectors(labeled)) @ centered.T).mean(axis=0)
    types = FromVector(frame, _single(centered), _single(-middle))
    return Beside(types, FromVector(frame, kept, np.zeros(len(kept), np.float32))).eval()


def type_logits(
    labeled: Sequence[Example], frame: Frame, *, penalty: float
) -> tuple[Doubles, Doubles]:
    """Coefficients (types, k) and intercepts (types,) of the types in order of their names."""
    names = sorted({str(e.label) for e in labeled})
    if len(names) < 2:
        raise ValueError("at least two types are needed")
    kinds = np.array([names.index(str(e.label)) for e in labeled])
    rows = frame.coordinates(vectors(labeled))
    return fit_multinomial(rows, kinds, count=len(names), penalty=penalty)


def _single(values: Doubles) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    return np.asarray(values, np.float32)
