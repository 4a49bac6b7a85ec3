"""What is unusual for a camera, why, and where."""

from dataclasses import dataclass
from enum import Enum


class Reason(Enum):
    """Why something is unusual for a camera, each with the number that says how much."""

    FAST = "fast"  # times the fast speed there
    LARGE = "large"  # times the large movement there: how much of it moves, and how fast
    WRONG_WAY = "wrong way"  # share of what moves there that goes this way
    WRONG_PLACE = "wrong place"  # share of time in which anything moves there
    LOITERING = "loitering"  # seconds that someone stays
    STATIONARY = "stationary"  # seconds that something stands that was not there
    NEW_CLASS = "new class"  # looks in which such an object was seen, apart from this occasion
    NEW_CLASS_HERE = "new class here"  # the same of this part of the picture


CLASS_REASONS = (Reason.NEW_CLASS, Reason.NEW_CLASS_HERE)  # told by a detector


@dataclass(frozen=True, slots=True)
class ClassSeen:
    """Which class of objects a reason is about, and out of how many looks its number is."""

    name: str
    looks: int


MOST_MARKS = 2  # in a picture; more boxes explain less


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Something unusual in the picture at a moment.

    The box is in shares of the picture's width and height; `number` is the reason's, `seen` tells
    of which class where it is about one.
    """

    reason: Reason
    number: float
    left: float
    top: float
    right: float
    bottom: float
    seen: ClassSeen | None = None
