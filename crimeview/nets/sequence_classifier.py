"""Sequence classifiers: a person's landmarks over some seconds in, a probability out."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.core.pose_features import numbers_a_frame
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.choice import Running
from crimeview.nets.session import Session


class SequenceClassifier:
    """A sequence classifier that is ready to run; use as a context manager or `close` it."""

    def __init__(
        self, model: ModelFolder, *, running: Running | None = None, threads: int | None = None
    ) -> None:
        """Open; `running` and `threads` as of `Session`. Raises ModelError."""
        manifest = model.manifest
        if manifest.kind != "sequence-classifier" or manifest.sequence is None:
            raise ModelError(
                f"The model “{manifest.name}” is not a sequence classifier (its kind is "
                f"{manifest.kind}); choose another."
            )
        wanted = (None, manifest.sequence.frames, numbers_a_frame(manifest.sequence.landmarks))
        if manifest.input.shape != wanted or manifest.threshold is None:
            raise ModelError(
                f"The manifest of “{manifest.name}” must have an input of {wanted[1]} by "
                f"{wanted[2]} numbers and a threshold; correct it or copy the model again."
            )
        self.model = model
        self.spec = manifest.sequence
        self.threshold = manifest.threshold
        session = Session(model, running=running, threads=threads)
        self.running, self.sha256 = session.running, session.sha256
        self._session: Session | None = session

    def probabilities(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """(n,), 0 to 1, for windows (n, frames, d) as `core.pose_features` makes them."""
        if self._session is None:
            raise ValueError("the sequence classifier is closed")
        if not len(windows):
            return np.empty(0, np.float32)
        return self._session.run(np.ascontiguousarray(windows))[:, 0]

    def close(self) -> None:
        self._session = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
