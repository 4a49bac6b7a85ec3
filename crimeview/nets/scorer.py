"""Scorers: features in, an anomaly score for each row out."""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.choice import Running
from crimeview.nets.encoder import Encoder
from crimeview.nets.session import Session


class Scorer:
    """A scorer that is ready to run; use as a context manager or `close` it.

    `running` is how it runs, `sha256` that of the file that runs.
    """

    def __init__(
        self, model: ModelFolder, *, running: Running | None = None, threads: int | None = None
    ) -> None:
        """Open; `running` and `threads` as of `Session`. Raises ModelError."""
        manifest = model.manifest
        if (
            manifest.kind != "scorer"
            or manifest.feature_space is None
            or manifest.threshold is None
        ):
            raise ModelError(
                f"The model “{manifest.name}” is not a scorer (its kind is {manifest.kind}); "
                "choose another."
            )
        self.model = model
        self.feature_space = manifest.feature_space
        self.threshold = manifest.threshold
        session = Session(model, running=running, threads=threads, lengths_vary=True)
        self.running, self.sha256 = session.running, session.sha256
        self._session: Session | None = session

    def scores(self, features: NDArray[np.floating]) -> NDArray[np.float32]:
        """Scores (n,), 0 to 1, of features (n, d)."""
        if self._session is None:
            raise ValueError("the scorer is closed")
        if len(features) == 0:
            return np.zeros(0, np.float32)
        values = np.ascontiguousarray(features, np.float32)
        return self._session.run(values).reshape(len(features))

    def close(self) -> None:
        self._session = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def check_fit(encoder: Encoder | ModelFolder, scorer: Scorer | ModelFolder) -> None:
    """Raise ModelError unless the scorer was trained on this encoder's features.

    Two builds of one network give features that look alike and score wrongly: only an equal
    `feature_space` counts.
    """
    first, second = (
        (m if isinstance(m, ModelFolder) else m.model).manifest for m in (encoder, scorer)
    )
    if first.feature_space != second.feature_space:
        raise ModelError(
            f"The scorer “{second.name}” was trained on features “{second.feature_space}”, but the "
            f"encoder “{first.name}” gives “{first.feature_space}”; choose a pair that fits."
        )
