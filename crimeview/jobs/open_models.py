"""Models ready to run, for one lane of an analysis."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from crimeview.jobs.models import ModelPair
from crimeview.nets.encoder import Encoder
from crimeview.nets.frame_classifier import FrameClassifier
from crimeview.nets.scorer import Scorer


@dataclass(frozen=True, slots=True)
class OpenModels:
    """The models of a `ModelPair`, opened. One thread uses them."""

    encoder: Encoder
    scorer: Scorer
    violence: FrameClassifier | None


@contextmanager
def opened_models(models: ModelPair, *, threads: int) -> Iterator[OpenModels]:
    """Open the models, with so many threads each; raises ModelError."""
    with ExitStack() as nets:
        yield OpenModels(
            nets.enter_context(Encoder(models.encoder, threads=threads)),
            nets.enter_context(Scorer(models.scorer, threads=threads)),
            nets.enter_context(FrameClassifier(models.violence, threads=threads))
            if models.violence
            else None,
        )
