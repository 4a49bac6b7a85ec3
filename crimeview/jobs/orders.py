"""What is asked of a training; importing it takes no time."""

from dataclasses import dataclass

from crimeview.core.sequence import LandmarkChoice, Missing
from crimeview.training.choices import (
    DeviceName,
    FormName,
    Front,
    PrecisionName,
    RecurrentName,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EncoderOrder:
    """What encoder is wanted; None leaves a value to the recipe.

    `form` and `front`, what it sees, are those of `training.forms`; folds are fitted with `seeds`
    seeds from `seed` on. With `patience` a part is held back, and a fit ends when it has not become
    better there for so many epochs. `scenes` rendered ones are added to the data.
    """

    form: FormName = "motion-small"
    front: Front | None = None
    epochs: int | None = None
    seeds: int = 1
    seed: int = 0
    patience: int | None = None
    scenes: int | None = None
    device: DeviceName = "auto"
    precision: PrecisionName = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class ViolenceOrder:
    """What classifier is wanted; None leaves a value to the recipe.

    `front` is what it sees: “motion”, what changes around a frame, or “rgb”, the frame alone.
    `width` multiplies MobileNetV2's channels. Folds are fitted with `seeds` seeds from `seed` on.
    With `patience` a part is held back, and a fit ends when it has not become better there for so
    many epochs, the rate falling on plateaus; without, it goes through all epochs in one cycle.
    `scenes` rendered ones are added to the data.
    """

    front: Front = "motion"
    width: float | None = None
    epochs: int | None = None
    seeds: int = 1
    seed: int = 0
    patience: int | None = None
    scenes: int | None = None
    device: DeviceName = "auto"
    precision: PrecisionName = "auto"


@dataclass(frozen=True, slots=True, kw_only=True)
class TheftOrder:
    """What theft classifier is wanted.

    `network` looks at the landmarks of the body or of body and face over 30 frames at three a
    second; where they are missing it is told so, or the last ones are repeated. `detector` names
    what finds people, None the first there is. Scenes are left out with `seeds` seeds from `seed`
    on.
    """

    network: RecurrentName = "lstm"
    landmarks: LandmarkChoice = "body"
    missing: Missing = "mask"
    detector: str | None = None
    epochs: int = 120
    seeds: int = 3
    seed: int = 0
