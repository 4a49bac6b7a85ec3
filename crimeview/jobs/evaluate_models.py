"""Which networks an evaluation runs, and running them: clips in, scores out."""

from contextlib import ExitStack
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from crimeview.core.bag import SegmentMeans, segment_of_clips
from crimeview.core.errors import ModelError
from crimeview.jobs.models import ENCODER, SCORER, default_models
from crimeview.nets.catalog import ModelFolder, Precision, find_model, list_models, models_folder
from crimeview.nets.choice import Running
from crimeview.nets.encoder import Encoder
from crimeview.nets.frame_classifier import FrameClassifier
from crimeview.nets.scorer import Scorer, check_fit


@dataclass(frozen=True, slots=True)
class Runnable:
    """A model and the precision it runs at."""

    model: ModelFolder
    precision: Precision

    @property
    def name(self) -> str:
        return self.model.manifest.name

    @property
    def sha256(self) -> str:
        return self.model.network(self.precision).sha256

    @property
    def running(self) -> Running:
        """On the CPU, as the figures of a model are told."""
        return Running(precision=self.precision)


@dataclass(frozen=True, slots=True)
class Chosen:
    """What turns clips into numbers (an encoder or a frame classifier), and what scores those.

    `scorer` is None where the first gives probabilities itself.
    """

    first: Runnable
    scorer: Runnable | None

    @property
    def threshold(self) -> float:
        """The default threshold for alarms."""
        manifest = (self.scorer or self.first).model.manifest
        if manifest.threshold is None:
            raise ModelError(f"The manifest of “{manifest.name}” has no threshold; add one.")
        return manifest.threshold

    @property
    def name(self) -> str:
        return " + ".join(m.name for m in self.models)

    @property
    def calibration(self) -> str | None:
        return (self.scorer or self.first).model.manifest.calibration

    @property
    def models(self) -> tuple[Runnable, ...]:
        return (self.first,) if self.scorer is None else (self.first, self.scorer)


def choose_models(name: str | None, *, precision: Precision = "fp32") -> Chosen:
    """A scorer with its encoder, an encoder with its scorer, or a frame classifier, by one name.

    None means the pair that the program uses by default. The partner is the program's own where it
    fits, else the first by name. At int8 a scorer without that variant runs at fp32. Raises
    ModelError where there is no such model, partner or variant.
    """
    model = default_models().scorer if name is None else find_model(name)
    kind = model.manifest.kind
    if kind == "frame-classifier":
        return Chosen(_runnable(model, precision), None)
    if kind not in ("encoder", "scorer"):
        raise ModelError(
            f"The model “{model.manifest.name}” gives no scores (its kind is {kind}); name a "
            "scorer, an encoder or a frame classifier."
        )
    partner = _partner(model)
    encoder, scorer = (model, partner) if kind == "encoder" else (partner, model)
    fallback: Precision = precision if precision in scorer.precisions else "fp32"
    return Chosen(_runnable(encoder, precision), Runnable(scorer, fallback))


class Pipeline:
    """The networks, ready to run; use as a context manager or `close` it."""

    def __init__(self, chosen: Chosen) -> None:
        """Open. Raises ModelError."""
        self.chosen = chosen
        self._open = ExitStack()
        first, scorer = chosen.first, chosen.scorer
        with ExitStack() as opening:
            self._scorer: Scorer | None = None
            self._first: Encoder | FrameClassifier
            if scorer is None:
                self._first = FrameClassifier(first.model, running=first.running)
                opening.enter_context(self._first)
            else:
                check_fit(first.model, scorer.model)
                self._first = Encoder(first.model, running=first.running)
                opening.enter_context(self._first)
                self._scorer = Scorer(scorer.model, running=scorer.running)
                opening.enter_context(self._scorer)
            self._open = opening.pop_all()
        self.spec = self._first.spec

    @property
    def by_frame(self) -> bool:
        """Whether it judges frames, not stretches of time."""
        return self._scorer is None

    def key(self) -> str:
        """A text that is equal exactly where `numbers` are, whatever the scorer."""
        wanted = self._first.model.manifest.input
        return (
            f"{self.chosen.first.sha256} {self.spec.key()} layout={wanted.layout} "
            f"scale={wanted.scale} mean={wanted.mean} std={wanted.std}"
        )

    def numbers(self, frames: NDArray[np.uint8]) -> NDArray[np.float16]:
        """What is kept of a clip, (d,), in the precision that an analysis keeps it."""
        if isinstance(self._first, Encoder):
            return self._first.features(frames).astype(np.float16)
        return np.array([self._first.probability(frames)], np.float16)

    def scores(self, numbers: NDArray[np.float16]) -> NDArray[np.float32]:
        """Scores (n,), 0 to 1, of the clips (n, d) of a recording in order of time."""
        if self._scorer is None:
            return numbers[:, 0].astype(np.float32)
        segments = self._scorer.model.manifest.segments
        if segments is None:
            return self._scorer.scores(numbers)
        means = SegmentMeans(len(numbers), segments=segments)
        means.take(numbers)
        clips = segment_of_clips(len(numbers), segments=segments)
        return self._scorer.scores(means.means())[clips]

    def close(self) -> None:
        self._open.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def _partner(model: ModelFolder) -> ModelFolder:
    wanted = "encoder" if model.manifest.kind == "scorer" else "scorer"
    usual = ENCODER if wanted == "encoder" else SCORER
    if (models_folder() / usual).is_dir():
        own = find_model(usual)
        if own.manifest.feature_space == model.manifest.feature_space:
            return own
    for other in list_models():
        manifest = other.manifest
        if manifest.kind == wanted and manifest.feature_space == model.manifest.feature_space:
            return other
    article = "an encoder" if wanted == "encoder" else "a scorer"
    raise ModelError(
        f"“{model.manifest.name}” needs {article} for the features "
        f"“{model.manifest.feature_space}”, and there is none in {models_folder()}; import or "
        "train one."
    )


def _runnable(model: ModelFolder, precision: Precision) -> Runnable:
    model.network(precision)  # refuses one that there is not
    return Runnable(model, precision)
