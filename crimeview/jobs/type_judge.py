"""What suggests types: clusters that people named, what people taught, and a classifier."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from crimeview.atlas.learned_types import LearnedTypes, from_bytes
from crimeview.atlas.naming import NamedCluster, suggestions
from crimeview.core.type_suggestion import (
    ORDINARY,
    TypeSuggestion,
    kind_of_class,
    suggestion,
)
from crimeview.jobs.held_clusters import held_names, take_over_names
from crimeview.nets.catalog import ModelFolder, list_models
from crimeview.nets.type_classifier import TypeClassifier
from crimeview.store.case import Case

Floats = NDArray[np.float32]
Doubles = NDArray[np.float64]

CLUSTER, LEARNED, MODEL = "cluster", "learned", "model"  # the first word of a suggestion's source
_USUAL_THRESHOLD = 0.5  # where there is no classifier with one of its own


class KindChances:
    """A classifier's chances, in our words for types; without a classifier it knows none."""

    def __init__(self, classifier: TypeClassifier | None) -> None:
        self._classifier = classifier
        names = [kind_of_class(name) for name in classifier.classes] if classifier else []
        self.kinds: tuple[str, ...] = tuple(dict.fromkeys(names))
        self._into = np.array([[float(n == kind) for kind in self.kinds] for n in names])
        self.threshold = classifier.threshold if classifier else _USUAL_THRESHOLD
        self.name = classifier.model.manifest.name if classifier else ""
        self._width = classifier.model.manifest.input.shape[-1] if classifier else None

    def fits(self, vectors: Floats) -> bool:
        """Whether it takes vectors of that many numbers."""
        return self._width is None or self._width == vectors.shape[1]

    def of(self, vectors: Floats) -> Doubles:
        """Chances (n, kinds) of vectors (n, d)."""
        if self._classifier is None:
            return np.zeros((len(vectors), 0))
        found = self._classifier.probabilities(vectors)
        return np.asarray(found.astype(np.float64) @ self._into)


class TypeJudge:
    """Suggests types for segments of a case whose features are of one space.

    A cluster that a person named comes first, then what people taught, then the classifier.
    """

    def __init__(self, case: Case, *, space: str, classifier: TypeClassifier | None) -> None:
        """Raises CaseError where what people named or taught cannot be read."""
        self.chances = KindChances(classifier)
        take_over_names(case)
        self._case = case
        self._space = space
        lesson = case.types.lesson(space)
        self._learned: LearnedTypes | None = None
        self._source = f"{MODEL} {self.chances.name}"
        if lesson is not None:
            self._learned = from_bytes(lesson.arrays)
            self._source = f"{LEARNED} {lesson.id}"

    @property
    def knows(self) -> bool:
        """Whether there is anything that could suggest a type."""
        return (
            bool(self.chances.kinds)
            or self._learned is not None
            or self._case.clusters.any(named=False)
        )

    def suggestions(self, vectors: Floats) -> list[TypeSuggestion | None]:
        """What vectors (n, d) may be of; None where there is nothing that could tell."""
        if len(vectors) == 0:
            return []
        clusters = held_names(self._case, space=self._space, dimensions=vectors.shape[1])
        named = _of_clusters(clusters, vectors)
        judged = self._judged(vectors)
        return [first or second for first, second in zip(named, judged, strict=True)]

    def _judged(self, vectors: Floats) -> Sequence[TypeSuggestion | None]:
        kinds = self.chances.kinds if self.chances.fits(vectors) else ()
        chances = self.chances.of(vectors) if kinds else np.zeros((len(vectors), 0))
        if self._learned is not None and self._learned.center.shape == vectors.shape[1:]:
            if not kinds:
                kinds = tuple(sorted(set(self._learned.kinds)))
                chances = np.full((len(vectors), len(kinds)), 1 / len(kinds))
            chances, kinds = self._learned.corrected(vectors, chances, classes=kinds)
        if not kinds:
            return [None] * len(vectors)
        return [
            suggestion(
                dict(zip(kinds, row.tolist(), strict=True)),
                threshold=self.chances.threshold,
                source=self._source,
            )
            for row in chances
        ]


def type_model(space: str, folder: Path | None = None) -> ModelFolder | None:
    """The classifier of types for features of a space, None where there is none."""
    return next(
        (
            model
            for model in list_models(folder)
            if model.manifest.kind == "type-classifier" and model.manifest.feature_space == space
        ),
        None,
    )


def _of_clusters(
    clusters: Sequence[NamedCluster], vectors: Floats
) -> Sequence[TypeSuggestion | None]:
    found: list[TypeSuggestion | None] = []
    for told in suggestions(vectors, clusters):
        if told.name is None:
            found.append(None)
            continue
        kind = told.name.strip().lower()
        found.append(
            TypeSuggestion(
                kind=kind if kind != ORDINARY else None,
                confidence=told.confidence,
                likeliest=((kind, told.confidence),),
                source=CLUSTER,
            )
        )
    return found
