"""Encoders: a clip in, a feature vector out."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.choice import Running
from crimeview.nets.preprocess import network_input
from crimeview.nets.session import Session


class Encoder:
    """An encoder that is ready to run; use as a context manager or `close` it.

    One clip is run at a time: batches gain nothing on a CPU, and so a clip's features never depend
    on its neighbors. `running` is how it runs; `sha256` is that of the file that runs, float32 or
    int8: features are known by it.
    """

    def __init__(
        self, model: ModelFolder, *, running: Running | None = None, threads: int | None = None
    ) -> None:
        """Open; `running` and `threads` as of `Session`. Raises ModelError."""
        manifest = model.manifest
        if manifest.kind != "encoder" or manifest.clip is None or manifest.feature_space is None:
            raise ModelError(
                f"The model “{manifest.name}” is not an encoder (its kind is {manifest.kind}); "
                "choose another."
            )
        dimensions = manifest.output.shape[-1] if manifest.output.shape else None
        if dimensions is None:
            raise ModelError(
                f"The manifest of the encoder “{manifest.name}” does not say how many features it "
                "gives; correct the output's shape."
            )
        self.model = model
        self.spec = manifest.clip
        self.dimensions = dimensions
        self.feature_space = manifest.feature_space
        session = Session(model, running=running, threads=threads)
        self.running, self.sha256 = session.running, session.sha256
        self._session: Session | None = session

    def features(self, frames: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Features (d,) of a clip's frames, uint8 (T, height, width, channels)."""
        if self._session is None:
            raise ValueError("the encoder is closed")
        values = network_input(frames, self.spec, self.model.manifest.input)
        return self._session.run(values).reshape(self.dimensions)

    def close(self) -> None:
        self._session = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
