"""Vectors of segments by a projection: for groupings, maps and searches of its feature space."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from crimeview.core.embedding import unit
from crimeview.core.errors import ModelError, UsageError
from crimeview.jobs.suggest_types import feature_space
from crimeview.nets.catalog import ModelFolder, list_models
from crimeview.nets.projection import Projection
from crimeview.store.case import Case

Floats = NDArray[np.float32]

ARROW = " → "  # from a set of vectors to the projection of it: “segment → own-slic”
_ROWS = 4096  # vectors at once


def projections_of(space: str) -> tuple[ModelFolder, ...]:
    """The projections for features of a space, in order of their names."""
    return tuple(
        model
        for model in list_models()
        if model.manifest.kind == "projection" and model.manifest.feature_space == space
    )


def chosen_projections(names: Sequence[str], *, space: str) -> tuple[ModelFolder, ...]:
    """Those of these names; raises UsageError for one that is not for features of the space."""
    known = {model.manifest.name: model for model in projections_of(space)}
    for name in names:
        if name not in known:
            there = f"there are: {', '.join(known)}" if known else "there is none"
            raise UsageError(
                f"“{name}” is no projection for the features of “{space}”; {there}. “crimeview "
                "train projection” makes one."
            )
    return tuple(known[name] for name in names)


def projected(model: ModelFolder, vectors: Floats) -> Floats:
    """Vectors (n, k), at length one, of vectors (n, d) as they are stored. Raises ModelError."""
    wanted = model.manifest.input.shape[-1]
    if wanted not in (None, vectors.shape[1]):
        raise ModelError(
            f"The projection “{model.manifest.name}” takes vectors of {wanted} numbers; these have "
            f"{vectors.shape[1]}. Train it again for this encoder."
        )
    with Projection(model) as projection:
        parts = [
            projection.project(vectors[first : first + _ROWS])
            for first in range(0, max(1, len(vectors)), _ROWS)
        ]
    return unit(np.concatenate(parts))


def common_space(case: Case, recording_ids: Collection[int]) -> str:
    """The feature space that these recordings' features are of; empty where they have several."""
    spaces = {feature_space(case, number) for number in recording_ids}
    return spaces.pop() if len(spaces) == 1 else ""
