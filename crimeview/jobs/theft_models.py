"""Which models look for thefts, and opening them."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from crimeview.core.errors import ModelError
from crimeview.jobs.people import PeopleFinder
from crimeview.nets.catalog import ModelFolder, find_model, list_models, models_folder
from crimeview.nets.detector import Detector
from crimeview.nets.pose import Pose
from crimeview.nets.pose_files import LANDMARKS_SPACE, REGIONS_SPACE, pose_is_in
from crimeview.nets.sequence_classifier import SequenceClassifier

THEFT = "theft-lstm"
_HOW = "fetch them with: crimeview models fetch pose"


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleModels:
    """The pose networks, and the detector of people; without one, what moves is looked at.

    With `tiles` large frames are looked at in parts as well.
    """

    regions: ModelFolder
    landmarks: ModelFolder
    detector: ModelFolder | None
    tiles: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class TheftModels:
    """What an analysis needs to look for thefts."""

    people: PeopleModels
    classifier: ModelFolder


def people_models(
    folder: Path | None = None, *, detector: str | None = None, tiles: bool = False
) -> PeopleModels:
    """The pose networks of a folder of models, and the detector of that name, or the first one.

    Raises ModelError where the pose networks are missing, or there is no such detector.
    """
    place = models_folder() if folder is None else folder
    if not pose_is_in(place):
        raise ModelError(f"The pose networks are not in {place}; {_HOW}")
    return PeopleModels(
        regions=find_model(REGIONS_SPACE, folder),
        landmarks=find_model(LANDMARKS_SPACE, folder),
        detector=named_detector(folder, detector),
        tiles=tiles,
    )


def theft_models(
    folder: Path | None = None,
    *,
    classifier: str = THEFT,
    detector: str | None = None,
    tiles: bool = False,
) -> TheftModels:
    """Those of a folder of models; raises ModelError where one is missing."""
    return TheftModels(
        people=people_models(folder, detector=detector, tiles=tiles),
        classifier=find_model(classifier, folder),
    )


@contextmanager
def opened_people(models: PeopleModels, *, threads: int) -> Iterator[PeopleFinder]:
    """What finds people, ready to run; raises ModelError."""
    with ExitStack() as nets:
        pose = nets.enter_context(Pose(models.regions, models.landmarks, threads=threads))
        detector = None
        if models.detector is not None:
            detector = Detector(models.detector, tiles=models.tiles, threads=threads)
            nets.enter_context(detector)
        yield PeopleFinder(pose, detector)


@dataclass(frozen=True, slots=True)
class OpenTheft:
    """What an analysis runs."""

    finder: PeopleFinder
    classifier: SequenceClassifier


@contextmanager
def opened_theft(models: TheftModels, *, threads: int) -> Iterator[OpenTheft]:
    """The models, ready to run; raises ModelError."""
    with (
        opened_people(models.people, threads=threads) as finder,
        SequenceClassifier(models.classifier, threads=1) as classifier,
    ):
        yield OpenTheft(finder, classifier)


def named_detector(folder: Path | None, name: str | None) -> ModelFolder | None:
    """The detector of that name, or the first one, None where there is none; raises ModelError."""
    if name is None:
        found = (m for m in list_models(folder) if m.manifest.kind == "detector")
        return next(found, None)
    model = find_model(name, folder)
    if model.manifest.kind != "detector":
        raise ModelError(
            f"The model “{name}” is not a detector (its kind is {model.manifest.kind}); import one "
            "with: crimeview models import FILE.onnx"
        )
    return model
