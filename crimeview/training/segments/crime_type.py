"""A classifier of types that says how sure it is, and “unknown” where it is not sure enough."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from crimeview.core.job import Job, Step
from crimeview.training.segments.examples import Example, vectors
from crimeview.training.segments.frame import fit_frame
from crimeview.training.segments.multinomial import fit_multinomial
from crimeview.training.segments.networks import FromVector, Probabilities

Doubles = NDArray[np.float64]
Floats = NDArray[np.float32]

_ABSENT = -12.0  # added to the lowest intercept: the logit of a type without an example


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeRecipe:
    """Multinomial regression with that `penalty` on the first `directions` coordinates."""

    directions: int = 256
    penalty: float = 0.1


def fit_types(
    examples: Sequence[Example], *, classes: Sequence[str], recipe: TypeRecipe | None = None
) -> Job[FromVector]:
    """A map from vectors (n, d) to logits (n, classes); types not among the examples are unlikely.

    Examples without a label, or of no class, only help to find directions. Raises ValueError where
    there are fewer than two types.
    """
    recipe = recipe or TypeRecipe()
    yield Step(done=0, total=2, message="Finding directions")
    frame = fit_frame(examples, count=recipe.directions)
    labeled = [e for e in examples if e.label in classes]
    present = [name for name in classes if any(e.label == name for e in labeled)]
    if len(present) < 2:
        raise ValueError("at least two types are needed")
    yield Step(done=1, total=2, message="Fitting the types")
    kinds = np.array([present.index(str(e.label)) for e in labeled])
    rows = frame.coordinates(vectors(labeled))
    found, intercepts = fit_multinomial(rows, kinds, count=len(present), penalty=recipe.penalty)
    weight = np.zeros((len(classes), rows.shape[1]), np.float32)
    bias = np.full(len(classes), intercepts.min() + _ABSENT, np.float32)
    for row, name in enumerate(present):
        weight[classes.index(name)], bias[classes.index(name)] = found[row], intercepts[row]
    return FromVector(frame, weight, bias)


def classifier(map_: FromVector, *, temperature: float) -> Probabilities:
    """The map with its logits as calibrated probabilities."""
    return Probabilities(map_, temperature=temperature).eval()


def told_threshold(
    chances: NDArray[np.floating], kinds: NDArray[np.integer], *, share: float
) -> float:
    """The lowest probability from which on `share` of held-out guesses (n, classes) are right.

    In steps of 0.01 from 0.01; the highest at which anything is told where none is enough.
    """
    sure, right = chances.max(axis=1), chances.argmax(axis=1) == kinds
    steps = np.arange(1, 100) / 100
    told = [step for step in steps if (sure >= step).any()]
    enough = [step for step in told if right[sure >= step].mean() >= share]
    return float(enough[0] if enough else told[-1])


def calibration_error(
    chances: NDArray[np.floating], kinds: NDArray[np.integer], *, bins: int = 10
) -> float:
    """The expected calibration error of the likeliest types, in equally full bins (Guo 2017)."""
    sure, right = chances.max(axis=1), chances.argmax(axis=1) == kinds
    parts = np.array_split(np.argsort(sure, kind="stable"), bins)
    gaps = [abs(sure[p].mean() - right[p].mean()) * len(p) for p in parts if len(p)]
    return float(np.sum(gaps) / len(sure))
