"""Projections: a vector of a segment in, one for maps, groupings and searches out."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.choice import Running
from crimeview.nets.session import Session


class Projection:
    """A projection that is ready to run; use as a context manager or `close` it.

    `running` is how it runs, `sha256` that of the file that runs: vectors are known by that.
    """

    def __init__(
        self, model: ModelFolder, *, running: Running | None = None, threads: int | None = None
    ) -> None:
        """Open; `running` and `threads` as of `Session`. Raises ModelError."""
        manifest = model.manifest
        if manifest.kind != "projection" or manifest.feature_space is None:
            raise ModelError(
                f"The model “{manifest.name}” is not a projection (its kind is {manifest.kind}); "
                "choose another."
            )
        self.model = model
        self.feature_space = manifest.feature_space
        self.dimensions = int(manifest.output.shape[-1] or 0)
        session = Session(model, running=running, threads=threads)
        self.running, self.sha256 = session.running, session.sha256
        self._session: Session | None = session

    def project(self, vectors: NDArray[np.floating]) -> NDArray[np.float32]:
        """Vectors (n, dimensions), each of length one, of embeddings (n, d)."""
        if self._session is None:
            raise ValueError("the projection is closed")
        if len(vectors) == 0:
            return np.zeros((0, self.dimensions), np.float32)
        return self._session.run(np.ascontiguousarray(vectors, np.float32))

    def close(self) -> None:
        self._session = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
