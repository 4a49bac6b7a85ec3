"""Models ready to run, for one lane of an analysis."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Literal

from crimeview.jobs.models import ModelPair, ObjectsModel
from crimeview.jobs.theft_models import OpenTheft, opened_theft
from crimeview.nets.catalog import ModelFolder, Precision
from crimeview.nets.choice import Running, choose
from crimeview.nets.detector import Detector
from crimeview.nets.encoder import Encoder
from crimeview.nets.engine_names import Engine
from crimeview.nets.frame_classifier import FrameClassifier
from crimeview.nets.scorer import Scorer
from crimeview.nets.type_classifier import TypeClassifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a person wants networks to be run by; “auto” leaves it to `nets.choice`."""

    engine: Engine | Literal["auto"] = "auto"
    precision: Precision | Literal["auto"] = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenModels:
    """The models of a `ModelPair`, opened. One thread uses them."""

    encoder: Encoder
    scorer: Scorer
    violence: FrameClassifier | None
    theft: OpenTheft | None = None
    types: TypeClassifier | None = None
    objects: Detector | None = None


@contextmanager
def opened_models(models: ModelPair, *, wish: Wish, threads: int) -> Iterator[OpenModels]:
    """Open the models, with so many threads each at most.

    The encoder is run as wished; those beside it that have no such precision as they can. Raises
    ModelError.
    """
    with ExitStack() as nets:
        encoder = Encoder(
            models.encoder,
            running=choose(models.encoder, engine=wish.engine, precision=wish.precision),
            threads=threads,
        )
        scorer = Scorer(models.scorer, running=_beside(models.scorer, wish), threads=threads)
        nets.enter_context(encoder)
        nets.enter_context(scorer)
        violence = None
        if models.violence is not None:
            running = _beside(models.violence, wish)
            violence = FrameClassifier(models.violence, running=running, threads=threads)
            nets.enter_context(violence)
        theft = None
        if models.theft is not None:
            theft = nets.enter_context(opened_theft(models.theft, threads=threads))
        types = None
        if models.types is not None:
            types = nets.enter_context(TypeClassifier(models.types, threads=1))
        objects = None
        if models.objects is not None:
            objects = _detector(models.objects, theft, threads=threads)
            nets.enter_context(objects)
        yield OpenModels(
            encoder=encoder,
            scorer=scorer,
            violence=violence,
            theft=theft,
            objects=objects,
            types=types,
        )


def _detector(wanted: ObjectsModel, theft: OpenTheft | None, *, threads: int) -> Detector:
    """The detector that finds people already, if it is the same."""
    found = theft.finder.detector if theft is not None else None
    if found is not None and (found.model, found.tiles) == (wanted.detector, wanted.tiles):
        return found
    return Detector(wanted.detector, tiles=wanted.tiles, threads=threads)


def _beside(model: ModelFolder, wish: Wish) -> Running:
    able = wish.precision == "auto" or wish.precision in model.precisions
    return choose(model, engine=wish.engine, precision=wish.precision if able else "auto")
