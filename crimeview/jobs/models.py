"""Which models an analysis uses."""

from dataclasses import dataclass, replace
from pathlib import Path

from crimeview.core.errors import ModelError
from crimeview.core.files import is_folder
from crimeview.core.manifest import Kind
from crimeview.jobs.theft_models import TheftModels, named_detector, theft_models
from crimeview.jobs.type_judge import type_model
from crimeview.nets.catalog import ModelFolder, find_model, models_folder
from crimeview.nets.scorer import check_fit

ENCODER = "c3d-motion-small"
SCORER = "c3d-motion-events"
VIOLENCE = "violence-mobilenet"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectsModel:
    """What finds objects of all classes; `tiles` as of `jobs.theft_models.PeopleModels`."""

    detector: ModelFolder
    tiles: bool = False


@dataclass(frozen=True, slots=True)
class ModelPair:
    """An encoder and the scorer for its features; `nets.scorer.check_fit` says whether they fit.

    `violence` is a frame classifier whose probabilities are stored beside the scores, `theft` what
    looks for people and thefts, `objects` what tells novelty the classes of objects, `types` what
    suggests crime types for segments; None: none.
    """

    encoder: ModelFolder
    scorer: ModelFolder
    violence: ModelFolder | None = None
    theft: TheftModels | None = None
    types: ModelFolder | None = None
    objects: ObjectsModel | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ObjectsWish:
    """By what detector objects are to be found, None the first there is, and whether they must be.

    Where they need not and there is no detector, none are. `tiles` as of `TheftWish`.
    """

    detector: str | None = None
    tiles: bool = False
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TheftWish:
    """How thefts are to be looked for.

    `detector` names what finds people, None the first detector there is, or what moves where there
    is none; with `tiles` it looks at large frames in parts as well.
    """

    detector: str | None = None
    tiles: bool = False


_IF_THERE = ObjectsWish()


def default_models(
    folder: Path | None = None,
    *,
    encoder: str = ENCODER,
    scorer: str = SCORER,
    violence: bool | None = None,
    theft: TheftWish | None = None,
    objects: ObjectsWish | None = _IF_THERE,
) -> ModelPair:
    """Those that the program ships, or those of another folder of models.

    `encoder` and `scorer` name others in that folder to be taken instead. `violence` says whether
    the probability of violence is wanted; None: if there is a model for it. `theft` is how thefts
    are to be looked for; None: they are not. `objects` is how objects are to be found for novelty;
    None: not, else if there is a detector. Raises ModelError where one is missing or of another
    kind, and where the encoder and the scorer do not fit.
    """
    place = models_folder() if folder is None else folder
    wanted = is_folder(place / VIOLENCE) if violence is None else violence
    pair = ModelPair(
        encoder=_of_kind("encoder", encoder, folder),
        scorer=_of_kind("scorer", scorer, folder),
        violence=find_model(VIOLENCE, folder) if wanted else None,
        theft=_theft(folder, theft) if theft is not None else None,
        objects=_objects(folder, objects) if objects is not None else None,
    )
    space = pair.encoder.manifest.feature_space
    if space is not None:
        pair = replace(pair, types=type_model(space, folder))
    check_fit(pair.encoder, pair.scorer)
    return pair


def _theft(folder: Path | None, wish: TheftWish) -> TheftModels:
    return theft_models(folder, detector=wish.detector, tiles=wish.tiles)


def _objects(folder: Path | None, wish: ObjectsWish) -> ObjectsModel | None:
    detector = named_detector(folder, wish.detector)
    if detector is not None:
        return ObjectsModel(detector=detector, tiles=wish.tiles)
    if wish.needed:
        raise ModelError(
            "There is no detector to tell classes of objects by; import one with: "
            "crimeview models import FILE.onnx"
        )
    return None


def _of_kind(kind: Kind, name: str, folder: Path | None) -> ModelFolder:
    model = find_model(name, folder)
    if model.manifest.kind != kind:
        raise ModelError(
            f"The model “{name}” cannot be the {kind}: its kind is {model.manifest.kind}; "
            "“crimeview models list” says which there are."
        )
    return model
