"""Frame classifiers: a frame with the few around it in, the probability of what they look for out.

The clip of the manifest is what one frame is judged by: a single frame, or a short run of frames
where the network looks at what moves; the judged frame is then the middle one.
"""

from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.errors import ModelError
from crimeview.nets.catalog import ModelFolder
from crimeview.nets.choice import Running
from crimeview.nets.preprocess import network_input
from crimeview.nets.session import Session


class FrameClassifier:
    """A frame classifier that is ready to run; use as a context manager or `close` it.

    `running` is how it runs, `sha256` that of the file that runs.
    """

    def __init__(
        self, model: ModelFolder, *, running: Running | None = None, threads: int | None = None
    ) -> None:
        """Open; `running` and `threads` as of `Session`. Raises ModelError."""
        manifest = model.manifest
        if manifest.kind != "frame-classifier" or manifest.clip is None:
            raise ModelError(
                f"The model “{manifest.name}” is not a frame classifier (its kind is "
                f"{manifest.kind}); choose another."
            )
        if manifest.output.shape != (1, 1) or manifest.threshold is None:
            raise ModelError(
                f"The manifest of the frame classifier “{manifest.name}” must have one output and "
                "a threshold; correct it or copy the model again."
            )
        self.model = model
        self.spec = manifest.clip
        self.threshold = manifest.threshold
        session = Session(model, running=running, threads=threads)
        self.running, self.sha256 = session.running, session.sha256
        self._session: Session | None = session

    def probability(self, frames: NDArray[np.uint8]) -> float:
        """The probability, 0 to 1, for one clip's frames, uint8 (T, height, width, channels)."""
        if self._session is None:
            raise ValueError("the frame classifier is closed")
        values = network_input(frames, self.spec, self.model.manifest.input)
        return float(self._session.run(values)[0, 0])

    def close(self) -> None:
        self._session = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
