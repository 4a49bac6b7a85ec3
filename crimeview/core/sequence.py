"""How a sequence classifier wants a person's landmarks over time."""

from dataclasses import dataclass
from typing import Literal

LandmarkChoice = Literal["body", "body-and-face"]
Missing = Literal["mask", "repeat"]


@dataclass(frozen=True, slots=True, kw_only=True)
class SequenceSpec:
    """Windows of `frames` at `rate` frames a second; a new one begins every `step` frames.

    `landmarks` are those of the body (22) or of body and face (33). Where a person's landmarks were
    not found, “mask” gives zeros and says so in a column of its own, “repeat” the last ones found.
    """

    frames: int
    rate: float
    step: int
    landmarks: LandmarkChoice
    missing: Missing
