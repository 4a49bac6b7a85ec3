"""Type classifiers: a vector of a segment in, a probability for each type of crime out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.choice import Running
from crimeview.nets.session import Session

TOP = 3


@dataclass(frozen=True, slots=True)
class TypeGuess:
    """The likeliest types with their probabilities, the likeliest first.

    `known` is the first where it is likely enough to be told, None where the type is “unknown”.
    """

    likeliest: tuple[tuple[str, float], ...]
    known: str | None


def guesses(
    probabilities: NDArray[np.floating], *, classes: Sequence[str], threshold: float
) -> list[TypeGuess]:
    """What probabilities (n, classes) say; a type is told from `threshold` on."""
    order = np.argsort(-probabilities, axis=1, kind="stable")[:, :TOP]
    told = []
    for row, first in zip(probabilities, order, strict=True):
        likeliest = tuple((classes[place], float(row[place])) for place in first)
        known = likeliest[0][0] if likeliest[0][1] >= threshold else None
        told.append(TypeGuess(likeliest, known))
    return told


class TypeClassifier:
    """A type classifier that is ready to run; use as a context manager or `close` it."""

    def __init__(
        self, model: ModelFolder, *, running: Running | None = None, threads: int | None = None
    ) -> None:
        """Open; `running` and `threads` as of `Session`. Raises ModelError."""
        manifest = model.manifest
        if (
            manifest.kind != "type-classifier"
            or manifest.feature_space is None
            or manifest.threshold is None
        ):
            raise ModelError(
                f"The model “{manifest.name}” is not a type classifier (its kind is "
                f"{manifest.kind}); choose another."
            )
        self.model = model
        self.feature_space = manifest.feature_space
        self.classes = manifest.classes
        self.threshold = manifest.threshold
        session = Session(model, running=running, threads=threads)
        self.running, self.sha256 = session.running, session.sha256
        self._session: Session | None = session

    def probabilities(self, vectors: NDArray[np.floating]) -> NDArray[np.float32]:
        """Probabilities (n, classes), each row of sum 1, of embeddings (n, d)."""
        if self._session is None:
            raise ValueError("the type classifier is closed")
        if len(vectors) == 0:
            return np.zeros((0, len(self.classes)), np.float32)
        return self._session.run(np.ascontiguousarray(vectors, np.float32))

    def guesses(self, vectors: NDArray[np.floating]) -> list[TypeGuess]:
        """The likeliest types of embeddings (n, d), or “unknown”."""
        found = self.probabilities(vectors)
        return guesses(found, classes=self.classes, threshold=self.threshold)

    def close(self) -> None:
        self._session = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
