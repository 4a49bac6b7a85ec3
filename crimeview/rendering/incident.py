"""What happened when, exactly: the ground truth of a scene."""

from dataclasses import dataclass
from typing import Literal

IncidentKind = Literal["fight", "crash"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """An incident from `start` to `end`, in seconds from the scene's first frame."""

    kind: IncidentKind
    start: float
    end: float
